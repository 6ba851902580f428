"""Figures within the learner's own texts: bound to a claim, or the learner's word.

In Markdown, ``[0.831](claim:late-parcels/auc)`` binds a figure to a number that the site claims.
A reference is ``[KIND/]SLUG[/METRIC[/PART]][#FIELD]``: a part is ``baseline`` or the rows that a
metric was measured on, a field ``low`` or ``high``. Within a project's own texts, its slug may be
left out; eight or more last digits of a claim's id name any claim that was made.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain

from markupsafe import Markup

from journeyman.errors import Invalid
from journeyman.portfolio.measured import Measured, Signed
from journeyman.proof import pages

SCHEME = "claim:"
KINDS = ("project", "competition", "skill", "exercise", "viva", "claim")
FIELDS = ("value", "low", "high")
MOST_NAMED = 12
"""Figures without a claim that a page names one by one."""
_MARK = re.compile(r'<data data-figure="([^"]*)">([^<]*)</data>')
_OWN = "|"
_ID = re.compile(r"[0-9a-f]{8,28}\Z")
_LINK = re.compile(r"\[([^\]\[]*)\]\(claim:[^()\s]*\)")
_APART = re.compile(r"<(code|pre|math|data|time|figure|svg)\b.*?</\1>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_INLINE = re.compile(r"</?(?:a|code|data|del|em|s|span|strong)\b[^>]*>")
_FIGURE = re.compile(
    r"(?<![\w.,:/#-])[+−-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?(?:\s?%)?(?![\w/-]|[.,:]\d)"
    r"|(?<![\w.,:/#-])[+−-]?\d+(?:[.,]\d+)?(?:\s?%)?(?![\w/-]|[.,:]\d)"
)
_YEAR = re.compile(r"(?:19|20)\d\d\Z")
_DRAWN = re.compile(r"<(?:figure|svg)\b")


@dataclass(frozen=True, slots=True)
class Named:
    """A number under the name by which texts may bind to it.

    Attributes:
        part: ``baseline``, or the rows that it was measured on; empty where there is one alone.
        usual: Whether it is meant where no part is named.
    """

    measured: Measured
    part: str = ""
    usual: bool = True
    kind: str = ""

    @property
    def thing(self) -> tuple[str, str]:
        """Kind and slug."""
        return self.kind or self.measured.kind, self.measured.slug

    @property
    def reference(self) -> str:
        """The shortest whole reference, without its scheme."""
        kind, slug = self.thing
        if kind == "claim":
            return self.part
        parts = [slug, self.measured.metric, *([] if self.usual else [self.part])]
        return "/".join(parts if kind == "project" else [kind, *parts])


@dataclass(frozen=True, slots=True)
class Figures:
    """What texts may bind to."""

    named: tuple[Named, ...] = ()

    def find(self, reference: str, own: str = "") -> tuple[Measured, str]:
        """The number that a reference names, and which of its fields.

        Args:
            reference: Without its scheme.
            own: Slug of the project whose text it stands in.

        Raises:
            Invalid: it names none, or several; half a sentence that says which there are.
        """
        path, _, said = reference.partition("#")
        if said not in {"", *FIELDS}:
            raise Invalid(f"has no field {said!r}: {', '.join(FIELDS)}")
        found = self._candidates(path, own)
        if len({one.measured.key for one in found}) != 1:
            raise Invalid(self._hint(found, own))
        measured = found[0].measured
        if said in {"low", "high"} and measured.interval is None:
            raise Invalid("names the end of an interval, and this number has none")
        return measured, said or "value"

    def _candidates(self, path: str, own: str) -> list[Named]:
        steps = [step for step in path.split("/") if step]
        ways: list[tuple[str, str, list[str]]] = []
        if len(steps) == 1 and _ID.match(steps[0]):
            ways.append(("claim", steps[0], []))
        if len(steps) >= 2 and steps[0] in KINDS:
            ways.append((steps[0], steps[1], steps[2:]))
        if steps:
            ways.append(("", steps[0], steps[1:]))
        if own:
            ways.append(("project", own, steps))
        for kind, slug, rest in ways:
            found = self._of(kind, slug, rest)
            if found:
                return found
        return []

    def _of(self, kind: str, slug: str, rest: list[str]) -> list[Named]:
        """The numbers of a thing, with a metric and a part where these are said."""
        if len(rest) > 2:
            return []
        if kind == "claim":
            return [n for n in self.named if n.thing[0] == kind and n.part.endswith(slug)]
        found = [n for n in self.named if n.thing[1] == slug and n.thing[0] != "claim"]
        # A viva has the slug of its project: it is meant only where it is named.
        found = [n for n in found if n.thing[0] == kind or (not kind and n.thing[0] != "viva")]
        if rest:
            found = [n for n in found if n.measured.metric == rest[0]]
        if len(rest) == 2:
            return [n for n in found if n.part == rest[1]]
        return [n for n in found if n.usual] or found

    def _hint(self, found: Iterable[Named], own: str) -> str:
        several = [f"{SCHEME}{one.reference}" for one in found]
        if several:
            return f"names several numbers: write {' or '.join(several[:6])}"
        near = [one for one in self.named if own and one.thing == ("project", own)]
        some = [f"{SCHEME}{one.reference}" for one in (near or self.named)[:4]]
        if not some:
            return "names a number, and the site shows none that is measured"
        return (
            f"names nothing that the site shows; there is {', '.join(some)}, and `journeyman "
            "portfolio figures` lists all"
        )

    def faults(self, body: str, what: str) -> Iterator[str]:
        """A sentence for each bound figure that is not the number that it is bound to."""
        for own, reference, written in marks(body):
            told = f"{what} binds {written!r} to {SCHEME}{reference}, which "
            try:
                measured, name = self.find(reference, own)
            except Invalid as error:
                yield f"{told}{error.message}."
                continue
            number = number_of(measured, name)
            if not pages.rounds(written, number, whole=name != "value"):
                yield (
                    f"{told}is {number!r}: write as many of its digits as you like, rounded, "
                    "with a point, or as a percentage."
                )
        for written in glued(body):
            yield f"{what} has letters or digits directly beside the bound figure {written!r}."

    def numbers(self, bodies: Iterable[str]) -> tuple[Measured, ...]:
        """The numbers that texts are bound to, each once; what names none is left out."""
        found: dict[str, Measured] = {}
        for own, reference, _ in chain.from_iterable(map(marks, bodies)):
            try:
                measured, _ = self.find(reference, own)
            except Invalid:  # told in the preview, and publishing refuses it
                continue
            found[measured.key] = measured
        return tuple(found.values())

    def bound(self, body: str, signed: Signed, root: str) -> Markup:
        """The text with its figures marked as every other claimed number of a page is.

        Args:
            body: HTML as ``prose`` made it.
            signed: The claims.
            root: The way from the page to the root of the site.
        """

        def shown(found: re.Match[str]) -> str:
            own, _, reference = html.unescape(found[1]).partition(_OWN)
            try:
                measured, name = self.find(reference, own)
            except Invalid:
                return found[2]
            claim = signed.of(measured)
            text = html.unescape(found[2])
            if claim is None:
                return f'<data value="{number_of(measured, name)!r}">{found[2]}</data>'
            made = pages.written(claim.claim, text, field=name)
            address = f"{root}proof/claims/{claim.claim.id}.json"
            return f'<a class="claimed" href="{address}">{made}</a>'

        return Markup(_MARK.sub(shown, body))  # noqa: S704 - cleaned by prose, and made of numbers


def mark(own: str, reference: str, written: str) -> str:
    """The HTML of a bound figure until its page is made.

    >>> list(marks(mark("late-parcels", "auc", "0.831")))
    [('late-parcels', 'auc', '0.831')]
    """
    name = html.escape(f"{own}{_OWN}{reference}")
    return f'<data data-figure="{name}">{html.escape(written)}</data>'


def marks(body: str) -> Iterator[tuple[str, str, str]]:
    """The project, the reference and the text of each bound figure, in order."""
    for name, written in _MARK.findall(body):
        own, _, reference = html.unescape(name).partition(_OWN)
        yield own, reference, html.unescape(written)


def glued(body: str) -> list[str]:
    """Bound figures that touch what would make them read as another number."""
    found = []
    for one in _MARK.finditer(body):
        before, after = body[: one.start()][-200:], body[one.end() :][:200]
        if pages.touches(_words(before), _words(after)):
            found.append(html.unescape(one[2]))
    return found


def _words(part: str) -> str:
    return html.unescape(_TAG.sub("\n", _INLINE.sub("", part)))


def number_of(measured: Measured, name: str) -> float:
    """The number of a field."""
    low, high = measured.interval or (measured.value, measured.value)
    return {"value": measured.value, "low": low, "high": high}[name]


def without_links(text: str) -> str:
    """Markdown with its bound figures as plain text, for readers that know no claims.

    >>> without_links("An AUC of [0.831](claim:auc).")
    'An AUC of 0.831.'
    """
    return _LINK.sub(r"\1", text)


def unclaimed(bodies: Iterable[str]) -> list[str]:
    """The figures of texts that carry no claim, each once, in order.

    Years, dates, code, formulas and drawings are left out.

    >>> unclaimed(["<p>In 2024, 31 columns and 40 vans; 31 of <code>7</code>.</p>"])
    ['31', '40']
    """
    found: dict[str, None] = {}
    for body in bodies:
        text = html.unescape(_TAG.sub(" ", _APART.sub(" ", body)))
        for figure in _FIGURE.findall(text):
            if not _YEAR.match(figure):
                found[figure] = None
    return list(found)


@dataclass(frozen=True, slots=True)
class Words:
    """The figures of one page that are the author's word.

    Attributes:
        figures: As written.
        drawn: Whether a chart of the author's own stands among the texts.
    """

    figures: tuple[str, ...] = ()
    drawn: bool = False

    @classmethod
    def of(cls, bodies: Iterable[str]) -> Words:
        """What some texts hold."""
        texts = list(bodies)
        return cls(tuple(unclaimed(texts)), any(map(_DRAWN.search, texts)))

    def __bool__(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.figures) or self.drawn

    @property
    def several(self) -> bool:
        """Whether there is more than one figure."""
        return len(self.figures) > 1

    @property
    def told(self) -> str:
        """How many figures, and the first of them, for the preview.

        >>> Words(("31", "40")).told
        '2 figures (31, 40)'
        """
        noun = "figures" if self.several else "figure"
        some = ", ".join(self.figures[:5]) + (", …" if len(self.figures) > 5 else "")
        return f"{len(self.figures)} {noun} ({some})"

    @property
    def sentence(self) -> str:
        """What the page says of them.

        >>> Words(("31", "40"), True).sentence
        "The author's word, without a claim: the figures 31 and 40, and the chart in the text."
        """
        drawing = "the chart in the text" if self.drawn else ""
        return f"The author's word, without a claim: {_and(self._listed(), drawing)}."

    def _listed(self) -> str:
        if not self.figures:
            return ""
        named, more = self.figures[:MOST_NAMED], len(self.figures) - MOST_NAMED
        if more > 0:
            return f"the figures {', '.join(named)} and {more} more"
        noun = "figure" if len(named) == 1 else "figures"
        *most, last = named
        return f"the {noun} {', '.join(most)} and {last}" if most else f"the {noun} {last}"


def _and(one: str, other: str) -> str:
    return ", and ".join(filter(None, (one, other)))


@dataclass(frozen=True, slots=True)
class Text:
    """One text of a portfolio.

    Attributes:
        what: How to call it in a sentence. ``page``: that it stands on.
        body: HTML as ``prose`` made it.
    """

    what: str
    page: str
    body: str


@dataclass(frozen=True, slots=True)
class Looked:
    """What came of looking through every text.

    Attributes:
        bodies: The texts. ``words``: the author's word by page.
        refused: A sentence for each figure that does not agree with its claim.
    """

    bodies: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    words: Mapping[str, Words] = field(default_factory=dict)


def look(figures: Figures, texts: Iterable[Text]) -> Looked:
    """Compare every bound figure with its claim, and gather those that are bound to none."""
    refused: list[str] = []
    bodies: dict[str, list[str]] = {}
    for one in texts:
        refused += figures.faults(one.body, one.what)
        bodies.setdefault(one.page, []).append(one.body)
    words = {page: Words.of(found) for page, found in bodies.items()}
    return Looked(
        tuple(body for found in bodies.values() for body in found),
        tuple(dict.fromkeys(refused)),
        {page: found for page, found in words.items() if found},
    )
