"""Causes in the kind and shape of a result."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from journeyman.sandbox import values as v
from journeyman.sandbox.causes.library import Clue, Table, numbers
from journeyman.sandbox.compare import plain
from journeyman.sandbox.words import number

TABLE = Table()
_FUNCTIONS = frozenset({"function", "builtin_function_or_method", "method"})


@TABLE.anything(
    "no-return",
    "Your function returns None: a return statement is missing on this path, or the result is "
    "printed instead of returned.",
)
def _no_return(clue: Clue) -> bool:
    return clue.wrong.got is None and clue.wrong.expected is not None


@TABLE.anything(
    "not-called", "You return a function itself: call it, with parentheses and its arguments."
)
def _not_called(clue: Clue) -> bool:
    got = clue.wrong.got
    return isinstance(got, v.Opaque) and got.type in _FUNCTIONS


@TABLE.anything(
    "coroutine",
    "Your function is declared with async def, so that calling it gives no result: write def.",
)
def _coroutine(clue: Clue) -> bool:
    got = clue.wrong.got
    return isinstance(got, v.Opaque) and got.type == "coroutine"


@TABLE.anything(
    "generator",
    "Your function uses yield and so hands out its values one by one: collect them and return them "
    "together.",
)
def _generator(clue: Clue) -> bool:
    got, expected = clue.wrong.got, clue.wrong.expected
    return isinstance(got, v.Pulled) and got.type == "generator" and type(expected) is not v.Pulled


@TABLE.numbers(
    "complex", "The values are right, but complex with imaginary parts of 0: return their .real."
)
def _complex(clue: Clue, expected: NDArray[Any], got: NDArray[Any]) -> bool:
    if got.dtype.kind != "c" or expected.dtype.kind == "c" or got.imag.any():
        return False
    return clue.same(expected, got.real)


@TABLE.anything(
    "whole-tuple",
    "You return several values where one was asked for; one of them is right: return that one.",
)
def _whole_tuple(clue: Clue) -> bool:
    expected, got = clue.wrong.whole_expected, clue.wrong.whole
    if isinstance(expected, (list, tuple)) or not isinstance(got, (list, tuple)):
        return False
    return any(clue.equal(expected, item) for item in got)


@TABLE.anything(
    "one-of-tuple",
    "You return one of the values that were asked for; return all of them, in order.",
)
def _one_of_tuple(clue: Clue) -> bool:
    expected, got = clue.wrong.whole_expected, clue.wrong.whole
    if not isinstance(expected, tuple) or isinstance(got, (list, tuple)):
        return False
    return any(clue.equal(item, got) for item in expected)


@TABLE.anything(
    "tuple-order", "The values are right, but returned in another order than asked for."
)
def _tuple_order(clue: Clue) -> bool:
    expected, got = clue.wrong.whole_expected, clue.wrong.whole
    if not isinstance(expected, tuple) or not isinstance(got, (list, tuple)):
        return False
    if not 1 < len(expected) <= 4 or len(got) != len(expected):
        return False
    return any(
        all(clue.equal(*pair) for pair in zip(expected, order, strict=True))
        for order in permutations(got)
    )


@TABLE.anything(
    "list-for-array", "The numbers are right, but in a list: return np.array(...) of it."
)
def _list_for_array(clue: Clue) -> bool:
    if not isinstance(clue.wrong.got, (list, tuple)) or clue.expected is None:
        return False
    return clue.got is not None and clue.same(clue.expected, clue.got)


@TABLE.anything(
    "text-for-number", "The number is right, but you return it as text: return it unformatted."
)
def _text_for_number(clue: Clue) -> bool:
    got, expected = clue.wrong.got, plain(clue.wrong.expected)
    if not isinstance(got, str) or not isinstance(expected, (int, float)):
        return False
    return clue.same(numbers(expected), float(got)) or got == number(expected)


@TABLE.numbers(
    "transposed", "Your result is the transpose of the right one: swap rows and columns."
)
def _transposed(clue: Clue, expected: NDArray[Any], got: NDArray[Any]) -> bool:
    return expected.ndim == got.ndim == 2 and clue.same(expected, got.T)


@TABLE.numbers(
    "kept-axis",
    "The values are right, but an axis of length 1 is kept or dropped: look at keepdims, "
    "reshape and [:, None].",
)
def _kept_axis(clue: Clue, expected: NDArray[Any], got: NDArray[Any]) -> bool:
    if expected.ndim == got.ndim:
        return False
    return clue.same(np.squeeze(expected), np.squeeze(got))


@TABLE.numbers(
    "axes-swapped", "The values are right, but the axes are in another order: transpose."
)
def _axes_swapped(clue: Clue, expected: NDArray[Any], got: NDArray[Any]) -> bool:
    if expected.ndim < 3 or expected.ndim > 5 or expected.ndim != got.ndim:
        return False
    return any(clue.same(expected, got.transpose(axes)) for axes in permutations(range(got.ndim)))


@TABLE.numbers("reshaped", "The values are right and in the right order, but in another shape.")
def _reshaped(clue: Clue, expected: NDArray[Any], got: NDArray[Any]) -> bool:
    return expected.shape != got.shape and clue.same(expected.ravel(), got.ravel())


@TABLE.numbers(
    "broadcast",
    "Two arrays were combined as every pair instead of element by element: an (n,) and an (n, 1) "
    "broadcast to (n, n). Give both the same shape first.",
)
def _broadcast(clue: Clue, expected: NDArray[Any], got: NDArray[Any]) -> bool:
    n = expected.size
    if expected.ndim and expected.shape in {(n,), (n, 1), (1, n)} and got.shape == (n, n) and n > 1:
        return True
    if expected.ndim or got.ndim:
        return False
    vectors = [array.ravel() for array in clue.inputs if array.size > 1]
    return any(
        clue.same(expected, fold(left - right)) and clue.same(got, fold(left[:, None] - right))
        for left in vectors
        for right in vectors
        if left is not right and left.size == right.size
        for fold in _LOSSES
    )


_LOSSES = (
    lambda gap: np.mean(gap**2),
    lambda gap: np.sum(gap**2),
    lambda gap: np.sqrt(np.mean(gap**2)),
    lambda gap: np.mean(np.abs(gap)),
    lambda gap: np.sum(np.abs(gap)),
)


@TABLE.numbers(
    "one-hot",
    "You return one-hot rows; the class numbers were asked for: take argmax along axis 1.",
)
def _one_hot(clue: Clue, expected: NDArray[Any], got: NDArray[Any]) -> bool:
    return (
        got.ndim == 2
        and got.shape[1] > 1
        and bool(np.isin(got, (0, 1)).all())
        and clue.same(expected, got.argmax(1))
    )


@TABLE.numbers(
    "labels-for-one-hot", "You return class numbers; a row of zeros with a single 1 was asked for."
)
def _labels_for_one_hot(clue: Clue, expected: NDArray[Any], got: NDArray[Any]) -> bool:
    if expected.ndim != 2 or got.ndim != 1 or not bool(np.isin(expected, (0, 1)).all()):
        return False
    return bool((expected.sum(1) == 1).all()) and clue.same(expected.argmax(1), got)
