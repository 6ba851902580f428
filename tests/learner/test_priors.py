"""Several ways in which a person and the graph may be, and what people say of themselves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import numpy as np
import pytest

from journeyman.core.evidence import Evidence
from journeyman.core.skill import SkillGraph
from journeyman.learner.knowledge import KnowledgeModel
from journeyman.learner.network import PrerequisiteNetwork
from journeyman.learner.priors import NO_GRAPH, NOISES, Hypothesis, Priors, shifts
from journeyman.learner.response import responses_of
from journeyman.learner.simulate import chain

NOW = datetime(2026, 1, 1, 6, tzinfo=UTC)
Fact = Callable[..., Evidence]


def test_noises_move_guess_and_slip_of_answers_alone(fact: Fact) -> None:
    plain, guesses, slips = responses_of(fact("pca", 1.0, guess=0.15, slip=0.1))
    assert guesses.missing == pytest.approx(0.49, abs=0.01)
    assert guesses.held == plain.held
    assert slips.held == pytest.approx(0.75, abs=0.01)
    assert slips.missing == plain.missing
    graded = responses_of(fact("pca", 1.0, how="graded", guess=0.0))
    assert len(set(graded)) == 1
    assert {r.missing for r in responses_of(fact("pca", 0.0, how="dont-know"))} == {0.0}


def test_mixed_answers_on_everything_are_guesses_more_likely(fact: Fact) -> None:
    graph = chain(12)
    model = KnowledgeModel(graph)
    before = model.noises(model.start())
    mixed = [fact(s, score, source="placement") for score in (1.0, 0.0) for s in graph.order]
    wrong = [fact(s, 0.0, source="placement") for _ in range(2) for s in graph.order]
    assert before.sum() == pytest.approx(1.0)
    assert model.noises(model.fold(mixed))[1] > 3 * before[1]
    assert model.noises(model.fold(wrong))[1] < before[1]


def test_the_likelihood_of_the_answers_is_kept(fact: Fact) -> None:
    """One skill, no graph: the weights of the ways of answering follow Bayes' rule exactly."""
    graph = chain(1)
    hypotheses = tuple(Hypothesis(1.0, noise=r) for r in range(len(NOISES)))
    model = KnowledgeModel(graph, Priors(hypotheses=hypotheses, grid=1, slope=0.0))
    answers = [fact("s0", s, source="placement") for s in (1.0, 0.0, 1.0)]
    state = model.fold(answers)
    p = model.network.prior[0]
    weights = []
    for noise in range(len(NOISES)):
        held = missing = 1.0
        for one in answers:
            response = responses_of(one)[noise]
            held *= response.held if one.score else 1.0 - response.held
            missing *= response.missing if one.score else 1.0 - response.missing
            # Learning from the feedback moves a little from not held to held, by the odds.
            held, missing = held + 0.02 * missing, 0.98 * missing
        weights.append(p * held + (1.0 - p) * missing)
    expected = np.array(weights) / sum(weights)
    np.testing.assert_allclose(model.noises(state), expected, atol=0.002)


def test_contradictions_lower_the_trust_in_the_graph(graph: SkillGraph, fact: Fact) -> None:
    model = KnowledgeModel(graph)
    pairs = [s for s in graph.order if len(graph.skills[s].requires) == 1][:8]
    missing = [graph.skills[s].requires[0] for s in pairs]
    against = [fact(s, 0.0, how="dont-know", source="placement") for s in missing for _ in range(2)]
    against += [fact(s, 1.0, guess=0.02) for s in pairs for _ in range(2)]
    chance = (
        model._beliefs(model.fold(against))
        .points.reshape(-1, model.network.priors.grid)
        .sum(axis=1)
    )
    prior = np.array([one.chance for one in model.network.priors.hypotheses])
    loose = [i for i, one in enumerate(model.network.priors.hypotheses) if one.leak >= 0.2]
    assert chance[loose].sum() > 2 * prior[loose].sum() / prior.sum()


def test_exempt_skills_are_held_whatever_is_missing() -> None:
    network = PrerequisiteNetwork(chain(2), Priors(hypotheses=(Hypothesis(1.0, 0.001, 0.2),)))
    held = network.infer(np.array([[-9.0], [0.0]])).held[1, 0]
    assert held == pytest.approx(0.2, abs=0.01)


def test_shifts(graph: SkillGraph) -> None:
    area = graph.skills["pca"].area
    found = shifts(graph, {area: "worked with", "no-such-area": "studied"})
    assert {graph.skills[slug].area for slug in found} == {area}
    assert shifts(graph, {area: "a word of a later version"}) == {}
    assert shifts(graph, {}, years=50.0) == shifts(graph, {}, years=8.0)
    assert shifts(graph, {}, years=float("nan")) == {}
    assert len(shifts(graph, {}, years=2.0)) == len(graph.skills)


def test_a_profile_is_a_weak_prior(graph: SkillGraph, fact: Fact) -> None:
    area = graph.skills["pca"].area
    plain = KnowledgeModel(graph)
    saying = KnowledgeModel(graph, profile={area: "worked with"})
    nothing = KnowledgeModel(graph, profile={area: "none"})

    def read(model: KnowledgeModel, *facts: Evidence) -> float:
        return model.mastery(model.fold(facts), NOW)["pca"].mean

    assert read(nothing) < read(plain) < read(saying)
    assert saying.mastery(saying.start(), NOW)["pca"].level == "unknown"
    wrong = [fact("pca", 0.0) for _ in range(3)]
    assert read(saying, *wrong) < 0.3
    right = [fact("pca", 1.0) for _ in range(3)]
    assert read(nothing, *right) > 0.7


def test_a_profile_never_changes_what_is_stored(graph: SkillGraph, fact: Fact) -> None:
    area = graph.skills["pca"].area
    facts = [fact({"pca": 1.0, "k-means": 0.6}, i % 2, days=i) for i in range(6)]
    plain, saying = KnowledgeModel(graph), KnowledgeModel(graph, profile={area: "studied"}, years=3)
    assert plain.fold(facts).to_rows() == saying.fold(facts).to_rows()


def test_no_graph_is_item_response_theory() -> None:
    network = PrerequisiteNetwork(chain(3), Priors(hypotheses=NO_GRAPH, depth_span=0.0))
    held = network.infer(np.array([[2.0], [0.0], [0.0]])).held[:, 0]
    assert held[1] == pytest.approx(held[2])
