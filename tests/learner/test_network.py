"""Belief propagation against the exact answer by enumeration, and what it must never do."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from journeyman.core.skill import Skill, SkillGraph
from journeyman.learner.network import PrerequisiteNetwork
from journeyman.learner.priors import Hypothesis, Priors


def graph_of(requires: list[list[int]]) -> SkillGraph:
    return SkillGraph.of(
        Skill(f"s{i}", f"u{i}", f"S{i}", "", "x", tuple(f"s{j}" for j in parents))
        for i, parents in enumerate(requires)
    )


def exact(network: PrerequisiteNetwork, graph: SkillGraph, evidence: np.ndarray) -> np.ndarray:
    """Marginals by summing over every set of skills held and every ability point."""
    parents = [[network.index[r] for r in graph.skills[s].requires] for s in network.slugs]
    weight = np.zeros(len(network.slugs))
    total = 0.0
    for held in itertools.product([0, 1], repeat=len(parents)):
        chance = network.point_prior.copy()
        for node, state in enumerate(held):
            missing = sum(1 - held[p] for p in parents[node])
            above = network.ready[node] - network.exempt
            one = network.exempt + above * network.leak**missing
            chance = chance * (one if state else 1.0 - one)
        mass = float(chance.sum() * np.exp(np.dot(evidence, held)))
        total += mass
        weight += mass * np.array(held)
    return weight / total


@pytest.mark.parametrize("seed", range(5))
def test_exact_on_trees(seed: int) -> None:
    rng = np.random.default_rng(seed)
    requires = [[], *([int(rng.integers(i))] for i in range(1, 9))]
    graph = graph_of(requires)
    network = PrerequisiteNetwork(graph, Priors(tolerance=1e-12, sweeps=50))
    evidence = rng.normal(0.0, 2.0, 9)
    found = network.infer(evidence[:, None]).held[:, 0]
    np.testing.assert_allclose(found, exact(network, graph, evidence), atol=1e-9)


def test_close_on_graphs_with_loops() -> None:
    rng = np.random.default_rng(0)
    errors = []
    for _ in range(30):
        requires = [[j for j in range(i) if rng.random() < 0.35] for i in range(9)]
        graph = graph_of(requires)
        network = PrerequisiteNetwork(graph)
        evidence = rng.normal(0.0, 2.0, 9) * (rng.random(9) < 0.6)
        found = network.infer(evidence[:, None]).held[:, 0]
        errors.append(np.abs(found - exact(network, graph, evidence)))
    assert np.mean(errors) < 0.03
    assert np.quantile(errors, 0.95) < 0.12


def test_a_batch_is_the_same_as_one_at_a_time(graph: SkillGraph) -> None:
    network = PrerequisiteNetwork(graph, Priors(tolerance=0.0))
    evidence = np.random.default_rng(1).normal(0.0, 2.0, (len(network.slugs), 3))
    together = network.infer(evidence).held
    alone = [network.infer(evidence[:, [i]]).held[:, 0] for i in range(3)]
    np.testing.assert_allclose(together, np.stack(alone, axis=1), atol=1e-12)


def test_strong_evidence_stays_finite(graph: SkillGraph) -> None:
    network = PrerequisiteNetwork(graph)
    signs = np.where(np.arange(len(network.slugs)) % 2, 4.5, -4.5)
    held = network.infer(signs[:, None]).held
    assert np.isfinite(held).all()
    assert ((held > 0) & (held < 1)).all()


def test_leak_one_ignores_the_graph() -> None:
    """Then two skills of the same location move alike, prerequisite or not."""
    network = PrerequisiteNetwork(
        graph_of([[], [0], []]),
        Priors(hypotheses=(Hypothesis(leak=1.0),), depth_span=0.0, spread=1.0),
    )
    held = network.infer(np.array([[2.0], [0.0], [0.0]])).held[:, 0]
    assert held[1] == pytest.approx(held[2])


def test_graph_without_skills() -> None:
    assert PrerequisiteNetwork(SkillGraph.of([])).infer(np.zeros((0, 1))).held.shape == (0, 1)
