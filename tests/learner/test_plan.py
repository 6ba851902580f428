"""What to do today: prerequisites, minutes, reviews, variety, reasons."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from journeyman.core.evidence import Evidence
from journeyman.core.skill import SkillGraph
from journeyman.learner.knowledge import KnowledgeModel
from journeyman.learner.plan import READY, Activity, Step, plan_today, worth

Fact = Callable[..., Evidence]
START = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def catalogue(graph: SkillGraph) -> list[Activity]:
    found = []
    for slug, skill in graph.skills.items():
        found += [
            Activity("lesson", slug, {slug: 1.0}, skill.minutes),
            Activity("practice", slug, {slug: 1.0}, 6.0),
            Activity("exercise", f"code-{slug}", {slug: 1.0}, 25.0),
        ]
    return found


@pytest.fixture(scope="module")
def today(model: KnowledgeModel, catalogue: list[Activity]) -> Callable[..., list[Step]]:
    def plan(minutes: float, facts: list[Evidence], days: float = 0.5, **more) -> list[Step]:
        state, at = model.fold(facts), START + timedelta(days=days)
        mastery, due = model.mastery(state, at), model.due(state)
        return plan_today(
            model.graph, mastery, due, more.pop("catalogue", catalogue), minutes, at, **more
        )

    return plan


@pytest.mark.parametrize("minutes", [10, 25, 45, 90, 240])
def test_it_fits_the_minutes(today, fact: Fact, minutes: float) -> None:
    facts = [fact(slug, 1.0) for slug in ("pca", "k-means", "derivatives") for _ in range(3)]
    for days in (0.5, 60):
        steps = today(minutes, facts, days)
        assert steps
        assert sum(step.minutes for step in steps) <= minutes or len(steps) == 1


def test_a_long_sitting_is_mostly_used(today, fact: Fact) -> None:
    steps = today(240, [fact("pca", 1.0)])
    assert sum(step.minutes for step in steps) > 180


def test_a_stranger_starts_at_the_roots(today, graph: SkillGraph) -> None:
    steps = today(90, [])
    assert len({step.skill for step in steps}) > 1
    assert all(not graph.skills[step.skill].requires for step in steps)
    assert steps[0].why.startswith("Nothing else is needed first")


def test_prerequisites_come_first(today, model: KnowledgeModel, fact: Fact) -> None:
    facts = [fact(slug, 0.0) for slug in model.graph.skills for _ in range(2)]
    facts += [fact(slug, 1.0) for slug in ("vectors-norms", "derivatives") for _ in range(5)]
    mastery = model.mastery(model.fold(facts), START + timedelta(days=0.5))
    for step in today(240, facts):
        for required in model.graph.skills[step.skill].requires:
            assert mastery[required].mean / mastery[required].recall >= READY


def test_a_lesson_comes_before_its_practice(today, fact: Fact) -> None:
    steps = today(120, [fact("derivatives", 0.0)])
    for skill in {step.skill for step in steps}:
        kinds = [step.kind for step in steps if step.skill == skill]
        assert kinds == sorted(kinds, key=["review", "lesson", "practice", "exercise"].index)


def test_fading_skills_are_reviewed_between_new_work(today, fact: Fact) -> None:
    facts = [fact(s, 1.0) for s in ("pca", "k-means", "decision-trees") for _ in range(3)]
    facts += [fact("bayes-theorem", 0.0), fact("derivatives", 0.0)]
    steps = today(120, facts, days=45)
    kinds = [step.kind for step in steps]
    assert {"review", "lesson"} <= set(kinds)
    assert sum(s.minutes for s in steps if s.kind == "review") <= 40
    reviewed = next(step for step in steps if step.kind == "review")
    assert "recall" in reviewed.why
    assert kinds != sorted(kinds, key=lambda kind: kind != "review")


def test_no_skill_is_both_reviewed_and_taken_up(today, fact: Fact) -> None:
    steps = today(120, [fact("k-means", 1.0) for _ in range(4)], days=60)
    reviewed = {step.skill for step in steps if step.kind == "review"}
    assert "k-means" in reviewed
    assert reviewed.isdisjoint(s.skill for s in steps if s.kind in ("lesson", "practice"))


def test_reasons_name_what_is_held_and_what_it_opens(today, fact: Fact, graph: SkillGraph) -> None:
    steps = today(90, [fact("vectors-norms", 1.0) for _ in range(4)])
    lesson = next(s for s in steps if s.kind == "lesson" and graph.skills[s.skill].requires)
    held = [graph.skills[r].title for r in graph.skills[lesson.skill].requires]
    assert any(title in lesson.why for title in held)
    assert graph.skills[lesson.skill].title in lesson.why
    assert all(step.why.endswith(".") for step in steps)


def test_a_target_pulls_the_plan(today, graph: SkillGraph, fact: Fact) -> None:
    facts = [fact("derivatives", 1.0)]
    wanted = {"svd": 1.0}
    steps = today(60, facts, target=wanted)
    towards = graph.ancestors("svd") | {"svd"}
    assert steps[0].skill in towards


def test_worth_flows_to_what_is_lacking(model: KnowledgeModel) -> None:
    mastery = model.mastery(model.start(), START)
    found = worth(model.graph, mastery, {"pca": 1.0})
    assert found["pca"] == 1.0
    assert found["svd"] > 0.0
    off_path = set(model.graph.skills) - model.graph.ancestors("pca") - {"pca"}
    assert all(found[slug] == 0.0 for slug in off_path)


def test_held_skills_are_proved_in_code(today, fact: Fact) -> None:
    facts = [fact("pca", 1.0) for _ in range(6)]
    only = [Activity("exercise", "code-pca", {"pca": 1.0}, 20.0)]
    (step,) = today(30, facts, catalogue=only)
    assert (step.kind, step.slug) == ("exercise", "code-pca")


def test_nothing_left_to_do(today) -> None:
    assert today(60, [], catalogue=[]) == []
    outside = [Activity("lesson", "strange", {"no-such-skill": 1.0}, 10.0)]
    assert today(60, [], catalogue=outside) == []


def test_too_few_minutes_give_the_shortest_step(today) -> None:
    (step,) = today(1, [])
    assert step.minutes > 1
