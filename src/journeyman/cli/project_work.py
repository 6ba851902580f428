"""Commands of projects: start one, look at its data, run it, compare and check."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from journeyman.cli.context import application, json_option
from journeyman.cli.output import DONE, FELL_SHORT, leave, show
from journeyman.cli.project_place import Line, Steps, at, here, write
from journeyman.errors import Invalid


@click.command("list")
@json_option
def list_(as_json: bool) -> None:
    """List the guided projects and your own, with where you stand."""
    from journeyman.projects.wording import lines_text

    with application() as app:
        lines = app.projects.lines()
        faults = app.projects.catalogue.faults
    data = [
        {"slug": one.slug, "title": one.title, "summary": one.summary, "guided": one.guided,
         "standing": one.standing, "folder": one.folder, "looks": one.looks, "level": one.level}
        for one in lines
    ]  # fmt: skip
    text = lines_text(lines) + "".join(f"\n! left out: {one}" for one in faults.values())
    show(data, text, as_json=as_json)


@click.command()
@click.argument("names", nargs=-1, required=True, metavar="[SLUG] DIR")
@click.option(
    "--data", "source", default="", help="Your own table, folder of files or SQL address."
)
@click.option("--target", default="", help="The column to be predicted, with --data.")
@click.option("--metric", default="", help="A metric of the scoring room; chosen by the target.")
@click.option("--split", default="", help="temporal:COLUMN, group:COLUMN, stratified or random.")
@click.option("--query", default="", help="SQL to run, where --data is an address.")
@click.option("--costs", nargs=2, type=float, help="What a false alarm and a miss cost.")
@click.option("--slug", default="", help="Short name, with --data; the folder's by default.")
@click.option("--title", default="", help="Title, with --data.")
@click.option(
    "--archives",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A folder with archives that you have already; looked at before the network.",
)
@click.option("--reference", is_flag=True, help="Begin with the reference solution, to study it.")
@json_option
def new(
    names: tuple[str, ...],
    source: str,
    archives: tuple[Path, ...],
    reference: bool,
    as_json: bool,
    **own: Any,
) -> None:
    """Start a project: a git repository in the field's layout that works without Journeyman.

    SLUG names a guided project. With --data FILE --target COLUMN the data are your own: CSV,
    Parquet, a folder of images, sounds or texts, or sqlite:///FILE#TABLE, duckdb:///FILE#TABLE,
    postgresql://...#TABLE.
    """
    from journeyman.projects.wording import fresh_text

    if len(names) != (1 if source else 2):
        wanted = "--data FILE --target COLUMN DIR" if source else "SLUG DIR"
        raise Invalid(f"Name what is needed: journeyman project new {wanted}.")
    folder = Path(names[-1])
    with application() as app:
        if source:
            from journeyman.projects.fresh import Own

            found = app.projects.new_own(folder, Own(source, **own))
        else:
            found = app.projects.new(
                names[0], folder, Steps(quiet=as_json), archives=archives or None,
                reference=reference,
            )  # fmt: skip
    data = {
        "slug": found.slug, "title": found.title, "folder": found.folder, "commit": found.commit,
        "task": found.task, "metric": found.metric, "split": found.split.model_dump(),
        "held": found.held, "rows": found.open, "remarks": found.remarks,
    }  # fmt: skip
    show(data, fresh_text(found), as_json=as_json)


@click.command()
@at
@json_option
def status(place: Path, as_json: bool) -> None:
    """Show where a project stands and what comes next."""
    from journeyman.projects.wording import status_text

    with application() as app:
        found = app.projects.status(place)
    data = {
        "slug": found.declared.project.slug, "folder": found.folder, "code": found.code,
        "standing": found.line.standing, "looks": found.line.looks,
        "runs": [{"id": run.id, "state": run.state, "message": run.message} for run in found.runs],
        "checked": found.checked, "reproduced": found.reproduced, "submitted": found.submitted,
        "next": found.next_step,
    }  # fmt: skip
    show(data, status_text(found), as_json=as_json)


@click.command()
@at
@click.option("--svg", type=click.Path(path_type=Path), help="Write a drawing to this file.")
@json_option
def audit(place: Path, svg: Path | None, as_json: bool) -> None:
    """Look the project's data over before anything is learnt from them.

    Exits with 1 when something was found that cannot stay as it is.
    """
    with application() as app:
        report = app.projects.audit(place)
    if svg is not None:
        write(svg, report.svg())
    show(report.to_json(), report.text(), as_json=as_json)
    leave(FELL_SHORT if any(one.severity == "fault" for one in report.findings) else DONE)


@click.command()
@at
@json_option
def check(place: Path, as_json: bool) -> None:
    """Check method and repository as a strict colleague would; code is read, never run.

    Exits with 1 when something has to be mended.
    """
    with application() as app:
        found = app.projects.check(place)
    show(found.to_json(), found.text(), as_json=as_json)
    leave(DONE if found.passed else FELL_SHORT)


@click.command(context_settings={"ignore_unknown_options": False})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED, metavar="[-- ARGUMENTS]")
@here
@click.option("--seed", type=click.IntRange(0, 2**32 - 1), help="In the place of the declared one.")
@click.option("--minutes", type=click.FloatRange(0, min_open=True), help="End it after so long.")
@click.option("--memory", type=click.FloatRange(64), help="End it beyond so many MiB.")
@click.option("--python", default="", help="An interpreter; the project's .venv by default.")
@click.option("--note", default="", help="What you try, for yourself.")
@click.option("--resume", default="", metavar="RUN", help="Take up a run that was broken off.")
@json_option
def run(
    arguments: tuple[str, ...],
    place: Path,
    memory: float | None,
    as_json: bool,
    **wishes: Any,
) -> None:
    """Run the training and record data, code, environment, metrics, time and memory.

    What follows -- is passed to your code. Ctrl-C ends it and leaves it marked as cancelled. Exits
    with 1 when the code fails, hits a limit or writes no predictions.
    """
    from journeyman.projects.running import Wish
    from journeyman.projects.wording import run_text

    wish = Wish(arguments=arguments, memory_mib=memory, **wishes)
    with application() as app, Line(quiet=as_json) as line:
        found = app.projects.run(place, wish, line)
    show(found.to_json(), run_text(found), as_json=as_json)
    leave(DONE if found.state == "done" else FELL_SHORT)


@click.command()
@here
@click.option("--svg", type=click.Path(path_type=Path), help="Write a chart to this file.")
@json_option
def runs(place: Path, svg: Path | None, as_json: bool) -> None:
    """List the project's runs with metrics and intervals."""
    from journeyman.projects.wording import runs_text

    with application() as app:
        found = app.projects.runs(place)
        if svg is not None:
            write(svg, app.projects.chart(place).svg)
    show([one.to_json() for one in found], runs_text(found), as_json=as_json)


@click.command()
@click.argument("first", default="")
@click.argument("second", default="")
@here
@json_option
def compare(first: str, second: str, place: Path, as_json: bool) -> None:
    """Compare two runs on the rows that both predicted: better, or noise?

    Runs are named by the end of their id; the newest two by default.
    """
    with application() as app:
        found = app.projects.compare(place, first, second)
    show(found.to_json(), found.text(), as_json=as_json)


@click.command()
@here
@json_option
def data(place: Path, as_json: bool) -> None:
    """Get a guided project's data again, without the rows that are kept back."""
    with application() as app:
        rows = app.projects.bring_data(place, Steps(quiet=as_json))
    show({"rows": rows}, f"data/raw is there again ({rows:,} rows).", as_json=as_json)
