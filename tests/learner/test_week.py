"""The week ahead, its calendar file, and the sentence about the deadline."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from icalendar import Calendar

from journeyman.core.evidence import Evidence
from journeyman.core.skill import SkillGraph
from journeyman.learner import rehearsal
from journeyman.learner.feasibility import feasibility
from journeyman.learner.knowledge import KnowledgeModel
from journeyman.learner.plan import Activity, plan_today
from journeyman.learner.rehearsal import Belief, Course
from journeyman.learner.week import Day, calendar, week

Fact = Callable[..., Evidence]
START = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)
BEFORE = (START - datetime(2026, 1, 1, tzinfo=UTC)) / timedelta(days=1)


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


@pytest.fixture
def days(model: KnowledgeModel, catalogue: list[Activity], fact: Fact) -> list[Day]:
    facts = [fact(s, 1.0, days=BEFORE - 40) for s in ("vectors-norms", "derivatives") * 3]
    facts += [fact("bayes-theorem", 0.0, days=BEFORE - 1)]
    state = model.fold(facts)
    return week(
        model.graph,
        lambda at: model.mastery(state, at),
        model.due(state),
        catalogue,
        [60, 60, 0, 30, 60, 60, 2],
        START,
    )


def test_seven_days_within_their_minutes(days: list[Day]) -> None:
    assert [one.date for one in days] == [date(2026, 3, 2 + i) for i in range(7)]
    for one, most in zip(days, [60, 60, 0, 30, 60, 60, 2], strict=True):
        assert one.minutes <= most
    assert days[0].steps
    assert days[2].steps == days[6].steps == ()


def test_the_first_day_is_todays_plan(
    model: KnowledgeModel, catalogue: list[Activity], fact: Fact
) -> None:
    state = model.fold([fact("vectors-norms", 1.0, days=BEFORE - 9) for _ in range(4)])
    mastery, due = model.mastery(state, START), model.due(state)
    planned = week(model.graph, lambda at: model.mastery(state, at), due, catalogue, [60], START)
    today = plan_today(model.graph, mastery, due, catalogue, 60, START)
    assert list(planned[0].steps) == today


def test_nothing_is_planned_twice(days: list[Day]) -> None:
    once = [(s.kind, s.slug) for one in days for s in one.steps if s.kind in ("lesson", "exercise")]
    assert len(once) == len(set(once))
    assert len({s.skill for one in days for s in one.steps}) >= 4


def test_later_days_build_on_earlier_ones(days: list[Day], graph: SkillGraph) -> None:
    """What a skill rests on comes first where both are taken up in one week."""
    first: dict[str, int] = {}
    for number, one in enumerate(days):
        for step in one.steps:
            if step.kind == "lesson":
                first.setdefault(step.skill, number)
    assert all(
        first[required] < number
        for skill, number in first.items()
        for required in graph.skills[skill].requires
        if required in first
    )


def test_the_calendar_is_read_back(days: list[Day], graph: SkillGraph) -> None:
    titles = {slug: skill.title for slug, skill in graph.skills.items()}
    zone = ZoneInfo("Europe/Berlin")
    text = calendar(days, time(18, 30), zone, titles, START)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    events = Calendar.from_ical(text).walk("VEVENT")
    worked = [one for one in days if one.steps]
    assert len(events) == len(worked)
    begin = events[0].decoded("dtstart")
    assert begin.astimezone(zone) == datetime(2026, 3, 2, 18, 30, tzinfo=zone)
    length = events[0].decoded("dtend") - begin
    assert length == timedelta(minutes=round(worked[0].minutes))
    assert worked[0].steps[0].why in str(events[0]["description"])
    assert len({str(event["uid"]) for event in events}) == len(events)
    assert text == calendar(days, time(18, 30), zone, titles, START)


def belief(graph: SkillGraph, held: float) -> Belief:
    row = np.full((1, len(graph.order)), held)
    return Belief(row, np.full_like(row, 30.0), np.zeros_like(row))


@pytest.mark.parametrize(("hours", "weeks"), [(20, 30), (2, 4)])
def test_the_sentence_about_the_deadline(graph: SkillGraph, hours: float, weeks: float) -> None:
    minutes = {slug: 2.0 * skill.minutes for slug, skill in graph.skills.items()}
    course = Course.of(graph, None, hours, weeks, minutes)
    found = feasibility(graph, course, belief(graph, 0.1), date(2026, 3, 2), hours)
    assert found.text.startswith(f"At {hours:g} h a week")
    if hours > 10:
        assert found.early <= found.expected <= found.late
        assert "range" in found.text
        assert f"{found.expected:%B %Y}" in found.text
    else:
        assert (found.early, found.expected, found.late) == (None, None, None)
        share = rehearsal.forecast(course, belief(graph, 0.1)).share[-1]
        assert f"{100 * share:.0f} %" in found.text
    if found.saves_days >= 7:
        assert graph.areas[found.dropping].title in found.text


def test_leaving_out_the_largest_area_is_named(graph: SkillGraph) -> None:
    area = graph.skills["pca"].area
    target = {s: (5.0 if skill.area == area else 0.0) for s, skill in graph.skills.items()}
    target["probability-rules"] = 20.0
    course = Course.of(graph, target, 4, 40, {})
    found = feasibility(graph, course, belief(graph, 0.1), date(2026, 3, 2), 4)
    assert found.dropping == area
    assert "Leaving out" in found.text


def test_a_target_within_one_area_leaves_nothing_to_drop(graph: SkillGraph) -> None:
    course = Course.of(graph, {"pca": 1.0}, 5, 20, {})
    found = feasibility(graph, course, belief(graph, 0.2), date(2026, 3, 2), 5)
    assert found.dropping == ""
