"""Which columns moved one prediction away from the average: Shapley values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from journeyman.errors import Invalid
from journeyman.house.importance import Predict
from journeyman.house.reading import Floats
from journeyman.house.relation import as_plain, related_columns


@dataclass(frozen=True, slots=True)
class Share:
    """What one column (or group of related ones) added to a prediction.

    Attributes:
        value: the row's own value, or values.
        share: positive where it moved the prediction up; ``error`` is its standard error.
    """

    columns: tuple[str, ...]
    value: tuple[Any, ...]
    share: float
    error: float

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "columns": list(self.columns),
            "value": [as_plain(one) for one in self.value],
            "share": self.share,
            "error": self.error,
        }


@dataclass(frozen=True, slots=True)
class Shares:
    """A prediction as the average plus what each column added, largest first.

    Attributes:
        base: mean prediction of the background rows that were drawn.
        prediction: of the row; equals ``base`` plus all shares.
    """

    base: float
    prediction: float
    shares: tuple[Share, ...]
    warnings: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Plain data; ``shares`` is what a chart needs."""
        return {
            "base": self.base,
            "prediction": self.prediction,
            "shares": [one.to_json() for one in self.shares],
            "warnings": list(self.warnings),
        }


def linear_shapley(
    coefficients: Sequence[float], means: Sequence[float], row: Sequence[float]
) -> Floats:
    """Exact Shapley values of a linear model with independent columns: ``w (x - mean)``.

    Štrumbelj & Kononenko 2014, section 3.

    >>> linear_shapley([2.0, -1.0], [1.0, 0.0], [3.0, 5.0]).tolist()
    [4.0, -5.0]
    """
    gap = np.asarray(row, dtype=float) - np.asarray(means, dtype=float)
    return np.asarray(np.asarray(coefficients, dtype=float) * gap)


def shapley_values(
    predict: Predict,
    row: pd.DataFrame,
    background: pd.DataFrame,
    *,
    groups: Sequence[Sequence[str]] | None = None,
    samples: int = 100,
    seed: int = 0,
) -> Shares:
    """Shapley values of one prediction by sampling orders of the columns.

    Štrumbelj & Kononenko, "Explaining prediction models and individual predictions with feature
    contributions", 2014: columns take the row's values one after the other, in random order, on
    top of a random background row; each order is used backwards too (antithetic sampling,
    Mitchell et al. 2022), which takes out much of the noise. The shares of each sample add up to
    the prediction exactly, and so does their mean.

    Args:
        predict: one number a row.
        row: a table of one row.
        background: rows of the training data to compare with.
        groups: columns that move together; by default those that are related.
        samples: pairs of orders; the error falls with its square root.
        seed: of orders and background rows.

    Raises:
        Invalid: the row is not one row, its columns are others, or there is one sample only.
    """
    if len(row) != 1 or list(row.columns) != list(background.columns) or samples < 2:
        raise Invalid("Give one row with the columns of the background, and 2 samples or more.")
    names = [str(name) for name in background.columns]
    found = groups if groups is not None else related_columns(background, seed=seed)
    joined = [tuple(group) for group in found]
    taken = {name for group in joined for name in group}
    units = joined + [(name,) for name in names if name not in taken]
    rng = np.random.default_rng(seed)
    gains = _gains(predict, row, background, units, samples, rng)
    prediction = float(np.asarray(predict(row), dtype=float).ravel()[0])
    mean = gains.mean(axis=0)
    error = gains.std(axis=0, ddof=1) / np.sqrt(samples)
    shares = [
        Share(unit, tuple(row[name].iloc[0] for name in unit), float(m), float(e))
        for unit, m, e in zip(units, mean, error, strict=True)
    ]
    shares.sort(key=lambda one: -abs(one.share))
    warnings = tuple(
        f"{', '.join(group)} are related, so they have one share together: how to divide it "
        "between them is not in the data."
        for group in joined
    )
    return Shares(prediction - float(mean.sum()), prediction, tuple(shares), warnings)


def _gains(
    predict: Predict,
    row: pd.DataFrame,
    background: pd.DataFrame,
    units: list[tuple[str, ...]],
    samples: int,
    rng: np.random.Generator,
) -> Floats:
    """Each unit's gain in each pair of orders, shape (samples, units).

    All made-up rows of some samples are predicted at once: a call costs more than a row.
    """
    count = len(units)
    place = {str(name): index for index, name in enumerate(background.columns)}
    members = [[place[name] for name in unit] for unit in units]
    values = row.to_numpy(dtype=object)[0]
    rows = background.to_numpy(dtype=object)
    out = np.zeros((samples, count))
    step = max(1, 20_000 // (2 * (count + 1)))
    for first in range(0, samples, step):
        made, orders = [], []
        for _ in range(first, min(first + step, samples)):
            order, start = rng.permutation(count), rows[rng.integers(len(rows))]
            for way in (order, order[::-1]):
                orders.append(way)
                made.extend(_walk(start, values, members, way))
        table = pd.DataFrame(made, columns=background.columns)
        table = table.astype(background.dtypes.to_dict())
        said = np.asarray(predict(table), dtype=float).reshape(len(orders), count + 1)
        for index, way in enumerate(orders):
            out[first + index // 2, way] += np.diff(said[index]) / 2
    return out


def _walk(start: Any, values: Any, members: list[list[int]], way: Any) -> list[Any]:
    """The background row, and the rows on the way from it to the explained one."""
    current = start.copy()
    rows = [current.copy()]
    for unit in way:
        current[members[unit]] = values[members[unit]]
        rows.append(current.copy())
    return rows
