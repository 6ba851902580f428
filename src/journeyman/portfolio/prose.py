"""The learner's own Markdown to HTML that is safe to publish and needs no script.

Raw HTML is escaped, maths becomes MathML, code is coloured by classes, a fenced block ``chart``
becomes a drawing with its table, and the whole is cleaned by nh3 with a list of what may stand.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from urllib.parse import unquote

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin

from journeyman.errors import Invalid
from journeyman.portfolio import charts, figures

LONGEST = 200_000
"""Characters of one text; a longer one is no page to read."""

Place = Callable[[str], str | None]
"""Where an address of the text leads on the site; None where it leads nowhere, which is refused,
and empty where only its words are kept."""

_MATHS_NAMES = (
    "math menclose merror mfenced mfrac mi mmultiscripts mn mo mover mpadded mphantom mroot mrow "
    "ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover none "
    "mprescripts"
)
_MATHS_TERMS = (
    "accent accentunder align columnalign columnlines columnspacing columnspan depth display "
    "displaystyle fence form height largeop linethickness lspace mathsize mathvariant maxsize "
    "minsize movablelimits notation rowalign rowlines rowspacing rowspan rspace scriptlevel "
    "separator stretchy symmetric voffset width"
)
_PLAIN_NAMES = (
    "a blockquote br code del em figcaption figure h2 h3 h4 h5 h6 hr img li ol p pre s span strong "
    "table tbody td th thead tr ul div"
)
_MATHS = set(_MATHS_NAMES.split())
_TAGS = _MATHS | set(_PLAIN_NAMES.split())
_ATTRIBUTES: dict[str, set[str]] = {
    **{name: set(_MATHS_TERMS.split()) for name in _MATHS},
    "a": {"href", "title"},
    "img": {"src", "alt", "title", "loading"},
    "ol": {"start"},
    "pre": {"tabindex"},
    "div": {"tabindex", "role", "aria-label"},
    "th": {"scope"},
}
_CLASS = re.compile(r"\A[a-z0-9 -]{1,60}\Z")
_HELD = re.compile("\ue000([0-9]+)\ue001")
_PRIVATE = re.compile("[\ue000\ue001]")


@dataclass(slots=True)
class _Held:
    """What one rendering gathers: drawings kept aside from cleaning, and addresses."""

    what: str
    link: Place
    image: Place
    own: str = ""
    drawings: list[str] = field(default_factory=list)


def render(
    text: str,
    what: str,
    *,
    level: int = 2,
    link: Place | None = None,
    image: Place | None = None,
    own: str = "",
) -> str:
    r"""Markdown to clean HTML.

    Args:
        text: Markdown with TeX between dollar signs.
        what: How to call the text in a message.
        level: What the highest headings become, and the others follow without a gap: 2 under a
            page's title.
        link: Where addresses lead; by default only to the web.
        image: Where images lie; by default nowhere.
        own: Slug of the project whose text it is, for figures bound to its numbers.

    Raises:
        Invalid: an address leads nowhere, a chart cannot be drawn, or the text is too long.

    >>> render("*so* <b>$x^2$", "a note")[:27]
    '<p><em>so</em> &lt;b&gt;<ma'
    """
    if len(text) > LONGEST:
        raise Invalid(f"{what} has {len(text):,} characters; at most {LONGEST:,} are published.")
    held = _Held(what, link or _web_only, image or (lambda _: None), own)
    environment: dict[str, Any] = {"held": held}
    parser = _parser()
    tokens = parser.parse(_PRIVATE.sub("", text), environment)
    _bind(tokens, held)
    used = sorted({int(one.tag[1]) for one in tokens if one.type == "heading_open"})
    environment["levels"] = {old: min(6, level + n) for n, old in enumerate(used)}
    made = str(parser.renderer.render(tokens, parser.options, environment))
    return _put_back(_clean(made), held)


def inline(text: str, own: str = "") -> str:
    """Markdown without paragraphs, for one line; addresses become plain text."""
    held = _Held(f"The line {text[:40]!r}", lambda _: "", lambda _: None, own)
    environment: dict[str, Any] = {"held": held}
    parser = _parser()
    tokens = parser.parseInline(_PRIVATE.sub("", text), environment)
    _bind(tokens, held)
    made = str(parser.renderer.render(tokens, parser.options, environment))
    return _put_back(_clean(made), held)


def plain(text: str, most: int = 200) -> str:
    """The words of a Markdown text, for descriptions.

    >>> plain("A *short* `text` with [a link](https://a.example).")
    'A short text with a link.'
    """
    words = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", inline(text))).split())
    words = re.sub(r" ([.,;:!?])", r"\1", words)
    return words if len(words) <= most else words[: most - 1].rsplit(" ", 1)[0] + "…"


def python(source: str) -> str:
    """Python source as coloured HTML, without the ``pre`` around it."""
    from pygments import highlight  # noqa: PLC0415 - only pages with code need it
    from pygments.formatters import HtmlFormatter  # noqa: PLC0415

    return str(highlight(source, _lexer("python"), HtmlFormatter(nowrap=True)))


@lru_cache(2048)
def maths(tex: str, *, display: bool = False) -> str:
    """TeX as MathML, which browsers set by themselves; as code where it cannot be set.

    >>> maths("x^2").startswith("<math")
    True
    """
    from latex2mathml.converter import convert  # noqa: PLC0415 - only pages with maths need it

    try:
        made = str(convert(tex.strip(), display="block" if display else "inline"))
    except Exception:  # noqa: BLE001 - it raises errors of many kinds, for formulas of any kind
        return f"<code>{html.escape(tex.strip())}</code>"
    return made.replace(' xmlns="http://www.w3.org/1998/Math/MathML"', "")


def _bind(tokens: Sequence[Token], held: _Held) -> None:
    """Turn each link to a claim into one token, whose HTML is kept aside from cleaning."""
    for block in tokens:
        found = block.children or []
        for at, one in enumerate(found):
            address = str(one.attrs.get("href", "")) if one.type == "link_open" else ""
            if not address.startswith(figures.SCHEME):
                continue
            within = found[at + 1 : at + 3]
            if [inner.type for inner in within] != ["text", "link_close"]:
                raise Invalid(
                    f"{held.what} binds something else than a plain figure to {address[:80]}: "
                    "write it as in [0.831](claim:late-parcels/auc)."
                )
            reference = unquote(address.removeprefix(figures.SCHEME))
            held.drawings.append(figures.mark(held.own, reference, within[0].content.strip()))
            one.type, one.nesting = "figure", 0
            one.content = f"\ue000{len(held.drawings) - 1}\ue001"
            within[0].content, within[1].type, within[1].nesting = "", "figure", 0


def _put_back(made: str, held: _Held) -> str:
    return _HELD.sub(lambda found: held.drawings[int(found[1])], made)


def _clean(made: str) -> str:
    return _cleaner().clean(made)


@lru_cache(1)
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=_TAGS,
        attributes={**_ATTRIBUTES, "*": {"class"}},
        attribute_filter=_attribute,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )


def _attribute(_tag: str, name: str, value: str) -> str | None:
    return None if name == "class" and not _CLASS.match(value) else value


def _web_only(address: str) -> str | None:
    return address if address.startswith(("https://", "http://", "mailto:")) else None


@lru_cache(1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "highlight": _highlight})
    parser.enable(["table", "strikethrough"])
    parser.use(dollarmath_plugin, double_inline=True, allow_digits=True)
    for name, display in (("inline", False), ("inline_double", True), ("block", True)):
        parser.add_render_rule(f"math_{name}", _math_rule(display))
    parser.add_render_rule("fence", _fence)
    parser.add_render_rule("image", _image)
    parser.add_render_rule("link_open", _link_open)
    parser.add_render_rule("link_close", _link_close)
    parser.add_render_rule("figure", lambda _self, tokens, index, *_: tokens[index].content)
    parser.add_render_rule("heading_open", _heading)
    parser.add_render_rule("heading_close", _heading)
    parser.add_render_rule("table_open", _table_open)
    parser.add_render_rule("table_close", lambda *_: "</table></div>\n")
    return parser


def _math_rule(display: bool) -> Callable[..., str]:
    def rule(_self: object, tokens: Sequence[Token], index: int, *_: object) -> str:
        return maths(tokens[index].content, display=display)

    return rule


def _table_open(*_: object) -> str:
    return '<div class="wide" tabindex="0" role="group" aria-label="Table"><table>\n'


def _heading(
    _self: object, tokens: Sequence[Token], index: int, _options: object, env: dict[str, Any]
) -> str:
    token = tokens[index]
    level = env["levels"][int(token.tag[1])]
    return f"<h{level}>" if token.nesting == 1 else f"</h{level}>\n"


def _fence(
    _self: object, tokens: Sequence[Token], index: int, _options: object, env: dict[str, Any]
) -> str:
    token, held = tokens[index], env["held"]
    language = token.info.strip().split(" ", 1)[0].lower()
    if language == "chart":
        held.drawings.append(_drawing(token.content, held.what))
        return f"\ue000{len(held.drawings) - 1}\ue001\n"
    shown = _highlight(token.content, language, "")
    return f'<pre class="code" tabindex="0"><code>{shown}</code></pre>\n'


def _drawing(text: str, what: str) -> str:
    first, _, rest = text.strip().partition("\n")
    name, colon, title = first.partition(":")
    titled = bool(colon) and name.strip().lower() == "title"
    table = charts.read_table(rest if titled else text, f"A chart of {what}")
    shown = title.strip() if titled else ", ".join(table.columns[1:])
    return charts.figure(table, shown, f"A chart of {what}")


def _image(
    _self: object, tokens: Sequence[Token], index: int, _options: object, env: dict[str, Any]
) -> str:
    token, held = tokens[index], env["held"]
    address = str(token.attrs.get("src", ""))
    alt = token.content.strip()
    place = held.image(address)
    if place is None:
        raise Invalid(
            f"{held.what} shows the image {address[:100]!r}, which is not there: put an SVG, PNG "
            "or JPEG file beside the text and name it without a folder above."
        )
    if not place:
        return f"<em>{html.escape(alt)}</em>"
    if not alt:
        raise Invalid(
            f"{held.what} shows {address[:100]!r} without words for who cannot see it: write "
            "![what it shows](file)."
        )
    return f'<img src="{html.escape(place)}" alt="{html.escape(alt)}" loading="lazy">'


def _link_open(
    _self: object, tokens: Sequence[Token], index: int, _options: object, env: dict[str, Any]
) -> str:
    held = env["held"]
    address = str(tokens[index].attrs.get("href", ""))
    place = held.link(address)
    if place is None:
        raise Invalid(f"{held.what} links to {address[:100]!r}, which is nowhere on the site.")
    return f'<a href="{html.escape(place)}">' if place else "<span>"


def _link_close(
    _self: object, tokens: Sequence[Token], index: int, _options: object, env: dict[str, Any]
) -> str:
    depth = 0
    for token in reversed(tokens[:index]):
        depth += (token.type == "link_close") - (token.type == "link_open")
        if depth < 0:
            return "</a>" if env["held"].link(str(token.attrs.get("href", ""))) else "</span>"
    return "</a>"


def _highlight(code: str, language: str, _attributes: str) -> str:
    lexer = _lexer(language)
    if lexer is None:
        return html.escape(code)
    from pygments import highlight  # noqa: PLC0415 - only pages with code need it
    from pygments.formatters import HtmlFormatter  # noqa: PLC0415

    return str(highlight(code, lexer, HtmlFormatter(nowrap=True)))


@lru_cache(64)
def _lexer(language: str) -> Any:
    """What tells the words of a language apart, or None: making one costs more than using it."""
    from pygments.lexers import get_lexer_by_name  # noqa: PLC0415
    from pygments.util import ClassNotFound  # noqa: PLC0415

    try:
        return get_lexer_by_name(language) if language else None
    except ClassNotFound:
        return None
