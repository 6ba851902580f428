"""pyBKT in a Python of its own: its last release needs numpy 1 and scikit-learn 1.3.

    python3.10 -m venv BKT && BKT/bin/pip install pyBKT==1.4.3 "numpy<2" "scikit-learn<1.4"

The log goes there and the predictions come back as files in a temporary folder.
"""

from __future__ import annotations

import csv
import subprocess
import tempfile
import time
from pathlib import Path

import numpy as np

from journeyman.learner.tracing import Log
from journeyman.learner.tracing.log import Floats

SCRIPT = Path(__file__).with_name("pybkt_fit.py")


def predict(
    train: Log, test: Log, *, python: str, seed: int
) -> tuple[dict[str, Floats], dict[str, object]]:
    """Plain BKT and BKT with forgetting.

    Returns:
        Probability of each answer of ``test`` by variant, and the seconds that it took.
    """
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as room:
        folder = Path(room)
        _write(folder / "train.csv", train)
        _write(folder / "test.csv", test)
        subprocess.run([python, str(SCRIPT), room, str(seed)], check=True)
        found = {
            name: np.loadtxt(folder / f"{name}.txt") for name in ("pybkt", "pybkt with forgetting")
        }
    return found, {"seconds": round(time.monotonic() - started)}


def _write(file: Path, log: Log) -> None:
    """Skills as one name, rows in our order, which pyBKT is told by ``order_id``."""
    with file.open("w", encoding="utf-8", newline="") as text:
        writer = csv.writer(text)
        writer.writerow(["order_id", "user_id", "skill_name", "correct"])
        columns = (log.learner, log.skills, log.correct.astype(int))
        for row, (who, skills, right) in enumerate(
            zip(*(c.tolist() for c in columns), strict=True)
        ):
            writer.writerow([row, who, f"s{skills}", right])
