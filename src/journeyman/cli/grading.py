"""Commands that grade for scripts and for classes: grade and regrade."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from journeyman.cli.context import application, json_option
from journeyman.cli.output import DONE, FELL_SHORT, interactive, leave, plain, show
from journeyman.errors import Invalid, JourneymanError, NotFound

if TYPE_CHECKING:
    from concurrent.futures import Future

    from journeyman.core.exercise import AnswerKey, Exercise
    from journeyman.sandbox import Sandbox

LARGEST_FILE = 16 * 1024 * 1024


@click.command()
@click.argument("exercise", metavar="SLUG|FOLDER")
@click.argument("place", metavar="FILE|DIR", type=click.Path(path_type=Path))
@click.option("--seed", type=click.IntRange(0), help="Seed of the unseen cases; fresh by default.")
@click.option("--workers", type=click.IntRange(1, 64), help="Files at once; the cores by default.")
@json_option
def grade(exercise: str, place: Path, seed: int | None, workers: int | None, as_json: bool) -> None:
    """Grade a file, or every .py file of a folder, without recording it.

    The exercise is a slug of the bank or any folder in the exercise format. With --json a file
    gives one object and a folder a list with a row a file, one line each, written as they are
    graded: whatever stops the run, the rows so far are there. Exits with 0 when everything passed,
    1 when something did not, 2 for bad input, 3 when grading itself failed.
    """
    from journeyman.engine import FairExecutor
    from journeyman.sandbox import Sandbox

    found, key = _exercise(exercise)
    files = _files(place)
    sandbox, queue = Sandbox(), FairExecutor(workers, most_waiting=len(files))
    try:
        jobs = [
            queue.submit_for(
                str(file.parent),
                partial(_row, sandbox, found, key, file, seed),
                deadline_seconds=math.inf,  # a class may take the night
            )
            for file in files
        ]
        rows = ({"file": str(file), **_result(job)} for file, job in zip(files, jobs, strict=True))
        code = (
            _print_rows(rows, len(files), as_json) if place.is_dir() else _print_one(rows, as_json)
        )
    finally:  # first the sandbox: what is being graded ends now and is not waited for
        sandbox.close()
        queue.shutdown(cancel_futures=True)
    leave(code)


def _result(job: Future[dict[str, Any]]) -> dict[str, Any]:
    """The row of a job, whatever has become of it."""
    try:
        return job.result()
    except JourneymanError as error:
        return _failure(error)


def _print_one(rows: Iterable[dict[str, Any]], as_json: bool) -> int:
    (row,) = rows
    if row["exit"] == Invalid.exit_code:
        raise Invalid(row["message"])
    del row["file"]
    show(row, row["text"], as_json=as_json)
    return int(row["exit"])


def _print_rows(rows: Iterable[dict[str, Any]], many: int, as_json: bool) -> int:
    """Print each row as soon as it and all before it are there; the highest status."""
    worst = DONE
    if as_json:
        click.echo("[")
    for number, row in enumerate(rows, 1):
        worst = max(worst, row["exit"])
        if as_json:
            click.echo(json.dumps(plain(row), ensure_ascii=False) + "," * (number < many))
        else:
            click.echo(_line(row))
        if interactive():
            click.echo(f"{number} of {many}", err=True)
        sys.stdout.flush()
    if as_json:
        click.echo("]")
    return worst


def _exercise(name: str) -> tuple[Exercise, AnswerKey]:
    from journeyman.curriculum import builtin
    from journeyman.curriculum.code import answer_key
    from journeyman.curriculum.loading import BrokenEntryError, load_exercise
    from journeyman.settings import load

    places = [Path(name)] if Path(name).is_dir() else []
    banks = (builtin.path(), *load().curriculum)
    places += [bank / "exercises" / name for bank in banks if "/" not in name]
    folder = next((one for one in places if (one / "exercise.toml").is_file()), None)
    if folder is None:
        raise NotFound(
            f"There is no exercise {name!r}: name a slug (`journeyman content list`) or a folder "
            "that holds an exercise.toml."
        )
    try:
        found = load_exercise(folder)
    except BrokenEntryError as error:
        raise Invalid(f"The exercise in {folder} is broken: {error.fault}.") from error
    return found, answer_key(found, folder)


def _files(place: Path) -> list[Path]:
    if place.is_file():
        return [place]
    if not place.is_dir():
        raise Invalid(f"There is no file or folder {place}.")
    files = sorted(file for file in place.rglob("*.py") if file.is_file() and _meant(file, place))
    if not files:
        raise Invalid(f"There are no .py files in {place}.")
    return files


def _meant(file: Path, place: Path) -> bool:
    """Whether a file may have been handed in: not part of an environment or a repository."""
    inside = file.relative_to(place).parts
    return not any(part.startswith((".", "__")) or part == "site-packages" for part in inside)


def _row(
    sandbox: Sandbox, exercise: Exercise, key: AnswerKey, file: Path, seed: int | None
) -> dict[str, Any]:
    """One file's verdict as data; a failure of ours becomes a row that says so."""
    from journeyman.core.exercise import Verdict
    from journeyman.core.identifiers import new_seed
    from journeyman.exercises.rules import verdict_data
    from journeyman.exercises.wording import verdict_text

    try:
        size = file.stat().st_size
        if size > LARGEST_FILE:
            message = f"The file has {size:,} bytes and was not read: it is no Python source."
            verdict = Verdict("rejected", "source", message, isolation=sandbox.isolation().level)
        else:
            chosen = new_seed() if seed is None else seed
            verdict = sandbox.grade(exercise, key, file.read_bytes(), seed=chosen)
    except OSError as error:
        return _failure(Invalid(f"{file} cannot be read ({error.strerror})."))
    except JourneymanError as error:
        return _failure(error)
    return {
        **verdict_data(verdict),
        "exit": DONE if verdict.passed else FELL_SHORT,
        "text": verdict_text(verdict),
    }


def _failure(error: JourneymanError) -> dict[str, Any]:
    return {
        "verdict": None,
        "category": "unreadable" if error.exit_code == Invalid.exit_code else "unavailable",
        "message": error.message,
        "line": None,
        "cases": [],
        "isolation": "",
        "cpu_ms": 0.0,
        "wall_ms": 0.0,
        "exit": error.exit_code,
        "text": error.message,
    }


def _line(row: dict[str, Any]) -> str:
    passed = sum(case["passed"] for case in row["cases"])
    told = "" if row["verdict"] == "passed" else row["message"]
    verdict = row["verdict"] or "not graded"
    return f"{row['file']:<40} {verdict:<8} {passed}/{len(row['cases'])} {told}"


@click.command()
@click.argument("slug", default="")
@json_option
def regrade(slug: str, as_json: bool) -> None:
    """Grade stored submissions again after an exercise changed its version.

    The old grade stays beside the new one; what changed is listed.
    """
    with application() as app:
        found = app.regrade(slug)
    changed = [one for one in found if one.changed]
    lines = [f"{len(found)} submissions graded again, {len(changed)} with another outcome."]
    lines += [
        f"  {one.slug} {one.attempt}: {one.old} (version {one.old_version}) -> {one.new} "
        f"(version {one.new_version})"
        for one in changed
    ]
    data = {"regraded": found, "changed": [one.attempt for one in changed]}
    show(data, "\n".join(lines), as_json=as_json)


@click.command()
@json_option
def finish(as_json: bool) -> None:
    """Grade what was handed in but not graded, after a crash or a kill."""
    from journeyman.exercises.wording import verdict_text

    with application() as app:
        done = app.finish_all()
    texts = [verdict_text(one.verdict) for one in done if one.verdict]
    text = "\n\n".join(texts) or "Everything that was handed in has been graded."
    show({"finished": done}, text, as_json=as_json)
