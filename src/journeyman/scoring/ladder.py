"""The parameter-free Ladder: a public board that random submissions cannot climb.

Blum and Hardt, “The Ladder: a reliable leaderboard for machine learning competitions” (2015),
algorithm 2: a new score is released only if it is better than the best released one by more than
the noise of their paired difference; otherwise the best one is shown again, and nothing is learnt
about the labels. For a mean over rows the noise is the paired deviation over sqrt(n), as in the
paper; for AUC, average precision, QWK and the like it is the paired bootstrap's.

The paper asks for one standard error. Two are asked for here, the same as for “clearly ahead”
everywhere else: with one, the luckiest of 200 random submissions to 300 labels is shown at 0.56.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from journeyman.scoring.metric import Metric, Numbers, Truth

ERRORS = 2.0
"""How many standard errors better a submission has to be."""


@dataclass(frozen=True, slots=True)
class Released:
    """What the public board says after one submission.

    Attributes:
        score: The score shown: this submission's if it climbed, else the best one before.
        climbed: Whether it is better by more than the noise.
        step: How much better it had to be.
    """

    score: float
    climbed: bool
    step: float


def release(
    metric: Metric, score: float, *, best: float | None, error: float, rows: int
) -> Released:
    """One step of the Ladder.

    Args:
        metric: What is measured: its direction and its range.
        score: The submission's true score on the public part.
        best: The score that the board shows; None before the first submission.
        error: Standard error of the paired difference to the submission that made ``best``.
        rows: Rows (or groups) of the public part: released scores are rounded to 1 / ``rows`` of
            the metric's range where it has one.

    >>> from journeyman.scoring.registry import get
    >>> release(get("accuracy"), 0.83, best=0.80, error=0.01, rows=1000).score
    0.83
    >>> release(get("accuracy"), 0.81, best=0.80, error=0.01, rows=1000).score
    0.8
    """
    step = ERRORS * error
    if not math.isfinite(score):
        return Released(best if best is not None else score, climbed=False, step=step)
    if best is not None and not metric.gain(score, best) > step:
        return Released(best, climbed=False, step=step)
    return Released(_rounded(metric, score, rows), climbed=True, step=step)


def _rounded(metric: Metric, score: float, rows: int) -> float:
    low, high = metric.bounds
    if not math.isfinite(high - low) or rows < 2:
        return score
    grain = (high - low) / rows
    return low + round((score - low) / grain) * grain


def error_of_means(metric: Metric, truth: Truth, new: Numbers, best: Numbers) -> float | None:
    """The paired standard error for a mean over rows; None where the score is no such mean."""
    if metric.losses is None or (truth.groups is not None and not metric.by_group):
        return None
    difference = metric.losses(truth, new) - metric.losses(truth, best)
    if len(difference) < 2:
        return math.inf
    return float(np.std(difference, ddof=1) / math.sqrt(len(difference)))
