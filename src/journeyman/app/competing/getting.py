"""Getting a competition's data, running its house field, and making one of one's own."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from journeyman.app.competing.ground import ALONE, Cancel, Ground, Progress, Tell, Watch
from journeyman.competitions import service
from journeyman.competitions.entry import FILE, Competition
from journeyman.competitions.home import Home
from journeyman.errors import Forbidden, NotFound

if TYPE_CHECKING:
    from journeyman.competitions.house_field import Rung
    from journeyman.competitions.making import Made, Wishes


class Getting(Ground):
    """From the data to the field that one competes with."""

    def get(
        self,
        name: str,
        progress: Progress | None = None,
        archives: Sequence[Path] = (),
        cancel: Cancel | None = None,
    ) -> Home:
        """Get a competition's data, from its data set or from a shared folder.

        Args:
            name: A slug, or a folder that holds a ``competition.toml``.
            progress: Called with each step of a download.
            archives: Folders with archives that are looked at before the network, besides those
                of the settings.
            cancel: Asked often; True ends the download with ``Stopped``.
        """
        from journeyman.competitions import preparing, sharing  # noqa: PLC0415 - brings pandas

        if (Path(name) / FILE).is_file():
            competition = sharing.take(Path(name), self.folder)
        elif {"/", os.sep} & set(name):
            raise NotFound(f"{name} holds no {FILE}; name a competition, or a folder with one.")
        else:
            competition = self.entry(name)
        home = self.home(competition.slug)
        if competition.rules is None:
            known = (*archives, *self.app.settings.data_archives)
            preparing.prepare(
                competition, home, lambda: self._tables(competition, progress, known, cancel)
            )
        with self.app.writing() as session:
            service.join(session, competition)
        return home

    def _tables(
        self,
        competition: Competition,
        progress: Progress | None,
        archives: Sequence[Path],
        cancel: Cancel | None,
    ) -> dict[str, Any]:
        if not competition.dataset:
            return {}
        from journeyman import data  # noqa: PLC0415 - brings a web client

        place = self.app.settings.home.expanduser() / "data"
        banks = self.app.settings.curriculum
        folder = data.fetch(
            competition.dataset, place, progress, cancel, archives=archives, roots=banks
        )
        return data.tables(folder)

    def download_bytes(self, competition: Competition) -> int:
        """About how many bytes getting it downloads; 0 where nothing is, or nobody knows."""
        if not competition.dataset:
            return 0
        from journeyman import data  # noqa: PLC0415 - brings a web client

        return data.find(competition.dataset, self.app.settings.curriculum).download_bytes

    def baseline(
        self,
        slug: str,
        names: Sequence[str] = (),
        *,
        again: bool = False,
        tell: Tell | None = None,
        watch: Watch = ALONE,
    ) -> tuple[Rung, ...]:
        """Run baselines that were not run yet; returns the field as far as it is run."""
        competition = self.entry(slug)
        solution = self.solution(competition)
        if solution is None:
            raise Forbidden("The labels are sealed; only their host can run the house field.")
        self._run_field(
            competition, solution, names, again=again, watch=replace(watch, tell=tell or watch.tell)
        )
        return tuple(self._rungs(competition, solution))

    def stale(self, slug: str) -> tuple[str, ...]:
        """The baselines that were not run on these data yet, by name."""
        from journeyman.competitions import house_field  # noqa: PLC0415 - brings pandas

        return tuple(file.stem for file in house_field.stale(self.entry(slug), self.home(slug)))

    def new(self, folder: Path, file: Path, wishes: Wishes) -> Made:
        """Make a competition from a table, and take part in it as its host."""
        from journeyman.competitions import making  # noqa: PLC0415 - brings pandas

        return making.make(folder, file, wishes, self.folder)
