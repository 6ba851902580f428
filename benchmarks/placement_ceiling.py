"""How much the answers of a placement can tell at all: they are read by one who knows the people.

    PYTHONPATH=src python benchmarks/placement_ceiling.py --learners 100 --questions 25

Placement asks; then the same answers are read twice: by our model, and by a Markov chain sampler
that is given what no product can know: the law by which the simulated people were drawn (how
ability spreads in general and by area, how often prerequisites are skipped, the mean guess and
slip, how hard everything is on average). Only what is drawn anew for each world stays hidden from
it: how much harder each skill is than declared, and each item's own guess and slip. Its accuracy is
about the most that these answers allow.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from journeyman.core.item import Item
from journeyman.core.skill import SkillGraph
from journeyman.learner.knowledge import KnowledgeModel
from journeyman.learner.network import Array
from journeyman.learner.placement import Placement
from journeyman.learner.simulate import (
    START,
    Person,
    Population,
    answer,
    draw_learners,
    fact,
    item_bank,
)
from placement import Setting, settings

Answers = list[tuple[Item, float]]

WORLD = 10
CHAINS, SWEEPS, BURN_IN = 40, 300, 100
STEP = 0.5  # of the random walk in ability
PEOPLE_TO_CENTRE = 4000


@dataclass(frozen=True)
class Reading:
    """P(held) of every skill for one learner, by our model and by the sampler, and the truth."""

    truth: Array
    ours: Array
    best: Array


class Sampler:
    """Draws (skills held, abilities) given the answers, knowing how people are drawn.

    Args:
        graph: The true graph.
        people: The law of the population; guess and slip are taken at their ranges' middle.
        seed: Of the sampler.
    """

    def __init__(self, graph: SkillGraph, people: Population, seed: int) -> None:
        self.rng, self.people = np.random.default_rng(seed), people
        self.slugs = graph.order
        self.index = {slug: i for i, slug in enumerate(self.slugs)}
        skills = [graph.skills[slug] for slug in self.slugs]
        areas = sorted({skill.area for skill in skills})
        self.area = np.array([areas.index(skill.area) for skill in skills])
        self.parents = [[self.index[r] for r in skill.requires] for skill in skills]
        self.children = [[self.index[c] for c in graph.opens[slug]] for slug in self.slugs]
        self.guess, self.slip = np.mean(people.guess), np.mean(people.slip)
        # A logistic curve whose place is normal is nearly a flatter one (MacKay 1992).
        blur = 1.0 + np.pi / 8.0 * (people.slope * people.hidden_spread) ** 2
        self.slope = people.slope / np.sqrt(blur)
        self.hard = np.array([skill.difficulty for skill in skills])
        self.hard = self.hard + self._centre()

    def _centre(self) -> float:
        """What makes half of all skills held on average, as in the simulation."""
        low, high = -20.0, 10.0
        for _ in range(20):
            middle = (low + high) / 2
            self._start(PEOPLE_TO_CENTRE)
            chance = self._chance(self.hard + middle)
            for node in range(len(self.slugs)):
                luck = self.rng.random(PEOPLE_TO_CENTRE)
                self.held[:, node] = luck < self._given(node, chance)
            low, high = (middle, high) if self.held.mean() > 0.5 else (low, middle)
        return high

    def _start(self, count: int) -> None:
        self.held = self.rng.random((count, len(self.slugs))) < 0.5
        self.general = self.rng.normal(size=(count, 1))
        shape = (count, self.area.max() + 1)
        self.special = self.rng.normal(0.0, self.people.area_spread, shape)

    def _chance(self, hard: Array) -> Array:
        """P(held | prerequisites held, abilities) of every skill."""
        ability = self.general + self.special[:, self.area]
        return np.clip(1.0 / (1.0 + np.exp(-self.slope * (ability - hard))), 1e-6, 1.0 - 1e-6)

    def _ready(self, node: int, but: int | None = None) -> Array:
        others = [parent for parent in self.parents[node] if parent != but]
        return self.held[:, others].all(axis=1)

    def _given(self, node: int, chance: Array) -> Array:
        return np.where(self._ready(node), chance[:, node], self.people.violation)

    def read(self, answers: list[Answers]) -> Array:
        """P(held), shape (learners, skills), given each learner's answers."""
        self._start(len(answers) * CHAINS)
        self._take(answers)
        total = np.zeros(self.held.shape)
        for sweep in range(SWEEPS):
            found = self._move_skills()
            self._move_abilities()
            if sweep >= BURN_IN:
                total += found
        shape = (len(answers), CHAINS, len(self.slugs))
        return (total / (SWEEPS - BURN_IN)).reshape(shape).mean(axis=1)

    def _take(self, answers: list[Answers]) -> None:
        """Answers grouped by what they ask: skills and weights, how many right and wrong."""
        counts: dict[tuple[tuple[int, float], ...], Array] = {}
        for row, given in enumerate(answers):
            for item, score in given:
                asks = tuple((self.index[s], w) for s, w in item.skills.items() if s in self.index)
                found = counts.setdefault(asks, np.zeros((2, len(answers))))
                found[int(score < 1.0), row] += 1
        self.asked = [(asks, found.repeat(CHAINS, axis=1)) for asks, found in counts.items()]
        self.about: list[list[int]] = [[] for _ in self.slugs]
        for number, (asks, _) in enumerate(self.asked):
            for node, _ in asks:
                self.about[node].append(number)

    def _fit(self, number: int, node: int, value: bool) -> Array:
        """Log likelihood of one group of answers with a skill set to a value."""
        asks, (right, wrong) = self.asked[number]
        share = np.ones(len(self.held))
        for other, weight in asks:
            held = np.full(len(self.held), value) if other == node else self.held[:, other]
            share = share * np.where(held, 1.0, 1.0 - weight)
        chance = self.guess + (1.0 - self.slip - self.guess) * share
        return right * np.log(chance) + wrong * np.log(1.0 - chance)

    def _move_skills(self) -> Array:
        """Draw every skill anew given all others; returns the probabilities drawn from."""
        chance, rare = self._chance(self.hard), self.people.violation
        drawn = np.zeros(self.held.shape)
        for node in range(len(self.slugs)):
            own = self._given(node, chance)
            odds = np.log(own / (1.0 - own))
            for child in self.children[node]:
                there, likely = self.held[:, child], chance[:, child]
                with_it = np.where(there, likely, 1.0 - likely)
                without = np.where(there, rare, 1.0 - rare)
                odds += np.where(self._ready(child, node), np.log(with_it / without), 0.0)
            for number in self.about[node]:
                odds += self._fit(number, node, True) - self._fit(number, node, False)
            drawn[:, node] = 1.0 / (1.0 + np.exp(-odds))
            self.held[:, node] = self.rng.random(len(odds)) < drawn[:, node]
        return drawn

    def _move_abilities(self) -> None:
        """Metropolis steps of the ability in general and of those by area."""
        ready = np.stack([self._ready(node) for node in range(len(self.slugs))], axis=1)

        def fit() -> Array:
            chance = self._chance(self.hard)
            return np.where(ready, np.log(np.where(self.held, chance, 1.0 - chance)), 0.0)

        for _ in range(2):
            before, old = fit().sum(axis=1, keepdims=True), self.general
            self.general = old + self.rng.normal(0.0, STEP, old.shape)
            gain = fit().sum(axis=1, keepdims=True) - before + (old**2 - self.general**2) / 2
            self.general = np.where(np.log(self.rng.random(old.shape)) < gain, self.general, old)
            spread = self.people.area_spread
            if spread > 0:
                before, old = fit(), self.special
                self.special = old + self.rng.normal(0.0, STEP, old.shape)
                gained = fit() - before
                gain = (old**2 - self.special**2) / (2 * spread**2)
                for area in range(old.shape[1]):
                    gain[:, area] += gained[:, self.area == area].sum(axis=1)
                taken = np.log(self.rng.random(old.shape)) < gain
                self.special = np.where(taken, self.special, old)


def readings(setting: Setting, learners: int, questions: int, seed: int) -> list[list[Reading]]:
    """Both readings of the placements of worlds of ten learners."""
    worlds = []
    for first in range(0, learners, WORLD):
        rng = np.random.default_rng((seed, first))
        graph, people = setting.graph, setting.people
        truth = draw_learners(graph, people, WORLD, rng) > 0.5
        items = setting.items or item_bank(graph, rng)
        noise = {i.slug: (rng.uniform(*people.guess), rng.uniform(*people.slip)) for i in items}
        model = KnowledgeModel(graph)
        placement = Placement(model, items, limit=questions + 1)
        answers, ours = list[Answers](), list[Array]()
        for row in truth:
            person = Person(dict(zip(graph.order, row.tolist(), strict=True)), None, None)
            state, given = model.start(), Answers()
            for number in range(questions):
                item = placement.items[placement.pick(state, [one.slug for one, _ in given], START)]
                score, unknown = answer(person, item, noise[item.slug], 0.0, rng)
                state = model.update(state, fact(item, number, score, unknown))
                given.append((item, score))
            answers.append(given)
            ours.append(model.learnt(state))
        best = Sampler(graph, people, seed).read(answers)
        worlds.append([Reading(*one) for one in zip(truth, ours, best, strict=True)])
    return worlds


def line(name: str, worlds: list[list[Reading]]) -> str:
    """Accuracy of both, the paired difference with its 95 % interval over worlds, own estimates."""

    def right(held: Array, truth: Array) -> float:
        return 100 * float(((held > 0.5) == truth).mean())

    ours = np.array([np.mean([right(r.ours, r.truth) for r in world]) for world in worlds])
    best = np.array([np.mean([right(r.best, r.truth) for r in world]) for world in worlds])
    every = [reading for world in worlds for reading in world]
    sure = [
        100 * float(np.mean([np.maximum(held, 1.0 - held).mean() for held in said]))
        for said in ([r.ours for r in every], [r.best for r in every])
    ]
    gap = best - ours
    half = 1.96 * gap.std(ddof=1) / np.sqrt(len(gap))
    return (
        f"{name:36s} ours {ours.mean():.1f}  knows the people {best.mean():.1f}  "
        f"difference {gap.mean():+.1f}±{half:.1f}  own estimate less truth "
        f"{sure[0] - ours.mean():+.1f} and {sure[1] - best.mean():+.1f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("--learners", type=int, default=100, help="a multiple of ten")
    parser.add_argument("--questions", type=int, default=25)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", default="", help="part of a setting's name")
    parser.add_argument("--log", type=Path, help="a log of real learners")
    options = parser.parse_args()
    for setting in settings(options.log):
        plain = setting.people == Population()  # the sampler knows the plain population only
        if plain and options.only in setting.name:
            found = readings(setting, options.learners, options.questions, options.seed)
            print(line(setting.name, found), flush=True)


if __name__ == "__main__":
    main()
