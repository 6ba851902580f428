"""Competitions as the faces call them: a transaction for each verb, scoring outside of them."""

from __future__ import annotations

from functools import cached_property

from journeyman.app.competing.boards import Boards
from journeyman.app.competing.getting import Getting
from journeyman.app.competing.submitting import Submitted
from journeyman.app.competing.works import Works
from journeyman.competitions import queries
from journeyman.competitions.queries import CompetitionLine

__all__ = ["Competitions", "Submitted"]


class Competitions(Getting, Boards):
    """The competitions of one application.

    Args:
        app: The application: its record, its learner and its clock.
        roots: Banks to look for competitions in; the built-in one and those of the settings by
            default.
    """

    def lines(self) -> tuple[CompetitionLine, ...]:
        """Every competition with where the learner stands."""
        found = list(self.catalogue.entries.values())
        homes = {one.slug: self.home(one.slug) for one in found}
        with self.app.reading() as session:
            return queries.lines(session, found, homes)

    @cached_property
    def works(self) -> Works:
        """Long work that is done while pages are looked at."""
        return Works(self)

    def stop(self) -> None:
        """End long work because the program ends; it is taken up again when asked."""
        if "works" in self.__dict__:
            self.works.close()
