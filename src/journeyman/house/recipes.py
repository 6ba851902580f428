"""What the house run tries, in which order, and why: pure decisions.

The fixed portfolio covers kinds of model that err differently (so that their mean is better than
each); random variations follow, more of the kinds that did well. A recipe's number in the list
decides its seed, so the same run with time enough tries the same things.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Literal

import numpy as np

Task = Literal["binary", "multiclass", "regression"]


@dataclass(frozen=True)
class Recipe:
    """One thing to try.

    Attributes:
        family: kind of model (`models.py`).
        coding: how the table becomes a matrix (`encoding.py`).
        settings: the model's settings.
        why: one sentence for people.
        log: fit the logarithm of a positive target.
        estimator: a scikit-learn estimator of the caller's own in place of a family.
    """

    name: str
    family: str
    coding: str
    why: str
    settings: dict[str, Any] = field(default_factory=dict)
    log: bool = False
    estimator: Any = None


@dataclass(frozen=True)
class Shape:
    """What the choice of recipes depends on.

    Attributes:
        rows: training rows of the whole table.
        numbers: numeric columns; ``wide``: columns once categories are one-hot.
        classes: 1 for regression.
        rarest: rows of the rarest class.
        skewed: a positive target with a long upper tail.
        hurried: the time is short for the table: fewer and larger steps.
    """

    task: Task
    rows: int
    numbers: int
    wide: int
    classes: int
    rarest: int
    skewed: bool = False
    lightgbm: bool = False
    hurried: bool = False


PATIENT_ROWS = 5_000
"""With fewer rows many rounds of boosting are stopped early anyway."""
MANY = 8
"""From more classes than this on other kinds of model come first."""
SECONDS = {
    "dummy": 0.0,
    "linear": 3.0e-8,
    "boosting": 2.0e-6,
    "lightgbm": 2.0e-6,
    "extra trees": 1.0e-6,
    "forest": 1.5e-6,
    "network": 1.2e-8,
    "neighbours": 3.0e-6,
    "kernel": 2.5e-8,
}
"""Rough seconds a row and column on one core of 2026, only to decide what comes first and what
does not fit at all; measured times replace them as soon as there are any."""


def guess(recipe: Recipe, shape: Shape) -> float:
    """Seconds that one fit may take on one core."""
    base = SECONDS.get(recipe.family, SECONDS["boosting"])
    narrow = shape.numbers + 1
    if recipe.family == "kernel":
        columns = (1 + shape.wide / 20) * (1 + 0.1 * (shape.classes > 2))
        return float(base * shape.rows**2 * columns)
    if recipe.family in {"boosting", "lightgbm"}:
        rounds = recipe.settings.get("max_iter", recipe.settings.get("n_estimators", 200)) / 200
        if recipe.settings.get("early_stopping"):  # which seldom lets it go on for longer
            rounds = min(rounds, 2.5)
        trees = shape.classes if shape.task == "multiclass" else 1
        return float(0.2 + base * shape.rows * np.sqrt(narrow * 10) * trees * rounds)
    if recipe.family in {"forest", "extra trees"}:
        depth = np.log2(shape.rows + 2)
        return float(0.2 + base * shape.rows * np.sqrt(narrow * 20) * depth)
    if recipe.family == "network":
        widths = [shape.wide, *recipe.settings["hidden_layer_sizes"], shape.classes]
        weights = sum(one * two for one, two in pairwise(widths))
        return float(0.2 + base * shape.rows * weights * recipe.settings["count"])
    if recipe.family == "neighbours":
        return float(0.05 + base * shape.rows**2 * shape.wide / 20_000)
    return 0.05 + base * shape.rows * shape.wide * max(shape.classes, 2) * 10


def portfolio(shape: Shape) -> list[Recipe]:
    """The fixed list, cheap and telling kinds first."""
    if shape.classes > MANY:
        return [_constant(), *_many_classes(shape)]
    first, *boosters = _boosters(shape)
    others = [_linear(shape), *_smooth(shape), *_forests(shape)]
    others.sort(key=lambda recipe: guess(recipe, shape))
    # Whatever happens to the rest, there should be a good model early.
    found = [_constant(), first, *others[:1], *boosters, *others[1:]]
    if shape.task == "regression" and shape.skewed:
        found += [_logged(one) for one in found[1:4]]
    return found


def _logged(recipe: Recipe) -> Recipe:
    return Recipe(
        f"{recipe.name}, log target",
        recipe.family,
        recipe.coding,
        "the target has a long upper tail; its logarithm is closer to what models assume",
        recipe.settings,
        log=True,
    )


def _constant() -> Recipe:
    return Recipe(
        "constant",
        "dummy",
        "nothing",
        "the mean or the shares of the classes: what you get without looking at any column",
    )


def _linear(shape: Shape) -> Recipe:
    settings = {"alpha": 10.0} if shape.task == "regression" else {"C": 0.3}
    return Recipe(
        "linear",
        "linear",
        "scaled",
        "the plain baseline: if nothing beats it, the relation is linear or there is little signal",
        settings,
    )


def stopping(shape: Shape) -> dict[str, Any]:
    """Early stopping needs a stratified part of the training rows; rare classes forbid it."""
    if shape.rows < 2_000 or shape.rarest < 20:
        return {"early_stopping": False}
    return {"early_stopping": True, "validation_fraction": 0.12, "n_iter_no_change": 12}


def rounds_for(shape: Shape, rounds: int) -> int:
    """Boosting grows one tree a class and round; many classes get fewer rounds."""
    return max(40, int(rounds / np.sqrt(shape.classes / 2))) if shape.classes > 2 else rounds


def _boosters(shape: Shape) -> list[Recipe]:
    stop = stopping(shape)
    short = stop["early_stopping"] is False
    rate = 0.05 if short else 0.06
    rounds = rounds_for(shape, 150 if short else 500)
    if shape.hurried:
        rate, rounds = 0.15, max(40, int(0.3 * rounds))
    small = {
        "max_iter": rounds, "learning_rate": rate, "max_leaf_nodes": 8,
        "min_samples_leaf": 20, "l2_regularization": 1.0, "max_features": 0.5, **stop,
    }  # fmt: skip
    large = {**small, "max_leaf_nodes": 31, "max_features": 0.7}
    patient = {"max_iter": 1_500, "n_iter_no_change": 40}
    many = shape.rows >= PATIENT_ROWS and shape.classes <= 2 and not (short or shape.hurried)
    if many:
        small |= {**patient, "learning_rate": 0.03}
    found = [
        Recipe("boosting, small trees", "boosting", "trees",
               "small trees added up: strong on tables, few interactions", small),
        Recipe("boosting, large trees", "boosting", "trees",
               "larger trees find interactions of many columns", large),
    ]  # fmt: skip
    if many:
        found.append(
            Recipe("boosting, many rounds", "boosting", "trees",
                   "with many rows, trees still learn after hundreds of rounds",
                   {**large, "max_leaf_nodes": 63, **patient})
        )  # fmt: skip
    if shape.lightgbm:
        light = {"n_estimators": rounds, "learning_rate": rate, "num_leaves": 31,
                 "colsample_bytree": 0.7, "subsample": 0.8, "subsample_freq": 1}  # fmt: skip
        found.insert(
            1,
            Recipe("LightGBM", "lightgbm", "trees",
                   "a second implementation of boosting, with row sampling", light),
        )  # fmt: skip
    return found


def _forests(shape: Shape) -> list[Recipe]:
    leaf = 1 if shape.classes > MANY else (2 if shape.task == "regression" else 4)
    trees = 200 if shape.rows < 30_000 else 100
    features = 0.5 if shape.task == "regression" else "sqrt"
    settings = {"n_estimators": trees, "min_samples_leaf": leaf, "max_features": features}
    if shape.rows > 30_000:
        settings["max_samples"] = 0.5
        settings["bootstrap"] = True
    return [
        Recipe("extra trees", "extra trees", "trees",
               "trees with random cuts, averaged: errs differently from boosting", settings),
        Recipe("forest", "forest", "trees",
               "trees on resampled rows, averaged", {**settings, "bootstrap": True}),
    ]  # fmt: skip


def network_recipe(shape: Shape, coding: str = "ranks") -> Recipe:
    """A small neural network for this shape of table."""
    settings = {
        "hidden_layer_sizes": (128, 64) if shape.classes <= MANY else (256, 128),
        "alpha": 1e-3, "learning_rate_init": 2e-3, "batch_size": 128 if shape.rows < 5e4 else 512,
        "early_stopping": shape.rarest >= 20, "n_iter_no_change": 8,
        "max_iter": 40, "count": 1 if shape.rows > 10_000 else 2,
    }  # fmt: skip
    return Recipe(
        "network",
        "network",
        coding,
        "a small neural network: smooth where trees are stepped",
        settings,
    )


def _smooth(shape: Shape) -> list[Recipe]:
    """Smooth models, whose errors differ most from those of trees."""
    linear = _linear(shape)
    found = [
        Recipe("linear on values and ranks", "linear", "both",
               "ranks let a linear model bend", {**linear.settings}),
        network_recipe(shape),
    ]  # fmt: skip
    settings = {"C": 1.0, "gamma": "scale"}
    if shape.task == "regression":
        settings["epsilon"] = 0.05
    if shape.rarest >= 10 or shape.task == "regression":
        found.append(
            Recipe("kernel", "kernel", "scaled",
                   "a kernel machine: similar rows, similar answers", settings)
        )  # fmt: skip
    return found


def _many_classes(shape: Shape) -> list[Recipe]:
    """With many classes boosting grows a tree for each: networks and neighbours come first."""
    neighbours = Recipe(
        "neighbours",
        "neighbours",
        "scaled",
        "with many classes the nearest rows say much, and cost little",
        {"n_neighbors": 5},
    )
    extra, forest = _forests(shape)
    small, *large = _boosters(shape)
    network = network_recipe(shape, "scaled")
    return [_linear(shape), neighbours, network, extra, *large[::-1], forest, small]
