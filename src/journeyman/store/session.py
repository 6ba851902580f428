"""A session: one open transaction, the learner that it is about, and one reading of the clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa


@dataclass(frozen=True, slots=True)
class Session:
    """What every verb of a feature is handed. A verb never commits; whoever opened it does.

    Attributes:
        db: The connection, inside a transaction.
        learner: Identifier of the learner.
        now: The instant that everything in this transaction is stamped with.
    """

    db: sa.Connection
    learner: str
    now: datetime
