"""Projects as the faces call them: runs and checks outside of any transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from journeyman.app.project_starting import Page, Started, Status
from journeyman.errors import Invalid, NotFound
from journeyman.projects import declared, rules, service, stages
from journeyman.projects.runs import Run, Runs

if TYPE_CHECKING:
    from journeyman.audit import Report
    from journeyman.delivery import Exported
    from journeyman.projects.charts import Drawn
    from journeyman.projects.checking import Checked
    from journeyman.projects.comparing import Compared
    from journeyman.projects.evaluating import Evaluation, Wanted
    from journeyman.projects.explaining import Explained
    from journeyman.projects.final import Final
    from journeyman.projects.handing import Submitted
    from journeyman.projects.reproducing import Rerun
    from journeyman.projects.running import Wish
    from journeyman.projects.watching import Seen


__all__ = ["Page", "Projects", "Status"]


class Projects(Started):
    """The projects of one application."""

    def audit(self, start: Path) -> Report:
        """Look the project's main table over."""
        from journeyman.audit import Table, audit  # noqa: PLC0415 - brings pandas
        from journeyman.projects.checking import table_of  # noqa: PLC0415
        from journeyman.projects.running import data_folder  # noqa: PLC0415

        folder, said = self.locate(start)
        place = data_folder(folder, said)
        table = table_of(folder, said)
        if table is None:
            raise Invalid(
                f"There is no table in {place} that can be audited; name it under [data] in "
                "journeyman.toml, or use `journeyman audit FILE`."
            )
        target = said.project.target if said.project.target in table else ""
        return audit(Table(table, said.data.table or place.name, len(table)), target=target)

    def check(self, start: Path) -> Checked:
        """Check method and repository, and keep what was found.

        Of a folder that is in no project the method alone is checked, and nothing is kept.
        """
        from journeyman.projects.checking import check, check_any  # noqa: PLC0415 - brings pandas

        try:
            folder, said = self.locate(start)
        except NotFound:
            if not start.is_dir():
                raise
            return check_any(start)
        found = check(folder)
        with self.app.writing() as session:
            kept = {**found.kept(), "at": session.now.isoformat()}
            service.keep(session, said.project.slug, "checked", kept)
        return found

    # Runs

    def run(
        self,
        start: Path,
        wish: Wish | None = None,
        tell: Callable[[Seen], None] | None = None,
    ) -> Run:
        """Run the project's training and record it in the project."""
        from journeyman.projects import running  # noqa: PLC0415 - brings pandas

        folder, _ = self.locate(start)
        return running.run(folder, wish, tell)

    def runs(self, start: Path) -> tuple[Run, ...]:
        """Every run of the project, oldest first."""
        return Runs(self.locate(start)[0]).all()

    def compare(self, start: Path, first: str = "", second: str = "") -> Compared:
        """Compare two runs: the newest with the one before it, unless others are named."""
        from journeyman.projects.comparing import compare_runs  # noqa: PLC0415 - brings pandas

        folder, said = self.locate(start)
        runs = Runs(folder)
        done = [run for run in runs.all() if run.state == "done"]
        if len(done) < 2 and not (first and second):
            raise Invalid(
                f"There {'is one finished run' if done else 'is no finished run'}; a comparison "
                "needs two."
            )
        one = runs.find(first, done=True)
        if second:
            other = runs.find(second, done=True)
        else:
            earlier = [run for run in done if run.id != one.id and run.id < one.id] or [
                run for run in done if run.id != one.id
            ]
            other = earlier[-1]
        return compare_runs(runs, said, one, other)

    def evaluate(
        self,
        start: Path,
        run: str = "",
        wanted: Wanted | None = None,
        tell: Callable[[str], None] | None = None,
    ) -> tuple[Evaluation, Path]:
        """Evaluate a run on its own validation or test rows; returns where the report lies too."""
        from journeyman.projects.evaluating import evaluate  # noqa: PLC0415 - brings pandas

        folder, said = self.locate(start)
        found = evaluate(folder, said, Runs(folder).find(run, done=True), wanted, tell)
        return found, found.write(folder)

    def final(self, start: Path, run: str = "", *, again: bool = False) -> Final:
        """Open the hold-out with a run's model; the look is counted.

        Raises:
            Invalid: it was opened before, and ``again`` is not set.
        """
        from journeyman.projects import final as opening  # noqa: PLC0415 - brings pandas

        folder, said = self.locate(start)
        chosen = Runs(folder).find(run, done=True)
        with self.app.reading() as session:
            built = service.find(session, said.project.slug)
        record = opening.record_of(built.holdout)
        opening.require_unopened(record, again=again)
        place = self.home / built.slug / "holdout"
        found = opening.final(folder, said, chosen, place, record, self.app.clock())
        with self.app.writing() as session:
            service.keep_look(session, built.slug, found.record)
        opening.remember(folder, found)
        return found

    def explain(
        self, start: Path, run: str = "", columns: Sequence[str] = (), row: int | None = None
    ) -> Explained:
        """What a run's model leans on."""
        from journeyman.projects.explaining import explain  # noqa: PLC0415 - brings pandas

        folder, said = self.locate(start)
        chosen = Runs(folder).find(run, done=True)
        return explain(folder, said, chosen, columns=columns, row=row)

    def mlflow(self, start: Path, out: Path) -> Path:
        """Write every run in MLflow's layout into ``out``."""
        from journeyman.projects.mlflow import export  # noqa: PLC0415

        folder, said = self.locate(start)
        runs = Runs(folder)
        return export(runs, runs.all(), out, said.project.slug)

    def chart(self, start: Path) -> Drawn:
        """The metric of each run, drawn.

        Raises:
            Invalid: no run has one.
        """
        from journeyman.projects import charts  # noqa: PLC0415 - brings matplotlib

        runs = self.runs(start)
        done = [run for run in runs if run.state == "done" and run.main is not None]
        main = done[-1].main if done else None
        drawn = charts.of_runs(runs, main.name) if main is not None else None
        if drawn is None:
            raise Invalid("There is no finished run to draw; `journeyman project run` makes one.")
        return drawn

    def reproduce(
        self,
        start: Path,
        run: str = "",
        *,
        locked: bool = True,
        tell: Callable[[str], None] | None = None,
    ) -> Rerun:
        """Run the project again as a stranger would, and keep how far that got."""
        from journeyman.projects import reproducing  # noqa: PLC0415 - brings pandas

        folder, said = self.locate(start)
        runs = Runs(folder)
        newest = reproducing.newest_committed(runs)
        chosen = runs.find(run, done=True) if run or newest is None else newest
        found = reproducing.reproduce(folder, chosen, locked=locked, tell=tell)
        with self.app.writing() as session:
            service.keep(session, said.project.slug, "reproduced", found.to_json())
        return found

    # Delivery

    def export(self, start: Path, run: str = "", out: Path | None = None) -> Exported:
        """Export a run's model to ONNX, into the project's folder ``export`` by default."""
        from journeyman.projects import delivering  # noqa: PLC0415 - brings onnx

        folder, said = self.locate(start)
        chosen = Runs(folder).find(run, done=True)
        place = out or folder / declared.HIDDEN / delivering.EXPORT
        return delivering.export(folder, said, chosen, place)

    def export_folder(self, start: Path) -> Path:
        """Where the project's export lies.

        Raises:
            NotFound: it was not exported yet.
        """
        folder, _ = self.locate(start)
        place = folder / declared.HIDDEN / "export"
        if not (place / "model.onnx").is_file():
            raise NotFound("There is no export yet; `journeyman project export` makes one.")
        return place

    # Handing in

    def submit(
        self, start: Path, *, code_url: str = "", export: Path | None = None, anyway: bool = False
    ) -> Submitted:
        """Hand the project in: check it, write its dossier with a sealed claim, and the evidence.

        Args:
            start: The project's folder, or one in it.
            code_url: Where the repository is published.
            export: A folder with ``model.onnx`` and ``schema.json``; left out where it is of
                another run than the one that is handed in.
            anyway: Also with faults of method or checks that are not met; both lower the score.

        Raises:
            NotFound: it was not started on this record, or has no finished run.
            FellShort: something has to be mended first.
        """
        from journeyman.projects import delivering, handing  # noqa: PLC0415 - brings pandas

        folder, said = self.locate(start)
        with self.app.reading() as session:
            built = service.find(session, said.project.slug)
        checked = self.check(folder)
        ready = handing.prepare(
            folder, said, self.catalogue.entries.get(built.slug), built, checked, anyway=anyway
        )
        place = self.home / built.slug / "dossier"
        at = self.app.clock()
        fits = export is not None and delivering.run_of(export) == ready.run.id
        made, dossier = handing.write(
            place, ready, at, code_url=code_url, export=export if fits else None
        )
        signed = handing.seal(made, ready, self.app.proof, built, at)
        skills = rules.known(dossier.skills, tuple(self.app.bank.graph.skills))
        milestones = ready.entry.milestones if ready.entry else stages.OWN
        done = stages.stages(milestones, skills, ready.seen)
        handing.settle(made, place, dossier)
        about = handing.handed(ready, built, dossier, signed)
        with self.app.writing() as session:
            facts = service.submit(session, self.app.fold, ready.shown, done, about)
        return handing.Submitted(place, dossier, ready.shown, done, facts, signed)
