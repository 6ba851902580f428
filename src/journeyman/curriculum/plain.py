r"""Formulas as text for terminals: ``$\frac{a+b}{2}$`` becomes ``(a+b)/2``, never something else.

What cannot be said unambiguously in a line (a precedence, an exponent of several signs) gets
parentheses.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

MATHS = re.compile(r"(?<!\\)\$\$(.+?)\$\$|(?<!\\)\$(.+?)(?<!\\)\$", re.DOTALL)
CODE = re.compile(r"(```.*?```|`[^`\n]*`)", re.DOTALL)
SCRIPT = re.compile(r"([\^_])\s*\{")


def plain(text: str) -> str:
    r"""Markdown with TeX as text for a terminal; code is left as it is.

    >>> plain(r"$x^{-1}$ is $\dfrac{1}{x}$, and `$x` is code")
    'x^(-1) is 1/x, and `$x` is code'
    """
    parts = CODE.split(text)
    return "".join(part if i % 2 else _prose(part) for i, part in enumerate(parts))


def formula(tex: str) -> str:
    r"""One formula as text.

    >>> formula(r"\frac{4x}{2x^2+5}"), formula(r"\sqrt{x_1^2 + x_2^2}"), formula(r"f'(x)\,h")
    ('(4x)/(2x^2+5)', '√(x_1^2 + x_2^2)', "f'(x) h")
    """
    shown = _reader().latex_to_text(_scripts(tex))
    return " ".join(str(shown).split())


def _scripts(tex: str) -> str:
    """Put parentheses into exponents and indices that are longer than one sign."""
    found = SCRIPT.search(tex)
    if found is None:
        return tex
    depth, end = 1, found.end()
    while end < len(tex) and depth:
        depth += {"{": 1, "}": -1}.get(tex[end], 0)
        end += 1
    inner = _scripts(tex[found.end() : end - 1]).strip()
    single = len(inner) == 1 or re.fullmatch(r"\\[a-zA-Z]+", inner)
    body = inner if single else f"({inner})"
    return f"{tex[: found.start()]}{found[1]}{{{body}}}{_scripts(tex[end:])}"


def _prose(text: str) -> str:
    found = MATHS.sub(lambda m: formula(m[1] or m[2]), text)
    return found.replace(r"\$", "$")


@lru_cache(1)
def _reader() -> Any:
    from pylatexenc.latex2text import (  # noqa: PLC0415 - only terminals need it
        LatexNodes2Text,
        MacroTextSpec,
        get_default_latex_context_db,
    )
    from pylatexenc.latexwalker import (  # noqa: PLC0415
        get_default_latex_context_db as default_walker,
    )
    from pylatexenc.macrospec import std_macro  # noqa: PLC0415

    def fraction(node: Any, l2tobj: Any) -> str:
        top, bottom = (l2tobj.nodelist_to_text([arg]).strip() for arg in node.nodeargd.argnlist)
        return f"{_grouped(top)}/{_grouped(bottom)}"

    def named(node: Any, l2tobj: Any) -> str:
        return f" {l2tobj.nodelist_to_text([node.nodeargd.argnlist[-1]]).strip()} ".strip()

    words = get_default_latex_context_db()
    walker = default_walker()
    fractions = ["frac", "dfrac", "tfrac"]
    walker.add_context_category(
        "journeyman",
        prepend=True,
        macros=[
            *(std_macro(name, None, 2) for name in fractions),
            std_macro("operatorname", None, 1),
        ],
    )
    words.add_context_category(
        "journeyman",
        prepend=True,
        macros=[
            *(MacroTextSpec(name, simplify_repl=fraction) for name in fractions),
            MacroTextSpec("operatorname", simplify_repl=named),
            MacroTextSpec("mid", simplify_repl=" | "),
            MacroTextSpec("le", simplify_repl=" ≤ "),
            MacroTextSpec("ge", simplify_repl=" ≥ "),
        ],
    )
    reader = LatexNodes2Text(latex_context=words, math_mode="text", strict_latex_spaces=False)
    convert = reader.latex_to_text
    reader.latex_to_text = lambda tex: convert(tex, latex_context=walker)
    return reader


def _grouped(text: str) -> str:
    return text if re.fullmatch(r"[\d.]+%?|[^\W\d_](_\w)?", text) else f"({text})"
