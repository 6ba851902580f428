"""What a cause is, what it may look at, and the tables in which causes are kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from journeyman.sandbox import values as v
from journeyman.sandbox.compare import Tolerance, compare, plain, wrong_cells

MAX_CELLS = 100_000
ENOUGH_EVIDENCE = 2


class Wrong(Protocol):
    """A wrong result as the judge has it (see ``asking.Failure``)."""

    @property
    def expected(self) -> Any:
        """The smallest part that differs, as it should be."""

    @property
    def got(self) -> Any:
        """The same part as it is."""

    @property
    def whole_expected(self) -> Any:
        """The whole result as it should be."""

    @property
    def whole(self) -> Any:
        """The whole result as it is."""

    @property
    def sent(self) -> Any:
        """The arguments: ``[list, Pairs]``."""

    @property
    def tolerance(self) -> Tolerance:
        """How close is equal."""


class Clue:
    """One wrong result, as arrays where it can be read as numbers."""

    def __init__(self, wrong: Wrong) -> None:
        self.wrong = wrong

    @cached_property
    def expected(self) -> NDArray[Any] | None:
        """The expected numbers, or None if it is anything else."""
        return numbers(self.wrong.expected)

    @cached_property
    def got(self) -> NDArray[Any] | None:
        """The learner's numbers, or None if it is anything else."""
        return numbers(self.wrong.got)

    @cached_property
    def inputs(self) -> list[NDArray[Any]]:
        """The arguments that are arrays of at least one axis."""
        args, kwargs = self.wrong.sent
        found = [numbers(value) for value in [*args, *(item for _, item in kwargs.items)]]
        return [array for array in found if array is not None and array.ndim]

    @cached_property
    def lengths(self) -> set[int]:
        """How many values an average may have run over: axis lengths and sizes of the inputs."""
        sizes = {array.size for array in self.inputs}
        return {n for array in self.inputs for n in array.shape} | sizes

    def same(self, left: Any, right: Any) -> bool:
        """Whether two arrays agree within the case's tolerance, and are of one shape."""
        left, right = np.asarray(left), np.asarray(right)
        if left.shape != right.shape or left.dtype.kind not in "biufc":
            return False
        if right.dtype.kind == "b" or left.dtype.kind == "b":
            left, right = left.astype(float), right.astype(float)
        return not bool(np.any(wrong_cells(left, right, self.wrong.tolerance)))

    def equal(self, expected: Any, got: Any) -> bool:
        """Whether two records agree."""
        return compare(expected, got, self.wrong.tolerance) is None

    @property
    def evidence(self) -> int:
        """How much this result can prove: two for a broken number, one for a whole one.

        Whole numbers agree by chance too easily (2 + 2 = 2 * 2), and 0 and 1 yet more so.
        """
        if self.expected is None:
            return ENOUGH_EVIDENCE
        finite = self.expected[np.isfinite(self.expected)]
        telling = finite[(finite != 0) & (np.abs(finite) != 1)]
        broken = int(np.count_nonzero(telling != np.round(telling.real)))
        plain_cells = int(finite.size - telling.size)
        return int(telling.size) + broken + plain_cells // 2


def numbers(value: Any) -> NDArray[Any] | None:
    """A value as an array of numbers (float or complex, any shape), or None."""
    value = plain(value)
    if isinstance(value, v.Array):
        data: Any = value.data
    elif isinstance(value, v.Column) and isinstance(value.values, v.Array):
        data = value.values.data
    elif isinstance(value, (bool, int, float, complex)) or _is_plain_list(value):
        value = _plain_items(value)
        try:
            data = np.array(value, dtype=complex if isinstance(value, complex) else float)
        except (ValueError, TypeError, OverflowError):
            return None
    else:
        return None
    if data.dtype.kind not in "biufc" or data.size > MAX_CELLS:
        return None
    return np.asarray(data, dtype=complex if data.dtype.kind == "c" else float)


def _is_plain_list(value: Any) -> bool:
    if not isinstance(value, (list, tuple)) or not value:
        return False
    return all(
        isinstance(plain(item), (bool, int, float)) or _is_plain_list(item)
        for item in value[:MAX_CELLS]
    )


def _plain_items(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return [_plain_items(item) for item in value]
    return plain(value)


Explains = Callable[[Clue], bool]


@dataclass(frozen=True, slots=True)
class Cause:
    """A named mistake.

    Attributes:
        name: Key for an exercise's own sentence.
        sentence: What a learner reads: what seems to have happened, and what to try.
        explains: Whether it explains one wrong result.
    """

    name: str
    sentence: str
    explains: Explains


OnNumbers = Callable[[Clue, NDArray[Any], NDArray[Any]], bool]


class Table(dict[str, Cause]):
    """Causes by name, in the order in which they are tried."""

    def anything(self, name: str, sentence: str) -> Callable[[Explains], Explains]:
        """Add a function of a clue, for results of any kind."""

        def add(explains: Explains) -> Explains:
            self[name] = Cause(name, sentence, explains)
            return explains

        return add

    def numbers(self, name: str, sentence: str) -> Callable[[OnNumbers], OnNumbers]:
        """Add a function of (clue, expected, got), for results that are numbers of any shape."""

        def add(explains: OnNumbers) -> OnNumbers:
            def on_numbers(clue: Clue) -> bool:
                expected, got = clue.expected, clue.got
                if expected is None or got is None or not expected.size or not got.size:
                    return False
                return explains(clue, expected, got)

            self[name] = Cause(name, sentence, on_numbers)
            return explains

        return add

    def cells(self, name: str, sentence: str) -> Callable[[OnNumbers], OnNumbers]:
        """As ``numbers``, for results of the right shape with wrong values."""

        def add(explains: OnNumbers) -> OnNumbers:
            def same_shape(clue: Clue, expected: NDArray[Any], got: NDArray[Any]) -> bool:
                return expected.shape == got.shape and explains(clue, expected, got)

            self.numbers(name, sentence)(same_shape)
            return explains

        return add
