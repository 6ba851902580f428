"""Runs the house field of a competition and writes what was measured into its ``house.toml``.

    OMP_NUM_THREADS=1 nice -n 19 python -m benchmarks.house_field SLUG [--data FOLDER]

Each rung runs in a process of its own, which sees only ``train`` and ``test``; its seconds on a
processor and its peak memory (data, libraries and all) are the kernel's account of that process.
Scores and 95 % intervals come from ``journeyman.scoring``; the gain over the rung before is paired
on the private rows. Where an entry names no other source for its ceiling, that is set to the best
score of any rung, public or private, plus three standard errors.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import platform
import re
import resource
import subprocess
import sys
import tempfile
import time
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
RUNGS = ("dummy", "naive", "popular", "neighbours", "linear", "boosting", "tuned", "blend")
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


def run_child(rung: Path, folder: Path) -> tuple[pd.DataFrame, float, float]:
    """Predictions of one rung, its seconds on a processor and its peak MiB."""
    command = [sys.executable, "-m", "benchmarks.house_field", "--child", str(rung), str(folder)]
    if subprocess.run(command, check=False).returncode:
        raise SystemExit(f"{rung} failed")
    told = json.loads((folder / "told.json").read_text())
    made = pd.read_parquet(folder / "made.parquet")
    return made, told["seconds"], told["peak_mib"]


def peak_mib() -> float:
    """This process's largest resident memory since it began to run this program.

    Not ``ru_maxrss``: on Linux that starts from the size of the process that forked this one.
    """
    for line in Path("/proc/self/status").read_text("ascii", "replace").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    raise SystemExit("the peak memory is read from /proc, which only Linux has")


def child(rung: Path, folder: Path) -> None:
    """Fit and predict, and tell the seconds that it took without reading the tables."""
    train, test = (pd.read_parquet(folder / f"{name}.parquet") for name in ("train", "test"))
    module = load_module(rung)
    before = time.process_time()
    made = module.fit_predict(train, test)
    told = {"seconds": time.process_time() - before, "peak_mib": peak_mib()}
    made.to_parquet(folder / "made.parquet")
    (folder / "told.json").write_text(json.dumps(told))


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


def field(entry: Competition, made: dict[str, pd.DataFrame], only: list[str]) -> list[dict]:
    """Run every rung."""
    solution = solution_from(entry, pa.Table.from_pandas(made["solution"], preserve_index=False))
    found: list[dict] = []
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for name in ("train", "test"):
            made[name].to_parquet(folder / f"{name}.parquet")
        for name in only:
            rung = entry.folder / "house" / f"{name}.py"
            predictions, seconds, peak = run_child(rung, folder)
            given = numbers_of(entry, solution, predictions)
            parts = {
                part: part_score(entry, solution, given, public=part == "public")
                for part in ("public", "private")
            }
            row = {"name": name, "seconds": seconds, "peak": peak, **parts}
            if found:
                now, before = parts["private"], found[-1]["private"]
                row["paired"] = resampling.paired(
                    entry.metric, now["interval"].value, now["draws"],
                    before["interval"].value, before["draws"],
                )  # fmt: skip
            found.append(row)
            print(
                f"{entry.slug:22} {name:9} public {parts['public']['interval'].value:.4f}  "
                f"private {parts['private']['interval'].value:.4f}  {seconds:.1f} s  "
                f"{peak:.0f} MiB", flush=True,
            )  # fmt: skip
    return found


def as_toml(entry: Competition, rows: list[dict]) -> str:
    """The text of ``house.toml``."""
    day = dt.datetime.now(tz=dt.UTC).date().isoformat()
    environment = (
        f"Python {platform.python_version()}, scikit-learn {sklearn.__version__}, "
        f"pandas {pd.__version__}, {platform.machine()}, one thread"
    )
    lines = [
        "# Measured, never typed. Made by this command:",
        f"# OMP_NUM_THREADS=1 nice -n 19 python -m benchmarks.house_field {entry.slug}",
        f'measured_on = "{day}"',
        f'environment = "{environment}"',
        f'data_sha256 = "{sha256_of(find(entry.dataset))}"',
        f'metric = "{entry.metric.name}"',
        f'better = "{entry.metric.better}"',
    ]
    for row in rows:
        lines += ["", "[[rungs]]", f'name = "{row["name"]}"']
        for part in ("public", "private"):
            one = row[part]["interval"]
            lines.append(
                f"{part} = {{ score = {one.value:.5f}, low = {one.low:.5f}, high = {one.high:.5f},"
                f" error = {one.error:.5f} }}"
            )
        if "paired" in row:
            lines.append(
                f"gain_on_rung_before = {{ value = {row['paired'].gain:.5f},"
                f" error = {row['paired'].error:.5f} }}"
            )
        lines += [f"seconds = {row['seconds']:.1f}", f"peak_mib = {row['peak']:.0f}"]
    return "\n".join(lines) + "\n"


def set_ceiling(entry: Competition) -> None:
    """Put the best of ``house.toml`` plus three standard errors into the entry, if it asks so.

    The best over both parts, since the board shows both; the error of the larger one.
    """
    if entry.ceiling.source not in {"", BEST}:
        return
    told = tomllib.loads((entry.folder / "house.toml").read_text("utf-8"))
    sign, bounds = entry.metric.sign, entry.metric.bounds
    reached = [
        sign * rung[part]["score"] + 3 * rung["private"]["error"]
        for rung in told["rungs"]
        for part in ("public", "private")
    ]
    value = float(np.clip(sign * max(reached), *bounds))
    file = entry.folder / "competition.toml"
    text = re.sub(
        r'(\[ceiling\]\n)score = [^\n]*\nsource = "[^"\n]*"',
        rf'\g<1>score = {value:.3f}\nsource = "{BEST}"',
        file.read_text("utf-8"),
    )
    file.write_text(text, "utf-8")


def main() -> None:
    """Run the field of the competitions that are named, all of them by default."""
    if sys.argv[1:2] == ["--child"]:
        child(Path(sys.argv[2]), Path(sys.argv[3]))
        return
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("slug", nargs="*")
    parser.add_argument("--data", type=Path, default=Path("/tmp/journeyman-data"))
    parser.add_argument("--only", nargs="*", default=None, help="run these rungs, write nothing")
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
        rows = field(entry, prepared(entry, given.data), given.only or rungs(entry))
        if given.only is None:
            (entry.folder / "house.toml").write_text(as_toml(entry, rows), "utf-8")
            set_ceiling(entry)


if __name__ == "__main__":
    main()
