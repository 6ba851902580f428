"""The verbs of placement: begin, resume, answer, stop. None of them commits."""

from __future__ import annotations

from journeyman import asking
from journeyman.core.asking import Answered, Asked
from journeyman.curriculum.loading import LoadedBank
from journeyman.errors import Conflict, NotFound, Unavailable
from journeyman.learner.fold import KnowledgeFold
from journeyman.learner.placement import Placement
from journeyman.learner.state import State
from journeyman.placement import rules
from journeyman.store import attempts, ledger
from journeyman.store.attempts import Sitting
from journeyman.store.session import Session

STOPPED = "You stopped here; what was answered counts."
NO_ITEMS = "The bank has no questions to ask; see the settings page for entries that were left out."


def begin(
    session: Session, bank: LoadedBank, *, questions: int, only: str | None = None
) -> Sitting:
    """Open a sitting, or return the one that is still open.

    Raises:
        NotFound: ``only`` is not a skill.
        Unavailable: there is nothing to ask.
    """
    if only is not None and only not in bank.graph.skills:
        raise NotFound(f"There is no skill {only!r}; `journeyman content list` names them all.")
    items = rules.askable(bank)
    if not items:
        raise Unavailable(NO_ITEMS)
    found = attempts.latest_sitting(session, only)
    if found is not None and found.closed_at is None:
        return found
    return attempts.open_sitting(session, rules.limit(only, questions, items), only)


def next_question(
    session: Session, bank: LoadedBank, fold: KnowledgeFold, sitting: Sitting
) -> Asked | None:
    """The question to put now: the one still open, else the most telling one; None at the end."""
    if sitting.closed_at is not None:
        return None
    asked = attempts.find_attempts(session, sitting=sitting.id)
    for attempt in asked:
        if attempt.state == "open" and (again := asking.ask_again(session, bank, attempt)):
            return again
    done = [attempt.slug for attempt in reversed(asked) if attempt.state == "marked"]
    state = State.from_rows(ledger.rows(session, fold))
    chooser = Placement(fold.model, rules.askable(bank), limit=sitting.most)
    broken: list[str] = []
    while True:
        choice = chooser.next(state, [*done, *broken], session.now, only=sitting.only)
        if choice is None:
            progress = chooser.progress(state, done, session.now, only=sitting.only)
            attempts.close_sitting(session, sitting, progress.stopped or "")
            return None
        try:
            return asking.ask(
                session,
                bank,
                bank.items[choice.item],
                purpose="placement",
                reason=choice.reason,
                sitting=sitting.id,
            )
        except Unavailable:  # a broken generator is our fault: ask something else
            broken.append(choice.item)


def answer(
    session: Session, bank: LoadedBank, fold: KnowledgeFold, attempt_id: str, given: str
) -> Answered:
    """Mark one answer of a sitting.

    Raises:
        Conflict: if the attempt does not belong to a placement.
    """
    attempt = attempts.get_attempt(session, attempt_id)
    if attempt.purpose != "placement":
        raise Conflict("That question was asked in practice; answer it there.")
    return asking.answer(session, bank, fold, attempt_id, given)


def stop(session: Session, sitting: Sitting) -> None:
    """End a sitting early; everything answered counts."""
    attempts.close_sitting(session, sitting, STOPPED)
