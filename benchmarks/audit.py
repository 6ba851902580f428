"""What auditing a table costs, beside skrub's TableReport and ydata-profiling.

``python -m benchmarks.audit`` writes a CSV of a million rows and 50 columns (numbers, categories,
dates, gaps) to a temporary folder and measures wall seconds, processor seconds and peak memory of
each tool in a process of its own. ``--rows`` changes the size; ``--peer skrub`` runs one tool;
ydata-profiling is measured where it can be imported (install it into an environment of its own and
run this file with that Python and ``--file``).
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd

TOOLS = {
    "journeyman": "from journeyman.audit import audit, open_table\n"
    "report = audit(open_table({file!r}), target='target')\nprint(len(report.findings))",
    "skrub": "import pandas as pd\nfrom skrub import TableReport\n"
    "report = TableReport(pd.read_csv({file!r}), plot_distributions=True, "
    "compute_associations=True, verbose=0)\nprint(len(report.html()))",
    "ydata": "import pandas as pd\nfrom ydata_profiling import ProfileReport\n"
    "report = ProfileReport(pd.read_csv({file!r}), minimal=True, progress_bar=False)\n"
    "print(len(report.to_json()))",
}


def write(file: Path, rows: int) -> None:
    """A table such as people have: 30 number columns, 15 category columns, dates, ids, gaps."""
    rng = np.random.default_rng(0)
    done = 0
    while done < rows:
        n = min(100_000, rows - done)
        table = pd.DataFrame({"id": np.arange(done, done + n)})
        table["when"] = pd.Timestamp("2020-01-01") + pd.to_timedelta(table["id"], "min")
        for at in range(30):
            values = rng.normal(at, 1 + at, n).round(3)
            table[f"x{at}"] = np.where(rng.random(n) < 0.01 * (at % 5), np.nan, values)
        for at in range(16):
            table[f"c{at}"] = rng.choice([f"level {one}" for one in range(3 + at * 20)], n)
        table["target"] = (table["x0"].fillna(0) + rng.normal(0, 1, n) > 0.5).astype(int)
        table["flag"] = rng.integers(0, 2, n)
        table.to_csv(file, index=False, header=done == 0, mode="w" if done == 0 else "a")
        done += n


def measure(tool: str, file: Path) -> dict[str, object]:
    """Wall and processor seconds and peak MiB of one tool in a fresh process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    code = TOOLS[tool].format(file=str(file)) + (
        "\nimport resource\nprint(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    wall = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        return {"tool": tool, "failed": done.stderr.strip().splitlines()[-1][:200]}
    return {
        "tool": tool,
        "wall_s": round(wall, 1),
        "cpu_s": round(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, 1),
        "peak_mib": round(int(done.stdout.split()[-1]) / 1024),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--peer", choices=tuple(TOOLS))
    parser.add_argument("--file", type=Path, help="The table; written if it is not there.")
    options = parser.parse_args()
    tools = [options.peer] if options.peer else list(TOOLS)
    with tempfile.TemporaryDirectory() as folder:
        file = options.file or Path(folder) / "table.csv"
        if not file.exists():
            write(file, options.rows)
        for tool in tools:
            print(json.dumps({"mib": round(file.stat().st_size / 2**20), **measure(tool, file)}))


if __name__ == "__main__":
    main()
