"""The knowledge tracer beside Elo, PFA and Best-LR on public logs that you have obtained yourself.

    PYTHONPATH=src OMP_NUM_THREADS=1 python benchmarks/knowledge.py FOLDER --set assist09 --json OUT

FOLDER holds the data folders of two public repositories under their own names: from
theophilee/learner-performance-prediction `assistments09`, `statics`, `algebra05`; from arghosh/AKT
`assist2015` and `assist2017_pid`. ASSISTments' terms forbid passing its data on, so none of it is
here. One row is one response. Held-out learners are the authors' test file where there is one,
otherwise a fold that no choice was made on (assist15 and assist17: folds 2 to 5; fold 1 was used).
"""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import numpy as np

from journeyman.learner.tracing import Log, Response
from journeyman.learner.tracing.evaluate import Evaluation, deal, report, trial

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


def show(name: str, train: Log, found: Evaluation) -> None:
    """One line a model."""
    print(
        f"{name}: {len(train)} answers of {len(train.present())} learners to fit, "
        f"{found.rows} of {found.learners} held out"
    )
    for model, one in found.models.items():
        print(
            f"  {model:12s} AUC {one.auc:.4f}  log loss {one.log_loss:.4f}  "
            f"RMSE {one.rmse:.4f}  ECE {one.ece:.4f}"
        )
    gap = found.interval
    print(
        f"  against {gap.baseline}: {gap.difference:+.4f} [{gap.low:+.4f}, {gap.high:+.4f}]; "
        f"fit {found.fit_seconds:.0f} s CPU, {found.us_per_event:.0f} us an event",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--set", action="append", choices=SETS, help="Several may be named.")
    parser.add_argument("--fold", type=int, default=2, choices=FOLDS, help="Of those without test.")
    parser.add_argument("--learners", type=int, help="Fit on at most this many, drawn by chance.")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    everything: dict[str, object] = {}
    for name in options.set or SETS:
        train, test = split(options.folder, name, options.fold)
        if options.learners:
            drawn = np.random.default_rng(options.seed).permutation(train.present())
            train = train.take(drawn[: options.learners])
        found = report([trial(train, test, seed=options.seed)])
        show(name, train, found)
        everything[name] = asdict(found)
        if options.json:
            options.json.write_text(json.dumps(everything, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
