"""The record of a run, and the folder of runs in a project."""

from __future__ import annotations

import json
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from journeyman.errors import Invalid, NotFound, Unavailable
from journeyman.projects.declared import HIDDEN

State = Literal["running", "done", "failed", "cancelled", "stopped", "interrupted"]
RECORD = "run.json"
LOG = "output.log"
PREDICTIONS = ("predictions.parquet", "predictions.csv")
RESUMABLE = frozenset({"cancelled", "interrupted", "failed", "stopped"})


@dataclass(frozen=True, slots=True)
class Score:
    """One metric of a run with its 95 % interval."""

    name: str
    title: str
    value: float
    low: float
    high: float
    rows: int
    better: str
    part: str = "validation"
    baseline: float | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """Everything that is known of one run.

    Attributes:
        state: running; done; failed (its code ended with an error, or wrote no predictions);
            cancelled (Ctrl-C); stopped (a limit); interrupted (found dead: a kill or a crash).
        pid, pid_started: Of the process that watches it, to tell a live run from a dead one.
        parameters: What was given on the command line, and what the code wrote to ``params.json``.
        stated: The metrics that the code itself wrote to ``metrics.json``.
        peak_mib: Largest resident memory of the code and its child processes together.
        message: For a person: why it is not done, or what is odd about it.
        resumed: Instants at which it was taken up again.
    """

    id: str
    project: str
    state: State
    started: str
    ended: str = ""
    seconds: float = 0.0
    command: tuple[str, ...] = ()
    seed: int = 0
    pid: int = 0
    pid_started: str = ""
    deadline_seconds: float = 0.0
    parameters: Mapping[str, Any] = field(default_factory=dict)
    data: Mapping[str, Any] = field(default_factory=dict)
    code: Mapping[str, Any] = field(default_factory=dict)
    environment: Mapping[str, Any] = field(default_factory=dict)
    lock: Mapping[str, str] = field(default_factory=dict)
    metrics: tuple[Score, ...] = ()
    stated: Mapping[str, float] = field(default_factory=dict)
    artifacts: tuple[Mapping[str, Any], ...] = ()
    peak_mib: float = 0.0
    exit_code: int | None = None
    message: str = ""
    warnings: tuple[str, ...] = ()
    note: str = ""
    resumed: tuple[str, ...] = ()

    @property
    def main(self) -> Score | None:
        """The project's own metric."""
        return self.metrics[0] if self.metrics else None

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return asdict(self)


class Runs:
    """The runs of one project.

    Args:
        project: The repository's folder.
    """

    def __init__(self, project: Path) -> None:
        self.project = project
        self.folder = project / HIDDEN / "runs"

    def place(self, run: str) -> Path:
        """The folder of one run."""
        return self.folder / run

    def all(self) -> tuple[Run, ...]:
        """Every run, oldest first; a record that cannot be read is left out."""
        if not self.folder.is_dir():
            return ()
        found = (self._read(one) for one in self.folder.iterdir() if one.is_dir())
        readable = (run for run in found if run is not None)
        return tuple(sorted(readable, key=lambda run: (run.started, run.id)))

    def find(self, wanted: str = "", *, done: bool = False) -> Run:
        """One run, by its id or the last letters of it; the newest where nothing is named.

        Args:
            wanted: ``last``, an id, or its end.
            done: Only one that came to its end with predictions.

        Raises:
            NotFound: there is none, or several end like that.
        """
        every = self.all()
        if wanted in {"", "last"}:
            usable = [run for run in every if run.state == "done" or not done]
            if not usable:
                raise NotFound(
                    f"{self.project} has no {'finished ' if done else ''}run yet; "
                    "`journeyman project run` makes one."
                )
            return usable[-1]
        found = [run for run in every if run.id.endswith(wanted)]
        if len(found) != 1:
            how = "Several runs end" if found else "No run ends"
            raise NotFound(f"{how} with {wanted!r}; `journeyman project runs` lists them.")
        if done and found[0].state != "done":
            raise Invalid(
                f"The run {found[0].id} is {found[0].state}, so it has no predictions to look at; "
                "name one that is done."
            )
        return found[0]

    def write(self, run: Run) -> None:
        """Keep the record: the whole file or, after a crash, the one before."""
        place = self.place(run.id)
        try:
            place.mkdir(parents=True, exist_ok=True)
            new = place / f".{RECORD}.new"
            new.write_text(json.dumps(run.to_json(), indent=1, ensure_ascii=False), "utf-8")
            with new.open("rb") as kept:
                os.fsync(kept.fileno())
            new.replace(place / RECORD)
        except OSError as error:
            raise Unavailable(
                f"The run cannot be recorded in {place} ({error.strerror}); make room or give "
                "yourself write access, and run it again."
            ) from error

    def _read(self, place: Path) -> Run | None:
        try:
            data = json.loads((place / RECORD).read_text("utf-8"))
            known = {one.name for one in fields(Run)}
            data = {name: value for name, value in data.items() if name in known}
            data["metrics"] = tuple(Score(**one) for one in data.get("metrics", ()))
            for name in ("command", "artifacts", "warnings", "resumed"):
                data[name] = tuple(data.get(name, ()))
            run = Run(**data)
        except (OSError, ValueError, TypeError, AttributeError):
            return None
        if run.state == "running" and not is_alive(run.pid, run.pid_started):
            return replace(
                run,
                state="interrupted",
                message="It was broken off from outside (a kill, a crash or a power cut); "
                f"`journeyman project run --resume {run.id[-4:]}` takes it up again.",
            )
        return run

    def predictions(self, run: Run) -> Path:
        """The file of a run's predictions.

        Raises:
            NotFound: it is gone.
        """
        for name in PREDICTIONS:
            file = self.place(run.id) / name
            if file.is_file():
                return file
        raise NotFound(f"The predictions of the run {run.id} are gone; run it again.")


def new_run_id(at: datetime) -> str:
    """A name that sorts by time and is short enough to type the end of.

    >>> new_run_id(datetime(2026, 3, 2, 9, 5, 7, tzinfo=UTC))[:16]
    '20260302T090507-'
    """
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(2)}"


def started_of(pid: int) -> str:
    """When a process began, in the system's own terms; empty where that cannot be told."""
    try:
        text = (Path("/proc") / str(pid) / "stat").read_text("utf-8", "replace")
    except OSError:
        return ""
    return text.rpartition(")")[2].split()[19]  # field 22; names may hold spaces and brackets


def is_alive(pid: int, started: str) -> bool:
    """Whether that very process still lives; another one may have got its number since."""
    if pid <= 0:
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:  # it lives and is somebody else's
        return not started
    return not started or started_of(pid) == started


def plain_parameters(arguments: tuple[str, ...]) -> dict[str, Any]:
    """Arguments after ``--`` as names and values, for the record.

    >>> plain_parameters(("--depth", "3", "--fast", "--rate=0.1"))
    {'depth': '3', 'fast': True, 'rate': '0.1'}
    """
    found: dict[str, Any] = {}
    last = ""
    for one in arguments:
        if one.startswith("--"):
            name, _, value = one[2:].partition("=")
            found[name] = value or True
            last = "" if value else name
        elif last:
            found[last], last = one, ""
    return found


def is_run_id(text: str) -> bool:
    """Whether ``text`` may be the whole id of a run."""
    return re.fullmatch(r"\d{8}T\d{6}-[0-9a-f]{4}", text) is not None
