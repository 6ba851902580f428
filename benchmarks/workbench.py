r"""The house run beside AutoGluon, FLAML and mljar: the same rows, seconds and cores, one hold-out.

    python benchmarks/workbench_sets.py ARCHIVES TABLES --letter FILE
    python benchmarks/workbench.py TABLES --sets telco,ames --seconds 60 --seeds 0,1 \
        --peer flaml=VENV/bin/python --peer autogluon=VENV/bin/python --out RESULTS

Each competitor is a process of its own (a peer in its own environment, made by
`pip install "flaml[automl]"`, `"autogluon.tabular[lightgbm,catboost,xgboost,fastai]"` or
`mljar-supervised`), gets three quarters of the rows and says something about the rest; all are
scored here. A competitor whose predictions are in RESULTS is not run again. Peers that outlast
their time are given three times of it and then stopped. The seconds are the clock's: on a busy
machine everybody gets less, so the load is printed beside every row.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

SETS = {
    "telco": ("churn", "auc"),
    "ames": ("price", "rmsle"),
    "credit": ("Status", "auc"),
    "caravan": ("Purchase", "auc"),
    "adult": ("class", "auc"),
    "letter": ("letter", "log_loss"),
    "hotel": ("adr", "rmse"),
    "flights": ("late", "auc"),
}
CORES = 2


def parts(tables: Path, name: str, seed: int) -> tuple[pd.DataFrame, pd.DataFrame, str]:
    """Training rows, rows kept back, and the target's name; a quarter is kept back."""
    table = pd.read_parquet(tables / f"{name}.parquet")
    target = SETS[name][0]
    for column in table.columns:  # plain objects: every peer reads them
        if not pd.api.types.is_numeric_dtype(table[column]):
            table[column] = table[column].astype(object)
    order = np.random.default_rng([seed, 77]).permutation(len(table))
    if table[target].dtype == object or table[target].nunique() <= 26:
        order = order[np.argsort(table[target].astype(str).to_numpy()[order], kind="stable")]
        kept = np.arange(len(order)) % 4 == 3  # every fourth of each class
    else:
        kept = np.arange(len(order)) < len(order) // 4
    train = table.iloc[np.sort(order[~kept])].sample(frac=1, random_state=seed)
    return train.reset_index(drop=True), table.iloc[order[kept]].reset_index(drop=True), target


def as_columns(found: Any, classes: list[str], own: Any) -> np.ndarray:
    """Probabilities in the order of ``classes``, which are sorted as strings."""
    place = {str(name): index for index, name in enumerate(own)}
    return np.asarray(found)[:, [place[name] for name in classes]]


def house(train: pd.DataFrame, test: pd.DataFrame, target: str, metric: str,
          seconds: float, seed: int) -> np.ndarray:  # fmt: skip
    from journeyman.house import run  # noqa: PLC0415

    task = "regression" if metric in {"rmse", "rmsle"} else "classification"
    found = run(train.drop(columns=target), train[target], task=task, metric=metric,
                seconds=seconds, cores=CORES, seed=seed)  # fmt: skip
    print(found.explain(), file=sys.stderr)
    if task == "regression":
        return found.predict(test)
    return as_columns(found.predict_proba(test), _classes(train, target), found.classes)


def flaml(train: pd.DataFrame, test: pd.DataFrame, target: str, metric: str,
          seconds: float, seed: int) -> np.ndarray:  # fmt: skip
    from flaml import AutoML  # noqa: PLC0415

    log = metric == "rmsle"
    goal = np.log1p(train[target]) if log else train[target]
    names = {"auc": "roc_auc", "rmsle": "rmse", "rmse": "rmse", "log_loss": "log_loss"}
    model = AutoML()
    model.fit(train.drop(columns=target), goal, metric=names[metric], time_budget=seconds,
              task="regression" if metric in {"rmse", "rmsle"} else "classification",
              n_jobs=CORES, seed=seed, verbose=0, ensemble=metric != "log_loss")  # fmt: skip
    features = test.drop(columns=target)
    if metric in {"rmse", "rmsle"}:
        found = model.predict(features)
        return np.expm1(found) if log else found
    return as_columns(model.predict_proba(features), _classes(train, target), model.classes_)


def mljar(train: pd.DataFrame, test: pd.DataFrame, target: str, metric: str,
          seconds: float, seed: int) -> np.ndarray:  # fmt: skip
    import tempfile  # noqa: PLC0415

    from supervised.automl import AutoML  # noqa: PLC0415

    log = metric == "rmsle"
    goal = (
        np.log1p(train[target]) if log else train[target].astype(float if metric == "rmse" else str)
    )
    names = {"auc": "auc", "rmsle": "rmse", "rmse": "rmse", "log_loss": "logloss"}
    model = AutoML(mode="Compete", total_time_limit=int(seconds), eval_metric=names[metric],
                   n_jobs=CORES, random_state=seed, verbose=0,
                   results_path=tempfile.mkdtemp(prefix="workbench-mljar-"))  # fmt: skip
    model.fit(train.drop(columns=target), goal)
    features = test.drop(columns=target)
    if metric in {"rmse", "rmsle"}:
        found = model.predict(features)
        return np.expm1(found) if log else found
    own = _classes(train, target)  # mljar sorts its labels
    return as_columns(model.predict_proba(features), _classes(train, target), own)


def autogluon(train: pd.DataFrame, test: pd.DataFrame, target: str, metric: str,
              seconds: float, seed: int, preset: str = "medium_quality") -> np.ndarray:  # fmt: skip
    import tempfile  # noqa: PLC0415

    from autogluon.tabular import TabularPredictor  # noqa: PLC0415

    del seed  # AutoGluon has its own, fixed
    log = metric == "rmsle"
    train = train.copy()
    if log:
        train[target] = np.log1p(train[target])
    names = {"auc": "roc_auc", "rmsle": "root_mean_squared_error",
             "rmse": "root_mean_squared_error", "log_loss": "log_loss"}  # fmt: skip
    model = TabularPredictor(label=target, eval_metric=names[metric], verbosity=0,
                             path=tempfile.mkdtemp(prefix="workbench-ag-"))  # fmt: skip
    model.fit(train, time_limit=seconds, presets=preset, num_cpus=CORES, num_gpus=0,
              dynamic_stacking=False,  # its trial fit needs ray, and half of the time
              ag_args_ensemble={"fold_fitting_strategy": "sequential_local"})  # fmt: skip
    features = test.drop(columns=target)
    if metric in {"rmse", "rmsle"}:
        found = model.predict(features).to_numpy()
        return np.expm1(found) if log else found
    found = model.predict_proba(features)
    return as_columns(found.to_numpy(), _classes(train, target), found.columns)


def autogluon_best(*given: Any) -> np.ndarray:
    return autogluon(*given, preset="best_quality")


def _classes(train: pd.DataFrame, target: str) -> list[str]:
    return sorted(str(name) for name in train[target].unique())


COMPETITORS = {
    "house": house, "flaml": flaml, "mljar": mljar, "autogluon": autogluon,
    "autogluon-best": autogluon_best,
}  # fmt: skip


def one(options: argparse.Namespace) -> None:
    """Run one competitor here; what it says goes to a file."""
    train, test, target = parts(options.tables, options.sets, options.seeds[0])
    began = time.monotonic()
    found = COMPETITORS[options.one](
        train, test, target, SETS[options.sets][1], options.seconds, options.seeds[0]
    )
    np.savez_compressed(options.out, found=found, seconds=time.monotonic() - began)


def start(name: str, python: str, options: argparse.Namespace, table: str, seed: int) -> str:
    """Run a competitor in its own process unless its file is there; returns a remark."""
    file = options.out / f"{table}-{seed}-{name}-{options.seconds:g}.npz"
    if file.exists():
        return "kept"
    command = [python, __file__, str(options.tables), "--sets", table, "--seeds", str(seed),
               "--seconds", str(options.seconds), "--one", name, "--out", str(file)]  # fmt: skip
    with file.with_suffix(".log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)
        try:
            code = process.wait(timeout=3 * options.seconds + 120)
        except (subprocess.TimeoutExpired, KeyboardInterrupt) as error:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            if isinstance(error, KeyboardInterrupt):
                raise
            return "stopped: far beyond its time"
    return "" if code == 0 else "failed, see its log"


def report(options: argparse.Namespace, competitors: list[str]) -> list[dict[str, Any]]:
    """Scores of everything that is there, with the house's paired difference."""
    from journeyman.house.goal import Goal  # noqa: PLC0415
    from journeyman.scoring.evaluation import compare  # noqa: PLC0415

    rows = []
    for table in options.sets.split(","):
        for seed in options.seeds:
            train, test, target = parts(options.tables, table, seed)
            metric = SETS[table][1]
            classes = [] if metric in {"rmse", "rmsle"} else _classes(train, target)
            task = "binary" if len(classes) == 2 else "multiclass" if classes else "regression"
            goal = Goal.of(metric, task, tuple(classes))
            values = test[target].astype(str if classes else float)
            truth = goal.truth(np.array([classes.index(v) for v in values], float) if classes
                               else values.to_numpy())  # fmt: skip
            said = {}
            for name in competitors:
                file = options.out / f"{table}-{seed}-{name}-{options.seconds:g}.npz"
                if file.exists():
                    with np.load(file) as held:
                        found, seconds = held["found"], float(held["seconds"])
                    said[name] = goal.given(found if found.ndim == 2 else found[:, None]), seconds
            for name, (given, seconds) in said.items():
                row = {"set": table, "seed": seed, "competitor": name, "metric": metric,
                       "score": goal.metric.value(truth, given), "seconds": seconds}  # fmt: skip
                if name != "house" and "house" in said:
                    paired = compare(goal.metric, truth, said["house"][0], given)
                    row |= {"house ahead": paired.gain, "low": paired.low, "high": paired.high}
                rows.append(row)
    return rows


def main() -> None:
    """Run what is asked for, then print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("tables", type=Path)
    parser.add_argument("--sets", default=",".join(SETS))
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seeds", default="0")
    parser.add_argument("--peer", action="append", default=[], help="name=python")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--one", choices=sorted(COMPETITORS), help=argparse.SUPPRESS)
    options = parser.parse_args()
    options.seeds = [int(seed) for seed in options.seeds.split(",")]
    if options.one:
        one(options)
        return
    options.out.mkdir(parents=True, exist_ok=True)
    pythons = {"house": sys.executable} | dict(peer.split("=", 1) for peer in options.peer)
    for seed in options.seeds:
        for table in options.sets.split(","):
            for name, python in pythons.items():
                remark = start(name, python, options, table, seed)
                if remark != "kept":
                    load = os.getloadavg()[0]
                    print(f"{table} {seed} {name}: load {load:.1f} {remark}", flush=True)
    rows = report(options, list(pythons))
    print(pd.DataFrame(rows).round(4).to_string(index=False))
    (options.out / "report.json").write_text(json.dumps(rows, indent=1))


if __name__ == "__main__":
    main()
