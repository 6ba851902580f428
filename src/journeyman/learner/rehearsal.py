"""Rehearsal: living through the coming weeks in arithmetic, to say what they will lead to.

Every action (take a skill up, or review one) has a gain per minute, the same as in
:mod:`journeyman.learner.plan`; the largest is done first, sitting after sitting until the deadline.
Everything runs on rows: one learner for a forecast, many simulated ones in the benchmark. Memory
follows FSRS-6 with its default parameters (see :mod:`journeyman.learner.memory`), in expectation
over passing and failing a review.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
from fsrs.scheduler import DEFAULT_PARAMETERS
from numpy.typing import NDArray

from journeyman.core.mastery import Mastery
from journeyman.core.skill import SkillGraph
from journeyman.learner import memory
from journeyman.learner.network import Array
from journeyman.learner.plan import KNOWN, PASSED_ON, READY, REVIEW_MINUTES
from journeyman.learner.state import State

Rows = NDArray[np.intp]
Flags = NDArray[np.bool_]
Rank = Callable[[float, Array], Array]
"""``(day, share of the minutes on reviews) -> priorities``, shape (b, 2n)."""
Act = Callable[[Rows, Rows, Flags, float], Array]
"""``(rows, skills, review?, day) -> minutes``: what actions cost; it changes the belief."""

STUDIED = 0.9  # P(held) after taking a skill up with its prerequisites in place
FIRST_STABILITY = float(DEFAULT_PARAMETERS[2])
UNSHOWN_STABILITY = 30.0  # days: skills held since before the first evidence
CARD_DIFFICULTY = 5.0
_DECAY = float(DEFAULT_PARAMETERS[20])
_FACTOR = 0.9 ** (-1.0 / _DECAY) - 1.0
NEVER = -1e30
PACES = (0.75, 1.0, 1.4)  # minutes needed, as a factor: fast, as declared, slow
AT_ONCE = 4  # actions between two looks at the whole


@dataclass(frozen=True, slots=True)
class Course:
    """What there is to learn, by when, and in which sittings.

    Attributes:
        weights: The target's weight of each skill, shape (n,), or (b, n) if rows aim differently.
        minutes: Minutes to take each skill up (lesson, practice, exercise), shape (n,) or (b, n).
        requires: Shape (n, n): 1 where the column is a prerequisite of the row.
        kin: Shape (n, n): share of the row's worth that flows to the column, itself apart.
        sittings: Day (from now) and minutes of every sitting, in order.
        deadline: Day at which the result counts.
    """

    weights: Array
    minutes: Array
    requires: Array
    kin: Array
    sittings: tuple[tuple[float, float], ...]
    deadline: float

    @classmethod
    def of(
        cls,
        graph: SkillGraph,
        target: Mapping[str, float] | None,
        hours_a_week: float,
        weeks: float,
        minutes: Mapping[str, float],
    ) -> Course:
        """A course of ``weeks`` weeks with sittings of about an hour spread evenly over them.

        Args:
            graph: The skills; rows and columns follow ``graph.order``.
            target: Weight of each skill aimed at; None weighs all alike.
            hours_a_week: Time available.
            weeks: Time until the deadline.
            minutes: Time to take each skill up; the skill's own ``minutes`` where missing.
        """
        index = {slug: i for i, slug in enumerate(graph.order)}
        requires = np.zeros((len(index), len(index)))
        for slug, i in index.items():
            requires[i, [index[r] for r in graph.skills[slug].requires]] = 1.0
        each = min(60.0, 60.0 * hours_a_week)
        count = max(round(hours_a_week * weeks * 60.0 / each), 1) if each > 0 else 0
        sittings = tuple((7.0 * weeks * i / count, each) for i in range(count))
        weights = [1.0 if target is None else target.get(s, 0.0) for s in graph.order]
        return cls(
            np.array(weights),
            np.array([minutes.get(s, float(graph.skills[s].minutes)) for s in graph.order]),
            requires,
            _kin(requires),
            sittings,
            7.0 * weeks,
        )

    def between(self, start: float, end: float) -> Course:
        """The same course with the sittings of days ``start <= day < end`` only."""
        kept = tuple(sitting for sitting in self.sittings if start <= sitting[0] < end)
        return replace(self, sittings=kept)


def _kin(requires: Array) -> Array:
    """Worth passed on along every path of prerequisites, shared where a skill has several."""
    share = PASSED_ON * requires / np.maximum(requires.sum(axis=1, keepdims=True), 1.0)
    total = np.zeros_like(share)
    step = np.eye(len(requires))
    for _ in range(len(requires)):
        step = step @ share
        if step.max(initial=0.0) < 1e-3:
            break
        total += step
    return np.asarray(total)


@dataclass
class Belief:
    """What is believed of each row's learner; changed in place as days go by.

    Attributes:
        held: Shape (b, n): P(held when last shown).
        stability: Shape (b, n), in days.
        last: Shape (b, n): day of the last use.
    """

    held: Array
    stability: Array
    last: Array

    def recall(self, day: float) -> Array:
        """Probability that what was learnt is recalled on ``day``, shape (b, n)."""
        return forgetting(day - self.last, self.stability)

    def copies(self, count: int) -> Belief:
        """Each row ``count`` times."""
        return Belief(
            *(np.repeat(a, count, axis=0) for a in (self.held, self.stability, self.last))
        )


def forgetting(days: Array | float, stability: Array | float) -> Array:
    """FSRS-6's forgetting curve; 0.9 where ``days`` equals ``stability`` (both in days)."""
    return np.asarray((1.0 + _FACTOR * np.maximum(days, 0.0) / stability) ** -_DECAY)


def passed(stability: Array, recall: Array) -> Array:
    """Stability after a review that was passed ("good"), by FSRS-6."""
    w = DEFAULT_PARAMETERS
    growth = np.exp(w[8]) * (11.0 - CARD_DIFFICULTY) * stability ** -w[9]
    return np.asarray(stability * (1.0 + growth * np.expm1((1.0 - recall) * w[10])))


def lapsed(stability: Array, recall: Array) -> Array:
    """Stability after a review that was failed ("again"), by FSRS-6."""
    w = DEFAULT_PARAMETERS
    short = w[11] * CARD_DIFFICULTY ** -w[12] * ((stability + 1.0) ** w[13] - 1.0)
    return np.asarray(np.minimum(short * np.exp((1.0 - recall) * w[14]), stability))


def priorities(course: Course, belief: Belief, day: float) -> Array:
    """Gain per minute of each action now, shape (b, 2n): taking skills up, then reviewing them.

    Taking a skill up gains its worth (its weight, and what it opens) times the chance that it is
    not held; a review gains the mean of weight and worth, times the chance that the skill was held
    and is forgotten.

    Args:
        course: What there is to learn.
        belief: One row per learner.
        day: Now.

    Returns:
        Larger comes first; :data:`NEVER` where the action makes no sense.
    """
    held, recall = belief.held, belief.recall(day)
    missing = np.where(held < KNOWN, 1.0 - held, 0.0)
    worth = course.weights + (missing * course.weights) @ course.kin
    unready = (held < READY).astype(np.float64) @ course.requires.T > 0
    new = np.where((held < KNOWN) & ~unready, worth * missing / course.minutes, NEVER)
    faded = held * (1.0 - recall)
    review = 0.5 * (course.weights + worth) * faded / REVIEW_MINUTES
    review = np.where((held >= READY) & (faded > 0.0), review, NEVER)
    return np.concatenate([new, review], axis=1)


def by_gain(course: Course, belief: Belief) -> Rank:
    """Do what gains most per minute: our own way."""
    return lambda day, _: priorities(course, belief, day)


def live(course: Course, belief: Belief, rank: Rank, act: Act, owed: Array | None = None) -> Array:
    """Go through every sitting, doing what ``rank`` puts first; ``belief`` changes in place.

    A skill begun near the end of a sitting is finished in the next, out of its minutes.

    Args:
        course: What there is to learn.
        belief: One row per learner.
        rank: From the day and the share of the sitting's minutes that went to reviews, shape
            (b,), to priorities as :func:`priorities` gives them.
        act: What actions cost; it changes the belief.
        owed: Shape (b,): minutes overrun by what went before, 0 or less.

    Returns:
        Minutes overrun at the end, shape (b,), 0 or less.
    """
    size = belief.held.shape[1]
    rows = np.arange(len(belief.held))
    left = np.zeros(len(rows)) if owed is None else owed
    for day, minutes in course.sittings:
        left = np.minimum(left, 0.0) + minutes
        used = np.full(len(rows), 1e-9)
        reviewing = np.zeros(len(rows))
        while True:
            score = rank(day, reviewing / used)
            top = np.argsort(-score, axis=1, kind="stable")[:, :AT_ONCE]
            moved = False
            for place in range(AT_ONCE):
                action = top[:, place]
                able = (left >= REVIEW_MINUTES) & (score[rows, action] > NEVER)
                if not able.any():
                    break
                moved = True
                who, what = rows[able], action[able]
                cost = act(who, what % size, what >= size, day)
                left[who] -= cost
                used[who] += cost
                reviewing[who] += np.where(what >= size, cost, 0.0)
            if not moved:
                break
    return np.minimum(left, 0.0)


def expected(course: Course, belief: Belief) -> Act:
    """Actions as they turn out on average, applied to ``belief``."""
    minutes = np.broadcast_to(course.minutes, belief.held.shape)

    def act(who: Rows, skills: Rows, review: Flags, day: float) -> Array:
        study = ~review
        if review.any():
            stability = belief.stability[who, skills]
            recall = forgetting(day - belief.last[who, skills], stability)
            kept = recall * passed(stability, recall) + (1.0 - recall) * lapsed(stability, recall)
            belief.stability[who, skills] = kept
        if study.any():
            taken = who[study], skills[study]
            belief.stability[taken] = FIRST_STABILITY
            belief.held[taken] = np.maximum(belief.held[taken], STUDIED)
        belief.last[who, skills] = day
        return np.where(review, REVIEW_MINUTES, minutes[who, skills])

    return act


def retained(course: Course, belief: Belief, day: float) -> Array:
    """Target-weighted share of skills held and recalled on ``day``, shape (b,)."""
    now = belief.held * belief.recall(day) * course.weights
    whole = np.maximum(np.broadcast_to(course.weights, now.shape).sum(axis=1), 1e-9)
    return np.asarray(now.sum(axis=1) / whole)


@dataclass(frozen=True, slots=True)
class Forecast:
    """What the weeks ahead lead to.

    Attributes:
        days: End of each week, counted from now.
        share: Target-weighted share of skills held and recalled then.
        slow, fast: The same for somebody who needs 1.4 or 0.75 times the minutes declared.
    """

    days: tuple[float, ...]
    share: tuple[float, ...]
    slow: tuple[float, ...]
    fast: tuple[float, ...]

    def reaches(self, share: float) -> tuple[float | None, float | None, float | None]:
        """Day on which ``share`` is first reached: fast, as declared, slow; None if never."""
        return (
            _first(self.days, self.fast, share),
            _first(self.days, self.share, share),
            _first(self.days, self.slow, share),
        )


def forecast(course: Course, belief: Belief) -> Forecast:
    """Rehearse ``course`` for the one learner of ``belief``, who keeps to it."""
    return forecasts(course, belief, [np.atleast_1d(course.weights)])[0]


def forecasts(course: Course, belief: Belief, targets: Sequence[Array]) -> list[Forecast]:
    """A forecast for each of several targets, all rehearsed at once.

    Args:
        course: What there is to learn; its own weights are not used.
        belief: One learner, one row.
        targets: Weights of the skills, shape (n,) each.
    """
    paces = np.array(PACES)
    minutes = np.tile(paces[:, None] * course.minutes, (len(targets), 1))
    wanted = replace(course, minutes=minutes, weights=np.repeat(targets, len(paces), axis=0))
    rows, begun, owed = belief.copies(len(minutes)), 0.0, None
    rank, act = by_gain(wanted, rows), expected(wanted, rows)
    weeks = max(int(np.ceil(course.deadline / 7.0)), 1)
    days = tuple(min(7.0 * (week + 1), course.deadline) for week in range(weeks))
    curves = np.zeros((len(minutes), len(days)))
    for week, day in enumerate(days):
        owed = live(wanted.between(begun, day), rows, rank, act, owed)
        curves[:, week] = retained(wanted, rows, day)
        begun = day
    found = curves.reshape(len(targets), len(paces), len(days)).tolist()
    return [Forecast(days, tuple(share), tuple(slow), tuple(fast)) for fast, share, slow in found]


def _first(days: Sequence[float], shares: Sequence[float], wanted: float) -> float | None:
    return next((d for d, s in zip(days, shares, strict=True) if s >= wanted), None)


def belief_of(
    graph: SkillGraph, mastery: Mapping[str, Mastery], state: State, at: datetime
) -> Belief:
    """The belief about one learner at ``at`` (day 0), one row.

    Skills held without a card of their own were learnt before the first evidence, and count as
    used today with a stability of :data:`UNSHOWN_STABILITY` days.
    """
    held, stability, last = [], [], []
    for slug in graph.order:
        now, own = mastery[slug], state.skills.get(slug)
        card = memory.whole(own.cards) if own else None
        held.append(min(now.mean / max(now.recall, 1e-6), 1.0))
        stability.append(card.stability if card else UNSHOWN_STABILITY)
        last.append((card.last - at).total_seconds() / 86_400.0 if card else 0.0)
    return Belief(np.array([held]), np.array([stability]), np.array([last]))
