"""Fits follow from the ledger alone, are kept, and never change what is stored."""

import json

import pytest

from journeyman.learner.memory import AVERAGE
from journeyman.settings import Settings
from journeyman.store import ledger
from journeyman.study import fitting
from journeyman.study.fitting import STEP, Fitted, Lookback
from tests.answers import right
from tests.study.ledgers import put

SKILLS = ("vectors-norms", "bayes-theorem", "table-joins")


def work(app, clock, answers):
    """Answers on three skills, days apart; every fourth is wrong."""
    put(app, clock, [(SKILLS[i % len(SKILLS)], i % 4 != 0) for i in range(answers)], days=0.7)


@pytest.fixture
def worked(app, clock):
    work(app, clock, 2 * STEP + 3)
    return app


def test_nothing_is_fitted_before_there_is_enough(app, clock):
    work(app, clock, STEP - 1)
    assert app.fitted == Fitted()
    assert app.tuned.items == app.bank.items


def test_fits_grow_with_the_ledger_and_serve_what_is_asked_next(worked):
    fitted = worked.fitted
    assert fitted.forgetting != AVERAGE
    assert fitted.items
    assert all(one.answers >= fitting.ENOUGH for one in fitted.items.values())
    slug = next(iter(fitted.items))
    assert worked.tuned.items[slug].guess == fitted.items[slug].guess
    home = worked.bank.items[slug].home
    asked = worked.practise(home)
    worked.answer_practice(asked.attempt, right(asked))
    fact = worked.progress().facts[0]
    assert fact.guess == worked.tuned.items[fact.slug].guess


def test_the_stored_state_is_the_same_for_every_fit_and_profile(worked):
    with worked.reading() as session:
        stored = ledger.rows(session, worked.fold)
        assert stored == ledger.folded(session, worked.plain)
    read = worked.mastery()
    worked.set_profile({"linear-algebra": "worked"}, "5")
    with worked.reading() as session:
        assert ledger.rows(session, worked.fold) == stored
        assert ledger.folded(session, worked.fold) == stored
    assert worked.mastery() != read


def test_looking_in_steps_or_at_once_is_the_same(worked):
    with worked.reading() as session:
        start = Lookback(worked.plain.name)
        at_once = fitting.look(session, worked.plain, start, None)
        stepwise = fitting.look(session, worked.plain, start, STEP)
        assert stepwise.count == STEP
        stepwise = fitting.look(session, worked.plain, stepwise, None)
    assert at_once.count == 2 * STEP
    assert stepwise.through == at_once.through
    assert stepwise.state == at_once.state
    assert stepwise.reviews == pytest.approx(at_once.reviews)
    assert len(stepwise.answers) == len(at_once.answers)
    for one, other in zip(stepwise.answers, at_once.answers, strict=True):
        assert one.available == pytest.approx(other.available)


def test_rows_of_json_give_it_all_back(worked):
    with worked.reading() as session:
        back = fitting.look(session, worked.plain, Lookback(worked.plain.name), None)
    assert Lookback.of(json.loads(json.dumps(back.row()))) == back
    fitted = worked.fitted
    assert fitting.fitted_of(json.loads(json.dumps(fitting.fitted_row(fitted)))) == fitted


def test_another_machine_comes_to_the_same_numbers(worked, make_app, tmp_path):
    worked.export(tmp_path / "out")
    other = make_app(Settings(home=tmp_path / "other"))
    other.import_(tmp_path / "out")
    assert other.fitted.items.keys() == worked.fitted.items.keys()
    assert other.fitted.forgetting.stability == pytest.approx(worked.fitted.forgetting.stability)
    theirs, ours = other.mastery(), worked.mastery()
    assert all(theirs[s].mean == pytest.approx(ours[s].mean, abs=1e-3) for s in ours)


def test_a_broken_cache_counts_as_none_and_is_made_anew(worked):
    name = worked.plain.name
    for text in ("", "[1]", "{", '{"fold": 1}', json.dumps({"fold": name, "count": "x"})):
        for file in (worked.settings.home / "cache").iterdir():
            file.write_text(text)
        assert worked.fitted == Fitted()
        assert worked._fitted.lookback(name) == Lookback(name)
    assert worked.today().steps
    worked.rebuild()
    assert worked.fitted.items


def test_a_cache_of_another_ledger_is_not_carried_on(worked, clock):
    back = worked._fitted.lookback(worked.plain.name)
    foreign = Lookback(back.fold, back.count, "0" * 28, back.state, back.reviews, back.answers)
    with worked.reading() as session:
        found = fitting.look(session, worked.plain, foreign, None)
    assert found.through == back.through
    assert len(found.answers) == len(back.answers)


def test_a_cache_that_cannot_be_written_costs_nothing(app, clock):
    (app.settings.home / "cache").write_text("a file stands where the folder would be")
    work(app, clock, STEP + 1)
    assert app.fitted == Fitted()
    assert app.progress().total == STEP + 1
