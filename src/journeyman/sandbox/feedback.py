"""The sentences that a learner reads, from what the judge found or the child claimed."""

from __future__ import annotations

import builtins
import difflib
from collections.abc import Sequence
from typing import Any

import numpy as np

from journeyman.sandbox import advice
from journeyman.sandbox import values as v
from journeyman.sandbox.compare import Difference, Tolerance, wrong_cells
from journeyman.sandbox.paths import without_paths
from journeyman.sandbox.words import clean, show, type_words

Frames = tuple[tuple[int, str, str], ...]

# Categories as they are told for an unseen case: what kind of thing is wrong, never a value.
UNSEEN = {
    "type": "the result has the wrong type",
    "shape": "the result has the wrong shape or length",
    "dtype": "the result has the wrong dtype",
    "nan": "the result contains NaN where it should not",
    "value": "the result has wrong values",
    "mutation": "the function changes its argument",
    "raises": "the function should refuse this input with an exception and does not",
    "exception": "the function raises an exception",
}
LIMITS = frozenset({"time", "memory", "output", "disk"})
ERRORS = frozenset({"exception", "exit", "crash", "missing", "syntax"})


def outcome(category: str) -> str:
    """The verdict that a first failure of this category leads to.

    >>> outcome("shape"), outcome("time"), outcome("syntax")
    ('failed', 'limit', 'error')
    """
    if category == "forged":
        return "forged"
    if category in LIMITS:
        return "limit"
    return "error" if category in ERRORS else "failed"


def text_of(value: Any, limit: int = 2000) -> str:
    """A claimed text, made safe; "" for anything that is not text."""
    return clean(without_paths(value), limit) if isinstance(value, str) else ""


def frames_of(claim: dict[str, Any]) -> Frames:
    """The learner's own lines in a claimed traceback: (line, function, text)."""
    found = []
    for frame in claim.get("frames") or []:
        if isinstance(frame, list) and len(frame) == 3 and isinstance(frame[0], int):
            line = frame[0] if 0 <= frame[0] < 1 << 20 else 0
            found.append((line, text_of(frame[1], 80), text_of(frame[2], 200)))
    return tuple(found[:8])


def line_of(frames: Frames) -> int | None:
    """The line where it happened, if it is known."""
    return frames[-1][0] if frames and frames[-1][0] else None


def error_category(claim: dict[str, Any]) -> str:
    """``memory``, ``exit``, ``syntax`` or ``exception``."""
    bases = claim.get("bases")
    names = bases if isinstance(bases, list) else []
    if "MemoryError" in names or text_of(claim.get("error")) == "_ArrayMemoryError":
        return "memory"
    if "SystemExit" in names:
        return "exit"
    return "syntax" if "SyntaxError" in names else "exception"


def error_words(claim: dict[str, Any], memory_mb: int) -> str:
    """One or two sentences about an exception in a visible place, without the last full stop."""
    category = error_category(claim)
    if category == "memory":
        return f"your code needs more than the {memory_mb} MB of memory that it may use"
    if category == "exit":
        return "your code ends the program (sys.exit, exit or quit) instead of returning"
    name, message = text_of(claim.get("error"), 80), text_of(claim.get("message"), 600)
    words = f"it raises {name}: {message}" if message else f"it raises {name}"
    told = advice.on_error(name, message, [frame[2] for frame in frames_of(claim)])
    return with_advice(words, told).removesuffix(".")


def with_advice(words: str, told: str) -> str:
    """A statement, and what to do about it as a sentence of its own.

    >>> with_advice("it ends", "Go on."), with_advice("it ends", "")
    ('it ends. Go on.', 'it ends')
    """
    return f"{words.removesuffix('.')}. {told}" if told else words


def syntax_words(claim: dict[str, Any]) -> str:
    """What is wrong with a file that is not Python."""
    if "SyntaxError" not in (claim.get("bases") or []):
        return "it nests too deeply to be read."
    frames = frames_of(claim)
    message = text_of(claim.get("message"), 300)
    told = advice.on_syntax(message, frames[-1][2] if frames else "")
    stop = "" if message.endswith((".", "?")) else "."
    return f"{message}{stop} {told}".rstrip()


def unseen_error(claim: dict[str, Any]) -> str:
    """What may be told about an exception in an unseen case: a well-known type's name at most."""
    category = error_category(claim)
    if category == "memory":
        return "the code needs more memory than it may use"
    name = claim.get("error")
    known = isinstance(name, str) and isinstance(getattr(builtins, name, None), type)
    if known and issubclass(getattr(builtins, str(name)), BaseException):
        return f"the function raises {name}"
    return UNSEEN["exception"]


def missing_entry(entry: str, claim: dict[str, Any], source: str) -> str:
    """One or two sentences for a file without the function that was asked for."""
    opening = f"Your file defines no {entry!r}"
    names = claim.get("names")
    known = [text_of(name, 80) for name in names] if isinstance(names, list) else []
    known = [name for name in known if name][:8]
    line = claim.get("inside")
    if isinstance(line, int) and 0 < line < 1 << 20:
        return (
            f"{opening} at its top level: the one in line {line} stands inside another block. Move "
            "it out, to the left margin."
        )
    lower = {name.lower(): name for name in known}
    close = difflib.get_close_matches(entry.lower(), lower, 1)
    if close:
        return f"{opening}; is {lower[close[0]]!r} meant to be it?"
    if known:
        return f"{opening}; it defines {', '.join(known)}."
    why = advice.on_nothing(source)
    return (
        f"{why} Write a function or class {entry!r}."
        if why
        else f"{opening} nor anything else: write a function of that name."
    )


def not_a_function(entry: str, claim: dict[str, Any]) -> str:
    """One sentence for an entry point that cannot be called."""
    shown, kind = text_of(claim.get("shown"), 60), text_of(claim.get("type"), 80)
    if kind == "NoneType":
        return f"In your file {entry} is None, not a function."
    what = f"{shown} ({kind})" if shown else f"a{'n' * (kind[:1].lower() in 'aeiou')} {kind}"
    return f"In your file {entry} is {what}, not a function."


def forbidden_advice(found: Any) -> tuple[str, ...]:
    """Advice for each name that the exercise asks to do without."""
    told = []
    for item in found if isinstance(found, list) else []:
        if not (isinstance(item, list) and len(item) == 2 and isinstance(item[1], int)):
            continue
        name, line = text_of(item[0], 80), item[1]
        where = f" (line {line})" if line else ""
        told.append(
            f"This exercise asks you to do without {name}, which your code uses{where}. "
            "It counts, but you learn more by writing that part yourself."
        )
    return tuple(told)


def show_arguments(sent: Any, names: Sequence[str]) -> str:
    """The arguments of a call, one a line: ``x = [1.0, 2.0]``."""
    args, kwargs = sent
    named = [*zip(names, args, strict=False), *kwargs.items]
    return "\n".join(_assignment(str(name), value) for name, value in named)


def _assignment(name: str, value: Any) -> str:
    text = value.source if isinstance(value, v.Source) else show(value)
    return f"{name} =\n{text}" if "\n" in text else f"{name} = {text}"


def show_got(difference: Difference, got: Any, tolerance: Tolerance) -> str:
    """The learner's value, with the wrong cells of an array marked by ``*``."""
    expected = difference.expected
    if got is difference.got and isinstance(got, v.Array) and isinstance(expected, v.Array):
        if "O" in (got.data.dtype.kind, expected.data.dtype.kind):
            return show(got)
        if got.data.shape == expected.data.shape and difference.category in {"value", "nan"}:
            return show(got, np.asarray(wrong_cells(expected.data, got.data, tolerance)))
    return show(got) if show(got) != f"<{type_words(got)}>" else type_words(got)
