"""The verbs of practice: ask and answer. None of them commits."""

from __future__ import annotations

from journeyman import asking
from journeyman.core.asking import Answered, Asked
from journeyman.core.item import Item
from journeyman.curriculum.loading import LoadedBank
from journeyman.errors import Conflict, NotFound, Unavailable
from journeyman.learner.fold import KnowledgeFold
from journeyman.learner.state import State
from journeyman.practice import rules
from journeyman.store import attempts, ledger
from journeyman.store.session import Session


def ask(session: Session, bank: LoadedBank, fold: KnowledgeFold, skill: str) -> Asked:
    """A fresh variant for ``skill``: the question still open, else the most useful one.

    Raises:
        NotFound: there is no such skill, or nothing to practise it with.
        Unavailable: every item of the skill is broken.
    """
    if skill not in bank.graph.skills:
        raise NotFound(f"There is no skill {skill!r}; `journeyman content list` names them all.")
    items = rules.items_for(bank, skill)
    if not items:
        raise NotFound(f"There is nothing to practise {skill!r} with yet.")
    return _open(session, bank, items) or _fresh(session, bank, fold, skill, items)


def _open(session: Session, bank: LoadedBank, items: tuple[Item, ...]) -> Asked | None:
    slugs = {item.slug for item in items}
    for attempt in attempts.find_attempts(session, kind="item", purpose="practice", state="open"):
        if attempt.slug in slugs and (again := asking.ask_again(session, bank, attempt)):
            return again
    return None


def _fresh(
    session: Session, bank: LoadedBank, fold: KnowledgeFold, skill: str, items: tuple[Item, ...]
) -> Asked:
    state = State.from_rows(ledger.rows(session, fold))
    chances = {
        item.slug: fold.model.predict(
            state,
            item.skills,
            guess=item.guess,
            slip=item.slip,
            difficulty=item.difficulty,
            at=session.now,
        ).p
        for item in items
    }
    recent = attempts.find_attempts(session, kind="item", purpose="practice", most=1)
    times = attempts.times_asked(session)
    left = list(items)
    while left:
        item = rules.choose(left, chances, times, recent[0].slug if recent else "", skill)
        try:
            return asking.ask(session, bank, item, purpose="practice")
        except Unavailable:  # a broken generator is our fault: serve something else
            left.remove(item)
    raise Unavailable(f"No question for {skill!r} could be made; nothing is counted.")


def answer(
    session: Session, bank: LoadedBank, fold: KnowledgeFold, attempt_id: str, given: str
) -> Answered:
    """Mark one practice answer.

    Raises:
        Conflict: if the attempt belongs to a placement.
    """
    if attempts.get_attempt(session, attempt_id).purpose != "practice":
        raise Conflict("That question was asked in placement; answer it there.")
    return asking.answer(session, bank, fold, attempt_id, given)
