"""The one composition root: settings become database, bank, model and sandbox.

The three faces (web, command line, notebook) call the methods of :class:`App` and nothing else.
Each method opens one transaction, calls the verbs of one feature, and commits once; work for the
sandbox starts after the commit, so that what a learner handed in is safe before it is run.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from journeyman.app.exercises import Exercises
from journeyman.app.questions import Questions, Sat
from journeyman.app.record import Record
from journeyman.app.study import Study

if TYPE_CHECKING:
    from journeyman.app.competitions import Competitions
    from journeyman.app.projects import Projects
    from journeyman.app.proof import Proof
    from journeyman.app.publishing import Publishing

__all__ = ["App", "Sat"]


class App(Questions, Exercises, Study, Record):
    """Everything that Journeyman does for one local learner.

    Each of its parts stands in a module of its own beside this one, over the same
    :class:`journeyman.app.base.Base`: a feature that is added brings its part along.
    """

    @cached_property
    def competitions(self) -> Competitions:
        """Everything on competitions."""
        from journeyman.app.competitions import Competitions  # noqa: PLC0415 - brings scikit-learn

        return Competitions(self)

    def close(self) -> None:
        """End what is under way and give the database back."""
        if "competitions" in self.__dict__:
            self.competitions.stop()
        super().close()

    @cached_property
    def proof(self) -> Proof:
        """Everything on keys, claims and credentials."""
        from journeyman.app.proof import Proof  # noqa: PLC0415 - brings cryptography

        return Proof(self)

    @cached_property
    def projects(self) -> Projects:
        """Everything on projects."""
        from journeyman.app.projects import Projects  # noqa: PLC0415 - few commands need it

        return Projects(self)

    @cached_property
    def publishing(self) -> Publishing:
        """Everything on the portfolio."""
        from journeyman.app.publishing import Publishing  # noqa: PLC0415 - brings the renderer

        return Publishing(self)
