"""Validating and scoring submissions, beside a script of the kind that other platforms run.

``python -m benchmarks.competitions [--json] [--rows 3000000] [--mle-bench PYTHON]``. Every side
runs in a process of its own, in turn, several times; a process reports the CPU and wall seconds of
its work, imports left out, and its peak memory, imports included. The peers' side is a scoring
program of the kind that Codabench runs: pandas reads both files, a merge on the id, one call of
scikit-learn. MLE-bench is in no package registry; ``--mle-bench`` names the Python of an
environment into which its repository was installed (with ``pip install --no-deps``, and pandas,
scikit-learn, appdirs, py7zr, PyYAML, tqdm, python-dotenv and diskcache: its grader needs no more).
It reads CSV alone.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

REPEATS = 3
SIDES = ("journeyman", "journeyman with interval", "pandas and scikit-learn")
MLE_BENCH = "MLE-bench"
PEER = Path(__file__).parent / "peers" / "mle_bench.py"


def make_files(folder: Path, rows: int) -> None:
    """A solution and predictions of AUC about 0.76, in another order, as CSV and Parquet."""
    import pandas as pd  # noqa: PLC0415 - not in the measured processes

    rng = np.random.default_rng(0)
    target = (rng.random(rows) < 0.3).astype(np.int64)
    scores = np.round(target + rng.normal(size=rows), 6)
    ids = np.arange(1, rows + 1)
    solution = pd.DataFrame({"id": ids, "y": target})
    solution.to_parquet(folder / "solution.parquet", index=False)
    solution.to_csv(folder / "solution.csv", index=False)
    given = pd.DataFrame({"id": ids, "y": scores}).sample(frac=1, random_state=1)
    given.to_csv(folder / "given.csv", index=False)
    given.to_parquet(folder / "given.parquet", index=False)
    # MLE-bench's column is named otherwise, and it takes values from 0 to 1 only.
    unit = given.assign(y=(1 / (1 + np.exp(-given["y"]))).round(6))
    unit.rename(columns={"y": "has_cactus"}).to_csv(folder / "given-unit.csv", index=False)
    named = solution.rename(columns={"y": "has_cactus"})
    named.to_csv(folder / "solution-unit.csv", index=False)
    (folder / "competition.toml").write_text(
        'slug = "bench"\nversion = 1\ntitle = "Benchmark"\nsummary = "Made for measuring."\n'
        'target = "y"\nid = "id"\ntask = "binary"\nmetric = "auc"\nprediction = ["y"]\n'
        '[split]\nkind = "random"\nwhy = "It is made up."\n[skills]\nroc-auc = 1.0\n',
        "utf-8",
    )


def ours(folder: Path, name: str, interval: bool) -> Callable[[], float]:
    """Read, check everything, align, score; with an interval by the bootstrap if asked."""
    import pyarrow.parquet as pq  # noqa: PLC0415

    from journeyman.competitions.entry import load_entry  # noqa: PLC0415
    from journeyman.competitions.home import solution_from  # noqa: PLC0415
    from journeyman.competitions.parts import score_part  # noqa: PLC0415
    from journeyman.competitions.validating import validate  # noqa: PLC0415

    entry = load_entry(folder)

    def work() -> float:
        solution = solution_from(entry, pq.read_table(folder / "solution.parquet"))
        report = validate(folder / name, entry, solution.ids, ())
        if report.given is None:
            raise SystemExit(report.errors[0].message)
        if interval:
            return score_part(entry.metric, solution.truth, report.given).interval(entry.metric).low
        return entry.metric.value(solution.truth, report.given)

    return work


def theirs(folder: Path, name: str) -> Callable[[], float]:
    """What a scoring program usually does: merge on the id, and one call."""
    import pandas as pd  # noqa: PLC0415
    from sklearn.metrics import roc_auc_score  # noqa: PLC0415

    def read(file: Path) -> pd.DataFrame:
        return pd.read_parquet(file) if file.suffix == ".parquet" else pd.read_csv(file)

    def work() -> float:
        solution = read((folder / "solution").with_suffix(Path(name).suffix))
        merged = solution.merge(read(folder / name), on="id", suffixes=("", "_given"))
        if len(merged) != len(solution) or merged["y_given"].isna().any():
            raise SystemExit("ids or values are missing")
        return float(roc_auc_score(merged["y"], merged["y_given"]))

    return work


def child(folder: Path, side: str, name: str) -> None:
    """One measured run, in this process."""
    peer = side == SIDES[2]
    work = theirs(folder, name) if peer else ours(folder, name, side == SIDES[1])
    wall, cpu = time.perf_counter(), time.process_time()
    score = work()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"wall": wall, "cpu": cpu, "peak_mib": peak, "score": score}))


def measure(folder: Path, side: str, name: str, mle_bench: str = "") -> dict[str, float]:
    """The median of some runs, each in a fresh process with one thread a library."""
    command = [sys.executable, "-m", "benchmarks.competitions", "--child", str(folder), side, name]
    if side == MLE_BENCH:
        command = [mle_bench, str(PEER), str(folder)]
    threads = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    runs = [
        json.loads(
            subprocess.run(
                command, check=True, capture_output=True, text=True, env={**os.environ, **threads}
            ).stdout
        )
        for _ in range(REPEATS)
    ]
    return {key: statistics.median(run[key] for run in runs) for key in runs[0]}


def main() -> None:
    """Measure both sizes and print a table, or JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, nargs="*", default=[100_000, 3_000_000])
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--mle-bench", default="", help="a Python that can import mlebench")
    parser.add_argument("--child", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        child(Path(options.child[0]), options.child[1], options.child[2])
        return
    found = []
    for rows in options.rows:
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place)
            make_files(folder, rows)
            found += [
                {"rows": rows, "file": name, "side": side}
                | measure(folder, side, name, options.mle_bench)
                for name in ("given.csv", "given.parquet")
                for side in (*SIDES, *([MLE_BENCH] if options.mle_bench else []))
                if side != MLE_BENCH or name.endswith("csv")
            ]
    load = os.getloadavg()[0]
    if options.json:
        print(json.dumps({"load": load, "runs": found}, indent=1))
        return
    print(f"load average at the end: {load:.1f}; median of {REPEATS} runs")
    for one in found:
        print(
            f"{one['rows']:>9,}  {one['file']:<14} {one['side']:<25} wall {one['wall']:6.2f} s  "
            f"cpu {one['cpu']:6.2f} s  peak {one['peak_mib']:6.0f} MiB"
        )


if __name__ == "__main__":
    main()
