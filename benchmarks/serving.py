"""Latency of a served model, asked over HTTP one row at a time.

    python benchmarks/serving.py [--requests 2000] [--clients 2]

A gradient boosting of 100 trees on 20 columns (15 numbers, 5 categories) is fitted, exported and
served in a process of its own. Times are the client's, from the request to the read answer.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import httpx
import numpy as np
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder

from journeyman.delivery import export


def table(rows: int, seed: int) -> pd.DataFrame:
    """Seeded rows."""
    rng = np.random.default_rng(seed)
    numbers = {f"n{at}": rng.normal(size=rows) for at in range(15)}
    words = {f"c{at}": rng.choice(list("abcdefgh"), rows) for at in range(5)}
    return pd.DataFrame(numbers | words)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--requests", type=int, default=2000)
    parser.add_argument("--clients", type=int, default=2)
    given = parser.parse_args()
    train, held_out = table(4000, 0), table(500, 1)
    words = [name for name in train if name.startswith("c")]
    steps = ColumnTransformer(
        [("words", OneHotEncoder(sparse_output=False), words)], remainder="passthrough"
    )
    target = (train.n0 + train.n1 * (train.c0 == "a") > 0).astype(int)
    model = make_pipeline(steps, HistGradientBoostingClassifier(max_iter=100)).fit(train, target)
    with tempfile.TemporaryDirectory() as room:
        folder = Path(room) / "export"
        print(export(model, held_out, folder).text())
        rows = json.loads((folder / "held-out.json").read_text())["rows"]
        command = [sys.executable, "-m", "journeyman.delivery.serving", str(folder), "--port", "0"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
            assert server.stdout is not None
            address = server.stdout.readline().split()[-1]
            for clients in sorted({1, given.clients}):
                report(address, rows, clients, given.requests)
            server.send_signal(signal.SIGTERM)
            print("in the server:", server.stdout.read().strip())
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")


def report(address: str, rows: list[dict], clients: int, requests: int) -> None:
    """Ask from several threads at once, each over one connection."""
    times: list[float] = []

    def ask(share: int) -> None:
        with httpx.Client(base_url=address) as web:
            for at in range(share + 50):
                started = time.perf_counter()
                web.post("/predict", json=rows[at % len(rows)]).raise_for_status()
                if at >= 50:  # the first ones warm up
                    times.append(1000 * (time.perf_counter() - started))

    threads = [threading.Thread(target=ask, args=(requests // clients,)) for _ in range(clients)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    p50, p95, p99 = np.percentile(times, [50, 95, 99])
    print(
        f"{clients} clients, {len(times)} requests: p50 {p50:.2f}, p95 {p95:.2f}, p99 {p99:.2f} ms"
    )


if __name__ == "__main__":
    main()
