"""Reads of competitions: the catalogue, one competition, its board and its notes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

import numpy as np

from journeyman.competitions import rules, standing
from journeyman.competitions.entry import LEVELS, Competition
from journeyman.competitions.home import Home
from journeyman.competitions.house_field import Rung, rungs_of
from journeyman.competitions.parts import PartScore
from journeyman.scoring.ties import tie_groups
from journeyman.store import competing
from journeyman.store.competing import Submission
from journeyman.store.session import Session

State = Literal["new", "here", "open", "closed"]


@dataclass(frozen=True, slots=True)
class CompetitionLine:
    """One competition in the catalogue."""

    slug: str
    title: str
    summary: str
    task: str
    metric: str
    level: str
    state: State
    submissions: int
    opt_in: bool = False


@dataclass(frozen=True, slots=True)
class BoardLine:
    """One line of a board.

    Attributes:
        rank: Shared by all that cannot be told apart from the best of their group.
        kind: ``you`` or ``house``.
        score, low, high: Score and 95 % interval.
        medal: What the line earns; only on lines of the learner's.
    """

    rank: int
    kind: Literal["you", "house"]
    name: str
    score: float
    low: float
    high: float
    level: str = ""
    submission: str = ""
    medal: str = ""
    seconds: float | None = None
    peak_mb: float | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Withheld:
    """A submission whose score is not told, and why."""

    submission: str
    name: str
    stage: str
    why: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Shake:
    """One submission on both parts: rank and score on the public rows, then on the private ones."""

    submission: str
    name: str
    public: float
    public_rank: int
    private: float
    private_rank: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Trapped:
    """The trap finder's word on a board: what gave rise to it, hints seen and traps named."""

    why: str = ""
    hints: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    hints_left: int = 0


@dataclass(frozen=True, slots=True)
class Board:
    """A competition's board.

    Attributes:
        part: ``public`` while it is open, ``private`` once it is closed.
        rungs: The baselines that medals go by, lowest first; none before all were run.
        rows: Test rows that this part scores (or episodes: ``unit`` says what they are).
        reruns: For code, what it scored on the split that its hash drew, by submission.
        outcome: How it ended, after closing.
        sealed: Whether the labels cannot be read here.
    """

    slug: str
    title: str
    metric: str
    metric_title: str
    better: str
    level: str
    level_says: str
    part: Literal["public", "private"]
    rows: int
    lines: tuple[BoardLine, ...]
    withheld: tuple[Withheld, ...]
    rungs: tuple[str, ...]
    trap: Trapped
    shake: tuple[Shake, ...] = ()
    reruns: dict[str, Any] = field(default_factory=dict)
    outcome: dict[str, Any] | None = None
    closed_at: datetime | None = None
    rungs_missing: tuple[str, ...] = ()
    sealed: bool = False
    unit: Literal["rows", "episodes"] = "rows"


def lines(
    session: Session, competitions: Sequence[Competition], homes: dict[str, Home]
) -> tuple[CompetitionLine, ...]:
    """Every competition with where the learner stands."""
    found: dict[str, list[Submission]] = {}
    for one in competing.find_submissions(session):
        found.setdefault(one.slug, []).append(one)
    return tuple(
        CompetitionLine(
            one.slug,
            one.title,
            one.summary,
            one.task,
            one.metric.name,
            one.level,
            _state(session, one, homes[one.slug], bool(found.get(one.slug))),
            len(found.get(one.slug, [])),
            one.opt_in,
        )
        for one in competitions
    )


def _state(session: Session, competition: Competition, home: Home, submitted: bool) -> State:
    if competing.entrant(session, competition.slug).closed_at is not None:
        return "closed"
    if submitted:
        return "open"
    return "here" if competition.rules or home.ready(competition) else "new"


def board(
    session: Session,
    competition: Competition,
    rungs: Sequence[Rung],
    rows: tuple[int, int],
    missing: Sequence[str] = (),
    *,
    sealed: bool = False,
) -> Board:
    """The board: public while it is open; private, with the shake-up, once it is closed.

    Args:
        session: An open transaction.
        competition: Whose board.
        rungs: The house field as far as it was run.
        rows: Test rows of the public and of the private part.
        missing: Baselines that were not run on this machine; while there are any, nothing earns a
            medal, because those that are missing may be the better ones.
        sealed: Whether the labels cannot be read here.
    """
    entrant = competing.entrant(session, competition.slug)
    closed = entrant.closed_at is not None
    submissions = standing.find(session, competition)
    shown = [one for one in submissions if _is_shown(one, closed)]
    metric = competition.metric
    judges = () if missing else rungs
    return Board(
        competition.slug,
        competition.title,
        metric.name,
        metric.title,
        metric.better,
        competition.level,
        LEVELS[competition.level],
        "private" if closed else "public",
        rows[1] if closed else rows[0],
        _board_lines(competition, shown, rungs, judges, public=not closed),
        _all_withheld(session, competition, shown, closed=closed),
        tuple(rung.name for rung in rungs_of(competition, judges, public=not closed)),
        trapped(session, competition, submissions, closed=closed),
        _shake(competition, shown, dict(entrant.outcome or {})) if closed else (),
        {
            one.id: dict((one.public or {})["rerun"])
            for one in shown
            if (one.public or {}).get("rerun")
        },
        dict(entrant.outcome) if entrant.outcome else None,
        entrant.closed_at,
        tuple(missing),
        sealed,
        "episodes" if competition.rules else "rows",
    )


def _is_shown(submission: Submission, closed: bool) -> bool:
    if submission.stage != "scored":
        return False
    if closed:
        return submission.private is not None and not standing.is_late(submission)
    return standing.has_climbed(submission)


@dataclass(frozen=True, slots=True, eq=False)
class _Entry:
    """One thing on a board, before it is ranked."""

    score: PartScore
    shown: float
    submission: Submission | None = None
    rung: Rung | None = None


def _board_lines(
    competition: Competition,
    submissions: Sequence[Submission],
    rungs: Sequence[Rung],
    judges: Sequence[Rung],
    *,
    public: bool,
) -> tuple[BoardLine, ...]:
    metric = competition.metric
    entries = [_entry(one, public=public) for one in submissions]
    entries += [
        _Entry(rung.part(public=public), rung.part(public=public).value, rung=rung)
        for rung in rungs
    ]
    # A score that is no number stands last, whatever the direction.
    entries.sort(
        key=lambda one: (
            not math.isfinite(one.shown),
            -metric.sign * one.shown if math.isfinite(one.shown) else 0.0,
        )
    )
    groups = tie_groups(entries, lambda one, other: one.score.against(metric, other.score))
    return tuple(
        _line(competition, rank, entry, judges, public=public)
        for rank, members in groups
        for entry in members
    )


def _entry(submission: Submission, *, public: bool) -> _Entry:
    if public:
        return _Entry(
            standing.public_score(submission), standing.released_score(submission), submission
        )
    score = PartScore.of(submission.private or {"value": None, "draws": []})
    return _Entry(score, score.value, submission)


def _line(
    competition: Competition, rank: int, entry: _Entry, judges: Sequence[Rung], *, public: bool
) -> BoardLine:
    shown = entry.score.interval(competition.metric)
    if entry.rung is not None:
        rung = entry.rung
        return BoardLine(
            rank, "house", rung.name, entry.shown, shown.low, shown.high,
            seconds=rung.seconds, peak_mb=rung.peak_mb,
        )  # fmt: skip
    one = entry.submission
    if one is None:
        raise AssertionError
    medal = ""
    doubtful = standing.suspicious(competition, entry.score)
    if not doubtful and not standing.leans_on(one):
        medal = standing.standing_of(competition, entry.score, judges, public=public).medal
    return BoardLine(
        rank, "you", one.name, entry.shown, shown.low, shown.high, one.level, one.id, medal,
        at=one.opened_at,
    )  # fmt: skip


_WHY = {
    "submitted": "kept, but not scored yet: any command on this competition scores it",
    "waiting": "kept; the labels are sealed, it is scored when the host opens them",
}


def _all_withheld(
    session: Session, competition: Competition, shown: Sequence[Submission], *, closed: bool
) -> tuple[Withheld, ...]:
    every = competing.find_submissions(session, competition.slug)
    ids = {one.id for one in shown}
    return tuple(
        _withheld(one, competition)
        for one in every
        if one.id not in ids and (not closed or one.stage != "scored")
    )


def _withheld(submission: Submission, competition: Competition) -> Withheld:
    if submission.sha256 != competition.sha256:
        why = "handed in to an earlier version of this competition, on other rows"
    elif submission.stage == "scored":
        why = "not clearly better than your best at that time, so its score is not told"
    elif submission.stage == "failed":
        why = str((submission.public or {}).get("message", "it could not be run"))
    else:
        why = _WHY[submission.stage]
    return Withheld(submission.id, submission.name, submission.stage, why, submission.opened_at)


def _shake(
    competition: Competition, shown: Sequence[Submission], outcome: dict[str, Any]
) -> tuple[Shake, ...]:
    sign = competition.metric.sign
    public = [standing.public_score(one).value for one in shown]
    private = [_entry(one, public=False).shown for one in shown]

    def ranks(values: Sequence[float]) -> list[int]:
        merit = np.nan_to_num(sign * np.array(values, dtype=float), nan=-np.inf)
        return [1 + int((merit > one).sum()) for one in merit]

    before, after = ranks(public), ranks(private)
    made = [
        Shake(
            one.id,
            one.name,
            public[n],
            before[n],
            private[n],
            after[n],
            one.id == outcome.get("chosen"),
        )
        for n, one in enumerate(shown)
    ]
    return tuple(sorted(made, key=lambda one: one.private_rank))


def trapped(
    session: Session, competition: Competition, submissions: Sequence[Submission], *, closed: bool
) -> Trapped:
    """What the trap finder says now: hints seen are repeated, names only where they were asked."""
    seen = dict(competing.entrant(session, competition.slug).hinted or {})
    named = set(seen.get("named", []))
    return Trapped(
        _suspicion(competition, submissions, closed=closed),
        tuple(trap.hint for trap in competition.traps if trap.name in seen),
        tuple(f"{trap.name}: {trap.says}" for trap in competition.traps if trap.name in named),
        sum(trap.name not in seen for trap in competition.traps),
    )


def _suspicion(competition: Competition, submissions: Sequence[Submission], *, closed: bool) -> str:
    best = standing.best_of(submissions)
    if best is None:
        return ""
    if standing.leans_on(best):
        return (
            "Your best code's predictions change with a column that an honest model cannot have "
            "when it is needed, so its score is not counted."
        )
    score = _entry(best, public=not (closed and best.private)).score
    if not standing.suspicious(competition, score):
        return ""
    ceiling = competition.ceiling
    beyond = ""
    if ceiling.score is not None and rules.too_good(
        competition.metric,
        score.value,
        score.interval(competition.metric).error,
        ceiling.score,
    ):
        beyond = f" It is beyond {ceiling.score:g} ({ceiling.source})."
    return f"Your best score is too good to be true, so it is not counted.{beyond}"
