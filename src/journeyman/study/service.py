"""The verbs of study: keep what the learner prefers. None of them commits."""

from __future__ import annotations

from typing import Any

from journeyman.store import attempts
from journeyman.store.session import Session


def prefer(session: Session, **given: Any) -> None:
    """Keep preferences beside those there are; None takes one back.

    They are read inside the transaction that writes them, so that a page and a command that change
    different ones at the same time both count.
    """
    now = {**attempts.own_learner(session).preferences, **given}
    kept = {name: value for name, value in now.items() if value is not None}
    attempts.change_learner(session, preferences=kept)
