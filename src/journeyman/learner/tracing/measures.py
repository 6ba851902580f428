"""How good probabilities are: ranking, log loss, distance, calibration, and whether one wins."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.stats import rankdata

from journeyman.learner.tracing.log import Floats, Rows

BINS = 10
SMALLEST = 1e-6
"""Probabilities are kept this far from 0 and 1 in the log loss."""


@dataclass(frozen=True, slots=True)
class Quality:
    """Of one model's probabilities on answers that it had not seen.

    Attributes:
        auc: Chance that a right answer got a higher probability than a wrong one; None where all
            answers are alike.
        log_loss: Mean surprise in nats.
        rmse: Root of the mean squared error.
        ece: Expected calibration error over ten bins of equal width.
    """

    auc: float | None
    log_loss: float
    rmse: float
    ece: float


def quality(correct: Floats, chance: Floats) -> Quality:
    """Measure probabilities against answers, both of shape (n,).

    >>> quality(np.array([0.0, 1.0]), np.array([0.2, 0.8])).auc
    1.0
    """
    rmse = float(np.sqrt(np.mean((correct - chance) ** 2)))
    return Quality(
        auc(correct, chance), float(losses(correct, chance).mean()), rmse, ece(correct, chance)
    )


def auc(correct: Floats, chance: Floats) -> float | None:
    """Area under the receiver operating characteristic, ties counted half."""
    right = int(correct.sum())
    wrong = len(correct) - right
    if not right or not wrong:
        return None
    ranks = rankdata(chance)[correct > 0.5].sum()
    return float((ranks - right * (right + 1) / 2) / (right * wrong))


def losses(correct: Floats, chance: Floats) -> Floats:
    """Log loss of each answer, shape (n,)."""
    kept = np.clip(chance, SMALLEST, 1.0 - SMALLEST)
    found: Floats = -np.log(np.where(correct > 0.5, kept, 1.0 - kept))
    return found


def ece(correct: Floats, chance: Floats) -> float:
    """Mean distance of stated and observed rates over equal bins, weighted by answers."""
    place = np.minimum((chance * BINS).astype(np.int64), BINS - 1)
    return float(np.abs(np.bincount(place, chance - correct)).sum() / len(correct))


def interval(learner: Rows, difference: Floats, *, seed: int = 0, draws: int = 1000) -> Floats:
    """95 % interval of the mean of ``difference`` by drawing learners with replacement.

    Args:
        learner: Whose each value is, shape (n,).
        difference: Shape (n,).
        seed: Of the draws.
        draws: How many.

    Returns:
        The 2.5 and 97.5 percentiles, shape (2,).
    """
    codes = np.unique(learner, return_inverse=True)[1]
    total, count = np.bincount(codes, difference), np.bincount(codes)
    rng = np.random.default_rng(seed)
    drawn = rng.integers(len(total), size=(draws, len(total)))
    means = total[drawn].sum(axis=1) / count[drawn].sum(axis=1)
    found: Floats = np.quantile(means, [0.025, 0.975])
    return found
