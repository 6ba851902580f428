"""Numbers on pages: what marks them, and whether the text that a reader sees is what was claimed.

A number stands in an element of its own with ``data-claim`` (the claim's id), ``data-value`` (the
number itself) and, for the ends of an interval, ``data-field`` (``low`` or ``high``). Its text may
round, and may be a percentage.
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from html.parser import HTMLParser

from journeyman.errors import Invalid
from journeyman.proof import copies
from journeyman.proof.claim import Claim

_TEXT = re.compile(r"\A([+\-−]?[0-9]+(?:\.[0-9]+)?)\s*(%)?\Z")
_BEFORE = re.compile(r"(?:\d[.,]?|[\-−])\Z")
_AFTER = re.compile(r"[.,]?\d|\s?[%‰]|[eE][+\-−]?\d")
_INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "cite", "code", "data", "del", "dfn", "em", "i", "ins", "kbd", "mark"}
    | {"q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr"}
)
"""Elements that do not part a number from what stands beside it."""
_HIDING = {"hidden", "style", "aria-hidden", "inert"}
_VOID = frozenset({"br", "embed", "hr", "img", "input", "link", "meta"})


def shown(claim: Claim, places: int = 3, *, field: str = "value", percent: bool = False) -> str:
    """The HTML of a claimed number, as :func:`faults` accepts it.

    Args:
        claim: Which the bundle has to hold.
        places: Digits behind the point of what is shown.
        field: value, low or high.
        percent: Show it a hundredfold, with a sign.

    Raises:
        Invalid: the claim has no such number.

    >>> from journeyman.proof.building import example
    >>> shown(example()[0], 2).split(" ", 3)[3]
    'data-value="0.875">0.88</data>'
    """
    number = _number_of(claim, field)
    scaled = Decimal(repr(number)) * (100 if percent else 1)
    text = f"{scaled:.{places}f}".replace("-", "−") + (" %" if percent else "")
    return written(claim, text, field=field)


def written(claim: Claim, text: str, *, field: str = "value") -> str:
    """The HTML of a claimed number in the words of a text; :func:`rounds` says which it may be."""
    number = _number_of(claim, field)
    which = "" if field == "value" else f' data-field="{field}"'
    return (
        f'<data value="{number!r}" data-claim="{html.escape(claim.id)}"{which} '
        f'data-value="{number!r}">{html.escape(text)}</data>'
    )


def _number_of(claim: Claim, field: str) -> float:
    number = claim.number(field)
    if number is None:
        raise Invalid(f"The claim {claim.id} has no {field}.")
    return number


def touches(before: str, after: str) -> bool:
    """Whether text directly beside a number makes it read as another one.

    >>> touches("an AUC of ", ", clearly"), touches("", "9"), touches("1", ""), touches("", " %")
    (False, True, True, True)
    """
    return bool(_BEFORE.search(before) or _AFTER.match(after))


def faults(page: str, claims: Mapping[str, Claim], checked: Collection[str] = ()) -> list[str]:
    """What is wrong with the numbers of a page, each as half a sentence.

    Args:
        page: HTML.
        claims: Of the bundle, by id.
        checked: As for ``copies.page_faults``.

    >>> from journeyman.proof.building import example
    >>> claim = example()[0]
    >>> page = shown(claim)
    >>> faults(page, {claim.id: claim}), faults(page.replace(">0.875", ">0.975"), {claim.id: claim})
    ([], ["shows '0.975' where 0.875 is claimed"])
    """
    return look(page, claims, checked)[0]


def look(
    page: str, claims: Mapping[str, Claim], checked: Collection[str] = ()
) -> tuple[list[str], int]:
    """The same as :func:`faults`, with how many claimed numbers the page shows."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    found = list(reader.faults)
    for one in reader.numbers:
        found += _number_faults(one, claims)
    found += copies.page_faults(iter(reader.copies), claims, checked)
    return found, len(reader.numbers)


@dataclass(slots=True)
class _Number:
    tag: str
    attributes: dict[str, str]
    text: str = ""
    inner: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    """Finds the elements that carry ``data-claim``, and the claims that the page carries."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.numbers: list[_Number] = []
        self.faults: list[str] = []
        self.copies: list[str] = []
        self._open: _Number | None = None
        self._copying = False
        self._before = ""
        self._ended = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a number, or note what stands inside of one."""
        self._part(tag)
        names = [name for name, _ in attrs]
        attributes = {name: value or "" for name, value in attrs}
        self._copying = tag == "script" and copies.CLASS in attributes.get("class", "").split()
        if self._copying:
            self.copies.append("")
        if self._open is not None:
            self._open.inner.append(f"<{tag}>")
        elif "data-claim" in attributes:
            if _BEFORE.search(self._before):
                self.faults.append(f"has {self._before[-1:]!r} directly before a number")
            if len(set(names)) < len(names):
                self.faults.append("has an attribute twice on a number")
            number = _Number(tag, attributes)
            self.numbers.append(number)
            self._open = None if tag in _VOID else number
        elif "data-value" in attributes:
            self.faults.append("has a data-value that names no claim")

    def handle_endtag(self, tag: str) -> None:
        """End the number."""
        self._copying = False
        self._part(tag)
        if self._open is not None and tag == self._open.tag:
            self._before, self._ended = "", self._open.text.strip() or " "
            self._open = None

    def handle_data(self, data: str) -> None:
        """Collect the text of the number, or the claim that the page carries."""
        if self._copying:
            self.copies[-1] += data
            return
        if self._open is not None:
            self._open.text += data
            return
        if self._ended and _AFTER.match(data):
            self.faults.append(f"has {data.strip()[:9]!r} directly after {self._ended[:40]!r}")
        if data:
            self._before, self._ended = data[-2:], ""

    def handle_comment(self, data: str) -> None:
        """Nothing may hide inside of a number."""
        if self._open is not None:
            self._open.inner.append(f"a comment ({data[:20]!r})")

    def _part(self, tag: str) -> None:
        """Forget the text before an element that stands apart from it."""
        if tag not in _INLINE:
            self._before = self._ended = ""

    def close(self) -> None:
        """A number that never ends would swallow the page."""
        super().close()
        if self._open is not None:
            self.faults.append("has a number whose element is never closed")


def _number_faults(one: _Number, claims: Mapping[str, Claim]) -> list[str]:
    claim = claims.get(one.attributes["data-claim"])
    if claim is None:
        return [f"shows {one.text[:40]!r} with a claim that is not in the bundle"]
    number = claim.number(one.attributes.get("data-field", "value"))
    if number is None:
        return [f"shows {one.text[:40]!r} for a number that the claim does not have"]
    found = []
    for name in ("data-value", "value"):
        said = one.attributes.get(name)
        if said != repr(number) and not (name == "value" and said is None):
            found.append(f"says {name}={said!r} where {number!r} is claimed")
    if one.inner:
        found.append(f"has {one.inner[0]} inside of a number")
    if _HIDING & one.attributes.keys():
        found.append("hides or restyles a number where it stands")
    field_ = one.attributes.get("data-field", "value")
    if not rounds(one.text, number, whole=field_ != "value"):
        found.append(f"shows {one.text.strip()[:40]!r} where {number!r} is claimed")
    return found


def rounds(text: str, number: float, *, whole: bool = True) -> bool:
    """Whether ``text`` is ``number``, rounded to the digits that it shows.

    Args:
        text: As shown: digits, a point and digits, or a percentage.
        number: That it has to be.
        whole: Whether a number below 1 may be rounded to a whole one: 0.61 is no 1.

    >>> rounds("0.83", 0.8312), rounds("83 %", 0.8312), rounds("0.84", 0.8312)
    (True, True, False)
    >>> rounds("1", 0.8312, whole=False)
    False
    """
    parts = _TEXT.match(text.strip().replace("\u00a0", " ").replace("\u202f", " "))
    if parts is None:
        return False
    try:
        said = Decimal(parts[1].replace("−", "-"))
    except InvalidOperation:
        return False
    digits = len(parts[1].partition(".")[2])
    if not (whole or digits or parts[2]) and abs(number) < 1 and said != Decimal(repr(number)):
        return False
    exact = Decimal(repr(number)) * (100 if parts[2] else 1)
    return abs(said - exact) <= Decimal(5) * Decimal(10) ** (-digits - 1)
