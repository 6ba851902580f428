"""The house field: the honest baselines of a competition, run for real and scored like anyone.

Each ``house/*.py`` of an entry has ``fit_predict(train, test)``, which returns a submission. It is
run in a process of its own on the training rows that everybody has, and its time and peak memory
are kept. Its predictions pass through the same checks as a learner's.
"""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from journeyman.competitions.entry import Competition
from journeyman.competitions.home import Home, Solution, own, sha256_of_file
from journeyman.competitions.parts import PartScore, pack, score_rows, unpack
from journeyman.competitions.validating import Known, validate
from journeyman.errors import Invalid, Unavailable
from journeyman.scoring.metric import Numbers
from journeyman.scoring.ties import rungs

FOLDER = "house"
CONSTANT = "constant"
CONSTANT_SAYS = "The same prediction for every row."
LONGEST_SECONDS = 3600.0
_TICK = 0.2


@dataclass(frozen=True, slots=True, eq=False)
class Rung:
    """One baseline that was run.

    Attributes:
        name: Of its file, without the ending.
        says: The first line of its docstring.
        seconds, peak_mb: What the run took.
        code: Its text, readable after submitting; empty for the constant baseline.
    """

    name: str
    says: str
    public: PartScore
    private: PartScore
    seconds: float = 0.0
    peak_mb: float = 0.0
    code: str = ""

    def part(self, *, public: bool) -> PartScore:
        """The score on one part."""
        return self.public if public else self.private


def constant(competition: Competition, home: Home, solution: Solution) -> Rung:
    """The rung that needs no model: the sample submission."""
    sample = home / "sample_submission.csv"
    report = validate(sample, competition, solution.ids, solution.truth.classes)
    if report.given is None:
        raise Unavailable(
            f"The competition {competition.slug} is broken: its sample submission is not valid "
            f"({report.errors[0].message})"
        )
    return _rung(competition, solution, CONSTANT, CONSTANT_SAYS, report.given)


def _rung(
    competition: Competition, solution: Solution, name: str, says: str, given: Numbers
) -> Rung:
    public, private = (score_rows(competition, solution, given, public=p) for p in (True, False))
    return Rung(name, says, public, private)


def stale(competition: Competition, home: Home) -> list[Path]:
    """The baselines whose code has not been run on these data."""
    return [file for file in competition.rung_files if not _is_kept(competition, home, file)]


def _is_kept(competition: Competition, home: Home, file: Path) -> bool:
    kept = _kept(home, file.stem)
    wanted = {"code": sha256_of_file(file), "entry": competition.sha256}
    return kept is not None and {name: kept.get(name) for name in wanted} == wanted


def _kept(home: Home, name: str) -> dict[str, Any] | None:
    try:
        found = json.loads((home / FOLDER / f"{name}.json").read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


Produce = Callable[[Path], tuple[Numbers, dict[str, float]]]
"""Runs one baseline: its predictions in the order of the test rows, its seconds and peak_mb."""


def run(
    competition: Competition,
    home: Home,
    solution: Solution,
    produce: Produce,
    *,
    names: Sequence[str] = (),
    again: bool = False,
    tell: Callable[[str], None] | None = None,
) -> list[str]:
    """Run baselines that were not run yet; returns the names of those that were run now.

    Raises:
        Invalid: a name is not one of this competition's.
        Unavailable: a baseline fails.
    """
    files = {file.stem: file for file in competition.rung_files}
    for name in names:
        if name not in files:
            known = ", ".join(files) or "none"
            raise Invalid(f"{competition.slug} has no baseline {name!r}; there are: {known}.")
    done = []
    for name, file in files.items():
        if (names and name not in names) or (not again and _is_kept(competition, home, file)):
            continue
        if tell is not None:
            tell(f"running {name}: {says(file)}")
        _keep(competition, home, solution, file, produce(file))
        done.append(name)
    return done


def produce_in_process(
    competition: Competition,
    home: Home,
    solution: Solution,
    cancel: Callable[[], bool] = lambda: False,
) -> Produce:
    """Runs baselines that predict from tables, each in a process of its own.

    ``cancel`` is asked often; True ends the process, and then ``Stopped`` is raised.
    """

    def produce(file: Path) -> tuple[Numbers, dict[str, float]]:
        scratch = own(home.folder, ".rung")
        try:
            scratch.mkdir()
            out = scratch / "out"
            _start(file, home, out, cancel)
            cost = json.loads(out.with_suffix(".json").read_text("utf-8"))
            report = validate(
                out.with_suffix(".parquet"), competition, solution.ids, solution.truth.classes
            )
        except OSError as error:
            raise Unavailable(f"{scratch} cannot be used ({error.strerror}).") from error
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
        if report.given is None:
            raise Unavailable(
                f"The baseline {file.stem} gives no valid submission: {report.errors[0].message}"
            )
        return report.given, cost

    return produce


def _start(file: Path, home: Home, out: Path, cancel: Callable[[], bool]) -> None:
    child = "journeyman.competitions.rung_child"
    command = [sys.executable, "-m", child, str(file), str(home.folder), str(out)]
    said = out.with_suffix(".said")
    with said.open("wb") as stderr:
        running = subprocess.Popen(  # noqa: S603 - our own interpreter, the entry's own code
            command,
            stdin=subprocess.PIPE,  # the child ends when this closes: it never outlives us
            stdout=subprocess.DEVNULL,
            stderr=stderr,
            env={**os.environ, "OMP_NUM_THREADS": "1"},
        )
        try:
            _wait(running, file.stem, cancel)
        finally:
            running.kill()
            running.communicate()
    if running.returncode != 0:
        told = said.read_text("utf-8", "replace").strip().splitlines()
        last = (told or ["it ended without a word"])[-1]
        raise Unavailable(f"The baseline {file.stem} fails ({last[:200]}).")


def _wait(running: subprocess.Popen[bytes], name: str, cancel: Callable[[], bool]) -> None:
    """Until the process has ended, is stopped, or takes too long."""
    end = time.monotonic() + LONGEST_SECONDS
    while True:
        try:
            running.wait(_TICK)
        except subprocess.TimeoutExpired:
            if cancel():
                from journeyman.data import Stopped  # noqa: PLC0415 - brings a web client

                raise Stopped("Stopped; the baselines that were run are kept.") from None
            if time.monotonic() > end:
                raise Unavailable(f"The baseline {name} took over an hour.") from None
        else:
            return


def _keep(
    competition: Competition,
    home: Home,
    solution: Solution,
    file: Path,
    made: tuple[Numbers, dict[str, float]],
) -> None:
    given, cost = made
    folder = home / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{file.stem}.parquet").write_bytes(pack(given))
    rung = _rung(competition, solution, file.stem, says(file), given)
    data = {
        "code": sha256_of_file(file),
        "entry": competition.sha256,
        "public": rung.public.data(),
        "private": rung.private.data(),
        **cost,
    }
    partial = folder / f".{file.stem}.partial"
    partial.write_text(json.dumps(data), "utf-8")
    partial.replace(folder / f"{file.stem}.json")


def says(file: Path) -> str:
    """What a baseline is: the first line of its docstring."""
    text = ast.get_docstring(ast.parse(file.read_text("utf-8"))) or file.stem
    return text.strip().splitlines()[0]


def field(competition: Competition, home: Home) -> list[Rung]:
    """Every baseline that was run on these data."""
    return [rung for file in competition.rung_files for rung in _load(competition, home, file)]


def _load(competition: Competition, home: Home, file: Path) -> Iterator[Rung]:
    kept = _kept(home, file.stem) if _is_kept(competition, home, file) else None
    if kept is not None:
        yield Rung(
            file.stem,
            says(file),
            PartScore.of(kept["public"]),
            PartScore.of(kept["private"]),
            float(kept["seconds"]),
            float(kept["peak_mb"]),
            file.read_text("utf-8"),
        )


def predictions_of(home: Home, name: str) -> Known | None:
    """What a baseline predicted, to notice predictions that have nothing to do with it."""
    file = home / FOLDER / f"{name}.parquet"
    if not file.is_file():
        return None
    return Known(f"the house's {name}", unpack(file.read_bytes()))


def rungs_of(competition: Competition, found: Sequence[Rung], *, public: bool) -> list[Rung]:
    """The rungs that medals go by, lowest first: each clearly ahead of the one before."""
    metric = competition.metric
    usable = [rung for rung in found if np.isfinite(rung.part(public=public).value)]
    best_first = sorted(usable, key=lambda rung: -metric.sign * rung.part(public=public).value)
    return rungs(
        best_first,
        lambda one, other: one.part(public=public).against(metric, other.part(public=public)),
    )
