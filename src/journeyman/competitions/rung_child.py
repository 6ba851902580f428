"""Runs one baseline of the house and measures it: a process of its own, started by house_field.

``python -m journeyman.competitions.rung_child FILE HOME OUT``
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from pathlib import Path

import pandas as pd

from journeyman.competitions.preparing import load_module


def main(arguments: list[str]) -> None:
    """Fit and predict, then write ``OUT.parquet`` and ``OUT.json``."""
    file, home, out = arguments
    train = pd.read_parquet(Path(home) / "train.parquet")
    test = pd.read_parquet(Path(home) / "test.parquet")
    started = time.perf_counter()
    found = load_module(Path(file)).fit_predict(train, test)
    seconds = time.perf_counter() - started
    found.to_parquet(Path(out).with_suffix(".parquet"), index=False)
    cost = {"seconds": round(seconds, 3), "peak_mb": round(peak_megabytes(), 1)}
    Path(out).with_suffix(".json").write_text(json.dumps(cost), "utf-8")


def peak_megabytes() -> float:
    """The most memory that this process has held, in MB; 0 where the system does not tell."""
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return 0.0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak / 1e3


def end_with_parent() -> None:
    """End this process as soon as the other end of its standard input is gone."""

    def wait() -> None:
        while os.read(0, 1):
            pass
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


if __name__ == "__main__":
    end_with_parent()
    main(sys.argv[1:])
