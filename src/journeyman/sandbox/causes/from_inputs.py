"""Causes that show when the learner's result is compared with the arguments."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from journeyman.sandbox.causes.library import Clue, Table

TABLE = Table()

_REDUCTIONS: tuple[Any, ...] = (
    np.sum,
    np.mean,
    np.max,
    np.min,
    np.std,
    np.var,
    np.median,
    np.prod,
    np.argmax,
    np.argmin,
    np.linalg.norm,
)


@TABLE.numbers(
    "other-axis",
    "You reduce along the other axis: axis=0 goes down the columns, axis=1 along the rows.",
)
def _other_axis(clue: Clue, expected: NDArray[Any], got: NDArray[Any]) -> bool:
    tables = [array for array in clue.inputs if array.ndim == 2]
    for table in tables:
        for axis in (0, 1):
            for reduce in _REDUCTIONS:
                if clue.same(reduce(table, axis=axis), np.squeeze(expected)) and clue.same(
                    reduce(table, axis=1 - axis), np.squeeze(got)
                ):
                    return True
    if expected.ndim != 1 or got.ndim != 1 or expected.size == got.size:
        return False
    return any({expected.size, got.size} == set(table.shape) for table in tables)


@TABLE.numbers(
    "element-wise", "You multiply element by element (*); the matrix product (@) was asked for."
)
def _element_wise(clue: Clue, expected: NDArray[Any], got: NDArray[Any]) -> bool:
    return _products(clue, got, expected)


@TABLE.numbers(
    "matrix-product", "You take the matrix product (@); element by element (*) was asked for."
)
def _matrix_product(clue: Clue, expected: NDArray[Any], got: NDArray[Any]) -> bool:
    return _products(clue, expected, got)


def _products(clue: Clue, by_element: NDArray[Any], by_matrix: NDArray[Any]) -> bool:
    for left in clue.inputs:
        for right in clue.inputs:
            try:
                both = left * right, left @ right
            except ValueError:
                continue
            if clue.same(both[0], by_element) and clue.same(both[1], by_matrix):
                return True
    return False


@TABLE.cells(
    "indices-for-values", "You return positions; the values at these positions were asked for."
)
def _indices_for_values(clue: Clue, expected: NDArray[Any], got: NDArray[Any]) -> bool:
    return any(_picks(clue, array, got, expected) for array in clue.inputs)


@TABLE.cells(
    "values-for-indices", "You return values; their positions were asked for (argmax, argsort)."
)
def _values_for_indices(clue: Clue, expected: NDArray[Any], got: NDArray[Any]) -> bool:
    return any(_picks(clue, array, expected, got) for array in clue.inputs)


def _picks(clue: Clue, array: NDArray[Any], places: NDArray[Any], values: NDArray[Any]) -> bool:
    whole = places.real.astype(int)
    if array.ndim != 1 or not np.array_equal(whole, places) or whole.min() < 0:
        return False
    return bool(whole.max() < array.size) and clue.same(array[whole], values)


@TABLE.cells(
    "spread-nan",
    "A NaN in the input spreads into your result: skip missing values (np.nanmean, np.isnan).",
)
def _spread_nan(clue: Clue, expected: NDArray[Any], got: NDArray[Any]) -> bool:
    return _only_nan(clue, expected, got) and any(bool(np.isnan(a).any()) for a in clue.inputs)


@TABLE.cells(
    "exp-overflow",
    "The exponential overflows on large values, and inf / inf is NaN: subtract the maximum first.",
)
def _exp_overflow(clue: Clue, expected: NDArray[Any], got: NDArray[Any]) -> bool:
    large = any(bool((np.abs(array) > 700).any()) for array in clue.inputs)  # exp(710) is infinite
    return large and _only_nan(clue, expected, got)


@TABLE.cells(
    "zero-division",
    "NaN or infinity comes from 0 / 0 or log(0): treat the zero as its own case (a constant "
    "column, an empty group, a probability of 0).",
)
def _zero_division(clue: Clue, expected: NDArray[Any], got: NDArray[Any]) -> bool:
    bad = ~np.isfinite(got)
    usual = np.isfinite(expected).all() and bad.any()
    return bool(usual) and clue.same(expected[~bad], got[~bad])


def _only_nan(clue: Clue, expected: NDArray[Any], got: NDArray[Any]) -> bool:
    """NaN in the result where there should be none, and nothing else wrong."""
    extra = np.isnan(got) & ~np.isnan(expected)
    return bool(extra.any()) and clue.same(expected[~extra], got[~extra])


@TABLE.cells(
    "not-thresholded", "You return probabilities; classes were asked for: compare with 0.5."
)
def _not_thresholded(clue: Clue, expected: NDArray[Any], got: NDArray[Any]) -> bool:
    inside = bool(((got.real >= 0) & (got.real <= 1)).all())
    if not inside or not bool(np.isin(expected, (0, 1)).all()) or expected.size < 3:
        return False
    return clue.same(expected, (got > 0.5).astype(float)) or clue.same(expected, (got >= 0.5) * 1.0)
