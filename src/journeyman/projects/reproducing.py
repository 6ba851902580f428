"""Runs a project again as a stranger would: a fresh clone, its locked environment, its own code.

Available: the repository and its data are there. Functional: its environment builds and it runs to
the end. Reproduced: the metric comes out within the stated tolerance.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from journeyman.errors import JourneymanError
from journeyman.projects import git, rules, running, surroundings
from journeyman.projects.declared import Declared, read
from journeyman.projects.jail import jail
from journeyman.projects.running import Wish
from journeyman.projects.runs import Run, Runs

BUILD_SECONDS = 1800
CONFINED = {
    "good": "Its code ran confined, without network and without your other files.",
    "limits-only": "Its code was only limited in time and memory, not confined.",
}
Tell = Callable[[str], None]


@dataclass
class Rerun:
    """What came of running a project again.

    Attributes:
        level: Available, Functional or Reproduced; empty where not even the code could be had.
        steps: What was done, and how it went, one sentence each.
        recorded, again: The metric then and now.
        environment: ``locked`` (built from the lock file) or ``present`` (the interpreter that was
            there, because none was asked for).
        isolation: ``good`` where the code was confined (see ``journeyman.projects.jail``), else
            ``limits-only``; empty where it was not run.
    """

    run: str
    commit: str = ""
    level: rules.Reproduced = ""
    metric: str = ""
    recorded: float | None = None
    again: float | None = None
    tolerance: float = 0.0
    environment: str = "locked"
    isolation: str = ""
    steps: list[str] = field(default_factory=list)
    at: str = ""

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return asdict(self)

    def verdict(self) -> str:
        """What came of it, and how the code was confined."""
        said = self._came()
        return f"{said} {CONFINED[self.isolation]}" if self.isolation else said

    def _came(self) -> str:
        if self.level == "Functional" and self.environment == "present" and self.again is not None:
            return (
                "Functional: it runs with the interpreter that is here. Only a fresh environment "
                "built from the lock file counts as reproduced: leave out --present."
            )
        return {
            "": "Not available: nobody but you can run it.",
            "Available": "Available: code and data are there, and it does not run yet.",
            "Functional": "Functional: it builds and runs, and comes out otherwise.",
            "Reproduced": "Reproduced: it comes out the same within the stated tolerance.",
        }[self.level]


def reproduce(
    folder: Path, run: Run, *, locked: bool = True, source: str = "", tell: Tell | None = None
) -> Rerun:
    """Clone the repository at the run's commit, build its environment and run it again.

    Args:
        folder: The project, whose data folder is used (data are not in git).
        run: A finished run of committed code.
        locked: Build the locked environment; otherwise use the interpreter of the run.
        source: An address to clone in the place of ``folder``.
        tell: Called with each step.

    Raises:
        Invalid: the run was made with code that is not committed.
    """
    found = Rerun(run.id, at=datetime.now(UTC).isoformat(timespec="seconds"))
    found.environment = "locked" if locked else "present"
    say = _saying(found, tell)
    commit = str(run.code.get("commit", ""))
    if not commit or run.code.get("dirty"):
        say(
            f"The run {run.id} was made with code that is not committed, so nobody else can have "
            "it; commit and run it again."
        )
        return found
    if not source and not git.code_of(folder).commit:
        say(
            f"{folder} is in git no more (it has no .git with commits), so nothing can be cloned; "
            "bring .git back, or `git init`, commit and run again."
        )
        return found
    with tempfile.TemporaryDirectory(prefix="journeyman-reproduce-") as name:
        place = Path(name) / "project"
        try:
            _steps(folder, place, run, found, source or str(folder), say)
        except JourneymanError as error:
            say(error.message)
    return found


def _saying(found: Rerun, tell: Tell | None) -> Tell:
    def say(text: str) -> None:
        found.steps.append(text)
        if tell is not None:
            tell(text)

    return say


def _steps(folder: Path, place: Path, run: Run, found: Rerun, source: str, say: Tell) -> None:
    commit = str(run.code["commit"])
    found.commit = git.clone(source, commit, place)
    declared = read(place)
    data = running.data_folder(folder, declared)
    same = surroundings.data_of(data)["sha256"] == run.data.get("sha256")
    found.level = "Available"
    say(
        f"Cloned {commit[:10]}; the data are "
        + ("those of the run." if same else "NOT those of the run: they changed since.")
    )
    python = _environment(place, run, found, say)
    if not python:
        return
    confined = jail(python, [data, *_beside(data)], [place], place.parent / "scratch")
    found.isolation = confined.level
    say(confined.why)
    wish = Wish(seed=run.seed, python=python, data=str(data), arguments=_arguments(run, declared))
    ran = running.run(place, wish, jail=confined)
    found.tolerance = declared.run.tolerance
    if ran.state != "done":
        say(f"It does not run to its end: {ran.message}")
        return
    then = run.main
    now = next((one for one in ran.metrics if then and one.name == then.name), None)
    gap = None if then is None or now is None else abs(now.value - then.value)
    if then is not None and now is not None:
        found.metric, found.recorded, found.again = then.name, then.value, now.value
        say(
            f"It ran in {ran.seconds:.0f} s: {now.name} {now.value:.6f}; "
            f"recorded {then.value:.6f}; tolerance {found.tolerance:g}."
        )
    found.level = rules.reproduced(
        cloned=True,
        built=True,
        ran=True,
        gap=gap if same else None,
        tolerance=found.tolerance,
        locked=found.environment == "locked",
    )


def _beside(data: Path) -> list[Path]:
    """Folders of pictures, sounds or texts that the tables name by their path."""
    found: set[Path] = set()
    for table in data.glob("*.parquet"):
        names = pq.ParquetFile(table).schema_arrow
        if "file" in names.names and pa.types.is_string(names.field("file").type):
            files = pq.read_table(table, columns=["file"])["file"].drop_null().to_pylist()
            found |= {Path(one).parent for one in files if Path(one).is_absolute()}
    return sorted(found)


def _arguments(run: Run, declared: Declared) -> tuple[str, ...]:
    """What was given to the code beyond its declared command, without a seed that is added anew."""
    given = list(run.command[len(declared.train) :])
    if "--seed" in given and "{seed}" not in " ".join(declared.train):
        place = given.index("--seed")
        del given[place : place + 2]
    return tuple(given)


def _environment(place: Path, run: Run, found: Rerun, say: Tell) -> str:
    """The interpreter for the re-run; empty where the environment does not build."""
    if found.environment == "present":
        executable = str(run.environment.get("executable", sys.executable))
        say("The interpreter of the run is used; no environment was built.")
        return executable
    lock = surroundings.lock_of(place)
    if not lock:
        say("There is no lock file with exact versions, so its environment cannot be built.")
        return ""
    executable = build(place, place.parent / "environment", lock["file"], say)
    if executable:
        say(f"Built the environment of {lock['file']}.")
    return executable


def build(place: Path, target: Path, lock: str, say: Tell) -> str:
    """A virtual environment with exactly what a lock file names; empty where it does not build."""
    python = target / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    wanted = ["-r", str(place / lock)]
    if lock in {"uv.lock", "poetry.lock", "pylock.toml"}:
        wanted = [str(place)]
        say(f"{lock} is not read by pip; what pyproject.toml names is installed instead.")
    commands = (
        [sys.executable, "-m", "venv", str(target)],
        [str(python), "-m", "pip", "install", "-q", "--no-input", *wanted],
    )
    for command in commands:
        try:
            subprocess.run(  # noqa: S603 - venv and pip with the project's own lock file
                command, check=True, capture_output=True, timeout=BUILD_SECONDS, cwd=place
            )
        except subprocess.TimeoutExpired:
            say(f"Building the environment took more than {BUILD_SECONDS // 60} minutes.")
            return ""
        except (OSError, subprocess.CalledProcessError) as error:
            said = getattr(error, "stderr", b"") or b""
            say(_why(said.decode("utf-8", "replace"), lock))
            return ""
    return str(python)


def _why(said: str, lock: str) -> str:
    """One sentence on a build that failed."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    network = ("connection", "resolve", "timed out", "network", "retries", "name or service")
    if any(word in said.lower() for word in network) and "no matching" not in said.lower():
        return (
            "The environment could not be built because no package index could be reached; "
            "connect and try again, or use --present to run with the interpreter that is here."
        )
    errors = [line for line in lines if line.lower().startswith("error")]
    last = (errors or lines or ["no reason given"])[0][:300]
    return f"The environment of {lock} does not build: {last}"


def newest_committed(runs: Runs) -> Run | None:
    """The newest finished run of committed code."""
    done = [run for run in runs.all() if run.state == "done"]
    clean_ones = [run for run in done if run.code.get("commit") and not run.code.get("dirty")]
    return clean_ones[-1] if clean_ones else None
