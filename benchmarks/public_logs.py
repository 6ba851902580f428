"""Public logs of answers, cut into training and held-out learners.

They lie in a folder that you fill yourself, under the names that two public repositories give them:
from theophilee/learner-performance-prediction `assistments09`, `statics`, `algebra05`; from
arghosh/AKT `assist2015` and `assist2017_pid`. ASSISTments' terms forbid passing its data on, so
none of it is here.

One row is one response. Held-out learners are the authors' test file where there is one, otherwise
a fold. Of assist15 and assist17, fold 1 was used while the tracer was written and folds 2 to 5 were
not.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from journeyman.learner.tracing import Log, Response
from journeyman.learner.tracing.evaluate import deal
from journeyman.learner.tracing.log import Rows

SETS = ("assist09", "statics", "assist15", "assist17", "assist17 without repeats", "algebra05")
FOLDS = (1, 2, 3, 4, 5)


def table(file: Path) -> Iterator[Response]:
    """One response a line, tabs between columns."""
    with file.open(encoding="utf-8", newline="") as text:
        for row in csv.DictReader(text, delimiter="\t"):
            correct, time = row["correct"] == "1", float(row["timestamp"])
            yield Response(row["user_id"], row["item_id"], (row["skill_id"],), correct, time)


def strips(file: Path, *, items: bool, repeats: bool, fold: int) -> Iterator[Response]:
    """A learner in three or four lines: learner, (items,) skills, answers."""
    lines = [line.strip().rstrip(",").split(",") for line in file.read_text().splitlines()]
    height = 4 if items else 3
    for at in range(0, len(lines) - height + 1, height):
        asked, skills, answers = lines[at + 1], lines[at + height - 2], lines[at + height - 1]
        before = ""
        for item, skill, answer in zip(asked, skills, answers, strict=True):
            if repeats or item != before:
                yield Response(f"{fold} {lines[at][0]}", item, (skill,), answer == "1")
            before = item


def split(folder: Path, name: str, fold: int) -> tuple[Log, Log]:
    """Training and held-out learners."""
    if name in {"assist09", "statics"}:
        place = folder / {"assist09": "assistments09"}.get(name, name)
        parts = [list(table(place / f"preprocessed_data_{part}.csv")) for part in ("train", "test")]
        whole = Log.of(parts[0] + parts[1])
        held = {one.learner for one in parts[1]}
    elif name == "algebra05":
        whole = Log.of(table(folder / name / "preprocessed_data_test.csv"))
        part = deal(whole, len(FOLDS), 0)
        return (
            whole.rows(np.flatnonzero(part != fold - 1)),
            whole.rows(np.flatnonzero(part == fold - 1)),
        )
    else:
        stem = "assist2015" if name == "assist15" else "assist2017_pid"
        found: list[Response] = []
        for one in FOLDS:
            file = folder / stem / f"{stem}_test{one}.csv"
            items, repeats = name != "assist15", not name.endswith("repeats")
            found += strips(file, items=items, repeats=repeats, fold=one)
        whole = Log.of(found)
        held = {one.learner for one in found if one.learner.startswith(f"{fold} ")}
    inside = np.isin(whole.learner, [whole.learners.index(one) for one in held])
    return whole.rows(np.flatnonzero(~inside)), whole.rows(np.flatnonzero(inside))


def place(log: Log) -> Rows:
    """How many answers the learner gave before each, shape (n,)."""
    starts = np.repeat([first for first, _ in log.spans()], [b - a for a, b in log.spans()])
    found: Rows = np.arange(len(log)) - starts
    return found


def beginning(log: Log, answers: int) -> Log:
    """Only each learner's first answers."""
    return log.rows(np.flatnonzero(place(log) < answers))
