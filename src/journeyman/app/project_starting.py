"""Projects as the faces call them, first part: starting them and finding them again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from journeyman.curriculum import builtin
from journeyman.curriculum.catalogue import Catalogue
from journeyman.errors import Conflict
from journeyman.projects import declared, queries, service
from journeyman.projects.declared import Declared
from journeyman.projects.entry import Project, catalogue
from journeyman.projects.queries import ProjectLine
from journeyman.projects.runs import Run, Runs
from journeyman.scoring import registry
from journeyman.store import building
from journeyman.store.building import Built

if TYPE_CHECKING:
    from journeyman.app.root import App
    from journeyman.projects.fresh import Fresh, Own


@dataclass(frozen=True)
class Status:
    """Where a project stands.

    Attributes:
        line: As in the list of projects.
        entry: The guided project; None for one of the learner's own.
        code: Commit and changes, for a person.
        next_step: What to do next, one sentence.
    """

    line: ProjectLine
    entry: Project | None
    declared: Declared
    folder: Path
    code: str
    runs: tuple[Run, ...]
    checked: dict[str, Any] | None
    reproduced: dict[str, Any] | None
    submitted: dict[str, Any] | None
    next_step: str


@dataclass(frozen=True)
class Page:
    """One project as a page shows it.

    Attributes:
        runs: Those that lie in its folder now.
        metric: The title of the metric that it is asked for; empty where nobody asks.
        next_step: What to do next, one sentence; empty where it was not started.
    """

    line: ProjectLine
    entry: Project | None
    built: Built | None
    runs: tuple[Run, ...]
    metric: str
    next_step: str


class Started:
    """Starting projects, and finding them again.

    Args:
        app: The application: its record, its learner and its clock.
        roots: Banks to look for guided projects in; the built-in one and those of the settings by
            default.
    """

    def __init__(self, app: App, roots: Sequence[Path] = ()) -> None:
        self.app = app
        self.roots = tuple(roots) or (builtin.path(), *app.settings.curriculum)
        self.home = app.settings.home.expanduser() / "projects"

    @property
    def _banks(self) -> tuple[Path, ...]:
        """Banks besides the built-in one, which data sets are looked for in anyway."""
        return tuple(root for root in self.roots if root != builtin.path())

    @property
    def catalogue(self) -> Catalogue[Project]:
        """Every guided project."""
        return catalogue(self.roots)

    def lines(self) -> tuple[ProjectLine, ...]:
        """Every guided project and every one of the learner's own, with where each stands."""
        entries = tuple(self.catalogue.entries.values())
        with self.app.reading() as session:
            return queries.lines(session, entries)

    def entry(self, slug: str) -> Project:
        """One guided project."""
        return self.catalogue.find(slug)

    def built(self, slug: str) -> Built | None:
        """What the record holds of a project."""
        with self.app.reading() as session:
            return building.find(session, slug)

    # Starting

    def new(
        self,
        slug: str,
        folder: Path,
        progress: Callable[[Any], None] | None = None,
        *,
        archives: Sequence[Path] | None = None,
        reference: bool = False,
    ) -> Fresh:
        """Start a guided project in ``folder``.

        Args:
            slug: Which one.
            folder: Does not exist yet, or is empty.
            progress: Called with each step of a download.
            archives: Folders with archives that are looked at before the network.
            reference: Begin with the reference solution instead of the first stubs.
        """
        from journeyman import data  # noqa: PLC0415 - brings pandas
        from journeyman.projects import fresh, starting  # noqa: PLC0415

        entry = self.entry(slug)
        folder = folder.expanduser().absolute()
        starting.require_empty(folder)
        place = self.app.settings.home.expanduser() / "data"
        banks = self._banks
        tables = data.tables(
            data.fetch(entry.dataset, place, progress, archives=archives, roots=banks)
        )
        licence = data.find(entry.dataset, banks).licence
        wanted = fresh.Guided(entry, licence, reference=reference)
        return self._started(fresh.guided(folder, wanted, tables, self._room(entry.slug)))

    def new_own(self, folder: Path, own: Own) -> Fresh:
        """Start a project with data of the learner's own.

        Raises:
            Conflict: there is a project of that name already.
        """
        from journeyman.projects import fresh, starting  # noqa: PLC0415 - brings pandas

        folder = folder.expanduser().absolute()
        starting.require_empty(folder)
        slug = own.slug or declared.slug_of(folder.name)
        if slug in self.catalogue.entries or self.built(slug) is not None:
            raise Conflict(
                f"There is a project {slug!r} already; give this one another name with --slug."
            )
        return self._started(fresh.own(folder, slug, own, self._room(slug)))

    def bring_data(self, start: Path, progress: Callable[[Any], None] | None = None) -> int:
        """Get a guided project's data again, without the rows that are kept back.

        Returns:
            How many rows the main table has.
        """
        from journeyman import data  # noqa: PLC0415 - brings pandas
        from journeyman.projects import fresh  # noqa: PLC0415

        _, said = self.locate(start)
        folder = declared.find(start)
        entry = self.entry(said.project.slug)
        place = self.app.settings.home.expanduser() / "data"
        tables = data.tables(data.fetch(entry.dataset, place, progress, roots=self._banks))
        room = self._room(entry.slug)
        return fresh.bring_back(folder, said.data.table, entry, tables, room)

    def _room(self, slug: str) -> Any:
        from journeyman.projects.fresh import Room  # noqa: PLC0415

        built = self.built(slug)
        return Room(self.home / slug / "holdout", self.app.learner.name, built)

    def _started(self, found: Fresh) -> Fresh:
        with self.app.writing() as session:
            service.start(
                session,
                found.slug,
                version=found.version,
                sha256=found.sha256,
                title=found.title,
                folder=str(found.folder),
                holdout=found.holdout,
            )
        return found

    # Looking

    def locate(self, start: Path) -> tuple[Path, Declared]:
        """The project that ``start`` is in, which the record then knows to lie there.

        Raises:
            NotFound: it is in none. Invalid: its ``journeyman.toml`` is broken.
        """
        folder = declared.find(start.expanduser())
        said = declared.read(folder)
        built = self.built(said.project.slug)
        if built is not None and built.folder != str(folder) and not Path(built.folder).is_dir():
            with self.app.writing() as session:
                service.move(session, said.project.slug, str(folder))
        return folder, said

    def status(self, start: Path) -> Status:
        """Where the project in ``start`` stands."""
        from journeyman.projects import git  # noqa: PLC0415

        folder, said = self.locate(start)
        built = self.built(said.project.slug)
        entry = self.catalogue.entries.get(said.project.slug)
        runs = Runs(folder).all()
        checked = dict(built.checked) if built and built.checked else None
        reproduced = dict(built.reproduced) if built and built.reproduced else None
        submitted = dict(built.submitted) if built and built.submitted else None
        return Status(
            queries.line(entry, built), entry, said, folder, git.code_of(folder).told, runs,
            checked, reproduced, submitted,
            queries.next_step(runs, checked, reproduced, submitted, known=built is not None),
        )  # fmt: skip

    def page(self, slug: str) -> Page:
        """Everything that a page shows of one project.

        Raises:
            NotFound: neither the bank nor the record knows it.
        """
        entry = self.catalogue.entries.get(slug)
        built = self.built(slug)
        if entry is None and built is None:
            entry = self.entry(slug)  # says which there are
        runs: tuple[Run, ...] = ()
        if built is not None and Path(built.folder).is_dir():
            runs = Runs(Path(built.folder)).all()
        metric = registry.get(entry.metric).title if entry else ""
        line = queries.line(entry, built)
        step = ""
        if built is not None and line.standing != "moved":
            step = queries.next_step(
                runs, built.checked, built.reproduced, built.submitted, known=True
            )
        return Page(line, entry, built, runs, metric, step)
