"""Random variations of the recipes: a number decides one."""

from __future__ import annotations

from typing import Any

import numpy as np

from journeyman.house.recipes import (
    MANY,
    PATIENT_ROWS,
    Recipe,
    Shape,
    network_recipe,
    rounds_for,
    stopping,
)


def _log(rng: np.random.Generator, low: float, high: float) -> float:
    """Uniform on a logarithmic scale, to three digits."""
    return float(f"{np.exp(rng.uniform(np.log(low), np.log(high))):.3g}")


def vary(number: int, seed: int, shape: Shape, shares: dict[str, float]) -> Recipe:
    """The random recipe of that number; ``shares`` says how often each family is drawn."""
    rng = np.random.default_rng([seed, number])
    families = sorted(shares)
    weights = np.array([shares[one] for one in families])
    family = str(rng.choice(families, p=weights / weights.sum()))
    coding = "trees"
    if family not in {"boosting", "lightgbm", "forest", "extra trees"}:
        coding = str(rng.choice(["scaled", "ranks", "both"]))
    settings = _SETTINGS[family](rng, shape)
    log = shape.skewed and bool(rng.random() < 0.5)
    why = "a random variation of a kind that did well here"
    return Recipe(f"{family} {number}", family, coding, why, settings, log)


def _vary_boosting(rng: np.random.Generator, shape: Shape) -> dict[str, Any]:
    stop = stopping(shape)
    rate = _log(rng, 0.02, 0.15)
    rounds = int(np.clip(8 / rate, 60, 300)) if stop["early_stopping"] is False else 600
    leaves = [4, 6, 8, 12, 16, 24, 31, 48]
    if shape.rows >= PATIENT_ROWS and not shape.hurried and stop["early_stopping"]:
        leaves, rounds, stop = [*leaves, 63, 96], 1_500, {**stop, "n_iter_no_change": 30}
    return {
        "max_iter": rounds_for(shape, min(rounds, 200) if shape.hurried else rounds),
        "learning_rate": 2.5 * rate if shape.hurried else rate,
        "max_leaf_nodes": int(rng.choice(leaves)),
        "min_samples_leaf": int(_log(rng, 3, 100)),
        "l2_regularization": _log(rng, 0.01, 30),
        "max_features": float(rng.choice([0.2, 0.35, 0.5, 0.7, 1.0])),
        **stop,
    }


def _vary_lightgbm(rng: np.random.Generator, shape: Shape) -> dict[str, Any]:
    rate = _log(rng, 0.02, 0.15)
    return {
        "n_estimators": rounds_for(shape, int(np.clip(12 / rate, 60, 500))),
        "learning_rate": rate,
        "num_leaves": int(rng.choice([6, 8, 12, 16, 31, 63])),
        "min_child_samples": int(_log(rng, 3, 100)),
        "reg_lambda": _log(rng, 0.01, 30),
        "colsample_bytree": float(rng.choice([0.3, 0.5, 0.7, 1.0])),
        "subsample": 0.8,
        "subsample_freq": 1,
    }


def _vary_forest(rng: np.random.Generator, shape: Shape) -> dict[str, Any]:
    settings: dict[str, Any] = {
        "n_estimators": 200 if shape.rows < 30_000 else 100,
        "min_samples_leaf": int(rng.choice([1, 2, 3, 5, 10, 20])),
        "max_features": float(rng.choice([0.15, 0.3, 0.5, 0.8])),
    }
    if shape.task != "regression":
        settings["criterion"] = str(rng.choice(["gini", "entropy"]))
    if shape.rows > 30_000:
        settings |= {"max_samples": 0.5, "bootstrap": True}
    return settings


def _vary_network(rng: np.random.Generator, shape: Shape) -> dict[str, Any]:
    widths = [(64,), (128,), (64, 32), (128, 64), (256, 128)]
    if shape.classes > MANY:
        widths = [(256,), (256, 128), (384, 128)]
    return {
        **network_recipe(shape).settings,
        "hidden_layer_sizes": widths[int(rng.integers(len(widths)))],
        "alpha": _log(rng, 1e-5, 1.0),
        "learning_rate_init": _log(rng, 5e-4, 5e-3),
        "activation": str(rng.choice(["relu", "tanh"])),
    }


def _vary_linear(rng: np.random.Generator, shape: Shape) -> dict[str, Any]:
    if shape.task == "regression":
        return {"alpha": _log(rng, 0.1, 300)}
    return {"C": _log(rng, 0.003, 10)}


def _vary_neighbours(rng: np.random.Generator, shape: Shape) -> dict[str, Any]:
    return {
        "n_neighbors": int(rng.choice([3, 5, 8, 15, 30])) if shape.classes > MANY else 40,
        "p": int(rng.choice([1, 2])),
    }


def _vary_kernel(rng: np.random.Generator, shape: Shape) -> dict[str, Any]:
    settings: dict[str, Any] = {
        "C": _log(rng, 0.3, 30),
        "gamma": _log(rng, 0.1, 3) / (shape.wide + 1),
    }
    if shape.task == "regression":
        settings["epsilon"] = _log(rng, 0.01, 0.2)
    return settings


_SETTINGS = {
    "boosting": _vary_boosting,
    "lightgbm": _vary_lightgbm,
    "forest": _vary_forest,
    "extra trees": _vary_forest,
    "network": _vary_network,
    "linear": _vary_linear,
    "neighbours": _vary_neighbours,
    "kernel": _vary_kernel,
}
VARIED = frozenset(_SETTINGS)
"""Families that have random variations."""
