"""The ledger only grows, and mastery is a cache that can be rebuilt from it."""

import random
from dataclasses import replace

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from journeyman.core.evidence import Evidence
from journeyman.core.identifiers import new_id
from journeyman.errors import Unavailable
from journeyman.store import ledger
from tests.answers import right, wrong


def some_activity(app, clock, steps=25, seed=0):
    rng = random.Random(seed)
    skills = [slug for slug, items in app.bank.items_of.items() if items]
    for step in range(steps):
        asked = app.practise(rng.choice(skills))
        choice = rng.random()
        given = "dont-know" if choice < 0.2 else right(asked) if choice < 0.7 else wrong(asked)
        app.answer_practice(asked.attempt, given)
        if step % 7 == 3:
            app.check("euclidean-distances", f"# {step}\n{'right' if step % 2 else 'no'}")
            clock.pass_days(rng.random() * 5)


def test_rebuilding_from_the_ledger_equals_what_is_stored(app, clock):
    some_activity(app, clock)
    with app.reading() as session:
        stored = ledger.rows(session, app.fold)
        assert ledger.folded(session, app.fold) == stored
    app.rebuild()
    with app.reading() as session:
        assert ledger.rows(session, app.fold) == stored


def test_a_lost_cache_is_rebuilt(app, clock):
    some_activity(app, clock, steps=6)
    with app.reading() as session:
        stored = ledger.rows(session, app.fold)
    with app.database.writing() as db:
        db.execute(sa.text("DELETE FROM mastery"))
    with app.reading() as session:
        assert ledger.rows(session, app.fold) == stored
    some_activity(app, clock, steps=1, seed=5)
    with app.reading() as session:
        assert ledger.rows(session, app.fold) == ledger.folded(session, app.fold)


def test_state_of_another_model_is_not_used(app, clock):
    some_activity(app, clock, steps=4)
    with app.database.writing() as db:
        db.execute(sa.text("UPDATE mastery SET fold = 'older', rows = '{}'"))
    with app.reading() as session:
        assert ledger.rows(session, app.fold) == ledger.folded(session, app.fold)


@pytest.mark.parametrize("statement", ["DELETE FROM evidence", "UPDATE evidence SET score = 1"])
def test_the_database_itself_refuses_to_change_the_ledger(app, clock, statement):
    some_activity(app, clock, steps=2)
    with (
        pytest.raises((IntegrityError, Unavailable), match="only grows"),
        app.database.writing() as db,
    ):
        db.execute(sa.text(statement))
    assert app.progress().total == 2


def test_a_fact_that_arrives_late_is_folded_in_its_place(app, clock):
    some_activity(app, clock, steps=5)
    with app.writing() as session:
        facts = list(ledger.history(session))
        late = replace(facts[0], id=new_id(facts[0].at), at=facts[1].at, score=1.0 - facts[0].score)
        ledger.append(session, late, app.fold)
    with app.reading() as session:
        assert [f.id for f in ledger.history(session)].index(late.id) < 5
        assert ledger.rows(session, app.fold) == ledger.folded(session, app.fold)


def test_evidence_on_a_skill_that_is_gone_breaks_nothing(app, clock):
    with app.writing() as session:
        fact = Evidence(
            new_id(session.now), session.learner, session.now, "practice", "answered", "item",
            "gone", 1, "0" * 64, 1, {"no-such-skill": 1.0}, 1.0,
        )  # fmt: skip
        ledger.append(session, fact, app.fold)
    assert len(app.mastery()) == len(app.bank.graph.skills)
    assert app.progress().total == 1
