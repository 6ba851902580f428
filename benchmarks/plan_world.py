"""The simulated world of ``benchmarks/plan.py``: what is true, and what the planner sees of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from journeyman.core.skill import SkillGraph
from journeyman.learner import rehearsal
from journeyman.learner.network import Array
from journeyman.learner.rehearsal import (
    FIRST_STABILITY,
    REVIEW_MINUTES,
    UNSHOWN_STABILITY,
    Act,
    Belief,
    Course,
    Flags,
    Rows,
)
from journeyman.learner.simulate import Population, draw_learners


@dataclass
class World:
    """What is true of the simulated learners, shape (b, n) each; changes as they act."""

    kind: Literal["power law", "exponential"]
    held: Array
    stability: Array
    last: Array
    factor: Array
    speed: Array
    tried: Array
    rng: np.random.Generator

    def recall(self, day: float) -> Array:
        """The true forgetting curve; neither is the planner's."""
        days = np.maximum(day - self.last, 0.0)
        if self.kind == "power law":
            return (1.0 + 0.5241 * days / self.stability) ** -0.25  # 0.9 at t = S, faster tail
        return 0.9 ** (days / self.stability)

    def score(self, course: Course) -> Array:
        """Target-weighted share held and recalled at the deadline, shape (b,)."""
        return self.held * self.recall(course.deadline) @ course.weights / course.weights.sum()

    def act(self, course: Course, belief: Belief) -> Act:
        """What studying and reviewing really do, and what the planner gets to see of it."""

        def act(who: Rows, skills: Rows, review: Flags, day: float) -> Array:
            recall = self.held[who] * self.recall(day)[who]
            cost = np.where(
                review, REVIEW_MINUTES, self._study(course, who, skills, recall, day, ~review)
            )
            self._review(who, skills, recall[np.arange(len(who)), skills], day, review)
            self._see(belief, who, skills, review, day)
            return cost * self.speed[who]

        return act

    def _study(
        self, course: Course, who: Rows, skills: Rows, recall: Array, day: float, study: Flags
    ) -> Array:
        available = np.where(course.requires[skills] > 0, recall, 1.0).min(axis=1)
        chance = np.maximum(0.2 + 0.7 * available, self.held[who, skills])
        learnt = study & (self.rng.random(len(who)) < chance)
        rows, columns = who[learnt], skills[learnt]
        self.held[rows, columns] = 1.0
        self.stability[rows, columns] = 3.0 * self.factor[rows, columns]
        self.last[rows, columns] = day
        again = self.tried[who, skills] > 0
        self.tried[who[study], skills[study]] = 1.0
        return course.minutes[skills] * np.where(again, 0.5, 1.0)

    def _review(self, who: Rows, skills: Rows, recall: Array, day: float, review: Flags) -> None:
        self.passed = np.where(review, self.rng.random(len(who)) < recall, self.held[who, skills])
        rows, columns = who[review], skills[review]
        kept, good = recall[review], self.passed[review] > 0
        if self.kind == "power law":
            grown = 1.0 + 4.0 * (1.0 - kept) * self.factor[rows, columns]
            shrunk = 0.35
        else:
            grown = 1.2 + 3.0 * (1.0 - kept)
            shrunk = 0.6
        self.stability[rows, columns] *= np.where(good, grown, shrunk)
        self.stability[rows, columns] = np.clip(self.stability[rows, columns], 0.5, 1000.0)
        self.last[rows, columns] = day

    def _see(self, belief: Belief, who: Rows, skills: Rows, review: Flags, day: float) -> None:
        """A noisy answer: slips of 5 %, guesses of 15 %; the planner updates by Bayes' rule."""
        noise = self.rng.random(len(who))
        right = np.where(self.passed > 0, noise > 0.05, noise < 0.15)
        stability = belief.stability[who, skills]
        recall = np.where(
            review, rehearsal.forgetting(day - belief.last[who, skills], stability), 1.0
        )
        before = np.where(review, belief.held[who, skills], 0.8)
        with_it = recall * 0.95 + (1.0 - recall) * 0.15
        yes = before * np.where(right, with_it, 1.0 - with_it)
        no = (1.0 - before) * np.where(right, 0.15, 0.85)
        after = np.where(
            right, rehearsal.passed(stability, recall), rehearsal.lapsed(stability, recall)
        )
        belief.held[who, skills] = yes / (yes + no)
        belief.stability[who, skills] = np.where(review, after, FIRST_STABILITY)
        belief.last[who, skills] = day


def start(
    graph: SkillGraph, kind: str, learners: int, rng: np.random.Generator
) -> tuple[World, Belief]:
    """Learners who hold some of the graph, and a planner that is wrong about a tenth of it."""
    held = draw_learners(graph, Population(), learners, rng)
    held *= draw_learners(graph, Population(), learners, rng)  # about a third held
    seen = np.where(rng.random(held.shape) < 0.1, 1.0 - held, held)
    shape = held.shape
    world = World(
        kind,  # type: ignore[arg-type]
        held,
        np.full(shape, UNSHOWN_STABILITY) * rng.lognormal(0.0, 0.5, shape),
        np.zeros(shape),
        rng.lognormal(0.0, 0.4, shape),
        rng.lognormal(0.0, 0.25, learners),
        np.zeros(shape),
        rng,
    )
    belief = Belief(
        np.where(seen > 0, 0.9, 0.1), np.full(shape, UNSHOWN_STABILITY), np.zeros(shape)
    )
    return world, belief
