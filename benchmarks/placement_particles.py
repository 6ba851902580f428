"""The other way to read a placement: a population of sampled states, beside belief propagation.

    PYTHONPATH=src python benchmarks/placement_particles.py --learners 40

The same model (hypotheses, abilities, noisy AND) and the same answers, asked by our own placement;
only the inference differs. The population is a tempered sequential Monte Carlo sampler (Del Moral,
Doucet and Jasra 2006): the answers' likelihood is raised from power 0 to 1, and after every step
the particles are resampled and rejuvenated by a Gibbs sweep over all skills and over the hypothesis
and ability of each particle.
"""

from __future__ import annotations

import argparse
import time

import numpy as np

from journeyman.core.skill import SkillGraph
from journeyman.learner.knowledge import KnowledgeModel
from journeyman.learner.network import Array, PrerequisiteNetwork
from journeyman.learner.placement import Placement
from journeyman.learner.simulate import (
    START,
    Person,
    Population,
    answer,
    draw_learners,
    fact,
    item_bank,
    with_wrong_edges,
)
from journeyman.learner.state import State
from placement import bank_graph

STEPS = 10


class Particles:
    """Samples of who a learner may be: skills held, shape (p, n), and the point of each, (p,)."""

    def __init__(self, network: PrerequisiteNetwork, graph: SkillGraph, seed: int) -> None:
        self.network, self.rng = network, np.random.default_rng(seed)
        index = network.index
        self.parents = [[index[r] for r in graph.skills[s].requires] for s in network.slugs]
        self.children = [[index[o] for o in graph.opens[s]] for s in network.slugs]

    def marginals(self, evidence: Array, base: Array, count: int) -> Array:
        """P(held) of every skill, shape (n,).

        Args:
            evidence: Log-likelihood ratios under each way of answering, shape (n, r).
            base: Log likelihood of the answers if no skill were held, shape (r,).
            count: How many particles.
        """
        self._draw(count)
        conditional = np.zeros((count, len(self.parents)))
        for step in range(1, STEPS + 1):
            noise = self.network.noise[self.point]
            fit = (self.held * evidence[:, noise].T).sum(axis=1) + base[noise]
            weight = np.exp((fit - fit.max()) / STEPS)
            kept = self._resampled(weight / weight.sum())
            self.held, self.point = self.held[kept], self.point[kept]
            power = step / STEPS
            self._move_points(power * evidence, power * base)
            conditional = self._move_skills(power * evidence)
        return conditional.mean(axis=0)

    def _draw(self, count: int) -> None:
        """The population before any answer."""
        points = len(self.network.point_prior)
        self.point = self.rng.choice(points, size=count, p=self.network.point_prior)
        self.held = np.zeros((count, len(self.parents)))
        for node in range(len(self.parents)):
            self.held[:, node] = self.rng.random(count) < self._chance(node)

    def _chance(self, node: int, instead: tuple[int, float] | None = None) -> Array:
        """P(held) of a skill given its prerequisites, one of them perhaps set to a value."""
        missing = (1.0 - self.held[:, self.parents[node]]).sum(axis=1)
        if instead:
            missing = missing + self.held[:, instead[0]] - instead[1]
        net, at = self.network, self.point
        return net.exempt[at] + (net.ready[node, at] - net.exempt[at]) * net.leak[at] ** missing

    def _resampled(self, weight: Array) -> Array:
        """Systematic resampling."""
        places = (self.rng.random() + np.arange(len(weight))) / len(weight)
        return np.minimum(np.searchsorted(np.cumsum(weight), places), len(weight) - 1)

    def _move_points(self, evidence: Array, base: Array) -> None:
        """Draw each particle's hypothesis and ability anew, given its skills."""
        net = self.network
        score = np.log(net.point_prior) + (self.held @ evidence + base)[:, net.noise]
        for node, parents in enumerate(self.parents):
            missing = (1.0 - self.held[:, parents]).sum(axis=1, keepdims=True)
            chance = net.exempt + (net.ready[node] - net.exempt) * net.leak**missing
            score += np.log(np.where(self.held[:, [node]] > 0, chance, 1.0 - chance))
        self.point = np.argmax(score + self.rng.gumbel(size=score.shape), axis=1)

    def _move_skills(self, evidence: Array) -> Array:
        """Draw every skill anew given all others; returns the probabilities drawn from."""
        drawn = np.zeros_like(self.held)
        noise = self.network.noise[self.point]
        for node in self.rng.permutation(len(self.parents)):
            own = self._chance(node)
            odds = np.log(own / (1.0 - own)) + evidence[node, noise]
            for child in self.children[node]:
                with_it, without = (self._chance(child, (node, v)) for v in (1.0, 0.0))
                there = self.held[:, child] > 0
                odds += np.log(
                    np.where(there, with_it / without, (1.0 - with_it) / (1.0 - without))
                )
            drawn[:, node] = 1.0 / (1.0 + np.exp(-odds))
            self.held[:, node] = self.rng.random(len(odds)) < drawn[:, node]
        return drawn


def measures(held: Array, truth: Array) -> str:
    """Accuracy, stated less true accuracy, and log loss."""
    right = 100 * ((held > 0.5) == truth).mean()
    stated = 100 * np.maximum(held, 1.0 - held).mean()
    loss = -np.log(np.where(truth, held, 1.0 - held).clip(1e-4)).mean()
    return f"{right:5.1f} % right, own estimate {stated - right:+.1f}, log loss {loss:.4f}"


def compare(people: Population, options: argparse.Namespace) -> None:
    """Print both readings of the same placements."""
    bank, world = bank_graph(), 10
    found: dict[str, list[Array]] = {}
    spent: dict[str, float] = {}
    truths = []
    for first in range(0, options.learners, world):
        rng = np.random.default_rng((options.seed, first))
        true = draw_learners(bank, people, min(world, options.learners - first), rng) > 0.5
        graph = with_wrong_edges(bank, people.wrong_edges, rng)
        model = KnowledgeModel(graph)
        for row in true[:, [bank.order.index(slug) for slug in graph.order]]:
            truths.append(row)
            state = _placed(model, people, row, options.questions, rng)
            for name, (held, seconds) in _read(model, state, options).items():
                found.setdefault(name, []).append(held)
                spent[name] = spent.get(name, 0.0) + seconds
    for name, held in found.items():
        cost = 1000.0 * spent[name] / options.learners
        print(f"  {name:16s} {measures(np.stack(held), np.stack(truths))}, {cost:.0f} ms")


def _read(
    model: KnowledgeModel, state: State, options: argparse.Namespace
) -> dict[str, tuple[Array, float]]:
    """P(held) of every skill by each method, with the processor seconds that it took."""
    columns = model.columns(state)
    base = np.array(
        [sum(one.sums[r].base for one in state.skills.values()) for r in range(columns.shape[1])]
    )
    begun = time.process_time()
    held = model.network.infer(columns[:, None], base[None]).held[:, 0]
    found = {"propagation": (held, time.process_time() - begun)}
    for count in options.particles:
        begun = time.process_time()
        held = Particles(model.network, model.graph, options.seed).marginals(columns, base, count)
        found[f"{count} particles"] = (held, time.process_time() - begun)
    return found


def _placed(
    model: KnowledgeModel, people: Population, row: Array, questions: int, rng: np.random.Generator
) -> State:
    """One learner's state after so many questions."""
    placement = Placement(model, item_bank(model.graph, rng), limit=questions + 1)
    truth = dict(zip(model.network.slugs, row.tolist(), strict=True))
    guess = 0.5 if rng.random() < people.guessers else None
    person = Person(truth, guess, 0.25 if rng.random() < people.careless else None)
    state, asked = model.start(), list[str]()
    for number in range(questions):
        item = placement.items[placement.pick(state, asked, START)]
        noise = (rng.uniform(*people.guess), rng.uniform(*people.slip))
        state = model.update(state, fact(item, number, *answer(person, item, noise, 0.0, rng)))
        asked.append(item.slug)
    return state


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("--learners", type=int, default=40)
    parser.add_argument("--questions", type=int, default=25)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--particles", type=int, nargs="+", default=[300])
    options = parser.parse_args()
    populations = {
        "bank": Population(),
        "a quarter of the edges wrong": Population(wrong_edges=0.25),
        "guessers and careless": Population(guessers=0.15, careless=0.15),
        "15 % violations": Population(violation=0.15),
    }
    for name, people in populations.items():
        print(name, flush=True)
        compare(people, options)


if __name__ == "__main__":
    main()
