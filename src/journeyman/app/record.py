"""The record as a whole: export, import, the person, and the machine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from journeyman.app.base import Base
from journeyman.core.bank import Fault
from journeyman.core.mastery import Mastery
from journeyman.errors import Invalid
from journeyman.store import attempts, exporting, importing, ledger
from journeyman.store.attempts import Learner
from journeyman.study import goals, service
from journeyman.study import queries as study

if TYPE_CHECKING:
    from journeyman.sandbox import Isolation

LONGEST_NAME = 120


class Record(Base):
    """What is done with everything at once."""

    def export(self, out: Path) -> Path:
        """Write the whole record into the folder ``out``: JSON Lines and the sources."""
        with self.reading() as session:
            return exporting.export(session, out)

    def import_(self, source: Path) -> importing.Imported:
        """Merge an export into this record; all of it or nothing."""
        lines = importing.read(source)
        with self.writing() as session:
            done = importing.merge(session, lines, self.plain)
        self._grown(everything=True)
        return done

    def rebuild(self) -> dict[str, Mastery]:
        """Fold the ledger anew and keep the result; fit items and forgetting to all of it."""
        with self.writing() as session:
            ledger.rebuild(session, self.plain)
        self._grown(everything=True)
        with self.reading() as session:
            return study.mastery_of(session, self.fold)

    # The person and the machine

    @property
    def minutes(self) -> int:
        """Minutes a day that the plan is sized to where no goal says otherwise."""
        return goals.minutes_of(self.learner.preferences, self.settings.minutes)

    @property
    def keys(self) -> bool:
        """Whether the keys 1 to 9 choose an option."""
        return goals.keys_of(self.learner.preferences)

    def change(
        self, *, name: str | None = None, minutes: int | None = None, keys: bool | None = None
    ) -> Learner:
        """Change the learner's name, daily minutes, or whether number keys choose."""
        given: dict[str, Any] = {"minutes": minutes, "keys": keys}
        given = {key: value for key, value in given.items() if value is not None}
        if name is not None and (
            not name.strip() or len(name.strip()) > LONGEST_NAME or not name.isprintable()
        ):
            raise Invalid(f"A name is one line of 1 to {LONGEST_NAME} characters.")
        if minutes is not None and not 5 <= minutes <= 600:
            raise Invalid("The plan takes 5 to 600 minutes a day.")
        with self.writing() as session:
            if name is not None:
                attempts.change_learner(session, name=name.strip())
            if given:
                service.prefer(session, **given)
        return self.learner

    def isolation(self) -> Isolation:
        """How strongly submitted code is confined on this machine."""
        return self.sandbox.isolation()

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Entries of the bank that were left out, and why."""
        return self.bank.faults
