"""What a submission keeps, what it is evidence of, and what our own failures never do."""

import pytest

from journeyman.core.exercise import Verdict
from journeyman.errors import Conflict, Invalid, TooLarge, Unavailable
from journeyman.exercises import rules

SLUG = "euclidean-distances"


def facts(app):
    return app.progress().facts


def test_the_code_is_kept_before_it_is_run(app):
    app.sandbox.error = RuntimeError("the process is gone")
    with pytest.raises(RuntimeError):
        app.check(SLUG, "right")
    page = app.exercise(SLUG)
    assert page.draft == "right"
    assert page.handed[0].state == "submitted"
    assert [one.attempt for one in app.today().interrupted] == [page.handed[0].attempt]
    app.sandbox.error = None
    assert app.finish(page.handed[0].attempt).verdict.passed
    assert len(facts(app)) == 1
    with pytest.raises(Conflict):
        app.finish(page.handed[0].attempt)


def test_our_failure_counts_nothing(app):
    app.sandbox.error = Unavailable("The grading process died.")
    with pytest.raises(Unavailable):
        app.check(SLUG, "right")
    assert facts(app) == ()
    handed = app.exercise(SLUG).handed[0]
    assert (handed.state, handed.message) == ("failed", "The grading process died.")
    app.sandbox.error = None
    assert app.check(SLUG, "right").verdict.passed


def test_passing_counts_more_than_failing_and_less_after_hints(app):
    app.check(SLUG, "no")
    app.hint(SLUG)
    app.check(SLUG, "right")
    passed, failed = facts(app)
    assert (failed.score, failed.strength) == (0.0, rules.FELL_SHORT)
    assert (passed.score, passed.hints) == (1.0, 1)
    assert rules.FELL_SHORT < passed.strength < rules.PASSED


def test_the_same_code_twice_says_nothing_new(app):
    for _ in range(3):
        app.check(SLUG, "no")
    assert len(facts(app)) == 1
    app.check(SLUG, "right")
    app.check(SLUG, "right again")
    assert facts(app)[0].strength == rules.AGAIN


def test_hints_come_one_at_a_time_and_end(app):
    count = len(app.bank.exercises[SLUG].hints)
    for number in range(1, count + 1):
        assert len(app.hint(SLUG)) == number
    with pytest.raises(Conflict, match="last of"):
        app.hint(SLUG)


def test_the_solution_opens_after_passing_or_giving_up(app):
    with pytest.raises(Conflict, match="opens after"):
        app.solution(SLUG)
    assert app.exercise(SLUG).solution is None
    assert "def distances" in app.give_up(SLUG)
    (fact,) = facts(app)
    assert (fact.how, fact.score) == ("gave-up", 0.0)
    app.give_up(SLUG)
    assert len(facts(app)) == 1
    app.check(SLUG, "right")
    assert facts(app)[0].strength == rules.AGAIN
    assert app.exercise(SLUG).standing == "passed"


def test_reading_the_solution_after_passing_is_not_giving_up(app):
    app.check(SLUG, "right")
    app.give_up(SLUG)
    assert [fact.how for fact in facts(app)] == ["graded"]


@pytest.mark.parametrize("source", ["", "  \n", "a\0b"])
def test_nothing_to_grade(app, source):
    with pytest.raises(Invalid):
        app.check(SLUG, source)
    assert app.exercise(SLUG).handed == ()


def test_too_long(app):
    with pytest.raises(TooLarge, match="at most 65,536"):
        app.check(SLUG, "x" * 70_000)
    with pytest.raises(TooLarge):
        app.save_draft(SLUG, "x" * 70_000)
    assert app.exercise(SLUG).draft == app.exercise(SLUG).starter


@pytest.mark.parametrize("outcome", ["forged", "rejected"])
def test_what_was_not_honest_work_is_no_evidence_of_skill(outcome):
    assert not rules.counts(Verdict(outcome), [], "code")


def test_weak_isolation_weighs_less():
    strong = Verdict("passed", isolation="full")
    weak = Verdict("passed", isolation="limits-only")
    given = {"hints": 0, "passed_before": False, "solution_seen": False}
    assert rules.strength(weak, **given) < rules.strength(strong, **given)


def test_a_verdict_survives_the_record(app):
    handed = app.check(SLUG, "no")
    kept = app.exercise(SLUG).handed[0]
    assert kept.verdict == handed.verdict
    assert isinstance(app.exercise(SLUG).handed[0].verdict, Verdict)
    assert kept.source == "no"
