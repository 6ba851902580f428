"""Goal, profile, plan and why from a script."""

from datetime import date, timedelta

import pytest
from icalendar import Calendar

SOON = str(date.today() + timedelta(days=100))  # noqa: DTZ011 - the command reads this clock too


def test_a_goal_is_set_piece_by_piece_and_taken_back(run):
    assert "You have set no goal yet" in run("goal").out
    done = run("goal", "--role", "data-scientist", "--hours", "6,5", "--by", SOON, "--json").json
    assert sum(done["goal"]["minutes"]) == 390
    assert done["goal"]["deadline"] == SOON
    run("goal --minutes sat=0 --minutes Sunday=120 --at 07:15 --leave-out algorithms")
    data = run("goal --json").json
    assert data["own"]
    assert data["goal"]["role"] == "data-scientist"
    assert data["goal"]["minutes"][5:] == [0, 120]
    assert data["goal"]["leave_out"] == ["algorithms"]
    text = run("goal --keep-all --by none").out
    assert "no date" in text
    assert "Left out" not in text
    assert "from 07:15" in text
    assert not run("goal --clear --json").json["own"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("goal --role astronaut", "no role"),
        ("goal --hours many", "hours a week"),
        ("goal --minutes mon", "written like mon=60"),
        ("goal --minutes moonday=5 --minutes x=1", "no weekday"),
        ("goal --minutes mon=1e3", "minutes for Monday"),
        ("goal --by 14.3.2027", "year-month-day"),
        ("goal --at noon", "like 18:00"),
        ("profile --area algorithms=expert", "no level"),
        ("profile --area gardening=none", "no area"),
        ("profile --area algorithms", "written like"),
        ("profile --years long", "years of work"),
        ("why alchemy", "no skill"),
        ("plan --ics missing-folder/week.ics", "could not be written"),
    ],
)
def test_bad_input_is_one_sentence(run, words, said):
    done = run(words)
    assert done.code == 2
    assert said in done.err
    assert done.err.count("\n") == 1
    assert not run("goal --json").json["own"]


def test_every_role_is_listed(run, bank):
    text = run("goal --roles").out
    assert len(bank.roles) >= 4
    for role in bank.roles.values():
        assert role.slug in text
        assert role.title in text
    assert {one["slug"] for one in run("goal --roles --json").json} == set(bank.roles)


def test_a_profile_is_kept_and_taken_back(run):
    run("profile --area algorithms=worked --area linear-algebra=none --years 2")
    assert run("profile --json").json == {
        "areas": {"algorithms": "worked", "linear-algebra": "none"},
        "years": 2.0,
    }
    assert run("profile --area algorithms= --json").json["areas"] == {"linear-algebra": "none"}
    assert "not said" in run("profile --clear").out


def test_the_plan_has_seven_days_and_a_calendar(run, tmp_path):
    run("goal --role data-scientist --hours 7")
    data = run("plan --json").json
    assert [one["date"] for one in data["days"]] == sorted(one["date"] for one in data["days"])
    assert len(data["days"]) == 7
    assert data["feasibility"]["expected"] > data["today"]
    text = run("plan --ics week.ics").out
    assert data["outlook"] in text
    assert "week.ics holds the week" in text
    events = Calendar.from_ical((tmp_path / "week.ics").read_bytes()).walk("VEVENT")
    assert 6 <= len(events) <= 7
    assert "Data scientist" in run("goal").out


def test_why_names_the_evidence(run):
    assert "Nothing has been answered" in run("why vectors-norms").out
    run("practise vectors-norms --dont-know")
    data = run("why vectors-norms --json").json
    assert data["facts"][0]["change"] < 0
    assert data["facts"][0]["evidence"] in run("why vectors-norms").out
    assert run("skill vectors-norms --json").json["reasons"][0] == data["facts"][0]


def test_keys_are_a_setting(run):
    assert run("settings --no-keys --json").json["keys"] is False
    assert "choose an answer: no" in run("settings").out
    assert run("settings --keys --json").json["keys"] is True
