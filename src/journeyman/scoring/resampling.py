"""Intervals and comparisons by the Poisson bootstrap, with resamples shared by all submissions.

Each resample gives every unit (a row, or a whole group where rows come in groups) a Poisson(1)
count instead of drawing with replacement: Oza and Russell, “Online bagging and boosting” (2001);
Chamandy et al., “Estimating uncertainty for massive data streams” (2012). The counts come from
a seed, so that two submissions meet the same resamples and the difference of their replicates is
the paired bootstrap of their difference: no predictions have to be read again.

Beyond ``LARGEST`` rows the m-out-of-n bootstrap is used: the spread is measured on a fixed random
part and scaled by sqrt(m / n) (Bickel, Götze and van Zwet, 1997).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.stats import poisson

from journeyman.scoring.metric import Metric, Numbers, Truth
from journeyman.scoring.ranking import placements

RESAMPLES = 400
LARGEST = 100_000
_CELLS = 8 << 20  # weights in memory at once
# Poisson(1) by table: the count that each 16-bit number stands for.
_COUNTS = np.searchsorted(
    poisson.cdf(np.arange(12), 1.0), (np.arange(1 << 16) + 0.5) / (1 << 16)
).astype(np.uint8)


@dataclass(frozen=True, slots=True)
class Interval:
    """A score with its uncertainty.

    Attributes:
        value: The score on all rows.
        low, high: 95 % interval.
        error: Standard error.
    """

    value: float
    low: float
    high: float
    error: float


@dataclass(frozen=True, slots=True)
class Paired:
    """How much better one submission is than another on the same rows.

    Attributes:
        gain: Positive where the first is better, whatever the metric's direction.
        error: Standard error of ``gain``, by paired resamples.
    """

    gain: float
    error: float

    @property
    def ahead(self) -> bool:
        """Whether the first is clearly better: by more than two standard errors."""
        return self.gain > 2 * self.error

    @property
    def behind(self) -> bool:
        """Whether the first is clearly worse."""
        return self.gain < -2 * self.error

    @property
    def tied(self) -> bool:
        """Whether these rows cannot tell the two apart."""
        return not self.ahead and not self.behind


def replicates(
    metric: Metric, truth: Truth, given: Numbers, *, seed: int, resamples: int = RESAMPLES
) -> Numbers:
    """The score on each of ``resamples`` resamples, shape (resamples,), centred on the score.

    The same ``truth`` and ``seed`` mean the same resamples, whatever ``given`` is. A resample on
    which the metric has no value (no positive was drawn) is NaN.
    """
    if len(truth) == 0:
        return np.full(resamples, np.nan)
    whole = metric.value(truth, given)
    rng = np.random.default_rng([seed, len(truth), 20251])
    part, scale = _part(truth, rng)
    if part is not None:
        truth, given = truth.only(part), np.asarray(given)[part]
    found = _run(metric, truth, given, rng, resamples)
    if part is None:
        return found
    middle = metric.value(truth, given)
    return whole + scale * (found - middle)


def _part(truth: Truth, rng: np.random.Generator) -> tuple[Numbers | None, float]:
    """A fixed random part of too many rows (whole groups), and the scale of its spread."""
    if len(truth) <= LARGEST:
        return None, 1.0
    if truth.groups is None:
        chosen = np.sort(rng.choice(len(truth), LARGEST, replace=False))
        return chosen, math.sqrt(LARGEST / len(truth))
    many = int(truth.groups.max()) + 1
    kept = max(2, round(many * LARGEST / len(truth)))
    if many < 2 * kept:
        return None, 1.0
    inside = np.zeros(many, bool)
    inside[rng.choice(many, kept, replace=False)] = True
    return np.flatnonzero(inside[truth.groups]), math.sqrt(kept / many)


def _run(
    metric: Metric, truth: Truth, given: Numbers, rng: np.random.Generator, resamples: int
) -> Numbers:
    score = metric.spread(truth, given)
    units = len(truth) if truth.groups is None else int(truth.groups.max()) + 1
    spread_out = truth.groups is not None and not metric.by_group
    width = len(truth) if spread_out else units
    step = max(1, min(resamples, _CELLS // max(width, 1)))
    parts = []
    for first in range(0, resamples, step):
        count = min(step, resamples - first)
        weights = _COUNTS[rng.integers(0, 1 << 16, (count, units), dtype=np.uint16)]
        parts.append(score(weights[:, truth.groups] if spread_out else weights))
    return np.concatenate(parts)


def interval(metric: Metric, value: float, draws: Numbers) -> Interval:
    """The 95 % percentile interval of a score from its replicates, kept within its bounds."""
    usable = draws[np.isfinite(draws)]
    if len(usable) < 2 or not math.isfinite(value):
        return Interval(value, float("nan"), float("nan"), float("nan"))
    low, high = np.quantile(usable, [0.025, 0.975])
    low, high = (float(np.clip(end, *metric.bounds)) for end in (low, high))
    return Interval(value, min(low, value), max(high, value), float(usable.std(ddof=1)))


def paired(
    metric: Metric, value: float, draws: Numbers, other_value: float, other_draws: Numbers
) -> Paired:
    """Compare two submissions by their replicates on the same resamples."""
    difference = draws - other_draws
    usable = difference[np.isfinite(difference)]
    error = float(usable.std(ddof=1)) if len(usable) > 1 else float("nan")
    return Paired(metric.gain(value, other_value), error)


def delong_error(truth: Truth, given: Numbers) -> float:
    """Standard error of the AUC in closed form: a check of the bootstrap that needs none.

    See :func:`journeyman.scoring.ranking.placements`.
    """
    of_ones, of_zeros = placements(truth, given)
    variance = of_ones.var(ddof=1) / len(of_ones) + of_zeros.var(ddof=1) / len(of_zeros)
    return float(math.sqrt(variance))
