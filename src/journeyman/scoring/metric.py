"""What a metric is: a name, a direction, what it needs, and two ways of computing one number.

``value`` gives the score from the whole data, by a maintained library where there is one.
``spread`` prepares the same number for many weightings of the same rows at once, which is what a
bootstrap needs: its result takes a matrix of weights, one row a resample.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[Any]
Replicates = Callable[[Numbers], Numbers]
"""Weights of shape (resamples, units) to one score a resample."""

Needs = Literal["probability", "probabilities", "scores", "labels", "numbers", "ranking", "returns"]
Better = Literal["higher", "lower"]


@dataclass(frozen=True, slots=True, eq=False)
class Truth:
    """The right answers, row by row.

    Attributes:
        target: Shape (rows,). Numbers, or for labels their positions in ``classes``.
        groups: Shape (rows,), a group's number from 0 for each row, where rows come in groups.
        weights: Shape (rows,), non-negative; what a weight means is the metric's matter.
        classes: Names of the labels, in the order of their numbers.
    """

    target: Numbers
    groups: Numbers | None = None
    weights: Numbers | None = None
    classes: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.target)

    def only(self, rows: Numbers) -> Truth:
        """The truth of some rows, a mask or positions; groups are numbered anew."""
        groups = None
        if self.groups is not None:
            groups = np.unique(self.groups[rows], return_inverse=True)[1]
        weights = None if self.weights is None else self.weights[rows]
        return Truth(self.target[rows], groups, weights, self.classes)


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric.

    Attributes:
        name: As in ``competition.toml``, with its parameter: ``ndcg@10``.
        title: For people.
        better: Whether ``higher`` or ``lower`` is better.
        needs: What a submission has to hold.
        example: A worked example that a person can follow with a pencil.
        value: The score of predictions.
        spread: See the module's first lines.
        losses: Where the score is a plain mean over rows: the terms of it, lower being better.
        by_group: Whether the units of a resample are always the groups.
        bounds: Smallest and largest possible score.
    """

    name: str
    title: str
    better: Better
    needs: Needs
    example: str
    value: Callable[[Truth, Numbers], float]
    spread: Callable[[Truth, Numbers], Replicates]
    losses: Callable[[Truth, Numbers], Numbers] | None = None
    by_group: bool = False
    bounds: tuple[float, float] = (0.0, float("inf"))

    @property
    def sign(self) -> int:
        """1 where higher is better, -1 where lower is: ``sign * score`` always grows with merit."""
        return 1 if self.better == "higher" else -1

    def gain(self, new: float, old: float) -> float:
        """By how much ``new`` is better than ``old`` (negative: worse).

        >>> from journeyman.scoring.registry import get
        >>> get("rmse").gain(2.0, 3.0)
        1.0
        """
        return self.sign * (new - old)


def of_sums(
    features: Callable[[Truth, Numbers], Numbers], combine: Callable[[Numbers], Numbers]
) -> Callable[[Truth, Numbers], Replicates]:
    """``spread`` of a score that is a smooth function of weighted sums over rows.

    Args:
        features: Gives the terms, shape (rows, sums).
        combine: From sums of shape (resamples, sums) to scores of shape (resamples,).
    """

    def spread(truth: Truth, given: Numbers) -> Replicates:
        terms = np.asarray(features(truth, given), dtype=np.float64)
        if terms.ndim == 1:
            terms = terms[:, None]
        # Taken about their means, so that single precision is enough for the product below.
        centre = terms.mean(axis=0)
        centred = (terms - centre).astype(np.float32)

        def replicates(weights: Numbers) -> Numbers:
            wide = weights.astype(np.float32, copy=False)
            total = wide.sum(axis=1, dtype=np.float64)
            sums = (wide @ centred).astype(np.float64) + total[:, None] * centre
            with np.errstate(all="ignore"):
                return combine(np.column_stack([total, sums]))

        return replicates

    return spread


def mean_of(sums: Numbers) -> Numbers:
    """The weighted mean of the one term: the second column over the first, the sum of weights."""
    ratio: Numbers = sums[:, 1] / sums[:, 0]
    return ratio
