"""Causes in the values themselves: sign, factor, power, base, rounding, normalising."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from journeyman.sandbox.causes.library import Clue, Table

TABLE = Table()


def _factor(name: str, sentence: str, factors: tuple[float, ...]) -> None:
    """A cause that is a fixed factor between the learner's values and the right ones."""

    def by_factor(clue: Clue, expected: NDArray[Any], got: NDArray[Any]) -> bool:
        if not expected.any():
            return False
        return any(clue.same(expected * factor, got) for factor in factors)

    TABLE.cells(name, sentence)(by_factor)


def _transform(name: str, sentence: str, *undo: Callable[[NDArray[Any]], NDArray[Any]]) -> None:
    """A cause that one of the transforms of the right values reproduces."""

    def by_transform(clue: Clue, expected: NDArray[Any], got: NDArray[Any]) -> bool:
        if clue.same(expected, got):
            return False
        return any(clue.same(change(expected), got) for change in undo)

    TABLE.cells(name, sentence)(by_transform)


_factor("sign", "Every sign is flipped: a difference is taken the wrong way round.", (-1.0,))


@TABLE.cells(
    "column-signs",
    "Some columns have the opposite sign: fix the sign as the task says (for instance: the largest "
    "component of each vector is positive).",
)
def _column_signs(clue: Clue, expected: NDArray[Any], got: NDArray[Any]) -> bool:
    if expected.ndim != 2 or expected.shape[0] < 2:
        return False
    signs = np.where((expected * got).sum(axis=0) < 0, -1.0, 1.0)
    return bool((signs < 0).any()) and clue.same(expected, got * signs)


_transform("absolute", "Your values are the absolute ones: the sign is lost.", np.abs)


@TABLE.cells("not-absolute", "The sizes are right, but the absolute value is not taken.")
def _not_absolute(clue: Clue, expected: NDArray[Any], got: NDArray[Any]) -> bool:
    return bool((got.real < 0).any()) and clue.same(expected, np.abs(got))


_transform(
    "squared", "Your values are the squares of the right ones: a square root is missing.", np.square
)
_transform(
    "rooted", "Your values are the square roots of the right ones: leave the root out.", np.sqrt
)
_factor("doubled", "Your values are twice the right ones: look for a missing 1/2.", (2.0,))
_factor("halved", "Your values are half the right ones: look for a missing 2.", (0.5,))
_factor(
    "percent", "Your values are in per cent; fractions between 0 and 1 were asked for.", (100.0,)
)
_factor("fraction", "Your values are fractions; per cent were asked for.", (0.01,))
_factor(
    "log-natural",
    "Your logarithms are natural ones (np.log); another base was asked for (np.log2 or np.log10).",
    (math.log(2), math.log(10)),
)
_factor(
    "log-base-2",
    "Your logarithms are to base 2 (np.log2); another base was asked for.",
    (1 / math.log(2), math.log2(10)),
)
_factor(
    "log-base-10",
    "Your logarithms are to base 10 (np.log10); another base was asked for.",
    (1 / math.log(10), math.log10(2)),
)
_factor("degrees", "Your angles are in degrees; radians were asked for.", (180 / math.pi,))
_factor("radians", "Your angles are in radians; degrees were asked for.", (math.pi / 180,))
_transform("complement", "Your values are 1 minus the right ones.", lambda right: 1 - right)
_transform("reciprocal", "Your values are 1 divided by the right ones.", lambda right: 1 / right)
_transform(
    "exponential", "Your values are exp of the right ones: the logarithm was asked for.", np.exp
)
_transform(
    "logarithm", "Your values are the logarithms of the right ones: take exp in the end.", np.log
)


def _by_count(power: float, step: Callable[[float], float], least: int = 1) -> Callable[..., bool]:
    def explains(clue: Clue, expected: NDArray[Any], got: NDArray[Any]) -> bool:
        if not expected.any():
            return False
        counts = (n for n in clue.lengths if n > least)
        return any(clue.same(expected * step(n) ** power, got) for n in counts)

    return explains


def _either(*tests: Callable[..., bool]) -> Callable[..., bool]:
    return lambda clue, expected, got: any(test(clue, expected, got) for test in tests)


TABLE.cells(
    "ddof-0",
    "You divide by n where n - 1 was asked for: use ddof=1 (the sample variance or deviation).",
)(_either(*(_by_count(power, lambda n: (n - 1) / n, 3) for power in (1.0, 0.5))))
TABLE.cells(
    "ddof-1",
    "You divide by n - 1 where n was asked for: use ddof=0 (the population variance or deviation).",
)(_either(*(_by_count(power, lambda n: n / (n - 1), 3) for power in (1.0, 0.5))))
TABLE.cells("sum-for-mean", "You return the sum; divide by how many values there are.")(
    _by_count(1.0, lambda n: n)
)
TABLE.cells("mean-for-sum", "You return the mean; the sum was asked for.")(
    _by_count(-1.0, lambda n: n)
)


@TABLE.cells(
    "normalised-other-axis",
    "Your values add up to 1 along the other axis: normalise each row with axis=1, keepdims=True "
    "(each column with axis=0).",
)
def _normalised_other_axis(clue: Clue, expected: NDArray[Any], got: NDArray[Any]) -> bool:
    if expected.ndim != 2 or min(expected.shape) < 2:
        return False
    sums = [[array.sum(axis=axis) for axis in (0, 1)] for array in (expected, got)]
    ones = [[clue.same(np.ones_like(total), total) for total in both] for both in sums]
    return ones in ([[True, False], [False, True]], [[False, True], [True, False]])


@TABLE.cells(
    "not-normalised",
    "Your values are right up to normalising: divide by their sum or by their length (norm).",
)
def _not_normalised(clue: Clue, expected: NDArray[Any], got: NDArray[Any]) -> bool:
    if not expected.ndim or expected.size < 2:
        return False
    axes: list[int | None] = [None, *range(expected.ndim)]
    for axis in axes:
        total = got.sum(axis=axis, keepdims=True)
        length = np.sqrt((np.abs(got) ** 2).sum(axis=axis, keepdims=True))
        if clue.same(expected, got / total) or clue.same(expected, got / length):
            return True
    return False


@TABLE.cells(
    "not-centred", "Your values are right up to a shift: subtract the mean (of each column?)."
)
def _not_centred(clue: Clue, expected: NDArray[Any], got: NDArray[Any]) -> bool:
    if not expected.ndim or expected.shape[0] < 3:
        return False
    return clue.same(expected, got - got.mean(axis=0)) or clue.same(expected, got - got.mean())


@TABLE.cells(
    "not-scaled", "Your values are right up to the scale: divide by the standard deviation."
)
def _not_scaled(clue: Clue, expected: NDArray[Any], got: NDArray[Any]) -> bool:
    if not expected.ndim or expected.shape[0] < 3:
        return False
    return any(clue.same(expected, got / got.std(axis=0, ddof=ddof)) for ddof in (0, 1))


@TABLE.cells(
    "integer-division",
    "Your values lack everything after the decimal point: look for //, int() or an integer array.",
)
def _integer_division(clue: Clue, expected: NDArray[Any], got: NDArray[Any]) -> bool:
    if expected.dtype.kind == "c" or np.array_equal(expected, np.trunc(expected)):
        return False
    return clue.same(np.floor(expected), got) or clue.same(np.trunc(expected), got)


@TABLE.cells("rounded", "Your values are rounded: return them unrounded.")
def _rounded(_clue: Clue, expected: NDArray[Any], got: NDArray[Any]) -> bool:
    return any(np.allclose(np.round(expected, n), got, rtol=1e-12, atol=0) for n in range(7))


@TABLE.cells(
    "wrapped",
    "Whole numbers overflowed and wrapped round: convert to float (or a wider integer) before "
    "subtracting, adding or multiplying.",
)
def _wrapped(_clue: Clue, expected: NDArray[Any], got: NDArray[Any]) -> bool:
    if not np.array_equal(expected, np.round(expected)) or not np.array_equal(got, np.round(got)):
        return False
    return any(bool(((expected - got) % 2.0**bits == 0).all()) for bits in (8, 16, 32))


@TABLE.cells(
    "bias",
    "All your values are off by the same amount: a constant, such as an intercept or bias term, is "
    "missing or added twice.",
)
def _bias(clue: Clue, expected: NDArray[Any], got: NDArray[Any]) -> bool:
    if expected.size < 3 or np.ptp(expected.real) == 0:
        return False
    shift = (got - expected).flat[0]
    return bool(np.isfinite(shift)) and clue.same(expected, got - shift)


@TABLE.cells(
    "precision",
    "Your values agree to a few digits only: float32 somewhere, rounding on the way, or an "
    "iteration that stops too early.",
)
def _precision(_clue: Clue, expected: NDArray[Any], got: NDArray[Any]) -> bool:
    return np.allclose(expected, got, rtol=1e-3, atol=1e-12) and bool(expected.any())
