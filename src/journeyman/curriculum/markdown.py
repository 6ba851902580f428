"""Markdown to HTML: raw HTML escaped, code highlighted by classes, maths marked for KaTeX.

The result carries no style attributes and no scripts, so it may stand under a strict content
security policy and in a published site. Learners' own prose goes the same way.
"""

from __future__ import annotations

import html
from functools import lru_cache
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token


def render(text: str) -> str:
    r"""Markdown to HTML.

    >>> render("Length $n$, *not* <b>")
    '<p>Length <span class="math" data-display="false">n</span>, <em>not</em> &lt;b&gt;</p>\n'
    """
    return str(_parser().render(text))


def render_inline(text: str) -> str:
    """Markdown without paragraphs, for options and table cells."""
    return str(_parser().renderInline(text))


def formulas(text: str) -> Iterator[tuple[str, bool]]:
    """Every formula of a text, and whether it stands on a line of its own."""

    def walk(tokens: list[Token]) -> Iterator[tuple[str, bool]]:
        for token in tokens:
            if token.type.startswith("math_"):
                yield token.content, token.type != "math_inline"
            if token.children:
                yield from walk(token.children)

    yield from walk(_parser().parse(text))


@lru_cache(1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "highlight": _highlight})
    parser.enable(["table", "strikethrough"])
    parser.use(dollarmath_plugin, double_inline=True, allow_digits=True)
    parser.add_render_rule("math_inline", _inline)
    parser.add_render_rule("math_inline_double", _display)
    parser.add_render_rule("math_block", _block)
    return parser


def _formula(tex: str, *, display: bool) -> str:
    shown = "true" if display else "false"
    return f'<span class="math" data-display="{shown}">{html.escape(tex.strip())}</span>'


def _inline(_self: object, tokens: list[Token], index: int, *_: object) -> str:
    return _formula(tokens[index].content, display=False)


def _display(_self: object, tokens: list[Token], index: int, *_: object) -> str:
    return _formula(tokens[index].content, display=True)


def _block(_self: object, tokens: list[Token], index: int, *_: object) -> str:
    return f"<p>{_formula(tokens[index].content, display=True)}</p>\n"


def _highlight(code: str, language: str, _attributes: str) -> str:
    if language != "python":
        return html.escape(code)
    from pygments import highlight  # noqa: PLC0415 - only pages with code need it
    from pygments.formatters import HtmlFormatter  # noqa: PLC0415
    from pygments.lexers import PythonLexer  # noqa: PLC0415

    return str(highlight(code, PythonLexer(), HtmlFormatter(nowrap=True)))
