"""The board, notes, hints and closing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journeyman.app.competing.ground import ALONE, Watch
from journeyman.app.competing.submitting import Submitting
from journeyman.competitions import closing, service, standing, traps
from journeyman.competitions.entry import Competition, Trap
from journeyman.competitions.queries import Board
from journeyman.errors import Invalid
from journeyman.store import competing
from journeyman.store.competing import Submission

if TYPE_CHECKING:
    from journeyman.competitions.home import Solution
    from journeyman.competitions.parts import PartScore


class Boards(Submitting):
    """What can be seen and said of a competition, up to its end."""

    def board(self, slug: str) -> Board:
        """The board of a competition, after scoring what was left unscored."""
        competition = self.entry(slug)
        solution = self.solution(competition)
        self._finish(competition, solution)
        return self._board(competition, solution)

    def glance(self, slug: str) -> Board:
        """The board as it stands, without running anything first."""
        competition = self.entry(slug)
        return self._board(competition, self.solution(competition))

    def submissions(self, slug: str) -> tuple[Submission, ...]:
        """Every submission to a competition, oldest first."""
        self.entry(slug)
        with self.app.reading() as session:
            return tuple(competing.find_submissions(session, slug))

    def house_code(self, slug: str) -> dict[str, str]:
        """The house field's code, readable once something was submitted."""
        competition = self.entry(slug)
        if not any(one.stage in {"scored", "waiting"} for one in self.submissions(slug)):
            return {}
        return {file.stem: file.read_text("utf-8") for file in competition.rung_files}

    def house_says(self, slug: str) -> dict[str, str]:
        """What each baseline is, in one line, by name."""
        from journeyman.competitions import house_field  # noqa: PLC0415 - brings pandas

        files = self.entry(slug).rung_files
        return {house_field.CONSTANT: house_field.CONSTANT_SAYS} | {
            file.stem: house_field.says(file) for file in files
        }

    def note(self, slug: str, text: str, submission: str = "") -> Submission:
        """Keep a note with a submission."""
        competition = self.entry(slug)
        with self.app.writing() as session:
            return service.note(session, competition, text, submission)

    def hint(self, slug: str) -> Trap:
        """The next hint on a trap."""
        competition = self.entry(slug)
        with self.app.writing() as session:
            return traps.hint(session, competition)

    def name_traps(self, slug: str) -> tuple[Trap, ...]:
        """The traps whose hints were seen, by name."""
        competition = self.entry(slug)
        with self.app.writing() as session:
            return traps.name_traps(session, competition)

    def close(
        self,
        slug: str,
        submission: str = "",
        password: str | None = None,
        *,
        house: bool = True,
        watch: Watch = ALONE,
    ) -> Board:
        """Stand by one submission and reveal the private part.

        Args:
            slug: Which competition.
            submission: Last digits of the one to stand by; the best on the public board by default.
            password: Of sealed labels.
            house: Whether baselines that were not run yet are run first. Without the whole field
                there is no medal and no evidence on the competition's skills.
            watch: Who looks on.

        Raises:
            Invalid: the labels are sealed and no password was given.
            Stopped: it was stopped while baselines ran; nothing is closed.
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
        with self.app.reading() as session:
            chosen = closing.choose(session, competition, submission)
        if house:
            self._run_field(competition, solution, watch=watch)
        watch.tell("scoring your submissions on the private part")
        private = self._private(competition, solution)
        rungs = self._judges(competition, solution)
        with self.app.writing() as session:
            closing.close(session, self._model, competition, chosen, private, rungs)
        return self._board(competition, solution)

    def _score_waiting(self, competition: Competition, solution: Solution) -> None:
        with self.app.reading() as session:
            waiting = [one for one in standing.find(session, competition) if one.stage == "waiting"]
        for one in waiting:
            given, extra = self._predictions(competition, one, solution)
            self._record(competition, one, solution, given, extra)

    def _private(self, competition: Competition, solution: Solution) -> dict[str, PartScore]:
        """The private score of every scored submission to this version of the competition."""
        from journeyman.competitions.parts import score_rows, unpack  # noqa: PLC0415

        found = {}
        with self.app.reading() as session:
            for one in standing.find(session, competition):
                if one.stage != "scored":
                    continue
                data = competing.get_predictions(session, one.id)
                if data is not None:
                    given = unpack(data)
                    found[one.id] = score_rows(competition, solution, given, public=False)
        return found
