"""How near rows are to each other, and the pairs of rows found to be copies."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from journeyman.audit.bundle.bundle import Array, Tables

FEWEST = 3
SHARE = 0.01
"""At least three test rows and 1 % of them: a single chance pair is no finding."""


@dataclass(frozen=True)
class Copies:
    """Test rows that have a twin among the training rows.

    Attributes:
        rows: Positions of the test rows.
        twins: Positions of their twins in the training table.
    """

    rows: Array
    twins: Array


def continuous(tables: Tables) -> list[int]:
    """Positions of the numeric features that take many values."""
    columns = [tables.features.index(name) for name in tables.numeric]
    both = np.vstack([tables.x, tables.x_test])
    return [at for at in columns if len(np.unique(both[:, at])) > min(20, 0.2 * len(both))]


def scaled(tables: Tables) -> tuple[Array, Array] | None:
    """Train and test rows as standardised numbers, for distances; None with under two columns.

    Only columns with many values count as continuous; gaps take the median.
    """
    columns = continuous(tables)
    if len(columns) < 2:
        return None
    both = np.vstack([tables.x, tables.x_test])
    values = both[:, columns]
    middle = np.nanmedian(values, axis=0)
    values = np.where(np.isfinite(values), values, middle)
    low, high = np.percentile(values, [10, 90], axis=0)
    spread = np.where(high > low, high - low, values.std(axis=0) + 1e-12)
    values = np.clip((values - middle) / spread, -8, 8)
    return values[: len(tables.x)], values[len(tables.x) :]


def dimension(distances: Array, near: int = 1) -> float:
    """Intrinsic dimension by Levina and Bickel (2004) from sorted neighbour distances (n, k).

    The ``near - 1`` nearest, among which copies would be, only count as being nearer than the next:
    the logarithms of the distances are exponential, and this is their censored likelihood.
    """
    far = np.maximum(distances[:, -1:], 1e-12)
    steps = np.log(far / np.maximum(distances[:, near - 1 : -1], 1e-12))
    total = steps.sum(axis=1) + (near - 1) * steps[:, 0]
    total = total[total > 0]
    return float(steps.shape[1] / total.mean()) if len(total) else 1.0
