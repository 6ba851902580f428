"""What every part of competitions stands on: catalogue, data, labels, house field, record."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from journeyman.competitions import standing
from journeyman.competitions.entry import Competition, catalogue
from journeyman.competitions.home import Home
from journeyman.curriculum import builtin
from journeyman.curriculum.catalogue import Catalogue

if TYPE_CHECKING:
    from journeyman.app.root import App
    from journeyman.competitions.arena import Arena
    from journeyman.competitions.home import Solution
    from journeyman.competitions.house_field import Rung
    from journeyman.scoring.metric import Numbers

Progress = Callable[[Any], None]
Tell = Callable[[str], None]
Cancel = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Watch:
    """Who looks on while something long is done, and may stop it.

    Attributes:
        tell: Called with what is done now, in words.
        cancel: Asked often; True ends the work with ``Stopped``.
        closing: Whether it is stopped because the program ends, to be taken up at the next start.
        opened: Called with the sandbox that runs code, so that it can be closed from outside.
    """

    tell: Tell = lambda _: None
    cancel: Cancel = lambda: False
    closing: Cancel = lambda: False
    opened: Callable[[Arena], None] = lambda _: None


ALONE = Watch()
"""Nobody looks on."""


class Ground:
    """The catalogue, the folders and the record.

    Args:
        app: The application: its record, its learner and its clock.
        roots: Banks to look for competitions in; the built-in one and those of the settings by
            default.
    """

    def __init__(self, app: App, roots: Sequence[Path] = ()) -> None:
        self.app = app
        self.roots = tuple(roots) or (builtin.path(), *app.settings.curriculum)
        self.folder = app.settings.home.expanduser() / "competitions"
        self._constants: dict[str, tuple[str, Rung]] = {}

    @property
    def _model(self) -> standing.Model:
        return standing.Model(self.app.fold, self.app.bank.graph.skills)

    @property
    def catalogue(self) -> Catalogue[Competition]:
        """Every competition there is, read anew, because one may have been got meanwhile."""
        return catalogue(self.roots, self.folder)

    def entry(self, slug: str) -> Competition:
        """One competition."""
        return self.catalogue.find(slug)

    def home(self, slug: str) -> Home:
        """Where its data lie, whether they are there or not."""
        return Home(self.folder / slug)

    def solution(self, competition: Competition, password: str | None = None) -> Solution | None:
        """The labels; None where they are sealed and no password was given."""
        from journeyman.competitions import preparing, sharing  # noqa: PLC0415 - brings pandas

        home = self.home(competition.slug)
        if competition.rules is not None:
            from journeyman.competitions import policy  # noqa: PLC0415

            return policy.solution(competition.rules)
        home.require(competition)
        if preparing.is_open(home):
            return home.solution(competition)
        if password is None:
            return None
        return sharing.unseal(competition, home, password)

    def _rungs(self, competition: Competition, solution: Solution | None) -> list[Rung]:
        from journeyman.competitions import house_field  # noqa: PLC0415 - brings pandas

        home = self.home(competition.slug)
        found = house_field.field(competition, home)
        if (
            solution is not None
            and competition.rules is None
            and not any(one.name == "dummy" for one in found)
        ):
            found.insert(0, self._constant(competition, solution))
        return found

    def _judges(self, competition: Competition, solution: Solution | None) -> list[Rung]:
        """The house field once it is whole, else nothing: medals and evidence go by all of it.

        To be ahead of half a field says nothing about the other half.
        """
        from journeyman.competitions import house_field  # noqa: PLC0415 - brings pandas

        if house_field.stale(competition, self.home(competition.slug)):
            return []
        return self._rungs(competition, solution)

    def _constant(self, competition: Competition, solution: Solution) -> Rung:
        """The baseline without a model, scored once for as long as the data stay the same."""
        from journeyman.competitions import house_field  # noqa: PLC0415 - brings pandas

        home = self.home(competition.slug)
        key = competition.sha256 + json.dumps(home.prepared, sort_keys=True)
        kept = self._constants.get(competition.slug)
        if kept is None or kept[0] != key:
            kept = key, house_field.constant(competition, home, solution)
            self._constants[competition.slug] = kept
        return kept[1]

    def _run_field(
        self,
        competition: Competition,
        solution: Solution,
        names: Sequence[str] = (),
        *,
        again: bool = False,
        watch: Watch = ALONE,
    ) -> None:
        """Run the baselines that were not run yet on these data, or all that are named."""
        from journeyman.competitions import house_field  # noqa: PLC0415 - brings pandas

        home = self.home(competition.slug)
        produce = house_field.produce_in_process(competition, home, solution, watch.cancel)
        if competition.rules is not None:
            produce = self._play_rung(competition, watch)
        house_field.run(
            competition, home, solution, produce, names=names, again=again, tell=watch.tell
        )

    def _play_rung(self, competition: Competition, watch: Watch) -> Callable[[Path], Any]:
        import time  # noqa: PLC0415 - beside its only use

        from journeyman.competitions import policy  # noqa: PLC0415

        def produce(file: Path) -> tuple[Numbers, dict[str, float]]:
            started = time.perf_counter()
            with self._arena(watch) as arena:
                returns = policy.play(arena, competition, file.read_text("utf-8"))
            return returns, {"seconds": round(time.perf_counter() - started, 3), "peak_mb": 0.0}

        return produce

    @contextmanager
    def _arena(self, watch: Watch = ALONE) -> Iterator[Arena]:
        from journeyman.competitions.arena import Arena  # noqa: PLC0415 - starts processes

        arena = Arena(idle_seconds=self.app.settings.sandbox_idle_seconds)
        watch.opened(arena)
        try:
            yield arena
        finally:
            arena.close()
