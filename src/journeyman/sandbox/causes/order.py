"""Causes in the order and position of values, and in what was left out."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from journeyman.sandbox.causes.library import Clue, Table

TABLE = Table()


@TABLE.numbers(
    "off-by-one",
    "Everything is off by one: by one position, one element too few or too many, or by 1 in value. "
    "Check where ranges and slices begin and end (they stop before the end) and counting from 0.",
)
def _off_by_one(clue: Clue, expected: NDArray[Any], got: NDArray[Any]) -> bool:
    if expected.ndim == got.ndim == 1 and min(expected.size, got.size) > 1:
        gap = got.size - expected.size
        if gap == -1:
            return clue.same(got, expected[1:]) or clue.same(got, expected[:-1])
        if gap == 1:
            return clue.same(expected, got[1:]) or clue.same(expected, got[:-1])
        if gap == 0 and expected.size > 2 and np.ptp(expected) > 0:
            shifted = clue.same(got[1:], expected[:-1]) or clue.same(got[:-1], expected[1:])
            if shifted:
                return True
    if expected.shape != got.shape or not np.array_equal(expected, np.round(expected)):
        return False
    ones = np.ones(expected.shape)
    return clue.same(ones, got - expected) or clue.same(-ones, got - expected)


@TABLE.cells("reversed", "The values are right, but in reverse order.")
def _backwards(clue: Clue, expected: NDArray[Any], got: NDArray[Any]) -> bool:
    return expected.ndim > 0 and expected.shape[0] > 1 and clue.same(expected, got[::-1])


@TABLE.cells(
    "columns-reordered",
    "The columns are right, but in another order: sort them as the task says (for eigenvectors, "
    "together with the eigenvalues).",
)
def _columns_reordered(clue: Clue, expected: NDArray[Any], got: NDArray[Any]) -> bool:
    if expected.ndim != 2 or not 1 < expected.shape[1] <= 50:
        return False
    left = list(range(got.shape[1]))
    for column in expected.T:
        match = next((index for index in left if clue.same(column, got[:, index])), None)
        if match is None:
            return False
        left.remove(match)
    return True


@TABLE.cells("sorted-differently", "The values are right, but in another order.")
def _sorted_differently(clue: Clue, expected: NDArray[Any], got: NDArray[Any]) -> bool:
    if expected.ndim != 1 or expected.size < 3 or expected.dtype.kind == "c":
        return False
    return clue.same(np.sort(expected), np.sort(got))


@TABLE.cells(
    "rows-reordered", "The rows are right, but in another order: keep the order that is asked for."
)
def _rows_reordered(clue: Clue, expected: NDArray[Any], got: NDArray[Any]) -> bool:
    if expected.ndim != 2 or expected.shape[0] < 2 or expected.dtype.kind == "c":
        return False
    ordered = [array[np.lexsort(array.T[::-1])] for array in (expected, got)]
    return clue.same(*ordered)


@TABLE.cells("zeros", "All your values are zero: the result is created but never filled.")
def _zeros(_clue: Clue, expected: NDArray[Any], got: NDArray[Any]) -> bool:
    return not got.any() and bool(expected.any()) and expected.size > 1


@TABLE.cells(
    "stops-early",
    "The first values are right and all later ones are zero: a loop ends too early, for instance "
    "by a return inside it.",
)
def _stops_early(clue: Clue, expected: NDArray[Any], got: NDArray[Any]) -> bool:
    if not expected.ndim or expected.shape[0] < 2:
        return False
    filled = np.flatnonzero(np.reshape(got, (got.shape[0], -1)).any(axis=1))
    done = int(filled[-1]) + 1 if filled.size else 0
    if not 0 < done < expected.shape[0] or not expected[done:].any():
        return False
    return clue.same(expected[:done], got[:done])


@TABLE.cells("constant", "All your values are the same, though they should differ.")
def _constant(_clue: Clue, expected: NDArray[Any], got: NDArray[Any]) -> bool:
    return got.size > 2 and bool((got == got.flat[0]).all()) and np.ptp(expected.real) > 0


@TABLE.cells("unchanged", "Your result is one of the arguments just as it came in.")
def _unchanged(clue: Clue, _expected: NDArray[Any], got: NDArray[Any]) -> bool:
    return got.size > 1 and any(clue.same(got, array) for array in clue.inputs)


@TABLE.cells("inverted", "True and False (or 1 and 0) are the wrong way round.")
def _inverted(clue: Clue, expected: NDArray[Any], got: NDArray[Any]) -> bool:
    both = np.concatenate([expected.ravel(), got.ravel()])
    return bool(np.isin(both, (0, 1)).all()) and got.size > 2 and clue.same(expected, 1 - got)


@TABLE.cells("cumulative", "You return running totals; the single terms were asked for.")
def _cumulative(clue: Clue, expected: NDArray[Any], got: NDArray[Any]) -> bool:
    return expected.ndim == 1 and expected.size > 2 and clue.same(np.cumsum(expected), got)


@TABLE.cells("not-cumulative", "You return the single terms; running totals were asked for.")
def _not_cumulative(clue: Clue, expected: NDArray[Any], got: NDArray[Any]) -> bool:
    return expected.ndim == 1 and expected.size > 2 and clue.same(expected, np.cumsum(got))
