"""Greedy ensemble selection on out-of-fold predictions.

Caruana, Niculescu-Mizil, Crew & Ksikes, "Ensemble selection from libraries of models", ICML 2004:
begin with the best models, then add, with replacement, whichever model lowers the loss of the
mean most. A model's weight is how often it was taken.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
import numpy.typing as npt

from journeyman.house.reading import Floats

Loss = Callable[[Floats], float]
STEPS = 60
FROM = 30
"""Only this many of the best models are looked at: more of them over-fit the choice."""


def select(
    predictions: Sequence[Floats],
    loss: Loss,
    *,
    steps: int = STEPS,
    stop: Callable[[], bool] = lambda: False,
) -> Floats:
    """Weights that add up to 1.

    Args:
        predictions: one array a model, all of one shape.
        loss: of a mean prediction; lower is better.
        steps: models taken at most.
        stop: asked between steps, for deadlines.

    >>> truth = np.array([0.0, 1.0, 2.0, 3.0])
    >>> high, low, wrong = truth + 1, truth - 1, truth[::-1].copy()
    >>> select([high, low, wrong], lambda p: float(np.mean((p - truth) ** 2))).tolist()
    [0.5, 0.5, 0.0]
    """
    losses = np.array([loss(one) for one in predictions])
    order = np.argsort(losses, kind="stable")[:FROM]
    best_counts = counts = np.zeros(len(predictions))
    best = np.inf
    total: npt.NDArray[np.float64] = np.zeros_like(predictions[0])
    for step in range(steps):
        if step and stop():
            break
        tried = [
            (loss((total + predictions[index]) / (step + 1)), place)
            for place, index in enumerate(order)
        ]
        reached, place = min(tried)
        counts = counts.copy()
        counts[order[place]] += 1
        total = total + predictions[order[place]]
        if reached < best - 1e-12:
            best, best_counts = reached, counts
    return np.asarray(best_counts / best_counts.sum())


def honest_loss(
    predictions: Sequence[Floats],
    loss_on: Callable[[npt.NDArray[np.intp], Floats], float],
    rows: int,
    seed: int,
) -> float:
    """Loss of the selection on rows that it was not selected on (two halves, swapped).

    Args:
        predictions: one array a model, first axis the rows.
        loss_on: loss of a prediction for some rows, given as (rows, prediction of those rows).
        rows: how many there are.
        seed: for the halves.
    """
    shuffled = np.random.default_rng(seed).permutation(rows)
    halves = shuffled[: rows // 2], shuffled[rows // 2 :]
    found = []
    for chosen, tested in (halves, halves[::-1]):
        inside = [one[chosen] for one in predictions]
        weights = select(inside, partial(loss_on, chosen), steps=20)
        mean = sum(w * one[tested] for w, one in zip(weights, predictions, strict=True) if w)
        found.append(loss_on(tested, np.asarray(mean)))
    return float(np.mean(found))
