"""Puts items to a learner and records the answers: what placement and practice share."""

from __future__ import annotations

from dataclasses import asdict

from journeyman.core.asking import Answered, Asked, Attempt, Purpose, evidence_of_answer
from journeyman.core.fold import Fold
from journeyman.core.identifiers import new_id, new_seed
from journeyman.core.item import Item, Mark, Question
from journeyman.core.marking import mark
from journeyman.curriculum.loading import LoadedBank
from journeyman.curriculum.questions import question
from journeyman.errors import Conflict, Unavailable
from journeyman.store import attempts, ledger
from journeyman.store.session import Session


def ask(
    session: Session,
    bank: LoadedBank,
    item: Item,
    *,
    purpose: Purpose,
    reason: str = "",
    sitting: str | None = None,
) -> Asked:
    """Make a fresh variant of ``item`` and record that it was asked."""
    seed = new_seed()
    made = question(item, bank.folder("item", item.slug), seed)
    attempt = attempts.open_attempt(
        session, item, purpose=purpose, kind="item", seed=seed, reason=reason, sitting=sitting
    )
    return Asked(attempt.id, item, made, reason)


def ask_again(session: Session, bank: LoadedBank, attempt: Attempt) -> Asked | None:
    """The question of an attempt that is still open; None (and closed) if its entry has changed."""
    item = bank.items.get(attempt.slug)
    if item is not None and item.sha256 == attempt.sha256:
        try:
            return Asked(attempt.id, item, variant(bank, attempt), attempt.reason)
        except Unavailable:
            pass
    attempts.close_attempt(session, attempt, "stale", None)
    return None


def variant(bank: LoadedBank, attempt: Attempt) -> Question:
    """The very question that was asked."""
    return question(bank.items[attempt.slug], bank.folder("item", attempt.slug), attempt.seed)


def answer(session: Session, bank: LoadedBank, fold: Fold, attempt_id: str, given: str) -> Answered:
    """Mark an answer and write its evidence, once: a second answer gets the first one's outcome.

    Raises:
        Invalid: the answer cannot be read; it costs nothing.
        Conflict: the entry has changed since it was asked.
        NotFound: there is no such attempt.
    """
    attempt = attempts.get_attempt(session, attempt_id)
    if attempt.state == "marked":
        return outcome(bank, attempt)
    item = bank.items.get(attempt.slug)
    if attempt.state == "stale" or item is None or item.sha256 != attempt.sha256:
        raise Conflict("This question has changed since it was asked; ask for the next one.")
    made = variant(bank, attempt)
    marked = mark(made, given)
    fact = evidence_of_answer(attempt, item, marked, identifier=new_id(session.now), at=session.now)
    if attempts.close_attempt(session, attempt, "marked", asdict(marked), given[:200]):
        ledger.append(session, fact, fold)
    return Answered(attempt.id, item, made, marked, bank.misconceptions.get(marked.misconception))


def outcome(bank: LoadedBank, attempt: Attempt) -> Answered:
    """What an answered attempt came to.

    Raises:
        Conflict: if its entry is gone or has changed, so that the question cannot be shown again.
    """
    item = bank.items.get(attempt.slug)
    if item is None or item.sha256 != attempt.sha256 or attempt.result is None:
        raise Conflict("This question has changed since it was answered; its evidence stands.")
    marked = Mark(**attempt.result)
    misconception = bank.misconceptions.get(marked.misconception)
    return Answered(attempt.id, item, variant(bank, attempt), marked, misconception)
