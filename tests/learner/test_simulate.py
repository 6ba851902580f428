"""The simulator's populations, and that placement finds out about them."""

from __future__ import annotations

import numpy as np
import pytest

from journeyman.core.skill import SkillGraph
from journeyman.learner import simulate
from journeyman.learner.simulate import Population


def test_learners_respect_prerequisites_up_to_violations(graph: SkillGraph) -> None:
    truth = simulate.draw_learners(graph, Population(), 400, np.random.default_rng(0))
    place = {slug: i for i, slug in enumerate(graph.order)}
    broken = total = 0
    for slug, i in place.items():
        parents = [place[r] for r in graph.skills[slug].requires]
        if parents:
            lacking = ~truth[:, parents].astype(bool).all(axis=1)
            broken += int(truth[lacking, i].sum())
            total += int(lacking.sum())
    assert broken / total == pytest.approx(0.03, abs=0.006)
    assert truth.mean() == pytest.approx(0.5, abs=0.03)


def test_wrong_edges_move_the_share_asked_for(graph: SkillGraph) -> None:
    changed = simulate.with_wrong_edges(graph, 0.25, np.random.default_rng(0))
    kept = sum(
        len(set(skill.requires) & set(changed.skills[slug].requires))
        for slug, skill in graph.skills.items()
    )
    edges = sum(len(skill.requires) for skill in graph.skills.values())
    assert kept / edges == pytest.approx(0.75, abs=0.1)


def test_graphs() -> None:
    chain = simulate.chain(30)
    assert len(chain.ancestors("s29")) == 29
    made = simulate.random_graph(50, np.random.default_rng(0))
    assert len(made.skills) == 50
    assert made.skills == simulate.random_graph(50, np.random.default_rng(0)).skills


def test_placement_finds_out(graph: SkillGraph) -> None:
    curve = simulate.simulate_placement(graph, learners=6, questions=20, seed=3)
    assert curve.questions == tuple(range(21))
    assert curve.accuracy[20] > curve.accuracy[0] + 0.15
    assert curve.expected[20] == pytest.approx(curve.accuracy[20], abs=0.08)
    assert curve.cpu_ms_per_question > 0
    assert all(0 <= share <= 1 for share in curve.share_of_learners_at_90)


def test_same_seed_same_curve(graph: SkillGraph) -> None:
    runs = [simulate.simulate_placement(graph, learners=2, questions=4, seed=1) for _ in range(2)]
    assert runs[0].accuracy == runs[1].accuracy


def test_every_learner_is_reported() -> None:
    seen: list[int] = []
    simulate.simulate_placement(
        simulate.chain(8),
        learners=3,
        questions=2,
        people=Population(dont_know=1.0, world=2),
        tick=seen.append,
    )
    assert seen == [2, 3]
