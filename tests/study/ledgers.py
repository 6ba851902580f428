"""Puts answers straight into the ledger, where a test is not about asking."""

from journeyman.core.asking import evidence_of_answer
from journeyman.core.identifiers import new_id
from journeyman.core.item import Mark
from journeyman.store import attempts, ledger


def put(app, clock, answers, days=0.0):
    """Record ``(skill, score)`` answers on the first item of each skill, some days apart."""
    facts = []
    with app.writing() as session:
        for skill, score in answers:
            clock.pass_days(days)
            item, at = app.bank.items_of[skill][0], clock()
            attempt = attempts.open_attempt(session, item, purpose="practice", kind="item", seed=1)
            mark = Mark(float(score))
            facts.append(evidence_of_answer(attempt, item, mark, identifier=new_id(at), at=at))
        ledger.add_all(session, facts, app.plain)
    app._grown()
