"""Numbers that the site shows: what each claims, before and after it is signed."""

from __future__ import annotations

import html
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from markupsafe import Markup

from journeyman.portfolio import charts, rules
from journeyman.proof import pages
from journeyman.proof.claim import Claim, SignedClaim

Method = Literal["bootstrap", "posterior", "stated"]


@dataclass(frozen=True, slots=True)
class Measured:
    """One number with all that its claim says.

    Attributes:
        statement: What is claimed, in one sentence.
        metric: As in ``journeyman.scoring``, or ``score`` or ``mastery``.
        low, high: Of the interval; None where there is none.
        level: Share of cases that the interval covers.
        kind, slug, version, sha256: The entry of the bank, or the work, that it is about.
        percent: Shown a hundredfold.
    """

    statement: str
    metric: str
    value: float
    kind: str
    slug: str
    sha256: str
    version: int = 1
    low: float | None = None
    high: float | None = None
    level: float = 0.95
    method: Method = "stated"
    seed: int = 0
    isolation: str = ""
    evidence: tuple[str, ...] = ()
    percent: bool = False

    @property
    def key(self) -> str:
        """What tells it from every other number of the site."""
        return f"{self.kind}/{self.slug}/{self.metric}/{self.statement}"

    @property
    def interval(self) -> tuple[float, float] | None:
        """The interval, where there is one that holds the number."""
        if self.low is None or self.high is None:
            return None
        good = math.isfinite(self.low) and math.isfinite(self.high)
        return (self.low, self.high) if good and self.low <= self.value <= self.high else None

    def places(self, field_: str = "value") -> int:
        """Digits behind the point of the number or of an end of its interval.

        A number that is nearly certain is not rounded to certain.
        """
        if not self.percent:
            return rules.places(self.value, *(self.interval or (self.value, self.value)))
        if field_ != "value" or self.value >= 1:
            return 0
        return next((n for n in (0, 1) if round(100 * self.value, n) < 100), 2)

    def is_claimed_by(self, claim: Claim) -> bool:
        """Whether a claim says this number of this thing, whoever stands behind it."""
        content, interval = claim.content, claim.interval
        ends = (interval.low, interval.high) if interval else None
        return (
            (content.kind, content.slug) == (self.kind, self.slug)
            and (content.sha256 == self.sha256 or self.kind == "project")
            and (claim.metric.name, claim.value) == (self.metric, self.value)
            and ends == self.interval
            and (self.kind != "project" or claim.statement == self.statement or ends is not None)
        )


@dataclass(frozen=True, slots=True)
class Signed:
    """The claims of a site by the number that they are about; none on an unsigned site."""

    by_key: Mapping[str, SignedClaim] = field(default_factory=dict)

    def of(self, number: Measured) -> SignedClaim | None:
        """The claim of a number."""
        return self.by_key.get(number.key)

    def show(self, number: Measured, field_: str = "value") -> Markup:
        """A number as a page shows it, marked with its claim where there is one."""
        signed = self.of(number)
        low, high = number.interval or (number.value, number.value)
        value = {"value": number.value, "low": low, "high": high}[field_]
        places = number.places(field_)
        if signed is not None:
            made = pages.shown(signed.claim, places, field=field_, percent=number.percent)
            return Markup(made)  # noqa: S704 - made of numbers and an id
        text = f"{100 * value if number.percent else value:.{places}f}".replace("-", "−")
        return Markup(f'<data value="{value!r}">{text}{" %" * number.percent}</data>')  # noqa: S704

    def interval(self, number: Measured) -> Markup:
        """The interval of a number, with its ends marked; empty where it has none."""
        if number.interval is None:
            return Markup("")
        low, high = self.show(number, "low"), self.show(number, "high")
        return Markup(f'<span class="ends">{low} to {high}</span>')  # noqa: S704 - made above

    def on(self, numbers: Iterable[Measured]) -> list[SignedClaim]:
        """The claims of some numbers, each once, in order."""
        found = {one.claim.id: one for number in numbers if (one := self.of(number)) is not None}
        return list(found.values())


def bar(number: Measured, baseline: Measured | None = None) -> Markup:
    """The interval as a bar: of a share on a rail from none to all, else beside its baseline.

    Empty where there is nothing to compare with: a bar alone would only fill its own scale.
    """
    ends = number.interval
    if ends is None:
        return Markup("")
    if number.percent:
        return Markup(charts.share(number.value, *ends))  # noqa: S704 - made of numbers
    if baseline is None:
        return Markup("")
    return Markup(charts.span(number.value, *ends, baseline.value))  # noqa: S704 - made of numbers


def safe_statement(text: str) -> str:
    """A sentence as it may stand in a claim: one line, without angle brackets, not too long.

    >>> safe_statement("AUC of <b>")
    'AUC of (b)'
    """
    plain = " ".join(html.unescape(text).replace("<", "(").replace(">", ")").split())
    plain = "".join(letter for letter in plain if letter.isprintable())
    return plain[:199] or "A number"
