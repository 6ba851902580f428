"""``journeyman model``: how good the models are, measured on anybody's data."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from journeyman.cli.context import json_option
from journeyman.cli.output import show
from journeyman.cli.simulate import simulate
from journeyman.errors import Invalid

if TYPE_CHECKING:
    from journeyman.learner.tracing import Log
    from journeyman.learner.tracing.evaluate import Evaluation

TITLES = {"journeyman": "Journeyman", "elo": "Elo", "pfa": "PFA", "best_lr": "Best-LR"}
SHOWN = 15
"""Skills listed for people; --json lists all."""


@click.group()
def model() -> None:
    """Measure the learner models on logs and on simulated learners."""


model.add_command(simulate)


@model.command(name="evaluate")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--folds", type=click.IntRange(2), default=5, help="Parts the learners are cut into.")
@click.option("--seed", type=click.IntRange(0), default=0, help="Of the cut and of the fits.")
@json_option
def evaluate_(file: Path, folds: int, seed: int, as_json: bool) -> None:
    """Predict the answers in a log of responses and compare with published models.

    FILE has one line for each response, with a heading: learner, item, skills (several separated by
    ";"), correct (1 or 0), and where known time (seconds or ISO 8601) and duration (seconds).
    Every learner is predicted by models that never saw that learner.
    """
    from journeyman.learner.tracing.evaluate import evaluate

    log = read(file)
    found = evaluate(log, folds=folds, seed=seed, say=lambda text: click.echo(text, err=True))
    show(found, _table(found), as_json=as_json)


def read(file: Path) -> Log:
    """The log in a file separated by commas, semicolons or tabs.

    Raises:
        Invalid: naming the file, the line and what is wrong.
    """
    from journeyman.learner.tracing import Log
    from journeyman.learner.tracing.reading import responses

    try:
        with file.open(encoding="utf-8-sig", newline="") as text:
            heading = text.readline()
            text.seek(0)
            rows = csv.reader(text, delimiter=max("\t;,", key=heading.count), strict=True)
            return Log.of(responses(next(rows, []), _numbered(rows)))
    except OSError as error:
        raise Invalid(f"{file} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise Invalid(f"{file} is not UTF-8 text.") from None
    except Invalid as error:
        raise Invalid(f"{file}: {error.message}") from None


def _numbered(rows: Any) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line that it ends on; a quoted cell may span several."""
    try:
        for cells in rows:
            yield rows.line_num, cells
    except csv.Error as error:
        raise Invalid(f"Line {rows.line_num} cannot be read: {error}.") from None


def _table(found: Evaluation) -> str:
    people = f"{found.learners} learners to {found.items} items, {found.folds} folds"
    lines = [
        f"{found.rows} answers of {people}",
        "",
        f"{'':<12}{'AUC':>8}{'log loss':>10}{'RMSE':>8}{'ECE':>8}",
    ]
    for name, one in found.models.items():
        lines.append(
            f"{TITLES[name]:<12}{_ratio(one.auc):>8}{one.log_loss:>10.4f}"
            f"{one.rmse:>8.4f}{one.ece:>8.4f}"
        )
    gap = found.interval
    between = f"95 % interval {gap.low:+.4f} to {gap.high:+.4f}; below zero is better"
    speed = f"one answer {found.us_per_event:.0f} µs (processor time)"
    lines += [
        "",
        f"Log loss against {TITLES[gap.baseline]}: {gap.difference:+.4f} ({between})",
        f"Fitting took {found.fit_seconds:.1f} s a fold, {speed}",
        "",
        f"{'skill':<32}{'answers':>9}{'right':>8}{'AUC':>8}{'log loss':>10}{'baseline':>10}",
    ]
    for name, skill in list(found.skills.items())[:SHOWN]:
        lines.append(
            f"{name[:31]:<32}{skill.rows:>9}{skill.rate:>8.2f}{_ratio(skill.auc):>8}"
            f"{skill.log_loss:>10.4f}{skill.baseline_log_loss:>10.4f}"
        )
    if len(found.skills) > SHOWN:
        lines.append(f"and {len(found.skills) - SHOWN} more skills; --json lists all")
    return "\n".join(lines)


def _ratio(value: float | None) -> str:
    return "-" if value is None else f"{value:.4f}"
