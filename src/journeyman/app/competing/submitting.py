"""Validating, handing in and scoring: each step is in the record before the next begins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from journeyman.app.competing.ground import ALONE, Ground, Tell, Watch
from journeyman.competitions import queries, rules, service, standing
from journeyman.competitions.entry import Competition
from journeyman.competitions.queries import Board
from journeyman.errors import Invalid, JourneymanError
from journeyman.store import competing
from journeyman.store.competing import Submission

if TYPE_CHECKING:
    from journeyman.competitions.home import Solution
    from journeyman.competitions.validating import Known, Report
    from journeyman.scoring.metric import Numbers

_COMPARED = 5  # earlier submissions that a new one is compared with
STOPPED = "you stopped it before it was scored; it counts nothing"


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


class Submitting(Ground):
    """From a file or code to a score in the record."""

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
        with self.app.reading() as session:
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
        tell: Tell | None = None,
    ) -> Submitted:
        """Hand in a file of predictions, code or a policy, and score it.

        A file with errors is not recorded; anything else is written to the record before it is
        scored, and scored later if this is broken off.

        Raises:
            CodeFellShort: the code fails; it is kept, told, and counts nothing.
            Unavailable: our failure; nothing is counted.
        """
        competition = self.entry(slug)
        solution = self.solution(competition)
        self._finish(competition, solution)
        handed = self._hand_in(competition, solution, file, expect=expect, note=note)
        if handed.submission is None:
            return handed
        watch = Watch(tell) if tell else ALONE
        self._score(competition, handed.submission, solution, watch)
        with self.app.reading() as session:
            submission = competing.get_submission(session, handed.submission.id)
        return Submitted(handed.report, submission, self._board(competition, solution))

    def hand_in(
        self, slug: str, file: Path, *, name: str = "", expect: str = "", note: str = ""
    ) -> Submitted:
        """Check a file and write it to the record; :meth:`finish` scores it.

        Args:
            slug: Which competition.
            file: Predictions or code.
            name: What the file is called, where it was copied to a place of ours.
            expect: As in “0.81 +- 0.01”.
            note: For the learner's own eyes.
        """
        competition = self.entry(slug)
        solution = self.solution(competition)
        return self._hand_in(competition, solution, file, name=name, expect=expect, note=note)

    def _hand_in(
        self,
        competition: Competition,
        solution: Solution | None,
        file: Path,
        *,
        name: str = "",
        expect: str = "",
        note: str = "",
    ) -> Submitted:
        expected = rules.parse_expectation(expect) if expect else None
        name = (name or file.name)[-200:]
        if competition.rules is not None and file.suffix != ".py":
            raise Invalid(f"{competition.slug} takes a policy, a .py file, and no predictions.")
        if file.suffix == ".py":
            handed = self._code(competition, file, name)
            report, given = None, None
        else:
            report, _ = self._validated(competition, file, solution)
            if report.given is None:
                return Submitted(report)
            handed = service.Handed(name, _sha256(file), "file")
            given = report.given
        with self.app.writing() as session:
            submission = service.submit(
                session,
                competition,
                service.with_words(handed, expected, note),
                given,
                sealed=solution is None,
            )
        return Submitted(report, submission)

    def _code(self, competition: Competition, file: Path, name: str) -> service.Handed:
        from journeyman.competitions import arena, rerun  # noqa: PLC0415 - brings pandas

        try:
            data = file.read_bytes() if file.stat().st_size <= 1 << 20 else b" " * (1 << 20)
        except OSError as error:
            raise Invalid(f"{file} cannot be read ({error.strerror}).") from error
        text = arena.code_text(data)
        form = "policy" if competition.rules is not None else "code"
        return service.handed_file(name, data, form=form, code=text, seed=rerun.seed_of(text))

    def unfinished(self, slug: str) -> tuple[Submission, ...]:
        """What was handed in and is not scored yet."""
        competition = self.entry(slug)
        with self.app.reading() as session:
            found = standing.find(session, competition)
        return tuple(one for one in found if one.stage == "submitted")

    def finish(self, slug: str, watch: Watch = ALONE) -> None:
        """Score what was handed in but not scored yet.

        Raises:
            Stopped: the person stopped it, or the program ends.
        """
        competition = self.entry(slug)
        self._finish(competition, self.solution(competition), watch)

    def _finish(
        self, competition: Competition, solution: Solution | None, watch: Watch = ALONE
    ) -> None:
        for one in self.unfinished(competition.slug):
            try:
                self._score(competition, one, solution, watch)
            except JourneymanError:  # it is recorded with the submission, and shown on the board
                if watch.cancel():
                    raise

    def _score(
        self,
        competition: Competition,
        submission: Submission,
        solution: Solution | None,
        watch: Watch = ALONE,
    ) -> None:
        """Run what has to be run, score it, and record that."""
        try:
            given, extra = self._predictions(competition, submission, solution, watch)
        except JourneymanError as error:
            if not watch.closing():  # then it stays handed in and is scored at the next start
                with self.app.writing() as session:
                    service.failed(
                        session, submission, STOPPED if watch.cancel() else error.message
                    )
            raise
        if solution is None:
            with self.app.writing() as session:
                service.wait(session, submission)
            return
        watch.tell("scoring")
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
        rungs = self._judges(competition, solution)
        scored = service.Scored(solution, given, score, extra)
        with self.app.writing() as session:
            if competing.get_submission(session, submission.id).stage == "scored":
                return  # another process was quicker: it counts once
            service.record(session, self._model, competition, submission, scored, rungs)

    def _predictions(
        self,
        competition: Competition,
        submission: Submission,
        solution: Solution | None,
        watch: Watch = ALONE,
    ) -> tuple[Numbers, dict[str, Any]]:
        """What a submission predicts: kept already, or made by running its code now."""
        from journeyman.competitions.parts import pack, unpack  # noqa: PLC0415 - brings pyarrow

        with self.app.reading() as session:
            data = competing.get_predictions(session, submission.id)
        if data is not None and submission.code is None:
            return unpack(data), {}
        given, extra = self._run(competition, submission.code or "", solution, watch)
        if data is None:
            with self.app.writing() as session:
                competing.keep_predictions(session, submission.id, pack(given))
        return given, extra

    def _run(
        self, competition: Competition, code: str, solution: Solution | None, watch: Watch
    ) -> tuple[Numbers, dict[str, Any]]:
        from journeyman.competitions import policy, preparing, rerun  # noqa: PLC0415

        home = self.home(competition.slug)
        with self._arena(watch) as arena:
            extra: dict[str, Any] = {"isolation": arena.isolation().level}
            if competition.rules is not None:
                watch.tell("playing the episodes")
                return policy.play(arena, competition, code), extra
            watch.tell("running your code on the official split")
            classes = solution.truth.classes if solution else competition.classes
            report, leans = rerun.predict_official(arena, competition, home, code, classes)
            if report.given is None:
                raise AssertionError
            extra["leans_on"] = leans
            if solution is None or not preparing.is_open(home):  # opened in memory only
                return report.given, extra
            watch.tell("running it again on the split that its hash draws")
            again = rerun.rerun(arena, competition, home, solution, code)
            return report.given, {**extra, "rerun": again.data()}

    def _board(self, competition: Competition, solution: Solution | None) -> Board:
        from journeyman.competitions import house_field  # noqa: PLC0415 - brings pandas

        rungs = self._rungs(competition, solution)
        missing = [
            file.stem for file in house_field.stale(competition, self.home(competition.slug))
        ]
        rows = (0, 0)
        if solution is not None:
            rows = (len(solution.part(public=True)), len(solution.part(public=False)))
        with self.app.reading() as session:
            return queries.board(
                session, competition, rungs, rows, missing, sealed=solution is None
            )


def named(report: Report, file: Path, name: str) -> Report:
    """The report with the learner's name of the file where ours would stand."""

    def mended(found: Sequence[Any]) -> tuple[Any, ...]:
        return tuple(replace(one, message=one.message.replace(str(file), name)) for one in found)

    return replace(report, errors=mended(report.errors), warnings=mended(report.warnings))


def _sha256(file: Path) -> str:
    from journeyman.competitions.home import sha256_of_file  # noqa: PLC0415 - brings pandas

    return sha256_of_file(file)
