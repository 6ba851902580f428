"""The plan follows the goal, the minutes and the profile; why gives its evidence."""

import time
from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar

from journeyman.learner.plan import Activity
from journeyman.settings import Settings
from journeyman.study.clock import HERE
from journeyman.study.planning import from_today, minutes_to_learn
from tests.study.ledgers import put
from tests.study.test_study import practise_well

WORKDAYS = (60, 60, 60, 60, 60, 0, 0)


@pytest.fixture
def zone(monkeypatch):
    """Sets this machine's time zone for one test."""

    def put(name):
        monkeypatch.setenv("TZ", name)
        time.tzset()

    yield put
    monkeypatch.undo()
    time.tzset()


def test_before_anything_the_plan_says_that_it_guesses(app):
    plan = app.plan()
    assert not plan.aim.own
    assert plan.aim.role.slug == "ml-engineer"
    assert "Nothing has been answered yet" in plan.standing
    assert "h a week" in plan.outlook
    assert [day.date for day in plan.days] == [date(2026, 3, 2) + timedelta(i) for i in range(7)]


def test_the_week_keeps_to_the_minutes_of_each_day(app):
    practise_well(app, "vectors-norms")
    app.set_goal(role="data-scientist", minutes=WORKDAYS, deadline="2026-09-01")
    plan = app.plan()
    assert plan.aim.own
    for day in plan.days:
        limit = WORKDAYS[day.date.weekday()]
        assert day.minutes <= limit
        assert bool(day.steps) == bool(limit)
        assert all(step.why.endswith(".") for step in day.steps)
    done = [(s.kind, s.slug) for day in plan.days for s in day.steps if s.kind == "lesson"]
    assert len(done) == len(set(done)), "no lesson twice"


def test_the_goal_decides_what_comes_first(app):
    practise_well(app, "vectors-norms", 2)
    app.set_goal(role="data-scientist", minutes=WORKDAYS)
    science = app.plan()
    app.set_goal(role="research-engineer", minutes=WORKDAYS)
    research = app.plan()
    areas = {area.area.slug: area for area in science.areas}
    assert areas["probability-statistics"].skills == 11
    assert science.aim.target != research.aim.target
    assert [s.slug for d in science.days for s in d.steps] != [
        s.slug for d in research.days for s in d.steps
    ]
    today = app.today()
    assert today.minutes == 60
    assert today.aim.title == "Research engineer"


def test_an_area_left_out_is_neither_counted_nor_planned_for(app):
    practise_well(app, "vectors-norms", 2)
    app.set_goal(role="ml-engineer", minutes=WORKDAYS)
    whole = app.plan()
    app.set_goal(role="ml-engineer", minutes=WORKDAYS, leave_out=["algorithms"])
    rest = app.plan()
    area_of = app.bank.graph.skills
    assert not any(area_of[slug].area == "algorithms" for slug in rest.aim.target)
    assert [one.left_out for one in rest.areas if one.area.slug == "algorithms"] == [True]
    assert rest.feasibility.dropping != "algorithms"
    assert rest.feasibility.expected < whole.feasibility.expected


def test_more_hours_arrive_earlier_and_the_range_holds_the_expected_day(app):
    found = {}
    for minutes in (30, 120):
        app.set_goal(role="ml-engineer", minutes=(minutes,) * 7)
        found[minutes] = app.plan().feasibility
    assert found[120].expected < found[30].expected
    assert found[30].early <= found[30].expected <= found[30].late


def test_today_follows_the_weekday_and_says_when_it_is_off(app, clock):
    app.set_goal(role="ml-engineer", minutes=(20, 90, 0, 45, 45, 45, 45))
    assert (app.today().minutes, app.today().day_off) == (20, False)
    clock.pass_days(1)
    assert app.today().minutes == 90
    clock.pass_days(1)
    off = app.today()
    assert off.day_off
    assert off.steps
    assert app.today(30).minutes == 30
    app.clear_goal()
    assert (app.today().minutes, app.today().day_off) == (app.minutes, False)


def test_a_profile_moves_the_start_and_answers_outweigh_it(app):
    before = app.mastery()
    app.set_profile({"algorithms": "worked", "linear-algebra": "none"}, "3")
    after = app.mastery()
    assert after["k-means"].mean > before["k-means"].mean
    assert after["vectors-norms"].mean < before["vectors-norms"].mean
    assert after["k-means"].pieces == 0
    assert app.progress().total == 0, "what one says is never evidence"
    why = app.why("k-means")
    assert "what you say of yourself about Algorithms starts it higher" in why.began
    assert "about your years of work" in app.why("bayes-theorem").began
    for _ in range(4):
        asked = app.practise("k-means")
        app.answer_practice(asked.attempt, "dont-know")
    assert app.mastery()["k-means"].mean < before["k-means"].mean


def test_why_names_the_facts_the_neighbours_and_the_start(app):
    empty = app.why("svd")
    assert "a plain starting guess" in empty.began
    assert (empty.facts, empty.groups, empty.neighbours) == ((), (), ())
    practise_well(app, "pca", 4)
    found = app.why("svd")
    assert found.mastery.mean > found.start
    texts = [one.text for one in found.neighbours]
    title = app.bank.graph.skills["svd"].title
    assert f"You hold Principal components, which needs {title}." in texts
    for reason in found.facts:
        fact = app.evidence(reason.evidence)
        assert app.bank.items[fact.slug].title in reason.text
    for _ in range(4):
        asked = app.practise("eigenvectors")
        app.answer_practice(asked.attempt, "dont-know")
    below = {one.side for one in app.why("svd").neighbours}
    assert below == {"needs", "rests on"}


def test_goal_profile_and_keys_are_exported_and_imported(app, make_app, tmp_path):
    app.set_goal(role="data-scientist", minutes=WORKDAYS, deadline="2026-09-01", starts="07:00")
    app.set_profile({"algorithms": "studied"}, "1.5")
    app.change(keys=False)
    app.export(tmp_path / "out")
    other = make_app(Settings(home=tmp_path / "other"))
    other.import_(tmp_path / "out")
    assert other.aim() == app.aim()
    assert other.profile() == app.profile()
    assert not other.keys


def test_two_processes_that_change_different_preferences_both_count(app, make_app, settings):
    other = make_app(settings)
    app.set_goal(role="data-scientist", minutes=WORKDAYS)
    other.change(minutes=25)
    other.set_profile({"algorithms": "some"}, "")
    assert app.aim().goal.role == "data-scientist"
    assert app.profile().areas == {"algorithms": "some"}
    assert app.minutes == 25
    app.clear_goal()
    assert not other.aim().own


def test_the_calendar_holds_the_days_still_to_come(app, clock, zone):
    zone("Europe/Berlin")
    practise_well(app, "vectors-norms", 2)
    app.set_goal(role="ml-engineer", minutes=(30,) * 7, starts="18:30")
    clock.now = datetime(2026, 3, 28, 20, 0, tzinfo=UTC)  # the evening before summer time begins
    events = Calendar.from_ical(app.calendar()).walk("VEVENT")
    starts = [event["DTSTART"].dt for event in events]
    assert starts[0] == datetime(2026, 3, 29, 16, 30, tzinfo=UTC), "summer time: two hours ahead"
    assert len(starts) == 6, "today's evening is over"
    assert all("Journeyman:" in event["SUMMARY"] for event in events)


def test_the_zone_gives_each_instant_its_own_offset(zone):
    zone("America/New_York")
    winter = datetime(2026, 1, 5, 12, tzinfo=UTC).astimezone(HERE)
    summer = datetime(2026, 7, 5, 12, tzinfo=UTC).astimezone(HERE)
    assert (winter.hour, summer.hour) == (7, 8)
    assert summer.timestamp() - winter.timestamp() == 181 * 86_400
    assert winter.tzname() != summer.tzname()


def test_a_skill_takes_its_shortest_lesson_practice_and_exercise(bank):
    catalogue = [
        Activity("lesson", "svd", {"svd": 1.0}, 30),
        Activity("exercise", "long", {"svd": 1.0, "pca": 0.2}, 50),
        Activity("exercise", "short", {"svd": 1.0}, 20),
        Activity("practice", "else", {"not-in-the-graph": 1.0}, 5),
    ]
    assert minutes_to_learn(bank.graph, catalogue) == {"svd": 50}


def test_the_week_begins_today():
    assert from_today(tuple("MTWTFSS"), date(2026, 3, 8)) == tuple("SMTWTFS")


def test_when_enough_is_held_the_plan_says_so(app, clock):
    put(app, clock, [(s, 1) for s in app.bank.graph.order if app.bank.items_of[s]])
    plan = app.plan()
    assert plan.held >= 0.8
    assert "already" in plan.outlook
    assert plan.standing.startswith("By the evidence so far")
