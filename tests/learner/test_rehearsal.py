"""Living through the weeks ahead: forgetting, gains, and the forecast."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import fsrs
import numpy as np
import pytest

from journeyman.core.evidence import Evidence
from journeyman.core.skill import SkillGraph
from journeyman.learner import memory, rehearsal
from journeyman.learner.knowledge import KnowledgeModel
from journeyman.learner.rehearsal import NEVER, Belief, Course
from journeyman.learner.simulate import chain

START = datetime(2026, 1, 1, tzinfo=UTC)


def belief(held: list[float], stability: float = 5.0, last: float = 0.0) -> Belief:
    row = np.array([held])
    return Belief(row, np.full_like(row, stability), np.full_like(row, last))


def test_forgetting_and_stability_are_those_of_fsrs() -> None:
    later = START + timedelta(days=9)
    for grade, ours in (
        (fsrs.Rating.Good, rehearsal.passed),
        (fsrs.Rating.Again, rehearsal.lapsed),
    ):
        card = memory.Card(6.0, rehearsal.CARD_DIFFICULTY, START)
        recall = memory.recall(card, later)
        assert rehearsal.forgetting(9.0, 6.0) == pytest.approx(recall)
        expected = memory.review(card, grade, later).stability
        assert ours(np.array([6.0]), np.array([recall]))[0] == pytest.approx(expected, rel=1e-6)


def test_only_ready_skills_are_taken_up() -> None:
    course = Course.of(chain(4), None, 5, 4, {})
    score = rehearsal.priorities(course, belief([0.95, 0.1, 0.1, 0.1]), 0.0)[0]
    assert (score[:4] > NEVER).tolist() == [False, True, False, False]


def test_only_faded_skills_are_reviewed() -> None:
    course = Course.of(chain(3), None, 5, 4, {})
    row = belief([0.95, 0.95, 0.1])
    row.last[0, 1] = -20.0
    score = rehearsal.priorities(course, row, 0.0)[0]
    assert (score[3:] > NEVER).tolist() == [False, True, False]


def test_a_prerequisite_is_worth_more_than_its_weight() -> None:
    graph = chain(3)
    course = Course.of(graph, {"s2": 1.0}, 5, 4, dict.fromkeys(graph.skills, 30.0))
    score = rehearsal.priorities(course, belief([0.1, 0.1, 0.1]), 0.0)[0]
    assert score[0] > 0.0


def test_the_sittings_add_up_to_the_hours() -> None:
    course = Course.of(chain(3), None, hours_a_week=5, weeks=6, minutes={})
    assert sum(minutes for _, minutes in course.sittings) == pytest.approx(5 * 6 * 60)
    assert all(0 <= day < course.deadline for day, _ in course.sittings)
    assert Course.of(chain(3), None, 0, 6, {}).sittings == ()


def test_more_hours_reach_further_and_sooner(graph: SkillGraph) -> None:
    stranger = belief([0.1] * len(graph.skills))
    minutes = {slug: 2.0 * skill.minutes for slug, skill in graph.skills.items()}
    some, more = (
        rehearsal.forecast(Course.of(graph, None, hours, 8, minutes), stranger) for hours in (3, 8)
    )
    assert len(some.share) == 8
    assert more.share[-1] > some.share[-1] > 0.05
    assert all(s <= f + 0.02 for s, f in zip(some.slow, some.fast, strict=True))
    wanted = some.share[-1]
    assert (more.reaches(wanted)[1] or 99) < (some.reaches(wanted)[1] or 0)
    assert some.reaches(1.1) == (None, None, None)


def test_a_forecast_leaves_the_belief_alone(graph: SkillGraph) -> None:
    now = belief([0.3] * len(graph.skills))
    rehearsal.forecast(Course.of(graph, None, 5, 3, {}), now)
    assert (now.held == 0.3).all()


def test_what_is_overrun_is_owed_to_the_next_sitting() -> None:
    graph = chain(6)
    course = Course.of(graph, None, 1, 2, dict.fromkeys(graph.skills, 90.0))
    row = belief([0.1] * 6)
    rank, act = rehearsal.by_gain(course, row), rehearsal.expected(course, row)
    owed = rehearsal.live(course.between(0, 7), row, rank, act)
    assert owed.tolist() == [-30.0]
    rehearsal.live(course.between(7, 14), row, rank, act, owed)
    assert (row.held[0] >= 0.9).sum() == 2


def test_belief_of_a_learner(model: KnowledgeModel, fact: Callable[..., Evidence]) -> None:
    state = model.fold([fact("pca", 1.0) for _ in range(3)])
    at = START + timedelta(days=10)
    found = rehearsal.belief_of(model.graph, model.mastery(state, at), state, at)
    i = model.network.index["pca"]
    assert found.held[0, i] > 0.9
    assert found.last[0, i] == pytest.approx(-10, abs=0.01)
    assert found.recall(0.0)[0, i] == pytest.approx(model.mastery(state, at)["pca"].recall)
    assert (found.held > 0).all()
    assert (found.held <= 1).all()
