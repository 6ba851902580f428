"""Runs a project's entry point with limits, and writes down everything about it.

The code learns what it needs from its command (see ``declared.Entry``) or the environment:
``DATA_DIR`` (folder of the tables), ``JOURNEYMAN_RUN`` (folder to write predictions,
``metrics.json``, ``params.json`` and the model into) and ``JOURNEYMAN_SEED``. What it writes into
its own output folder is copied. It may append lines such as ``{"step": 3, "of": 10, "what":
"fold"}`` to ``progress.jsonl``: only what the code says itself is shown as progress.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import shutil
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from journeyman.errors import Invalid, JourneymanError
from journeyman.projects import git, measured, scored, surroundings
from journeyman.projects.declared import Declared, read
from journeyman.projects.jail import Jail
from journeyman.projects.runs import (
    LOG,
    PREDICTIONS,
    RECORD,
    RESUMABLE,
    Run,
    Runs,
    Score,
    new_run_id,
    plain_parameters,
    started_of,
)
from journeyman.projects.watching import Ended, Limits, Seen, watch

MOST_ARTIFACTS = 500
LARGEST_JSON = 1 << 20


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of a run.

    Attributes:
        seed: In the place of the declared one.
        arguments: Passed to the code.
        minutes, memory_mib: Limits in the place of the declared ones.
        python: An interpreter in the place of the project's own.
        resume: A run to take up again.
        data: A folder of tables in the place of the project's own.
    """

    seed: int | None = None
    arguments: tuple[str, ...] = ()
    minutes: float | None = None
    memory_mib: float | None = None
    python: str = ""
    note: str = ""
    resume: str = ""
    data: str = ""


def run(
    folder: Path,
    wish: Wish | None = None,
    tell: Callable[[Seen], None] | None = None,
    jail: Jail | None = None,
) -> Run:
    """Run the project's training and record it.

    Args:
        folder: The repository.
        wish: What is asked.
        tell: Called about twice a second with what is measured.
        jail: What confines the code; the learner's own runs have none.

    Returns:
        The run, also where the code failed or a limit ended it.

    Raises:
        KeyboardInterrupt: Ctrl-C; the run is recorded as cancelled first.
        Invalid, NotFound, Unavailable: it could not be started, and nothing was recorded.
    """
    wish = wish or Wish()
    declared = read(folder)
    runs = Runs(folder)
    made = _prepared(folder, declared, runs, wish)
    place = runs.place(made.id)
    limits = Limits(made.deadline_seconds, wish.memory_mib or declared.run.memory_mib)
    command = filled(made.command, made.environment["executable"], place, made)
    ours: Mapping[str, str] = os.environ
    if jail is not None and jail.environment is not None:
        command, ours = jail.command([_found(command[0]), *command[1:]]), jail.environment
    began = time.time()
    runs.write(made)
    try:
        ended = watch(
            command, folder, surrounded(folder, place, made, ours), place / LOG, limits,
            progress=place / "progress.jsonl", tell=tell,
        )  # fmt: skip
    except KeyboardInterrupt:
        runs.write(_closed(made, "cancelled", time.time() - began, "You stopped it (Ctrl-C)."))
        raise
    except JourneymanError as error:
        runs.write(_closed(made, "failed", time.time() - began, error.message))
        raise
    found = _finished(folder, declared, runs, made, (ended, began))
    runs.write(found)
    return found


def _prepared(folder: Path, declared: Declared, runs: Runs, wish: Wish) -> Run:
    data = data_folder(folder, declared, wish.data)
    environment = surroundings.environment(folder, wish.python)
    code = git.code_of(folder)
    now = datetime.now(UTC)
    before = runs.find(wish.resume) if wish.resume else None
    if before is not None and before.state not in RESUMABLE:
        raise Invalid(f"The run {before.id} is {before.state}; there is nothing to take up again.")
    resumed = () if before is None else (*before.resumed, now.isoformat())
    warnings = []
    if not code.commit:
        warnings.append("The project is not in git, so nobody can tell which code this was.")
    if before is not None and before.code.get("difference") != code.difference:
        warnings.append("The code was changed since the run that is taken up again began.")
    seed = declared.project.seed if wish.seed is None else wish.seed
    arguments = wish.arguments
    if wish.seed is not None and not any("{seed}" in word for word in declared.train):
        arguments = ("--seed", str(wish.seed), *arguments)
    if before is not None:
        seed = before.seed if wish.seed is None else seed
        arguments = arguments or before.command[len(declared.train) :]
    return Run(
        id=before.id if before else new_run_id(now),
        project=declared.project.slug,
        state="running",
        started=before.started if before else now.isoformat(timespec="milliseconds"),
        command=(*declared.train, *arguments),
        seed=seed,
        pid=os.getpid(),
        pid_started=started_of(os.getpid()),
        deadline_seconds=60 * (wish.minutes or declared.run.minutes),
        parameters=plain_parameters(arguments),
        data={"folder": str(data), **surroundings.data_of(data)},
        code={
            "commit": code.commit,
            "dirty": code.dirty,
            "difference": code.difference,
            "files": code.files,
        },
        environment=environment.to_json(),
        lock=surroundings.lock_of(folder),
        warnings=tuple(warnings),
        note=wish.note[:1000],
        resumed=resumed,
    )


def data_folder(folder: Path, declared: Declared, given: str = "") -> Path:
    """Where the project's tables lie.

    Raises:
        Invalid: there is nothing.
    """
    named = given or declared.data.folder
    place = (folder / named).expanduser()
    if not place.is_dir() or not any(place.iterdir()):
        how = (
            "`journeyman project data` brings them back"
            if declared.data.dataset
            else "put them there, or name another folder under [data] in journeyman.toml"
        )
        raise Invalid(f"The data are gone: there is nothing in {place}; {how}.")
    return place.resolve()


def filled(
    command: tuple[str, ...], executable: str, out: Path, made: Run, rows: Path | None = None
) -> list[str]:
    """A declared command with the places and the interpreter put in."""
    values = {
        "out": str(out), "seed": str(made.seed), "data": str(made.data.get("folder", "")),
        "rows": str(rows or ""),
    }  # fmt: skip
    words = [
        re.sub(r"\{(out|seed|data|rows)\}", lambda found: values[found[1]], word)
        for word in command
    ]
    return [executable, *words[1:]] if words[0] in {"python", "python3"} else words


def _found(program: str) -> str:
    """The file of a program, which the jail executes without a search of its own."""
    return shutil.which(program) or program


def surrounded(
    folder: Path, place: Path, made: Run, ours: Mapping[str, str] = os.environ
) -> dict[str, str]:
    """The environment that the code runs in, made from ``ours``."""
    inherited = {
        name: value
        for name, value in ours.items()
        if not name.startswith(("JOURNEYMAN_", "PYTHON"))
    }
    return {
        **inherited,
        "PYTHONPATH": str(folder / "src"),
        "PYTHONHASHSEED": str(made.seed),
        "PYTHONUNBUFFERED": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "DATA_DIR": str(made.data["folder"]),
        "JOURNEYMAN_RUN": str(place),
        "JOURNEYMAN_SEED": str(made.seed),
        "JOURNEYMAN_RESUME": "1" if made.resumed else "",
    }


def _closed(run: Run, state: str, seconds: float, message: str) -> Run:
    return replace(
        run,
        state=state,  # type: ignore[arg-type]  # one of State, at every call
        ended=datetime.now(UTC).isoformat(timespec="seconds"),
        seconds=round(run.seconds + seconds, 2),
        message=message,
    )


def _finished(
    folder: Path, declared: Declared, runs: Runs, made: Run, outcome: tuple[Ended, float]
) -> Run:
    ended, began = outcome
    place = runs.place(made.id)
    _gather(folder / declared.output.folder, place, began)
    found = replace(
        made,
        exit_code=ended.exit_code,
        peak_mib=round(ended.peak_mib, 1),
        stated=_stated(place / "metrics.json"),
        parameters={**made.parameters, **_json(place / "params.json")},
        artifacts=_artifacts(place),
    )
    if ended.stopped:
        return _closed(found, "stopped", ended.seconds, ended.stopped)
    if ended.exit_code:
        said = _last_line(place / LOG)
        told = f"The code ended with exit status {ended.exit_code}" + (f": {said}" if said else ".")
        return _closed(found, "failed", ended.seconds, told)
    try:
        metrics = _metrics(runs.predictions(found), declared)
    except JourneymanError as error:
        told = error.message
        if not any((place / name).is_file() for name in PREDICTIONS):
            told = (
                "The code came to its end but wrote no predictions.parquet (or .csv) into the "
                "folder that JOURNEYMAN_RUN names, so there is nothing to score."
            )
        return _closed(found, "failed", ended.seconds, told)
    found = replace(found, metrics=metrics)
    found = replace(found, warnings=(*found.warnings, *differences(found)))
    return _closed(found, "done", ended.seconds, "")


def _metrics(file: Path, declared: Declared) -> tuple[Score, ...]:
    """The metrics of the part that counts, then the project's own of the other parts."""
    first, *others = scored.parts(file) or [""]
    predictions = scored.read(file, declared, first)
    found = measured.score(predictions, declared)
    metric = measured.metric_of(predictions, declared)
    for part in others:
        found += (measured.one_score(metric, scored.read(file, declared, part)),)
    return found


def differences(run: Run) -> tuple[str, ...]:
    """Where the code's own numbers are not those that its predictions give."""
    found = []
    for one in run.metrics:
        said = run.stated.get(one.name) if one.part == run.metrics[0].part else None
        if said is not None and abs(said - one.value) > 1e-4 * max(1.0, abs(one.value)):
            found.append(
                f"metrics.json says {one.name} {said:.4f}; the predictions give {one.value:.4f}."
            )
    return tuple(found)


def _gather(output: Path, place: Path, began: float) -> None:
    """Copy what code that was not told another place wrote into its own output folder."""
    if not output.is_dir() or output == place:
        return
    for file in sorted(output.rglob("*"))[:MOST_ARTIFACTS]:
        target = place / file.relative_to(output)
        if not file.is_file() or file.is_symlink() or target.exists():
            continue
        if file.stat().st_mtime >= began - 1:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target)


def _json(file: Path) -> dict[str, Any]:
    try:
        if file.stat().st_size > LARGEST_JSON:
            return {}
        data = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


def _stated(file: Path) -> dict[str, float]:
    found: dict[str, float] = {}
    for name, value in _json(file).items():
        inner = value.get("value") if isinstance(value, Mapping) else value
        if isinstance(inner, (int, float)) and not isinstance(inner, bool):
            found[str(name)[:60]] = float(inner)
    return found


def _artifacts(place: Path) -> tuple[dict[str, Any], ...]:
    found: list[dict[str, Any]] = []
    for file in sorted(place.rglob("*")):
        if not file.is_file() or file.is_symlink() or file.name in {RECORD, LOG}:
            continue
        if len(found) == MOST_ARTIFACTS:
            break
        with contextlib.suppress(OSError), file.open("rb") as raw:
            found.append({
                "file": file.relative_to(place).as_posix(),
                "bytes": file.stat().st_size,
                "sha256": hashlib.file_digest(raw, "sha256").hexdigest(),
            })  # fmt: skip
    return tuple(found)


def _last_line(log: Path) -> str:
    try:
        with log.open("rb") as file:
            file.seek(max(0, log.stat().st_size - 8192))
            lines = file.read().decode("utf-8", "replace").strip().splitlines()
    except OSError:
        return ""
    return lines[-1].strip()[:300] if lines else ""
