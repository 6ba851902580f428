"""Commands for exercises: in the learner's own editor, with the same grading as the page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from journeyman.cli.context import application, json_option
from journeyman.cli.output import DONE, FELL_SHORT, leave, show
from journeyman.errors import Conflict, Invalid, JourneymanError, TooLarge
from journeyman.exercises.wording import verdict_text

if TYPE_CHECKING:
    from journeyman.app import App
    from journeyman.core.exercise import Verdict
    from journeyman.exercises.queries import ExercisePage, Handed

LARGEST_FILE = 1024 * 1024
file_option = click.option(
    "--file", type=click.Path(path_type=Path), help="Your file; SLUG/SLUG.py or SLUG.py by default."
)


@click.command()
@json_option
def exercises(as_json: bool) -> None:
    """List the exercises and where you stand with each."""
    with application() as app:
        found = app.exercises()
    words = {"new": "", "started": "started", "passed": "passed", "gave-up": "given up"}
    text = "\n".join(
        f"{one.exercise.slug:<36} {one.exercise.title:<48} {words[one.standing]}" for one in found
    )
    data = [
        {"slug": one.exercise.slug, "title": one.exercise.title, "standing": one.standing,
         "tries": one.tries, "skills": dict(one.exercise.skills)}
        for one in found
    ]  # fmt: skip
    show(data, text, as_json=as_json)


@click.command()
@click.argument("slug")
@click.option(
    "--dir",
    "folder",
    type=click.Path(path_type=Path),
    default=Path(),
    help="Where to put the folder SLUG.",
)
@json_option
def start(slug: str, folder: Path, as_json: bool) -> None:
    """Put an exercise's task and starter file into a folder.

    A file that is there already is never overwritten.
    """
    with application() as app:
        page = app.exercise(slug)
    place = folder / slug
    file, task = place / f"{_module(slug)}.py", place / "TASK.md"
    kept = file.exists()
    try:
        place.mkdir(parents=True, exist_ok=True)
        task.write_text(_task(page), "utf-8")
        if not kept:
            file.write_text(page.draft, "utf-8")
    except OSError as error:
        raise Invalid(f"{place} cannot be written ({error.strerror}); use --dir.") from error
    said = "is there already and was kept" if kept else "is yours to edit"
    text = f"{task} says what to do; {file} {said}.\nGrade it with: journeyman check {slug}"
    show({"slug": slug, "file": str(file), "task": str(task), "kept": kept}, text, as_json=as_json)


@click.command()
@click.argument("slug")
@file_option
@json_option
def check(slug: str, file: Path | None, as_json: bool) -> None:
    """Grade your file for an exercise and record the verdict.

    Exits with 0 when it passes, 1 when it does not, 3 when grading itself failed.
    """
    with application() as app:
        source = _read(_find(slug, file))
        handed = app.check(slug, source)
    verdict = _verdict(handed)
    show(
        {"slug": slug, "attempt": handed.attempt, **_data(verdict)},
        verdict_text(verdict),
        as_json=as_json,
    )
    leave(DONE if verdict.passed else FELL_SHORT)


@click.command()
@click.argument("slug")
@file_option
@click.option("--once", is_flag=True, help="End after the first save that was graded.")
@json_option
def watch(slug: str, file: Path | None, once: bool, as_json: bool) -> None:
    """Grade your file each time that you save it; Ctrl-C ends."""
    from watchfiles import watch as changes

    with application() as app:
        place = _find(slug, file).resolve()
        app.sandbox.warm(app.exercise(slug).exercise.tier)
        click.echo(f"Watching {place}. Save to grade; Ctrl-C ends.", err=True)
        _grade_saved(app, slug, place, as_json)
        for _ in changes(
            place.parent, watch_filter=lambda _, path: path == str(place), debounce=50, step=10
        ):
            _grade_saved(app, slug, place, as_json)
            if once:
                return


def _grade_saved(app: App, slug: str, file: Path, as_json: bool) -> None:
    try:
        verdict = _verdict(app.check(slug, _read(file)))
    except JourneymanError as error:
        click.echo(error.message, err=True)
        return
    show({"slug": slug, **_data(verdict)}, verdict_text(verdict) + "\n", as_json=as_json)


@click.command()
@click.argument("slug")
@json_option
def hint(slug: str, as_json: bool) -> None:
    """Take the next hint of an exercise; what passes after hints counts a little less."""
    with application() as app:
        taken = app.hint(slug)
        count = len(app.exercise(slug).exercise.hints)
    text = f"Hint {len(taken)} of {count}: {taken[-1]}"
    show({"slug": slug, "hints": taken, "left": count - len(taken)}, text, as_json=as_json)


@click.command()
@click.argument("slug")
@click.option("--give-up", is_flag=True, help="Give up on this exercise; that is evidence too.")
@json_option
def solution(slug: str, give_up: bool, as_json: bool) -> None:
    """Show the solution, after passing or giving up."""
    with application() as app:
        text = app.give_up(slug) if give_up else app.solution(slug)
    show({"slug": slug, "solution": text}, text, as_json=as_json)


def _task(page: ExercisePage) -> str:
    text = f"# {page.exercise.title}\n\n{page.task}"
    if page.exercise.forbidden:
        names = ", ".join(f"`{name}`" for name in page.exercise.forbidden)
        text += f"\nWrite it without {names}: that would leave nothing to learn here.\n"
    return text


def _module(slug: str) -> str:
    return slug.replace("-", "_")


def _find(slug: str, file: Path | None) -> Path:
    if file is not None:
        return file
    name = f"{_module(slug)}.py"
    places = (Path(slug) / name, Path(name))
    for place in places:
        if place.is_file():
            return place
    raise Invalid(
        f"There is no {places[0]} or {places[1]} here: make one with `journeyman start {slug}`, or "
        "name your file with --file."
    )


def _read(file: Path) -> str:
    if file.exists() and not file.is_file():
        raise Invalid(f"{file} is not a file of text; name your Python file with --file.")
    try:
        if file.stat().st_size > LARGEST_FILE:
            raise TooLarge(
                f"{file} has {file.stat().st_size:,} bytes; an exercise takes at most 65,536."
            )
        return file.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise Invalid(
            f"{file} is not UTF-8 text, so it cannot be Python; nothing was graded."
        ) from error
    except OSError as error:
        raise Invalid(
            f"{file} cannot be read ({error.strerror}); name your file with --file."
        ) from error


def _verdict(handed: Handed) -> Verdict:
    if handed.verdict is None:
        raise Conflict("That submission was graded by another process; see `journeyman progress`.")
    return handed.verdict


def _data(verdict: Verdict) -> dict[str, object]:
    from journeyman.exercises.rules import verdict_data

    return verdict_data(verdict)
