"""Where scores with their intervals stand on a common axis, in percent of the chart's width.

The marks are drawn by the templates with percentages, so that one drawing fits every width and dots
stay round. A lone score far from all others would press these into a corner: then the axis leaves
it out, and an arrow at the edge says where it lies.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

MARGIN = 4.0  # percent on each side that stays free
FEWEST, MOST = 3, 5  # ticks
FAR = 3.0  # how many times wider the axis may get for the sake of one score
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class Span:
    """A score with its interval, as numbers; not finite where there is none."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Mark:
    """A score with its interval, in percent of the width.

    Attributes:
        off: On which side of the axis the score lies, where it does not fit on it.
    """

    value: float
    low: float
    high: float
    off: Literal["", "left", "right"] = ""


@dataclass(frozen=True, slots=True)
class Axis:
    """A horizontal axis from ``low`` to ``high`` with its ticks: percent and label."""

    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]

    def at(self, value: float) -> float:
        """Percent of the width, cut off at the edges.

        >>> Axis(0.0, 1.0, ()).at(0.5)
        50.0
        """
        share = (value - self.low) / (self.high - self.low)
        return round(MARGIN + (100 - 2 * MARGIN) * min(max(share, -0.02), 1.02), 2)

    def mark(self, span: Span) -> Mark | None:
        """Where one score stands; None where it is no number."""
        if not math.isfinite(span.value):
            return None
        low, high = (end if math.isfinite(end) else span.value for end in (span.low, span.high))
        off: Literal["", "left", "right"] = ""
        if span.value < self.low:
            off = "left"
        elif span.value > self.high:
            off = "right"
        return Mark(self.at(span.value), self.at(low), self.at(high), off)


def axis(spans: Sequence[Span]) -> Axis | None:
    """An axis over all scores and their intervals, but for those that lie far off.

    Args:
        spans: Best first; a far one is looked for at the end only.

    >>> axis([Span(0.86, 0.85, 0.87), Span(0.84, 0.83, 0.85)]).ticks[0][1]
    '0.83'
    """
    shown = [one for one in spans if math.isfinite(one.value)]
    while len(shown) > 2 and _width(shown) > FAR * _width(shown[:-1]) > 0:
        shown.pop()
    if not shown:
        return None
    low, high = _ends(shown)
    if high - low < 1e-9 * max(1.0, abs(high)):
        room = max(abs(high) * 0.05, 1e-6)
        low, high = low - room, high + room
    return Axis(low, high, _placed(low, high))


def _ends(spans: Sequence[Span]) -> tuple[float, float]:
    numbers = [end for one in spans for end in (one.value, one.low, one.high)]
    finite = [one for one in numbers if math.isfinite(one)]
    return min(finite), max(finite)


def _width(spans: Sequence[Span]) -> float:
    low, high = _ends(spans)
    return high - low


def _placed(low: float, high: float) -> tuple[tuple[float, str], ...]:
    step = step_of(low, high)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    places = max(0, -math.floor(math.log10(step) + 1e-9))
    if round(step, places) != round(step, places + 2):  # steps of 2.5
        places += 1
    plain = Axis(low, high, ())
    return tuple(
        (plain.at(n * step), f"{n * step + 0.0:,.{places}f}") for n in range(first, last + 1)
    )


def step_of(low: float, high: float) -> float:
    """A round step that gives three to five ticks.

    >>> step_of(0.83, 0.87), step_of(0.0, 1.0), step_of(0.0, 520.0)
    (0.01, 0.25, 200.0)
    """
    rough = 10.0 ** math.floor(math.log10(high - low) - 1)
    candidates = [rough * scale * one for scale in (1.0, 10.0) for one in _STEPS]
    fitting = [one for one in candidates if FEWEST <= _count(low, high, one) <= MOST]
    return round(fitting[0], 12) if fitting else (high - low) / 2


def _count(low: float, high: float, step: float) -> int:
    return math.floor(high / step + 1e-9) - math.ceil(low / step - 1e-9) + 1
