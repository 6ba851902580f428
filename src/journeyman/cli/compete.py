"""``journeyman compete``: competitions from getting the data to closing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from journeyman.cli.context import application, json_option
from journeyman.cli.output import DONE, FELL_SHORT, interactive, leave, show
from journeyman.errors import Invalid

if TYPE_CHECKING:
    from journeyman.competitions.validating import Report

password_option = click.option(
    "--password-file",
    type=click.Path(path_type=Path),
    help="A file that holds the password of the sealed labels.",
)


@click.group()
def compete() -> None:
    """Compete on real data, on a board that random submissions cannot climb."""


@compete.command("list")
@json_option
def list_(as_json: bool) -> None:
    """List the competitions and where you stand with each."""
    with application() as app:
        found = app.competitions.lines()
        faults = dict(app.competitions.catalogue.faults)
    words = {"new": "", "here": "data are here", "open": "open", "closed": "closed"}
    lines = [
        f"{one.slug:<24} {one.task:<11} {one.metric:<20} {one.level}  "
        f"{words[one.state]:<14} {one.title}"
        for one in found
    ]
    lines += [f"Left out: {sentence}" for sentence in faults.values()]
    data = {"competitions": found, "faults": faults}
    show(data, "\n".join(lines) or "There are no competitions.", as_json=as_json)


@compete.command()
@click.argument("competition", metavar="SLUG|DIR")
@click.option("--large", is_flag=True, help="Get what is got only on request, for its size.")
@click.option(
    "--archives",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A folder with archives that you have already; looked at before the network.",
)
@json_option
def get(competition: str, large: bool, archives: tuple[Path, ...], as_json: bool) -> None:
    """Get a competition's data, or take over a folder that a host has shared.

    Data are downloaded once, checked, and usable offline from then on.
    """
    for folder in archives:
        if not folder.is_dir():
            raise Invalid(f"There is no folder {folder}; name one with --archives.")
    with application() as app:
        contests = app.competitions
        if competition in contests.catalogue.entries and not large:
            wanted = contests.entry(competition)
            if wanted.opt_in and not contests.home(competition).ready(wanted):
                raise Invalid(f"{competition} has large data; get it with --large.")
        home = contests.get(competition, None if as_json else _progress(), archives)
        entry = app.competitions.entry(home.folder.name)
        description = entry.text("description.md")
    told = f"Your data lie in {home.folder}: train.parquet, test.parquet, sample_submission.csv."
    if entry.rules is not None:
        told = f"{entry.rules.environment}: hand in a .py file with act(observation)."
    starter, card = entry.folder / "starter.py", entry.folder / "data-card.md"
    lines = [entry.title, "", description.strip(), "", told]
    if card.is_file() and entry.rules is None:
        lines.append(f"Where they come from, under which licence, and their known faults: {card}")
    if starter.is_file():
        lines.append(f"A script to start from: {starter}")
    lines.append(f"Next: journeyman compete submit {entry.slug} FILE --expect '0.81 +- 0.01'")
    data = {
        "slug": entry.slug,
        "folder": home.folder,
        "metric": entry.metric.name,
        "better": entry.metric.better,
        "example": entry.metric.example,
        "level": entry.level,
        "split": entry.split,
        "description": description,
        "data_card": entry.text("data-card.md"),
        "starter": starter if starter.is_file() else None,
    }
    show(data, "\n".join(lines), as_json=as_json)


def _tell(what: str) -> None:
    """Say on stderr what is done now."""
    click.echo(what[:1].upper() + what[1:], err=True)


def _progress() -> Callable[[Any], None]:
    """Tells each stage of a download, and each tenth of it, on stderr."""
    told = {"last": ""}

    def tell(step: Any) -> None:
        tenth = f" {100 * step.done // step.total // 10 * 10} %" if step.total else ""
        line = f"{step.stage.capitalize()} {step.source}{tenth}"
        if line != told["last"]:
            told["last"] = line
            click.echo(line, err=True)

    return tell


@compete.command()
@click.argument("slug")
@click.argument("names", nargs=-1)
@click.option("--again", is_flag=True, help="Run baselines that were run already.")
@json_option
def baseline(slug: str, names: tuple[str, ...], again: bool, as_json: bool) -> None:
    """Run the house field: the honest baselines that you compete with.

    Each is a real run on this machine; its time and peak memory are kept. NAMES run only some.
    """
    from journeyman.competitions.wording import rung_lines

    with application() as app:
        entry = app.competitions.entry(slug)
        rungs = app.competitions.baseline(slug, names, again=again, tell=None if as_json else _tell)
    data = [
        {
            "name": one.name,
            "says": one.says,
            "public": one.public.interval(entry.metric),
            "seconds": one.seconds,
            "peak_mb": one.peak_mb,
        }
        for one in rungs
    ]
    show(_whole(data), rung_lines(entry, rungs), as_json=as_json)


@compete.command()
@click.argument("slug")
@click.argument("file", type=click.Path(path_type=Path))
@json_option
def validate(slug: str, file: Path, as_json: bool) -> None:
    """Check a file of predictions and name all that is wrong with it; nothing is recorded.

    Exits with 0 when it can be scored and 1 when it cannot.
    """
    from journeyman.competitions.wording import report_text

    with application() as app:
        report = app.competitions.validate(slug, file)
    show(_report(report), report_text(report), as_json=as_json)
    leave(DONE if report.valid else FELL_SHORT)


@compete.command()
@click.argument("slug")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--expect", default="", help='Your own estimate of the score: "0.81 +- 0.01".')
@click.option("--note", default="", help="What you tried, for yourself.")
@json_option
def submit(slug: str, file: Path, expect: str, note: str, as_json: bool) -> None:
    """Hand in predictions (CSV or Parquet), or a .py file with fit(X, y) and predict(X).

    X has the columns that train.parquet and test.parquet share, without the id; predict uses what
    fit has kept in a global variable. Code is run in the sandbox, where it never sees a label of
    the test, and once more on a split that its own hash draws (level L1). A file with errors is not
    recorded. Exits with 1 when the file has errors or the code fails.
    """
    from journeyman.competitions.wording import report_text, submitted_text

    with application() as app:
        done = app.competitions.submit(
            slug, file, expect=expect, note=note, tell=None if as_json else _tell
        )
    if done.submission is None or done.board is None:
        if done.report is None:
            raise AssertionError
        text = f"{report_text(done.report)}\nNothing was recorded; mend the file and try again."
        show(_report(done.report), text, as_json=as_json)
        leave(FELL_SHORT)
    data = {
        "submission": _submission(done.submission),
        "warnings": done.report.warnings if done.report else [],
        "board": done.board,
    }
    text = submitted_text(done.submission, done.board, done.report)
    show(_whole(data), text, as_json=as_json)


@compete.command()
@click.argument("slug")
@json_option
def board(slug: str, as_json: bool) -> None:
    """Show the board: intervals, groups of ties, the house field and your level.

    The public part while it is open; the private part with the shake-up once it is closed.
    """
    from journeyman.competitions.wording import board_text

    with application() as app:
        found = app.competitions.board(slug)
    show(_whole(found), board_text(found), as_json=as_json)


@compete.command()
@click.argument("slug")
@click.option("--add", help="A note to keep with a submission.")
@click.option("--to", "submission", default="", help="Last digits of the submission it goes with.")
@click.option("--hint", "want_hint", is_flag=True, help="Take the next hint on a trap.")
@click.option("--name", "want_name", is_flag=True, help="Name the traps whose hints you saw.")
@click.option("--house", is_flag=True, help="Show the house field's code, after submitting.")
@json_option
def notes(
    slug: str, add: str | None, submission: str, want_hint: bool, want_name: bool, house: bool,
    as_json: bool,
) -> None:  # fmt: skip
    """Read and keep notes on your submissions; hints on traps, and the house field's code."""
    from journeyman.competitions.wording import notes_text

    with application() as app:
        contests = app.competitions
        if add is not None:
            contests.note(slug, add, submission)
        hint = contests.hint(slug).hint if want_hint else ""
        named = contests.name_traps(slug) if want_name else ()
        code = contests.house_code(slug) if house else {}
        if house and not code:
            raise Invalid("The house field's code is readable after your first submission.")
        found = contests.submissions(slug)
    data: dict[str, Any] = {"submissions": [_submission(one) for one in found]}
    parts = []
    if want_hint:
        data["hint"] = hint
        parts.append(f"Hint: {hint}")
    if want_name:
        data["traps"] = [{"name": one.name, "says": one.says} for one in named]
        parts += [f"{one.name}: {one.says}" for one in named]
    if house:
        data["house"] = code
        parts += [f"# {name}.py\n{text}" for name, text in code.items()]
    if not parts:
        parts.append(notes_text(found))
    show(_whole(data), "\n\n".join(parts), as_json=as_json)


@compete.command()
@click.argument("slug")
@click.option("--submission", default="", help="Last digits of the one you stand by.")
@click.option("--no-house", is_flag=True, help="Do not run missing baselines: no medal then.")
@password_option
@json_option
def close(
    slug: str, submission: str, no_house: bool, password_file: Path | None, as_json: bool
) -> None:
    """Stand by one submission, your best on the public board by default, and see the private part.

    Baselines that were not run yet are run first, because medals and evidence go by the whole house
    field. A competition is closed once; later submissions are practice.
    """
    from journeyman.app.competing.ground import ALONE, Watch
    from journeyman.competitions.wording import board_text

    password = _password(password_file) if password_file else None
    watch = ALONE if as_json else Watch(_tell)
    with application() as app:
        found = app.competitions.close(slug, submission, password, house=not no_house, watch=watch)
    show(_whole(found), board_text(found), as_json=as_json)


@compete.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--data", "file", required=True, type=click.Path(path_type=Path), help="The table.")
@click.option("--target", required=True, help="The column to be predicted.")
@click.option("--split", required=True, help="temporal:COLUMN, group:COLUMN or random.")
@click.option("--metric", default="", help="A metric of the scoring room; chosen by the target.")
@click.option("--slug", default="", help="Its short name; the folder's by default.")
@click.option("--title", default="", help="Its title.")
@click.option("--published", is_flag=True, help="The rows can be found elsewhere: level L0.")
@click.option("--keep-labels", is_flag=True, help="Keep the labels here; you score the files.")
@password_option
@json_option
def new(
    folder: Path,
    file: Path,
    keep_labels: bool,
    password_file: Path | None,
    as_json: bool,
    **wishes: Any,
) -> None:
    """Make a competition from your own table: a folder that another installation can get.

    The labels are sealed with a password (asked for at a terminal, or --password-file), or kept on
    this machine with --keep-labels.
    """
    from journeyman.competitions.making import Wishes
    from journeyman.competitions.wording import made_text

    password = None if keep_labels else _password(password_file, twice=True)
    with application() as app:
        made = app.competitions.new(folder, file, Wishes(password=password, **wishes))
    data = {
        "folder": made.folder,
        "slug": made.slug,
        "metric": made.metric,
        "task": made.task,
        "rows": made.rows,
        "level": made.level,
        "sealed": made.sealed,
        "findings": made.findings,
        "advice": made.advice.to_json(),
        "remarks": made.remarks,
    }
    show(data, made_text(made), as_json=as_json)


def _password(file: Path | None, *, twice: bool = False) -> str:
    """The password from a file or from the keyboard; never from the command line itself."""
    if file is not None:
        try:
            text = file.read_text("utf-8").rstrip("\r\n")
        except (OSError, UnicodeDecodeError) as error:
            raise Invalid(f"{file} cannot be read as text; name the password's file.") from error
        if not text:
            raise Invalid(f"{file} is empty; it should hold the password.")
        return text
    if not interactive():
        raise Invalid("Name a password with --password-file, or keep the labels: --keep-labels.")
    found: str = click.prompt(
        "Password for the labels", hide_input=True, confirmation_prompt=twice, err=True
    )
    return found


def _report(report: Report) -> dict[str, Any]:
    return {
        "valid": report.valid,
        "rows": report.rows,
        "errors": report.errors,
        "warnings": report.warnings,
    }


def _submission(one: Any) -> dict[str, Any]:
    """A submission without its replicates, and without the score that the Ladder keeps."""
    public = one.public or {}
    return {
        "id": one.id,
        "name": one.name,
        "form": one.form,
        "level": one.level,
        "stage": one.stage,
        "at": one.opened_at,
        "file_sha256": one.file_sha256,
        "seed": one.seed,
        "expected": one.expected,
        "margin": one.margin,
        "note": one.note,
        "released": public.get("released"),
        "climbed": public.get("climbed"),
        "late": public.get("late", False),
        "rerun": public.get("rerun"),
        "message": public.get("message", ""),
        "private": (one.private or {}).get("value"),
    }


def _whole(value: Any) -> Any:
    """JSON has no NaN: what is no number becomes null."""
    import math

    from journeyman.cli.output import plain

    def mend(one: Any) -> Any:
        if isinstance(one, float) and not math.isfinite(one):
            return None
        if isinstance(one, dict):
            return {key: mend(inner) for key, inner in one.items()}
        if isinstance(one, list):
            return [mend(inner) for inner in one]
        return one

    return mend(plain(value))
