"""Commands of projects: evaluate, explain, deliver, run again and hand in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from journeyman.cli.context import application, json_option
from journeyman.cli.output import DONE, FELL_SHORT, leave, show
from journeyman.cli.project_place import at, here, tell_step, whole
from journeyman.errors import NotFound


@click.command()
@click.argument("run", default="")
@here
@click.option("--final", is_flag=True, help="Open the hold-out, which is done once.")
@click.option("--again", is_flag=True, help="With --final: look again, and count it.")
@click.option("--house", type=click.FloatRange(5), help="Seconds for the house run.")
@click.option("--curve", is_flag=True, help="Measure a learning curve with a quick model of ours.")
@click.option("--group", default="", help="A column whose groups' rates are compared.")
@json_option
def evaluate(run: str, place: Path, final: bool, again: bool, as_json: bool, **parts: Any) -> None:
    """Evaluate a run: intervals, slices, calibration, costs, errors; or open the hold-out.

    Without --final the run's own validation or test rows are used, as often as you like, and a
    report in Markdown, JSON and SVG is written. With --final your predict entry point gets rows
    that Journeyman has kept back; that look is counted.
    """
    with application() as app:
        if final:
            from journeyman.projects.wording import final_text

            opened = app.projects.final(place, run, again=again)
            data = {
                "run": opened.run.id, "look": opened.look.to_json(), "baseline": opened.baseline,
                "scores": opened.scores,
            }  # fmt: skip
            show(whole(data), final_text(opened), as_json=as_json)
            return
        from journeyman.projects.evaluating import Wanted

        found, report = app.projects.evaluate(
            place, run, Wanted(**parts), None if as_json else tell_step
        )
    text = f"{found.text()}\n\nThe report is {report / 'report.md'}."
    show(whole({**found.to_json(), "report": report}), text, as_json=as_json)


@click.command()
@click.argument("run", default="")
@here
@click.option("--column", "columns", multiple=True, help="A column whose effect is shown.")
@click.option("--row", type=click.IntRange(0), help="One predicted row: why, and what if.")
@json_option
def explain(
    run: str, place: Path, columns: tuple[str, ...], row: int | None, as_json: bool
) -> None:
    """Explain a run's model: importance, effects, one row; with warnings where that misleads."""
    with application() as app:
        found = app.projects.explain(place, run, columns, row)
    show(whole({"run": found.run.id, **found.data}), found.text(), as_json=as_json)


@click.command()
@click.argument("run", default="")
@here
@click.option("--out", type=click.Path(path_type=Path), help="Folder; .journeyman/export if none.")
@click.option("--container", is_flag=True, help="Write a container file beside the export, too.")
@click.option("--mlflow", type=click.Path(path_type=Path), help="Write all runs as mlruns there.")
@json_option
def export(
    run: str, place: Path, out: Path | None, mlflow: Path | None, *, container: bool, as_json: bool
) -> None:
    """Export a run's model to ONNX with a parity check; or all runs in MLflow's layout."""
    with application() as app:
        if mlflow is not None:
            written = app.projects.mlflow(place, mlflow)
            show({"folder": written}, f"The runs are in {written}.", as_json=as_json)
            return
        found = app.projects.export(place, run, out)
    data, text = found.to_json(), found.text()
    if container:
        from journeyman import delivery

        data["container"] = delivery.container(found.folder)
        text += f"\nThe container file is {data['container']}: docker build -t model in its folder."
    show(whole(data), text, as_json=as_json)


@click.command()
@here
@click.option("--host", default="127.0.0.1", help="Address; anything else lets the network ask.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, help="0 takes any free one.")
@json_option
def serve(place: Path, host: str, port: int, as_json: bool) -> None:
    """Serve the exported model over HTTP until Ctrl-C; then tell how long answers took."""
    from journeyman import delivery

    with application() as app:
        folder = app.projects.export_folder(place)
    report = delivery.serve(
        folder,
        host,
        port,
        ready=lambda address: tell_step(f"Serving at {address}; Ctrl-C ends it."),
    )
    lines = [f"{name}: {value}" for name, value in report.items()]
    show(whole(report), "\n".join(lines), as_json=as_json)


@click.command()
@click.argument("stream", type=click.Path(path_type=Path))
@here
@click.option(
    "--window", type=click.IntRange(50), default=500, help="Rows that are looked at once."
)
@json_option
def monitor(stream: Path, place: Path, window: int, as_json: bool) -> None:
    """Watch new rows (CSV, JSON Lines or Parquet) for drift from the exported model's own.

    Exits with 1 when a column changed.
    """
    from journeyman import delivery

    with application() as app:
        folder = app.projects.export_folder(place)
    found = delivery.monitor(folder, stream, window=window)
    show(whole(found.to_json()), found.text(), as_json=as_json)
    leave(FELL_SHORT if found.alerts else DONE)


@click.command()
@click.argument("run", default="")
@here
@click.option("--present", is_flag=True, help="Use the run's interpreter; build no environment.")
@json_option
def reproduce(run: str, place: Path, present: bool, as_json: bool) -> None:
    """Clone, build the locked environment, run again and compare, as a stranger would.

    Exits with 1 unless the metric comes out within the stated tolerance.
    """
    with application() as app:
        found = app.projects.reproduce(
            place, run, locked=not present, tell=None if as_json else tell_step
        )
    show({**found.to_json(), "told": found.verdict()}, found.verdict(), as_json=as_json)
    leave(DONE if found.level == "Reproduced" else FELL_SHORT)


@click.command()
@at
@click.option("--url", "code_url", default="", help="Where your repository is published.")
@click.option("--anyway", is_flag=True, help="Also where the check finds something to mend.")
@json_option
def submit(place: Path, code_url: str, anyway: bool, as_json: bool) -> None:
    """Hand the project in: a dossier with a signed claim, and evidence on its skills.

    Exits with 1 when something has to be mended first.
    """
    from journeyman.projects.wording import submitted_text

    with application() as app:
        try:
            exported: Path | None = app.projects.export_folder(place)
        except NotFound:
            exported = None
        found = app.projects.submit(place, code_url=code_url, export=exported, anyway=anyway)
    data = {
        "dossier": found.folder, "evidence": [one.id for one in found.facts], "claim": found.claim,
        "score": found.shown.score, "parts": found.shown, "stages": found.stages,
        "reproduced": found.dossier.reproduced, "looks": found.dossier.looks,
    }  # fmt: skip
    show(whole(data), submitted_text(found), as_json=as_json)
