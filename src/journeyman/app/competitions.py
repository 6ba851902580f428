"""Competitions as the faces call them: a transaction for each verb, scoring outside of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from journeyman.competitions import closing, queries, rules, service, standing, traps
from journeyman.competitions.entry import FILE, Catalogue, Competition, Trap, catalogue
from journeyman.competitions.home import Home
from journeyman.competitions.queries import Board, CompetitionLine
from journeyman.curriculum import builtin
from journeyman.errors import Invalid, JourneymanError, Unavailable
from journeyman.store import competing
from journeyman.store.competing import Submission
from journeyman.store.session import Session

if TYPE_CHECKING:
    from journeyman.app.root import App
    from journeyman.competitions.arena import Arena
    from journeyman.competitions.home import Solution
    from journeyman.competitions.house_field import Rung
    from journeyman.competitions.making import Made, Wishes
    from journeyman.competitions.parts import PartScore
    from journeyman.competitions.validating import Known, Report
    from journeyman.scoring.metric import Numbers

Progress = Callable[[Any], None]
_COMPARED = 5  # earlier submissions that a new one is compared with


@dataclass(frozen=True, slots=True)
class Submitted:
    """What came of a submission.

    Attributes:
        report: The validation; with errors nothing was recorded and ``submission`` is None.
        board: The board afterwards.
    """

    report: Report | None
    submission: Submission | None = None
    board: Board | None = None


class Competitions:
    """The competitions of one application.

    Args:
        app: The application: its record, its learner and its clock.
        roots: Banks to look for competitions in; the built-in one and those of the settings by
            default.
    """

    def __init__(self, app: App, roots: Sequence[Path] = ()) -> None:
        self.app = app
        self.roots = tuple(roots) or (builtin.path(), *app.settings.curriculum)
        self.folder = app.settings.home.expanduser() / "competitions"

    @contextmanager
    def _writing(self) -> Iterator[Session]:
        with self.app.database.writing() as db:
            yield Session(db, self.app.learner.id, self.app.clock())

    @contextmanager
    def _reading(self) -> Iterator[Session]:
        with self.app.database.reading() as db:
            yield Session(db, self.app.learner.id, self.app.clock())

    @property
    def _model(self) -> standing.Model:
        return standing.Model(self.app.fold, self.app.bank.graph.skills)

    # The catalogue and the data

    @property
    def catalogue(self) -> Catalogue:
        """Every competition there is, read anew, because one may have been got meanwhile."""
        return catalogue(self.roots, self.folder)

    def lines(self) -> tuple[CompetitionLine, ...]:
        """Every competition with where the learner stands."""
        found = list(self.catalogue.entries.values())
        homes = {one.slug: self.home(one.slug) for one in found}
        with self._reading() as session:
            return queries.lines(session, found, homes)

    def entry(self, slug: str) -> Competition:
        """One competition."""
        return self.catalogue.find(slug)

    def home(self, slug: str) -> Home:
        """Where its data lie, whether they are there or not."""
        return Home(self.folder / slug)

    def get(
        self, name: str, progress: Progress | None = None, archives: Sequence[Path] = ()
    ) -> Home:
        """Get a competition's data, from its data set or from a shared folder.

        Args:
            name: A slug, or a folder that holds a ``competition.toml``.
            progress: Called with each step of a download.
            archives: Folders with archives that are looked at before the network.
        """
        from journeyman.competitions import preparing, sharing  # noqa: PLC0415 - brings pandas

        if (Path(name) / FILE).is_file():
            competition = sharing.take(Path(name), self.folder)
        else:
            competition = self.entry(name)
        home = self.home(competition.slug)
        if competition.rules is None:
            preparing.prepare(
                competition, home, lambda: self._tables(competition, progress, archives)
            )
        with self._writing() as session:
            service.join(session, competition)
        return home

    def _tables(
        self, competition: Competition, progress: Progress | None, archives: Sequence[Path]
    ) -> dict[str, Any]:
        if not competition.dataset:
            return {}
        from journeyman import data  # noqa: PLC0415 - brings a web client

        place = self.app.settings.home.expanduser() / "data"
        banks = self.app.settings.curriculum
        folder = data.fetch(competition.dataset, place, progress, archives=archives, roots=banks)
        return data.tables(folder)

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

    # The house field

    def baseline(
        self,
        slug: str,
        names: Sequence[str] = (),
        *,
        again: bool = False,
        tell: Callable[[str], None] | None = None,
    ) -> tuple[Rung, ...]:
        """Run baselines that were not run yet; returns the field as far as it is run."""
        from journeyman.competitions import house_field  # noqa: PLC0415 - brings pandas

        competition = self.entry(slug)
        solution = self.solution(competition)
        if solution is None:
            raise Unavailable("The labels are sealed; only their host can run the house field.")
        home = self.home(slug)
        produce = house_field.produce_in_process(competition, home, solution)
        if competition.rules is not None:
            produce = self._play_rung(competition)
        house_field.run(competition, home, solution, produce, names=names, again=again, tell=tell)
        return tuple(self._rungs(competition, solution))

    def _play_rung(self, competition: Competition) -> Callable[[Path], Any]:
        import time  # noqa: PLC0415 - beside its only use

        from journeyman.competitions import policy  # noqa: PLC0415

        def produce(file: Path) -> tuple[Numbers, dict[str, float]]:
            started = time.perf_counter()
            with self._arena() as arena:
                returns = policy.play(arena, competition, file.read_text("utf-8"))
            return returns, {"seconds": round(time.perf_counter() - started, 3), "peak_mb": 0.0}

        return produce

    def _rungs(self, competition: Competition, solution: Solution | None) -> list[Rung]:
        from journeyman.competitions import house_field  # noqa: PLC0415 - brings pandas

        home = self.home(competition.slug)
        found = house_field.field(competition, home)
        if (
            solution is not None
            and competition.rules is None
            and not any(one.name == "dummy" for one in found)
        ):
            found.insert(0, house_field.constant(competition, home, solution))
        return found

    @contextmanager
    def _arena(self) -> Iterator[Arena]:
        from journeyman.competitions.arena import Arena  # noqa: PLC0415 - starts processes

        arena = Arena(idle_seconds=self.app.settings.sandbox_idle_seconds)
        try:
            yield arena
        finally:
            arena.close()

    # Validating and submitting

    def validate(self, slug: str, file: Path) -> Report:
        """Everything that is wrong with a file of predictions, without recording anything."""
        return self._validated(self.entry(slug), file)[0]

    def _validated(
        self, competition: Competition, file: Path, solution: Solution | None = None
    ) -> tuple[Report, Solution | None]:
        from journeyman.competitions.validating import validate  # noqa: PLC0415 - brings pandas

        if competition.rules is not None:
            raise Invalid(f"{competition.slug} takes a policy, a .py file, and no predictions.")
        solution = solution or self.solution(competition)
        classes = solution.truth.classes if solution else competition.classes
        ids = self.home(competition.slug).ids(competition)
        report = validate(
            file,
            competition,
            ids,
            classes,
            earlier=self._earlier(competition),
            baseline=self._linear(competition),
        )
        return report, solution

    def _earlier(self, competition: Competition) -> list[Known]:
        from journeyman.competitions.parts import unpack  # noqa: PLC0415 - brings pyarrow
        from journeyman.competitions.validating import Known  # noqa: PLC0415

        found = []
        with self._reading() as session:
            for one in standing.find(session, competition)[-_COMPARED:]:
                data = competing.get_predictions(session, one.id)
                if data is not None:
                    found.append(Known(f"{one.name} (submission {one.id[-6:]})", unpack(data)))
        return found[::-1]

    def _linear(self, competition: Competition) -> Known | None:
        from journeyman.competitions import house_field  # noqa: PLC0415 - brings pandas

        if competition.metric.needs == "labels":
            return None
        return house_field.predictions_of(self.home(competition.slug), "linear")

    def submit(
        self,
        slug: str,
        file: Path,
        *,
        expect: str = "",
        note: str = "",
        tell: Callable[[str], None] | None = None,
    ) -> Submitted:
        """Hand in a file of predictions, code or a policy.

        A file with errors is not recorded; anything else is written to the record before it is
        scored, and scored later if this is broken off.

        Raises:
            CodeFellShort: the code fails; it is kept, told, and counts nothing.
            Unavailable: our failure; nothing is counted.
        """
        competition = self.entry(slug)
        expected = rules.parse_expectation(expect) if expect else None
        solution = self.solution(competition)
        self._finish(competition, solution)
        if competition.rules is not None or file.suffix == ".py":
            handed = self._code(competition, file)
            report, given = None, None
        else:
            report, _ = self._validated(competition, file, solution)
            if report.given is None:
                return Submitted(report)
            handed = service.Handed(file.name[-200:], _sha256(file), "file")
            given = report.given
        with self._writing() as session:
            submission = service.submit(
                session,
                competition,
                service.with_words(handed, expected, note),
                given,
                sealed=solution is None,
            )
        self._score(competition, submission, solution, tell)
        with self._reading() as session:
            submission = competing.get_submission(session, submission.id)
        return Submitted(report, submission, self._board(competition, solution))

    def _code(self, competition: Competition, file: Path) -> service.Handed:
        from journeyman.competitions import arena, rerun  # noqa: PLC0415 - brings pandas

        try:
            data = file.read_bytes() if file.stat().st_size <= 1 << 20 else b" " * (1 << 20)
        except OSError as error:
            raise Invalid(f"{file} cannot be read ({error.strerror}).") from error
        text = arena.code_text(data)
        form = "policy" if competition.rules is not None else "code"
        return service.handed_file(file.name, data, form=form, code=text, seed=rerun.seed_of(text))

    def _score(
        self,
        competition: Competition,
        submission: Submission,
        solution: Solution | None,
        tell: Callable[[str], None] | None = None,
    ) -> None:
        """Run what has to be run, score it, and record that."""
        try:
            given, extra = self._predictions(competition, submission, solution, tell)
        except JourneymanError as error:
            with self._writing() as session:
                service.failed(session, submission, error.message)
            raise
        if solution is None:
            with self._writing() as session:
                service.wait(session, submission)
            return
        self._record(competition, submission, solution, given, extra)

    def _record(
        self,
        competition: Competition,
        submission: Submission,
        solution: Solution,
        given: Numbers,
        extra: dict[str, Any],
    ) -> None:
        from journeyman.competitions.parts import score_rows  # noqa: PLC0415 - brings scikit-learn

        score = score_rows(competition, solution, given, public=True)
        rungs = self._rungs(competition, solution)
        scored = service.Scored(solution, given, score, extra)
        with self._writing() as session:
            service.record(session, self._model, competition, submission, scored, rungs)

    def _predictions(
        self,
        competition: Competition,
        submission: Submission,
        solution: Solution | None,
        tell: Callable[[str], None] | None,
    ) -> tuple[Numbers, dict[str, Any]]:
        """What a submission predicts: kept already, or made by running its code now."""
        from journeyman.competitions.parts import pack, unpack  # noqa: PLC0415 - brings pyarrow

        with self._reading() as session:
            data = competing.get_predictions(session, submission.id)
        if data is not None and submission.code is None:
            return unpack(data), {}
        given, extra = self._run(competition, submission.code or "", solution, tell)
        if data is None:
            with self._writing() as session:
                competing.keep_predictions(session, submission.id, pack(given))
        return given, extra

    def _run(
        self,
        competition: Competition,
        code: str,
        solution: Solution | None,
        tell: Callable[[str], None] | None,
    ) -> tuple[Numbers, dict[str, Any]]:
        from journeyman.competitions import policy, preparing, rerun  # noqa: PLC0415

        say = tell or (lambda _: None)
        home = self.home(competition.slug)
        with self._arena() as arena:
            if competition.rules is not None:
                say("playing the episodes")
                return policy.play(arena, competition, code), {}
            say("running your code on the official split")
            classes = solution.truth.classes if solution else competition.classes
            report, leans = rerun.predict_official(arena, competition, home, code, classes)
            if report.given is None:
                raise AssertionError
            if solution is None or not preparing.is_open(home):  # opened in memory only
                return report.given, {"leans_on": leans}
            say("running it again on the split that its hash draws")
            again = rerun.rerun(arena, competition, home, solution, code)
            return report.given, {"rerun": again.data(), "leans_on": leans}

    def _finish(self, competition: Competition, solution: Solution | None) -> None:
        """Score what was handed in but not scored, after a crash or a kill."""
        with self._reading() as session:
            left = [one for one in standing.find(session, competition) if one.stage == "submitted"]
        for one in left:
            try:
                self._score(competition, one, solution)
            except JourneymanError:  # it is recorded with the submission, and shown on the board
                continue

    # Board, notes, closing

    def board(self, slug: str) -> Board:
        """The board of a competition."""
        competition = self.entry(slug)
        solution = self.solution(competition)
        self._finish(competition, solution)
        return self._board(competition, solution)

    def _board(self, competition: Competition, solution: Solution | None) -> Board:
        from journeyman.competitions import house_field  # noqa: PLC0415 - brings pandas

        rungs = self._rungs(competition, solution)
        missing = [
            file.stem for file in house_field.stale(competition, self.home(competition.slug))
        ]
        rows = (0, 0)
        if solution is not None:
            rows = (len(solution.part(public=True)), len(solution.part(public=False)))
        with self._reading() as session:
            return queries.board(session, competition, rungs, rows, missing)

    def submissions(self, slug: str) -> tuple[Submission, ...]:
        """Every submission to a competition, oldest first."""
        self.entry(slug)
        with self._reading() as session:
            return tuple(competing.find_submissions(session, slug))

    def house_code(self, slug: str) -> dict[str, str]:
        """The house field's code, readable once something was submitted."""
        competition = self.entry(slug)
        if not any(one.stage in {"scored", "waiting"} for one in self.submissions(slug)):
            return {}
        return {file.stem: file.read_text("utf-8") for file in competition.rung_files}

    def note(self, slug: str, text: str, submission: str = "") -> Submission:
        """Keep a note with a submission."""
        competition = self.entry(slug)
        with self._writing() as session:
            return service.note(session, competition, text, submission)

    def hint(self, slug: str) -> Trap:
        """The next hint on a trap."""
        competition = self.entry(slug)
        with self._writing() as session:
            return traps.hint(session, competition)

    def name_traps(self, slug: str) -> tuple[Trap, ...]:
        """The traps whose hints were seen, by name."""
        competition = self.entry(slug)
        with self._writing() as session:
            return traps.name_traps(session, competition)

    def close(self, slug: str, submission: str = "", password: str | None = None) -> Board:
        """Stand by one submission and reveal the private part.

        Raises:
            Invalid: the labels are sealed and no password was given.
        """
        competition = self.entry(slug)
        solution = self.solution(competition, password)
        if solution is None:
            raise Invalid(
                f"The labels of {slug} are sealed: name the host's password with --password-file, "
                "or let the host close it."
            )
        self._finish(competition, solution)
        self._score_waiting(competition, solution)
        with self._reading() as session:
            chosen = closing.choose(session, competition, submission)
        private = self._private(competition, solution)
        rungs = self._rungs(competition, solution)
        with self._writing() as session:
            closing.close(session, self._model, competition, chosen, private, rungs)
        return self._board(competition, solution)

    def _score_waiting(self, competition: Competition, solution: Solution) -> None:
        with self._reading() as session:
            waiting = [one for one in standing.find(session, competition) if one.stage == "waiting"]
        for one in waiting:
            given, extra = self._predictions(competition, one, solution, None)
            self._record(competition, one, solution, given, extra)

    def _private(self, competition: Competition, solution: Solution) -> dict[str, PartScore]:
        """The private score of every scored submission to this version of the competition."""
        from journeyman.competitions.parts import score_rows, unpack  # noqa: PLC0415

        found = {}
        with self._reading() as session:
            for one in standing.find(session, competition):
                if one.stage != "scored":
                    continue
                data = competing.get_predictions(session, one.id)
                if data is not None:
                    given = unpack(data)
                    found[one.id] = score_rows(competition, solution, given, public=False)
        return found

    # Making one's own

    def new(self, folder: Path, file: Path, wishes: Wishes) -> Made:
        """Make a competition from a table, and take part in it as its host."""
        from journeyman.competitions import making  # noqa: PLC0415 - brings pandas

        return making.make(folder, file, wishes, self.folder)


def _sha256(file: Path) -> str:
    from journeyman.competitions.home import sha256_of_file  # noqa: PLC0415 - brings pandas

    return sha256_of_file(file)
