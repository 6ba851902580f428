"""The battery: how many seeded faults are found, and how many clean twins raise a false alarm."""

import warnings

import pytest

from journeyman.audit import review_code
from tests.audit.battery import codes, projects, score, wild


@pytest.fixture(autouse=True)
def quiet():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def judge(outcomes):
    found = score.summary(outcomes)
    missed = [one.name for one in outcomes if one.expected and not one.hit]
    alarms = [(one.name, sorted(one.found)) for one in outcomes if one.alarm]
    assert found["recall"] >= 0.9, missed
    assert found["precision"] >= 0.95, alarms
    return found


@pytest.mark.parametrize("half", ["tuning", "confirming"])
def test_programs(half):
    found = judge([score.of_program(case) for case in codes.cases(half)])
    assert found["faults"] >= 30
    assert found["clean"] >= 30


@pytest.mark.parametrize("name", wild.PROGRAMS)
def test_programs_as_people_write_them(name):
    found = score.loud(review_code({f"{name}.py": wild.PROGRAMS[name]}))
    assert bool(found) == name.endswith("FAULT"), found


@pytest.mark.parametrize("name", ["churn", "rents"])
def test_a_taste_of_the_projects(name, tmp_path):
    """Four quick cases, so that a broken check shows before the slow suite runs."""
    wanted = {"churn": ("038", "039"), "rents": ("057", "058")}[name]
    cases = [one for one in projects.cases("tuning") if one.name.split("-")[1] in wanted]
    outcomes = [score.of_project(case) for case in cases]
    assert len(outcomes) == 2
    assert score.summary(outcomes)["recall"] == 1.0
    assert score.summary(outcomes)["alarms"] == 0


@pytest.mark.slow
@pytest.mark.parametrize("half", ["tuning", "confirming"])
def test_projects(half):
    found = judge([score.of_project(case) for case in projects.cases(half)])
    assert found["faults"] >= 30
    assert found["clean"] >= 30


def test_the_halves_share_no_case():
    names = [
        {one.name.split("-", 1)[1] for one in codes.cases(half)}
        for half in ("tuning", "confirming")
    ]
    assert not names[0] & names[1]
