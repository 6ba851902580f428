"""Item parameters: from the declared to the true ones, slowly."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from journeyman.core.evidence import Evidence
from journeyman.core.item import Item
from journeyman.core.skill import SkillGraph
from journeyman.learner.items import ItemAnswer, answers_of, fit_items, with_parameters
from journeyman.learner.knowledge import KnowledgeModel
from journeyman.learner.response import Response
from journeyman.learner.simulate import (
    Person,
    Population,
    answer,
    draw_learners,
)
from journeyman.learner.simulate import (
    fact as answered,
)

ITEM = Item("about-pca", "1", 1, "PCA", "choice", {"pca": 1.0}, guess=0.2, slip=0.1, difficulty=0.5)


def simulated(count: int, guess: float, slip: float, seed: int = 0) -> list[ItemAnswer]:
    rng = np.random.default_rng(seed)
    there = rng.beta(0.8, 0.8, count)
    chance = np.where(rng.random(count) < there, 1 - slip, guess)
    right = rng.random(count) < chance
    return [ItemAnswer(ITEM.slug, float(a), float(r)) for a, r in zip(there, right, strict=True)]


def response(answers: list[ItemAnswer], item: Item = ITEM) -> Response:
    found = fit_items(answers, {item.slug: item})[item.slug]
    return Response.of(found.guess, found.slip, found.difficulty)


@pytest.mark.parametrize(("guess", "slip"), [(0.45, 0.1), (0.1, 0.3), (0.4, 0.3), (0.2, 0.1)])
def test_many_answers_find_the_truth(guess: float, slip: float) -> None:
    found = response(simulated(1500, guess, slip))
    assert found.missing == pytest.approx(guess, abs=0.06)
    assert 1 - found.held == pytest.approx(slip, abs=0.06)


def test_more_answers_come_closer() -> None:
    def error(count: int) -> float:
        found = [response(simulated(count, 0.5, 0.3, seed)) for seed in range(20)]
        return float(np.mean([abs(f.missing - 0.5) + abs(1 - f.held - 0.3) for f in found]))

    assert error(5) > error(50) > error(500)


def test_five_answers_move_little() -> None:
    declared = Response.of(ITEM.guess, ITEM.slip, ITEM.difficulty)
    for score in (0.0, 1.0):
        for there in (0.1, 0.9):
            found = response([ItemAnswer(ITEM.slug, there, score)] * 5)
            assert abs(found.missing - declared.missing) < 0.2
            assert abs(found.held - declared.held) < 0.2
            assert abs(found.right(there) - declared.right(there)) < 0.2


def test_what_is_declared_stays_without_surprises() -> None:
    found = fit_items(simulated(2000, 0.18, 0.11), {ITEM.slug: replace(ITEM, difficulty=0.0)})
    assert found[ITEM.slug].guess == pytest.approx(0.2, abs=0.06)
    assert found[ITEM.slug].slip == pytest.approx(0.1, abs=0.05)
    assert abs(found[ITEM.slug].difficulty) < 1.0


def test_a_harder_item_is_called_harder() -> None:
    found = fit_items(simulated(800, 0.08, 0.35), {ITEM.slug: ITEM})[ITEM.slug]
    assert found.difficulty > ITEM.difficulty + 0.5
    assert found.answers == 800


def test_the_order_does_not_matter() -> None:
    answers = simulated(200, 0.3, 0.2)
    forward, backward = (fit_items(a, {ITEM.slug: ITEM}) for a in (answers, answers[::-1]))
    assert forward == backward
    assert fit_items([ItemAnswer("retired", 0.5, 1.0)], {ITEM.slug: ITEM}) == {}


def test_facts_asked_with_the_fit_keep_it(graph: SkillGraph) -> None:
    fitted = fit_items(simulated(300, 0.45, 0.1), {ITEM.slug: ITEM})
    better = with_parameters(ITEM, fitted)
    assert better.guess > ITEM.guess
    assert with_parameters(replace(ITEM, slug="other"), fitted).guess == ITEM.guess


def test_answers_are_read_before_they_count(
    graph: SkillGraph, model: KnowledgeModel, fact: Callable[..., Evidence]
) -> None:
    facts = [fact("pca", 1.0), fact("pca", 0.0, how="dont-know"), fact("pca", 1.0)]
    facts += [fact("pca", 1.0, kind="exercise", how="graded"), fact("no-such-skill", 1.0)]
    first, second = answers_of(model, facts)
    assert first.available == pytest.approx(model.network.prior[model.network.index["pca"]])
    assert second.item == "about-pca"
    assert answers_of(model, []) == []


@pytest.mark.slow
def test_guessable_items_are_found_among_simulated_learners(graph: SkillGraph) -> None:
    """From placements alone: the declared guess is 0.15, the true one 0.15 or 0.55."""
    rng = np.random.default_rng(0)
    model = KnowledgeModel(graph)
    skills = list(graph.order)[10:40]
    items = {s: Item(s, s, 1, s, "choice", {s: 1.0}, guess=0.15, slip=0.1) for s in skills}
    noise = {s: (0.55 if i % 2 else 0.15, 0.1) for i, s in enumerate(skills)}
    answers: list[ItemAnswer] = []
    for row in draw_learners(graph, Population(), 80, rng) > 0.5:
        person = Person(dict(zip(graph.order, row.tolist(), strict=True)), None, None)
        facts = [
            answered(items[s], i, *answer(person, items[s], noise[s], 0.0, rng))
            for i, s in enumerate(rng.permutation(skills).tolist())
        ]
        answers += answers_of(model, facts)
    fitted = fit_items(answers, items)
    missing = {
        s: Response.of(fitted[s].guess, fitted[s].slip, fitted[s].difficulty).missing
        for s in skills
    }
    easy, plain = ([missing[s] for s in skills if noise[s][0] == g] for g in (0.55, 0.15))
    assert np.mean(easy) > np.mean(plain) + 0.1
