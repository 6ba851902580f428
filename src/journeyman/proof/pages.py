"""Numbers on pages: what marks them, and whether the text that a reader sees is what was claimed.

A number stands in an element of its own with ``data-claim`` (the claim's id), ``data-value`` (the
number itself) and, for the ends of an interval, ``data-field`` (``low`` or ``high``). Its text may
round, and may be a percentage.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from html.parser import HTMLParser

from journeyman.errors import Invalid
from journeyman.proof import copies
from journeyman.proof.claim import Claim

_TEXT = re.compile(r"\A([+\-−]?[0-9]+(?:\.[0-9]+)?)\s*(%)?\Z")
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
    number = claim.number(field)
    if number is None:
        raise Invalid(f"The claim {claim.id} has no {field}.")
    scaled = Decimal(repr(number)) * (100 if percent else 1)
    text = f"{scaled:.{places}f}".replace("-", "−") + (" %" if percent else "")
    which = "" if field == "value" else f' data-field="{field}"'
    return (
        f'<data value="{number!r}" data-claim="{html.escape(claim.id)}"{which} '
        f'data-value="{number!r}">{text}</data>'
    )


def faults(page: str, claims: Mapping[str, Claim]) -> list[str]:
    """What is wrong with the numbers of a page, each as half a sentence.

    >>> from journeyman.proof.building import example
    >>> claim = example()[0]
    >>> page = shown(claim)
    >>> faults(page, {claim.id: claim}), faults(page.replace(">0.875", ">0.975"), {claim.id: claim})
    ([], ["shows '0.975' where 0.875 is claimed"])
    """
    reader = _Reader()
    reader.feed(page)
    reader.close()
    found = list(reader.faults)
    for one in reader.numbers:
        found += _number_faults(one, claims)
    return found + copies.page_faults(iter(reader.copies), claims)


def count(page: str) -> int:
    """How many claimed numbers a page shows."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return len(reader.numbers)


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

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a number, or note what stands inside of one."""
        names = [name for name, _ in attrs]
        attributes = {name: value or "" for name, value in attrs}
        self._copying = tag == "script" and copies.CLASS in attributes.get("class", "").split()
        if self._copying:
            self.copies.append("")
        if self._open is not None:
            self._open.inner.append(f"<{tag}>")
        elif "data-claim" in attributes:
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
        if self._open is not None and tag == self._open.tag:
            self._open = None

    def handle_data(self, data: str) -> None:
        """Collect the text of the number, or the claim that the page carries."""
        if self._copying:
            self.copies[-1] += data
        if self._open is not None:
            self._open.text += data

    def handle_comment(self, data: str) -> None:
        """Nothing may hide inside of a number."""
        if self._open is not None:
            self._open.inner.append(f"a comment ({data[:20]!r})")

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
    if not _rounds(one.text, number):
        found.append(f"shows {one.text.strip()[:40]!r} where {number!r} is claimed")
    return found


def _rounds(text: str, number: float) -> bool:
    """Whether ``text`` is ``number``, rounded to the digits that it shows."""
    parts = _TEXT.match(text.strip().replace("\u00a0", " ").replace("\u202f", " "))
    if parts is None:
        return False
    try:
        said = Decimal(parts[1].replace("−", "-"))
    except InvalidOperation:
        return False
    digits = len(parts[1].partition(".")[2])
    exact = Decimal(repr(number)) * (100 if parts[2] else 1)
    return abs(said - exact) <= Decimal(5) * Decimal(10) ** (-digits - 1)
