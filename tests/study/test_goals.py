"""What is typed becomes a goal or one clear sentence; what is kept is read back kindly."""

from datetime import date, time, timedelta

import pytest

from journeyman.core.bank import Bank
from journeyman.core.role import Role
from journeyman.core.skill import Area, Skill, SkillGraph
from journeyman.errors import Invalid
from journeyman.study import goals
from journeyman.study.goals import Goal, Profile, aim, goal_of, profile_of, read_goal, read_profile

TODAY = date(2026, 3, 2)
WEEK = (60, 0, 60, 0, 45, 0, 0)


@pytest.fixture(scope="module")
def small():
    skills = [Skill("a", "1", "A", "", "x"), Skill("b", "2", "B", "", "y", ("a",))]
    areas = [Area("x", "First", ""), Area("y", "Second", "")]
    roles = {
        "both": Role("both", "3", 1, "Both", "", {"a": 1.0, "b": 0.5}),
        "ml-engineer": Role("ml-engineer", "4", 1, "Default", "", {"b": 1.0, "gone": 0.5}),
    }
    return Bank(SkillGraph.of(skills, areas), roles=roles)


def read(bank, **changed):
    given = {
        "role": "both",
        "minutes": WEEK,
        "deadline": "2026-09-01",
        "starts": "07:30",
        "leave_out": (),
    }
    return read_goal(bank, TODAY, **{**given, **changed})


def test_a_goal_goes_through_the_preferences_unchanged(small):
    goal = read(small, leave_out=["y", "y"])
    assert goal == Goal("both", WEEK, date(2026, 9, 1), time(7, 30), ("y",))
    assert goal_of({"goal": goal.row()}) == goal
    assert goal.hours == pytest.approx(2.75)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"role": "astronaut"}, "choose one of both, ml-engineer"),
        ({"deadline": "14.3.2027"}, "year-month-day"),
        ({"deadline": "2026-03-02"}, "after today"),
        ({"deadline": "2031-01-01"}, "after today and before 2028-02-29"),
        ({"starts": "noon"}, "like 18:00"),
        ({"leave_out": ["z"]}, "no area 'z'"),
        ({"leave_out": ["x", "y"]}, "Nothing of the role would be left"),
    ],
)
def test_what_cannot_be_used_is_named_in_one_sentence(small, changed, words):
    with pytest.raises(Invalid, match=words):
        read(small, **changed)


@pytest.mark.parametrize("typed", ["-5", "1e3", "6,5", "٣", "800", "x" * 99])
def test_minutes_are_whole_numbers_up_to_twelve_hours(typed):
    with pytest.raises(Invalid, match="for Tuesday") as caught:
        goals.read_minutes(["10", typed, "", "", "", "", ""])
    assert len(caught.value.message) < 120
    with pytest.raises(Invalid, match="seven days"):
        goals.read_minutes(["10"])
    with pytest.raises(Invalid, match="All seven days are off"):
        goals.read_minutes([""] * 7)


@pytest.mark.parametrize("hours", ["6", "6,5", " 0.1 ", "84"])
def test_hours_are_spread_over_the_week(hours):
    found = goals.spread(hours)
    assert sum(found) == round(60 * float(hours.replace(",", ".")))
    assert max(found) - min(found) <= 1


@pytest.mark.parametrize("hours", ["0", "-1", "85", "nan", "inf", "six"])
def test_hours_that_no_week_has_are_refused(hours):
    with pytest.raises(Invalid, match="hours a week"):
        goals.spread(hours)


def test_a_profile_goes_through_the_preferences_in_the_models_words(small):
    profile = read_profile(small, {"x": "worked", "y": ""}, "2,5")
    assert profile == Profile({"x": "worked"}, 2.5)
    assert profile.said == {"x": "worked with"}
    assert profile_of({"profile": profile.row()}) == profile
    assert Profile().empty
    with pytest.raises(Invalid, match="use none, some, studied, worked"):
        read_profile(small, {"x": "expert"}, "")
    with pytest.raises(Invalid, match="no area"):
        read_profile(small, {"q": "none"}, "")
    with pytest.raises(Invalid, match="years of work"):
        read_profile(small, {}, "61")


@pytest.mark.parametrize(
    "broken",
    [
        {"goal": 3, "profile": [], "minutes": "many", "keys": "x"},
        {"goal": {"role": "both"}, "profile": {"areas": 1, "years": "long"}, "minutes": 10**9},
        {"goal": {"role": "both", "minutes": [1, 2]}, "profile": {"areas": {"x": "guru"}}},
        {"goal": {"role": "both", "minutes": [9] * 7, "deadline": "soon"}},
    ],
)
def test_preferences_of_another_make_count_as_not_set(small, broken):
    assert goal_of(broken) is None
    assert profile_of(broken) == Profile()
    assert goals.minutes_of(broken, 45) == 45
    assert goals.keys_of(broken)
    assert not aim(broken, small, TODAY, 45).own


def test_without_a_goal_the_default_is_planned_for_half_a_year(small):
    found = aim({}, small, TODAY, 45)
    assert (found.own, found.title, found.goal.minutes) == (False, "Default", (45,) * 7)
    assert found.target == {"b": 1.0}, "what the graph does not have does not count"
    assert found.until - TODAY == timedelta(weeks=26)


def test_areas_left_out_and_days_gone_by(small):
    goal = read(small, leave_out=["y"])
    before = aim({"goal": goal.row()}, small, TODAY, 45)
    assert (before.target, before.until, before.passed) == ({"a": 1.0}, date(2026, 9, 1), False)
    after = aim({"goal": goal.row()}, small, date(2026, 9, 1), 45)
    assert after.passed
    assert after.until > date(2026, 9, 1)


def test_a_role_that_is_gone_weighs_all_skills_alike(small):
    goal = Goal("retired", WEEK)
    found = aim({"goal": goal.row()}, small, TODAY, 45)
    assert found.role is None
    assert found.target == {"a": 1.0, "b": 1.0}
