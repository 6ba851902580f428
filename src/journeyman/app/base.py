"""What every part of the application stands on: settings, record, bank, learner model, sandbox."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from journeyman.app.fitted import FittedFile
from journeyman.core.identifiers import now
from journeyman.curriculum import builtin
from journeyman.curriculum.loading import LoadedBank, load
from journeyman.engine import FairExecutor
from journeyman.learner.items import with_parameters
from journeyman.learner.knowledge import KnowledgeModel
from journeyman.settings import Settings
from journeyman.store import attempts
from journeyman.store.attempts import Learner
from journeyman.store.database import Database
from journeyman.store.session import Session
from journeyman.study import fitting
from journeyman.study.fitting import Fitted
from journeyman.study.goals import Profile, minutes_of, profile_of
from journeyman.study.remembering import RememberingFold

if TYPE_CHECKING:
    from journeyman.learner.memory import Forgetting
    from journeyman.sandbox import Sandbox


class Base:
    """Settings become database, bank, model and sandbox.

    Args:
        settings: Where things are.
        clock: Reads the present instant; tests hand in their own.
    """

    def __init__(self, settings: Settings, clock: Callable[[], datetime] = now) -> None:
        self.settings = settings
        self.clock = clock
        self.database = Database(settings.url)
        self._learner = self._first_learner()
        self._fitted = FittedFile(settings.home.expanduser() / "cache", self._learner.id)
        self._fold: tuple[tuple[Profile, Forgetting], RememberingFold] | None = None
        self._tuned: tuple[Fitted, LoadedBank] | None = None
        self._grading: set[str] = set()  # attempts that this process is grading now

    def _first_learner(self) -> Learner:
        with self.database.reading() as db:
            found = attempts.local_learner(db)
        if found is not None:
            return found
        with self.database.writing() as db:  # looked up again: two processes may start at once
            return attempts.local_learner(db) or attempts.add_learner(db, self.clock())

    @cached_property
    def bank(self) -> LoadedBank:
        """The curriculum, loaded once; broken entries are left out and named in ``faults``."""
        return load(builtin.path(), *self.settings.curriculum)

    @cached_property
    def plain(self) -> RememberingFold:
        """The learner model over the bank's graph, the same for everybody."""
        return RememberingFold(KnowledgeModel(self.bank.graph))

    @property
    def fold(self) -> RememberingFold:
        """The learner model as it reads this learner: with profile and fitted forgetting.

        What it stores is what :attr:`plain` stores; only what is read from that differs.
        """
        profile = profile_of(self._learner.preferences)
        key = profile, self.fitted.forgetting
        if self._fold is None or self._fold[0] != key:
            model = KnowledgeModel(
                self.bank.graph, profile=profile.said, years=profile.years, forgetting=key[1]
            )
            self._fold = key, RememberingFold(model)
        return self._fold[1]

    @property
    def fitted(self) -> Fitted:
        """What this installation's evidence told so far; declared and average values before."""
        return self._fitted.read(self.plain.name).fitted

    @property
    def tuned(self) -> LoadedBank:
        """The bank with the items' fitted parameters: what is asked from it is chosen by them.

        A fact keeps the parameters with which it was asked, so the ledger folds as before.
        """
        fitted = self.fitted
        if not fitted.items:
            return self.bank
        if self._tuned is None or self._tuned[0] is not fitted:
            items = {s: with_parameters(i, fitted.items) for s, i in self.bank.items.items()}
            self._tuned = fitted, replace(self.bank, items=items)
        return self._tuned[1]

    @property
    def _minutes(self) -> int:
        return minutes_of(self._learner.preferences, self.settings.minutes)

    def _grown(self, *, everything: bool = False) -> None:
        """Fit anew if the ledger has grown enough since the last time.

        Args:
            everything: Look at all facts, however many; otherwise at some after each answer.
        """
        name = self.plain.name
        with self.reading() as session:
            if not everything and not fitting.due(session, self._fitted.read(name).count):
                return
            back = self._fitted.lookback(name)
            most = None if everything else fitting.AT_ONCE
            looked = fitting.look(session, self.plain, back, most)
        if looked is not back:
            # Numbers that cannot be fitted are no reason to fail an answer that is recorded.
            with suppress(ArithmeticError, ValueError):
                self._fitted.write(looked, fitting.fit(looked, self.bank.items))

    @cached_property
    def sandbox(self) -> Sandbox:
        """The grading engine; nothing heavy starts before the first submission."""
        from journeyman.sandbox import Sandbox  # noqa: PLC0415 - many commands never grade

        return Sandbox(idle_seconds=self.settings.sandbox_idle_seconds)

    @cached_property
    def queue(self) -> FairExecutor:
        """Where gradings wait their turn: as many at once as there are cores."""
        return FairExecutor()

    def close(self) -> None:
        """Stop the grading processes and give the database back."""
        if "sandbox" in self.__dict__:
            self.sandbox.close()  # first: a grading that runs ends now and is not waited for
        if "queue" in self.__dict__:
            self.queue.shutdown(cancel_futures=True)
        self.database.close()

    @property
    def learner(self) -> Learner:
        """The person whose record this is, as stored now: another process may have changed it."""
        with self.reading():
            return self._learner

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction on this learner's record; the learner is read anew."""
        with self.database.writing() as db:
            session = Session(db, self._learner.id, self.clock())
            self._learner = attempts.own_learner(session)
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """The same, to look only."""
        with self.database.reading() as db:
            session = Session(db, self._learner.id, self.clock())
            self._learner = attempts.own_learner(session)
            yield session
