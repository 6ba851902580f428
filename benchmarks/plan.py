"""Planning side by side: simulated learners under our plan and under fixed policies.

    PYTHONPATH=src python benchmarks/plan.py --learners 500

The figure is the target-weighted share of skills held and recalled at the deadline, by the truth of
a simulated world that the planner does not know: its forgetting follows another law, learners are
faster or slower, studying without the prerequisites mostly fails, answers are noisy, and a tenth of
what the planner believes at the start is wrong.
"""

from __future__ import annotations

import argparse
import itertools
import json
import time
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from journeyman.core.skill import Skill, SkillGraph
from journeyman.learner import rehearsal
from journeyman.learner.network import Array
from journeyman.learner.plan import KNOWN, READY
from journeyman.learner.rehearsal import (
    FIRST_STABILITY,
    NEVER,
    REVIEW_MINUTES,
    UNSHOWN_STABILITY,
    Act,
    Belief,
    Course,
    Flags,
    Rank,
    Rows,
)
from journeyman.learner.simulate import Population, draw_learners, random_graph

BUDGETS = {"12 weeks x 4 h": (12, 4), "12 weeks x 8 h": (12, 8), "26 weeks x 6 h": (26, 6)}
WORLDS = ("power law", "exponential")
STUDY = 3.0  # lesson, practice and exercise together take this many times the lesson
FIXED = (
    "curriculum order, no reviews",
    "lowest mastery first",
    "random ready skill",
    "FSRS due-first at .9",
    "myopic gain per minute",
    "alternate learn/review",
)
OURS = "journeyman"


def bank_graph() -> SkillGraph:
    """The bank's own graph."""
    skills = []
    for path in sorted((Path(__file__).parents[1] / "curriculum" / "skills").glob("*.toml")):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        for one in data["skill"]:
            place = (data["area"]["slug"], tuple(one["requires"]), one["minutes"])
            text = (one["slug"], one["uuid"], one["title"], one["summary"])
            skills.append(Skill(*text, *place, one["difficulty"]))
    return SkillGraph.of(skills)


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


def fixed(course: Course, belief: Belief, name: str, rng: np.random.Generator) -> Rank:
    """A fixed policy: which new skill, and whether a review comes first."""
    order = np.arange(len(course.weights), dtype=np.float64)

    def rank(day: float, reviewed: Array) -> Array:
        held, recall = belief.held, belief.recall(day)
        valuable = rehearsal.priorities(course, belief, day)
        ours_new, loss = np.split(valuable, 2, axis=1)
        never = np.full_like(held, NEVER)
        due = np.where((recall < 0.9) & (held >= READY), 1e6 + loss, NEVER)
        if name == "curriculum order, no reviews":
            score, review = np.broadcast_to(-order, held.shape), never
        elif name == "random ready skill":
            score, review = rng.random(held.shape), never
        elif name == "lowest mastery first":
            score = 1.0 - held * recall
            review = np.where((held >= KNOWN) & (held * recall < 0.95), score, NEVER)
        elif name == "myopic gain per minute":
            score = course.weights * (1.0 - held) / course.minutes
            gain = course.weights * held * (1.0 - recall) / REVIEW_MINUTES
            review = np.where(held >= READY, gain, NEVER)
        else:  # both take new skills by our own worth
            turn = (reviewed <= 0.5)[:, None] | (name == "FSRS due-first at .9")
            score, review = ours_new, np.where(turn, due, NEVER)
        return np.concatenate([np.where(ours_new > NEVER, score, NEVER), review], axis=1)

    return rank


def forecast_ms(skills: int) -> float:
    """Processor time of one learner's forecast (three paces) on ``skills`` skills."""
    rng = np.random.default_rng(0)
    graph = random_graph(skills, rng)
    _, belief = start(graph, WORLDS[0], 1, rng)
    course = Course.of(graph, None, 8, 12, dict.fromkeys(graph.skills, 60.0))
    begun = time.process_time()
    rehearsal.forecast(course, belief)
    return 1000.0 * (time.process_time() - begun)


def measure(graph: SkillGraph, learners: int, seed: int) -> list[dict[str, object]]:
    """Every policy in every budget and world."""
    found: list[dict[str, object]] = []
    weights = np.random.default_rng(seed).lognormal(0.0, 1.0, len(graph.order))
    target = dict(zip(graph.order, weights.tolist(), strict=True))
    minutes = {slug: STUDY * skill.minutes for slug, skill in graph.skills.items()}
    for (budget, (weeks, hours)), kind in itertools.product(BUDGETS.items(), WORLDS):
        course = Course.of(graph, target, hours, weeks, minutes)
        for name in [*FIXED, OURS]:
            rng = np.random.default_rng(seed)
            world, belief = start(graph, kind, learners, rng)
            act = world.act(course, belief)
            row: dict[str, object] = {"budget": budget, "world": kind, "policy": name}
            if name == OURS:
                rank = rehearsal.by_gain(course, belief)
            else:
                rank = fixed(course, belief, name, rng)
            rehearsal.live(course, belief, rank, act)
            score = world.score(course)
            row["mean"] = float(score.mean())
            row["half_interval_95"] = float(1.96 * score.std() / np.sqrt(learners))
            found.append(row)
            print(
                f"{budget:16s} {kind:12s} {name:36s} {score.mean():.3f} "
                f"± {row['half_interval_95']:.3f}",
                flush=True,
            )
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("--learners", type=int, default=500)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    found = measure(bank_graph(), options.learners, options.seed)
    for name in [*FIXED, OURS]:
        scores = [float(str(row["mean"])) for row in found if row["policy"] == name]
        print(f"{name:36s} {np.mean(scores):.3f} on average")
    for skills in (80, 200):
        print(f"a forecast on {skills} skills: {forecast_ms(skills):.0f} ms")
    if options.json:
        options.json.write_text(json.dumps(found, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
