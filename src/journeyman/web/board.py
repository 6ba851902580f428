"""A competition's board as a page draws it: groups of ties, marks on one axis, and words."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from journeyman.competitions.wording import number
from journeyman.web.whiskers import Axis, Mark, Span, axis

if TYPE_CHECKING:
    from journeyman.competitions.queries import Board, BoardLine
    from journeyman.store.competing import Submission

MEDALS = ("gold", "silver", "bronze")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the board.

    Attributes:
        prize: For a rung of the house field: the medal for being not clearly behind it.
    """

    line: BoardLine
    mark: Mark | None
    score: str
    interval: str
    prize: str = ""

    @property
    def mine(self) -> bool:
        """Whether it is the learner's."""
        return self.line.kind == "you"


@dataclass(frozen=True, slots=True)
class Group:
    """Lines that share a rank, because these rows cannot tell them apart."""

    rank: int
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """A submission on the public and on the private part."""

    name: str
    chosen: bool
    public: str
    private: str
    ranks: str
    before: Mark | None
    after: Mark | None


@dataclass(frozen=True, slots=True)
class Told:
    """One submission of the learner's, and what is told of it."""

    submission: Submission
    words: str
    expected: str


@dataclass(frozen=True, slots=True)
class Estimate:
    """The learner's own estimate beside what came.

    Attributes:
        words: Both in one sentence.
    """

    axis: Axis
    expected: Mark | None
    actual: Mark | None
    words: str
    held: bool


@dataclass(frozen=True, slots=True)
class View:
    """Everything that the page of the board draws.

    Attributes:
        axis: Of the board; None where there is nothing to draw.
        moves: The shake-up, the best on the private part first.
    """

    axis: Axis | None
    groups: tuple[Group, ...]
    told: tuple[Told, ...]
    moves: tuple[Moved, ...] = ()
    moves_axis: Axis | None = None
    estimate: Estimate | None = None

    @property
    def off(self) -> bool:
        """Whether a score lies off the axis."""
        return any(row.mark and row.mark.off for group in self.groups for row in group.rows)


def view(board: Board, submissions: Sequence[Submission]) -> View:
    """The board with the place of every mark."""
    found = axis([Span(one.score, one.low, one.high) for one in board.lines])
    prizes = prizes_of(board.rungs)
    rows = [_row(one, found, prizes) for one in board.lines]
    groups = tuple(
        Group(rank, tuple(members)) for rank, members in groupby(rows, lambda row: row.line.rank)
    )
    told = tuple(_told(one) for one in reversed(submissions))
    moves_axis, moves = _moves(board)
    return View(found, groups, told, moves, moves_axis, _estimate(board))


def prizes_of(rungs: Sequence[str]) -> dict[str, str]:
    """The medal that each rung stands for; the rungs come with the lowest first.

    >>> prizes_of(["constant", "linear", "boosting"])
    {'boosting': 'gold', 'linear': 'silver'}
    """
    if len(rungs) == 1:
        return {rungs[0]: "gold"}
    return dict(zip(reversed(rungs[1:]), MEDALS, strict=False))


def _row(line: BoardLine, on: Axis | None, prizes: dict[str, str]) -> Row:
    mark = on.mark(Span(line.score, line.low, line.high)) if on else None
    bounded = math.isfinite(line.low) and math.isfinite(line.high)
    interval = f"{number(line.low)} to {number(line.high)}" if bounded else ""
    prize = prizes.get(line.name, "") if line.kind == "house" else ""
    return Row(line, mark, number(line.score), interval, prize)


def _told(one: Submission) -> Told:
    public = one.public or {}
    private = (one.private or {}).get("value")
    if one.stage == "failed":
        words = f"not scored: {public.get('message', 'it could not be run')}"
    elif one.stage == "waiting":
        words = "waits until the labels are opened"
    elif one.stage == "submitted":
        words = "not scored yet"
    elif public.get("late"):
        words = f"practice after closing: public {number(public.get('value'))}"
    elif public.get("climbed"):
        words = f"public {number(public.get('released'))}"
    else:
        words = "not clearly better than your best at that time, so its score is not told"
    if private is not None:
        words += f"; private {number(private)}"
    expected = ""
    if one.expected is not None:
        expected = f"{number(one.expected)} ± {number(one.margin)}"
    return Told(one, words, expected)


def _moves(board: Board) -> tuple[Axis | None, tuple[Moved, ...]]:
    points = [(one, value) for one in board.shake for value in (one.private, one.public)]
    found = axis([Span(value, value, value) for _, value in points])
    if found is None:
        return None, ()
    return found, tuple(
        Moved(
            one.name,
            one.chosen,
            number(one.public),
            number(one.private),
            f"{one.public_rank} → {one.private_rank}",
            found.mark(Span(one.public, one.public, one.public)),
            found.mark(Span(one.private, one.private, one.private)),
        )
        for one in board.shake
    )


def _estimate(board: Board) -> Estimate | None:
    outcome: dict[str, Any] = board.outcome or {}
    honest = outcome.get("honesty")
    if not honest:
        return None
    value, margin = honest["expected"], honest["margin"]
    expected = Span(value, value - margin, value + margin)
    actual = Span(*(float("nan") if outcome[k] is None else outcome[k]
                    for k in ("score", "low", "high")))  # fmt: skip
    found = axis([actual, expected])
    if found is None:
        return None
    side = "too hopeful" if honest["optimistic"] else "too cautious"
    end = "It held." if honest["held"] else f"It did not hold: you were {side}."
    said = f"You predicted {number(value)} ± {number(margin)}, it was {number(actual.value)}."
    words = f"{said} {end}"
    return Estimate(found, found.mark(expected), found.mark(actual), words, honest["held"])
