"""Runs the house field of a competition and writes what was measured into its ``house.toml``.

    OMP_NUM_THREADS=1 nice -n 19 python -m benchmarks.house_field SLUG [--data FOLDER]

Each rung runs in a process of its own, which sees only ``train`` and ``test``; its seconds on
processors and of the clock and its peak memory (data, libraries and all) are those of that process
and of all that it starts. The rung with a budget of clock seconds goes before all other work of the
machine where we may ask for that (as root), since a minute that others share is none.

Scores and 95 % intervals come from ``journeyman.scoring``; the gain over the rung before is paired
on the private rows. Where an entry names no other source for its ceiling, that is set to the best
score of any rung, public or private, plus three standard errors.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import json
import os
import platform
import re
import resource
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import sklearn

from journeyman.competitions.entry import Competition, load_entry
from journeyman.competitions.home import Solution, solution_from
from journeyman.competitions.preparing import check, load_module
from journeyman.curriculum import builtin
from journeyman.data import fetch, find, sha256_of, tables
from journeyman.scoring import resampling

# From the simplest up; an entry has those of these that its ``house`` folder holds.
RUNGS = (
    "dummy",
    "naive",
    "popular",
    "neighbours",
    "linear",
    "boosting",
    "tuned",
    "automl",
    "blend",
)
BUDGETED = "automl"
AHEAD = -15
BEST = "best score in house.toml, public or private, plus three standard errors of the private"
SEED = 0


def prepared(entry: Competition, store: Path) -> dict[str, pd.DataFrame]:
    """The competition's three tables, by its own ``prepare.py``."""
    module = load_module(entry.folder / "prepare.py")
    made: dict[str, pd.DataFrame] = module.prepare(tables(store / entry.dataset))
    check(entry, made)
    return made


def rungs(entry: Competition) -> list[str]:
    """The entry's rungs in order."""
    names = {file.stem for file in entry.rung_files}
    if names - set(RUNGS):
        raise SystemExit(f"{entry.slug}: no place in the order for {sorted(names - set(RUNGS))}")
    return [name for name in RUNGS if name in names]


def run_child(rung: Path, folder: Path) -> tuple[pd.DataFrame, dict[str, float]]:
    """Predictions of one rung, and what they cost, as the program itself runs and measures it."""
    out = folder / "out"
    command = [sys.executable, "-m", "journeyman.competitions.rung_child",
               str(rung), str(folder), str(out)]  # fmt: skip
    # Its standard input stays open until it has ended: it ends with us.
    with subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True) as running:
        if rung.stem == BUDGETED:
            put_first(running.pid)
        if running.wait():
            raise SystemExit(f"{rung} failed")
    told = json.loads(out.with_suffix(".json").read_text())
    return pd.read_parquet(out.with_suffix(".parquet")), told


def put_first(process: int) -> None:
    """Before all others of this machine, as far as we may: a budget is in seconds of the clock.

    Where Linux groups processes by session, the group's own rank counts and not the process's.
    """
    with contextlib.suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, process, AHEAD)
    with contextlib.suppress(OSError):
        Path(f"/proc/{process}/autogroup").write_text(str(AHEAD), "ascii")


def numbers_of(entry: Competition, solution: Solution, made: pd.DataFrame) -> np.ndarray:
    """Predictions in the solution's order, as the metric takes them."""
    if list(made.columns) != [entry.id, *entry.prediction] or made.isna().any().any():
        raise SystemExit(f"a rung gave {list(made.columns)}, or missing values")
    ordered = made.set_index(entry.id)[entry.prediction[0]].reindex(solution.ids.to_pandas())
    if ordered.isna().any():
        raise SystemExit("a rung left out test rows")
    if entry.metric.needs == "labels":
        positions = {name: code for code, name in enumerate(solution.truth.classes)}
        return np.array([positions[str(one)] for one in ordered])
    return ordered.to_numpy(dtype=float)


def part_score(entry: Competition, solution: Solution, given: np.ndarray, *, public: bool) -> dict:
    """Score, interval and resamples on one part."""
    rows = solution.part(public=public)
    truth = solution.truth.only(rows)
    value = entry.metric.value(truth, given[rows])
    draws = resampling.replicates(entry.metric, truth, given[rows], seed=SEED)
    return {"interval": resampling.interval(entry.metric, value, draws), "draws": draws}


def measure(entry: Competition, solution: Solution, folder: Path, name: str) -> dict:
    """Run one rung on the tables in ``folder`` and score it."""
    predictions, cost = run_child(entry.folder / "house" / f"{name}.py", folder)
    given = numbers_of(entry, solution, predictions)
    parts = {
        part: part_score(entry, solution, given, public=part == "public")
        for part in ("public", "private")
    }
    made = {
        "name": name,
        "seconds": cost["processor_seconds"],
        "clock": cost["seconds"],
        "peak": cost["peak_mb"] * 1e6 / 2**20,
        **parts,
    }
    print(
        f"{entry.slug:22} {name:9} public {parts['public']['interval'].value:.4f}  "
        f"private {parts['private']['interval'].value:.4f}  {made['clock']:.1f} s, "
        f"{made['seconds']:.1f} s on processors, {made['peak']:.0f} MiB", flush=True,
    )  # fmt: skip
    return made


def as_row(row: dict) -> dict:
    """What ``house.toml`` keeps of a rung, but for its gain."""
    kept: dict = {"name": row["name"]}
    for part in ("public", "private"):
        one = row[part]["interval"]
        numbers = {"score": one.value, "low": one.low, "high": one.high, "error": one.error}
        kept[part] = {name: round(float(value), 5) for name, value in numbers.items()}
    kept |= {"seconds": round(row["seconds"], 1), "clock_seconds": round(row["clock"], 1)}
    return kept | {"peak_mib": round(row["peak"])}


def gain(entry: Competition, row: dict, before: dict) -> dict[str, float]:
    """The gain of one rung over another on the private rows, paired."""
    now, then = row["private"], before["private"]
    found = resampling.paired(
        entry.metric, now["interval"].value, now["draws"], then["interval"].value, then["draws"]
    )
    return {"value": round(float(found.gain), 5), "error": round(float(found.error), 5)}


def field(
    entry: Competition, made: dict[str, pd.DataFrame], only: list[str], kept: dict[str, dict]
) -> list[dict]:
    """Run the rungs ``only`` and give the rows of ``house.toml``, the others as they are kept.

    A gain is between two rungs, so the neighbours of what is new are run as well, for their
    predictions alone: their scores must come out as they were recorded, and all figures stay.
    """
    solution = solution_from(entry, pa.Table.from_pandas(made["solution"], preserve_index=False))
    order = [name for name in rungs(entry) if name in only or name in kept]
    rows: list[dict] = []
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for name in ("train", "test"):
            made[name].to_parquet(folder / f"{name}.parquet")
        ran: dict[str, dict] = {}
        for index, name in enumerate(order):
            if any(one in only for one in order[max(0, index - 1) : index + 2]):
                ran[name] = measure(entry, solution, folder, name)
            row = as_row(ran[name]) if name in only else kept[name]
            if name not in only and name in ran:
                check_same(entry, as_row(ran[name]), row)
            before = order[index - 1] if index else ""
            if name in ran and before in ran:
                row = row | {"gain_on_rung_before": gain(entry, ran[name], ran[before])}
            rows.append(row)
    return rows


def check_same(entry: Competition, now: dict, recorded: dict) -> None:
    """A rung that was run again scores what was recorded, to a tenth of its standard error.

    Raises:
        SystemExit: it does not, so nothing recorded may stay.
    """
    for part in ("public", "private"):
        apart = abs(now[part]["score"] - recorded[part]["score"])
        if apart > 0.1 * recorded[part]["error"]:
            raise SystemExit(
                f"{entry.slug}: {now['name']} scores {now[part]} now and {recorded[part]} in "
                "house.toml; run the whole field anew"
            )


def as_toml(entry: Competition, rows: list[dict], only: list[str], day: str) -> str:
    """The text of ``house.toml``."""
    environment = (
        f"Python {platform.python_version()}, scikit-learn {sklearn.__version__}, "
        f"pandas {pd.__version__}, {platform.machine()}, one thread"
    )
    if any(row["name"] == BUDGETED for row in rows):
        environment += (
            f"; {BUDGETED} with two processes on a machine of {os.cpu_count()} cores, put before "
            "other work"
        )
    command = f"python -m benchmarks.house_field {entry.slug}"
    whole = len(only) == len(rows)
    lines = [
        "# Measured, never typed. Made by this command:",
        f"# OMP_NUM_THREADS=1 nice -n 19 {command}",
        "# and by this one, which leaves the other rungs as they were:",
        f"# OMP_NUM_THREADS=1 nice -n 19 {command} --again {' '.join(only)}",
    ]
    if whole:
        del lines[2:]
    lines += [
        f'measured_on = "{day}"',
        f'environment = "{environment}"',
        f'data_sha256 = "{sha256_of(find(entry.dataset))}"',
        f'metric = "{entry.metric.name}"',
        f'better = "{entry.metric.better}"',
    ]
    keys = (
        "public", "private", "gain_on_rung_before", "seconds", "clock_seconds", "peak_mib",
        "measured_on",
    )  # fmt: skip
    for row in rows:
        lines += ["", "[[rungs]]", f'name = "{row["name"]}"']
        lines += [f"{key} = {as_value(key, row[key])}" for key in keys if key in row]
    return "\n".join(lines) + "\n"


def as_value(key: str, value: dict[str, float] | float | str) -> str:
    """One value of ``house.toml``."""
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{name} = {one:.5f}" for name, one in value.items()) + " }"
    return f"{value:.0f}" if key == "peak_mib" else f"{value:.1f}"


def recorded(entry: Competition) -> tuple[dict[str, dict], str]:
    """The rows of ``house.toml`` by name, and their day, if they are of these data and this metric.

    Raises:
        SystemExit: they were not.
    """
    told = tomllib.loads((entry.folder / "house.toml").read_text("utf-8"))
    wanted = (sha256_of(find(entry.dataset)), entry.metric.name)
    if (told["data_sha256"], told["metric"]) != wanted:
        raise SystemExit(f"{entry.slug}: house.toml is of other data; run the whole field anew")
    return {row["name"]: row for row in told["rungs"]}, told["measured_on"]


def set_ceiling(entry: Competition) -> None:
    """Put the best of ``house.toml`` plus three standard errors into the entry, if it asks so.

    The best over both parts, since the board shows both; the error of that rung on the larger one.
    """
    if entry.ceiling.source not in {"", BEST}:
        return
    told = tomllib.loads((entry.folder / "house.toml").read_text("utf-8"))
    sign, bounds = entry.metric.sign, entry.metric.bounds
    reached = [
        (sign * rung[part]["score"], rung["private"]["error"])
        for rung in told["rungs"]
        for part in ("public", "private")
    ]
    best, error = max(reached)  # not the highest bound: that would be the noisiest rung's
    value = float(np.clip(sign * (best + 3 * error), *bounds))
    file = entry.folder / "competition.toml"
    text = re.sub(
        r'(\[ceiling\]\n)score = [^\n]*\nsource = "[^"\n]*"',
        rf'\g<1>score = {value:.3f}\nsource = "{BEST}"',
        file.read_text("utf-8"),
    )
    file.write_text(text, "utf-8")


def main() -> None:
    """Run the field of the competitions that are named, all of them by default."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("slug", nargs="*")
    parser.add_argument("--data", type=Path, default=Path("/tmp/journeyman-data"))
    parser.add_argument("--only", nargs="*", default=None, help="run these rungs, write nothing")
    parser.add_argument(
        "--again", nargs="*", default=None, help="measure these rungs, keep what is known of others"
    )
    parser.add_argument(
        "--ceiling", action="store_true", help="set the ceiling from house.toml, run nothing"
    )
    given = parser.parse_args()
    os.environ["OMP_NUM_THREADS"] = "1"
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    root = builtin.path() / "competitions"
    for slug in given.slug or sorted(file.parent.name for file in root.glob("*/competition.toml")):
        entry = load_entry(root / slug)
        if given.ceiling:
            set_ceiling(entry)
            continue
        fetch(entry.dataset, given.data)
        only = given.only or given.again or rungs(entry)
        today = dt.datetime.now(tz=dt.UTC).date().isoformat()
        kept, day = recorded(entry) if given.again else ({}, today)
        rows = field(entry, prepared(entry, given.data), only, kept)
        if day != today:
            rows = [row | {"measured_on": today} if row["name"] in only else row for row in rows]
        if given.only is None:
            text = as_toml(entry, rows, only, day)
            (entry.folder / "house.toml").write_text(text, "utf-8")
            set_ceiling(entry)


if __name__ == "__main__":
    main()
