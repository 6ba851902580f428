"""What is asked, why, and when it stops."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime

import numpy as np
import pytest

from journeyman.core.item import Item
from journeyman.core.skill import SkillGraph
from journeyman.learner.knowledge import KnowledgeModel
from journeyman.learner.placement import TEST_OUT, Placement
from journeyman.learner.simulate import fact, item_bank
from journeyman.learner.state import State

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def items(graph: SkillGraph) -> list[Item]:
    return item_bank(graph, np.random.default_rng(0))


@pytest.fixture(scope="module")
def placement(model: KnowledgeModel, items: list[Item]) -> Placement:
    return Placement(model, items)


def play(
    placement: Placement, scores: itertools.cycle[float] | list[float], only: str | None = None
) -> tuple[State, list[str]]:
    """Answer with the given scores until it stops."""
    state, asked = placement.model.start(), list[str]()
    for number, score in enumerate(scores):
        choice = placement.next(state, asked, NOW, only=only)
        if choice is None:
            break
        answered = fact(placement.items[choice.item], number, score, unknown=False)
        state = placement.model.update(state, answered)
        asked.append(choice.item)
    return state, asked


def test_the_same_inputs_give_the_same_questions(placement: Placement) -> None:
    first = play(placement, [1.0, 0.0, 1.0, 1.0, 0.0, 0.0])
    again = play(
        Placement(KnowledgeModel(placement.model.graph), list(placement.items.values())[::-1]),
        [1.0, 0.0, 1.0, 1.0, 0.0, 0.0],
    )
    assert first == again


def test_the_first_question_is_in_the_middle_of_the_graph(placement: Placement) -> None:
    choice = placement.next(placement.model.start(), [], NOW)
    assert choice is not None
    graph = placement.model.graph
    assert graph.ancestors(choice.about)
    assert graph.descendants(choice.about)
    assert graph.skills[choice.about].title in choice.reason


def test_nothing_is_asked_twice_and_the_limit_holds(placement: Placement) -> None:
    state, asked = play(placement, itertools.cycle([1.0, 0.0]))
    assert len(asked) == len(set(asked)) <= placement.limit
    progress = placement.progress(state, asked, NOW)
    assert progress.stopped
    assert progress.asked == len(asked)
    assert 0.8 < progress.expected_share_right <= 1.0


def test_somebody_who_knows_everything_is_not_asked_about_the_roots(placement: Placement) -> None:
    state, asked = play(placement, itertools.cycle([1.0]))
    assert len(asked) < placement.limit
    mastery = placement.model.mastery(state, NOW)
    assert np.mean([one.mean > 0.8 for one in mastery.values()]) > 0.9
    assert np.mean([one.level == "held" for one in mastery.values()]) > 0.95
    roots = {slug for slug, skill in placement.model.graph.skills.items() if not skill.requires}
    assert roots.isdisjoint(placement.items[slug].home for slug in asked)


def test_somebody_who_knows_nothing_stops_early(placement: Placement) -> None:
    state, asked = play(placement, itertools.cycle([0.0]))
    assert len(asked) < placement.limit
    mastery = placement.model.mastery(state, NOW)
    assert np.mean([one.mean < 0.2 for one in mastery.values()]) > 0.9
    assert np.mean([one.level == "not-yet" for one in mastery.values()]) > 0.95


def test_areas_are_mixed(placement: Placement) -> None:
    skills = placement.model.graph.skills
    _, asked = play(placement, itertools.cycle([1.0, 0.0, 1.0]))
    areas = [skills[placement.items[slug].home].area for slug in asked]
    assert len(set(areas)) >= 4
    longest = max(len(list(run)) for _, run in itertools.groupby(areas))
    assert longest <= 3


@pytest.mark.parametrize("scores", [[1.0] * 9, [0.0] * 9, [1.0, 0.0] * 5])
def test_one_skill_takes_three_to_five_questions(placement: Placement, scores: list[float]) -> None:
    state, asked = play(placement, scores, only="pca")
    near = {"pca", *placement.model.graph.skills["pca"].requires}
    assert 3 <= len(asked) <= TEST_OUT
    assert {placement.items[slug].home for slug in asked} <= near
    assert "pca" in {placement.items[slug].home for slug in asked}
    assert placement.progress(state, asked, NOW, only="pca").stopped


def test_testing_out_reaches_held(placement: Placement) -> None:
    state, _ = play(placement, [1.0] * 9, only="pca")
    assert placement.model.mastery(state, NOW)["pca"].level == "held"


def test_one_family_serves_a_whole_test_out(model: KnowledgeModel, items: list[Item]) -> None:
    """A family makes fresh variants, so it may come again."""
    alone = [item for item in items if item.home in ("pca", "svd")][:2]
    _, asked = play(Placement(model, alone), [1.0, 0.0] * 5, only=alone[0].home)
    assert len(asked) >= 3


def test_nothing_to_ask(model: KnowledgeModel) -> None:
    empty = Placement(model, [])
    assert empty.next(model.start(), [], NOW) is None
    stopped = empty.progress(model.start(), [], NOW).stopped
    assert stopped is not None
    assert "nothing" in stopped
    with pytest.raises(ValueError, match="every item"):
        empty.pick(model.start(), [], NOW)


def test_items_outside_the_graph_or_retired_are_never_asked(model: KnowledgeModel) -> None:
    strange = Item("strange", "1", 1, "", "choice", {"no-such-skill": 1.0})
    retired = Item("retired", "2", 1, "", "choice", {"pca": 1.0}, status="deprecated")
    assert Placement(model, [strange, retired]).items == {}
