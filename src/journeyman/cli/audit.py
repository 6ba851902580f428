"""Commands that look data and work over: audit and review."""

from __future__ import annotations

from pathlib import Path

import click

from journeyman.cli.context import json_option
from journeyman.cli.output import DONE, FELL_SHORT, leave, show
from journeyman.errors import Invalid


@click.command()
@click.argument("source", metavar="FILE|DIR|URL")
@click.option("--target", default="", help="The column to be predicted.")
@click.option("--against", type=click.Path(path_type=Path), help="A second file to compare with.")
@click.option("--svg", type=click.Path(path_type=Path), help="Write a drawing to this file.")
@json_option
def audit(source: str, target: str, against: Path | None, svg: Path | None, as_json: bool) -> None:
    """Look a table over: types, gaps, outliers, spellings, duplicates, time, labels, drift.

    The source is a CSV or Parquet file, a folder of images, sounds or texts, or the address of a
    table (sqlite:///FILE#TABLE, duckdb:///FILE#TABLE, postgresql://...#TABLE). Exits with 1 when
    something was found that cannot stay as it is.
    """
    from journeyman.audit import audit as look_over
    from journeyman.audit import open_table

    report = look_over(
        open_table(source), target=target, against=open_table(against) if against else None
    )
    if svg is not None:
        try:
            svg.write_text(report.svg(), "utf-8")
        except OSError as error:
            raise Invalid(f"{svg} cannot be written: {error.strerror}.") from None
    show(report.to_json(), report.text(), as_json=as_json)
    leave(FELL_SHORT if any(one.severity == "fault" for one in report.findings) else DONE)


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--target", default="", help="The column that is predicted.")
@json_option
def review(path: Path, target: str, as_json: bool) -> None:
    """Check the methodology of a project: its code, tables, predictions and runs.

    PATH is the project's folder, or one of its files. Code is read and never run. Exits with 1 when
    a fault was found.
    """
    from journeyman.audit import bundle_from, text_of
    from journeyman.audit import review as check

    bundle = bundle_from(path, target)
    found = check(bundle)
    target = f"; target “{bundle.target}”" if bundle.target else ""
    method = text_of(found) or "No fault of method was found."
    text = f"Read: {', '.join(bundle.seen)}{target}\n\n{method}"
    data = {
        "read": bundle.seen, "target": bundle.target,
        "findings": [one.to_json() for one in found],
    }  # fmt: skip
    show(data, text, as_json=as_json)
    leave(FELL_SHORT if any(one.severity == "fault" for one in found) else DONE)
