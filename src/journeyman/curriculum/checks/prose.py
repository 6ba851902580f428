"""Rules on text: lengths, headings, maths, links, and words that say nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from journeyman.core.bank import Fault
from journeyman.curriculum.markdown import formulas

KATEX = Path(__file__).parents[2] / "web" / "static" / "dist" / "katex.js"
FILLER = (
    "in today's world", "it is important to note", "delve", "game-changer", "cutting-edge",
    "seamless", "leverage", "dive into", "powerful tool", "unlock", "journey into", "embark",
    "ever-evolving", "at the end of the day", "needless to say", "in conclusion",
)  # fmt: skip


@lru_cache(1)
def _katex() -> Any | None:
    """KaTeX in a small JavaScript engine, or None where it is not installed."""
    try:
        import quickjs  # noqa: PLC0415
    except ModuleNotFoundError:
        return None
    if not KATEX.is_file():
        return None
    context = quickjs.Context()
    context.eval(KATEX.read_text("utf-8"))
    return context


def maths_available() -> bool:
    """Whether formulas can be parsed here (needs the built front end and ``quickjs-ng``)."""
    return _katex() is not None


@lru_cache(20_000)
def maths_fault(tex: str, display: bool) -> str:
    """What KaTeX says against a formula, or ""."""
    context = _katex()
    if context is None:
        return ""
    options = json.dumps({"displayMode": display, "strict": "error", "throwOnError": True})
    call = (
        f"(() => {{ try {{ katex.renderToString({json.dumps(tex)}, {options}); return ''; }} "
        "catch (e) { return String(e.message); } })()"
    )
    return str(context.eval(call))


def maths_faults(text: str) -> Iterator[tuple[str, str]]:
    """Each formula of ``text`` that does not parse, with the reason."""
    for tex, display in formulas(text):
        said = maths_fault(tex.strip(), display)
        if said:
            yield tex.strip(), said
    for found in re.finditer(r"\{\{\s*\w+\s*\}\}", text):
        yield found[0], "a parameter that the generator does not give"


def filler(text: str) -> Iterator[str]:
    """Phrases that fill space and say nothing."""
    lower = text.lower()
    for phrase in FILLER:
        if re.search(rf"\b{re.escape(phrase)}\b", lower):
            yield phrase


def words(text: str) -> int:
    """Words of prose: code blocks and formulas left out."""
    bare = re.sub(r"```.*?```", " ", text, flags=re.DOTALL)
    bare = re.sub(r"\$\$.*?\$\$|\$[^$]*\$", " x ", bare, flags=re.DOTALL)
    return len(re.findall(r"[A-Za-zÀ-ÿ][\w'’-]*", bare))


def prose_faults(text: str, file: str, rule: str) -> Iterator[Fault]:
    """Filler and unparsable maths of one file."""
    for phrase in filler(text):
        line = text.lower().count("\n", 0, text.lower().find(phrase)) + 1
        yield Fault(file, line, rule, f"“{phrase}” says nothing; cut it")
    for tex, said in maths_faults(text):
        found = text.find(tex)
        line = text.count("\n", 0, max(found, 0)) + 1
        yield Fault(file, line, rule, f"maths {tex[:60]!r}: {said}")
