"""What a value is once it has crossed the wire: plain Python, or one of these small records.

The judge turns the learner's result and the reference's result into the same records, so that the
comparison never touches a pandas, scipy or torch object that untrusted code made.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Array:
    """A numpy array, numpy scalar or torch tensor.

    Attributes:
        data: The numbers, text or dates; object arrays hold values of this module.
        type: Where it came from: ``numpy.ndarray``, ``numpy.float64``, ``torch.float32`` ...
        scalar: Whether it was a numpy scalar rather than an array.
        grad: Whether a tensor required a gradient.
    """

    data: NDArray[Any]
    type: str = "numpy.ndarray"
    scalar: bool = False
    grad: bool = False

    @property
    def tensor(self) -> bool:
        """Whether this was a torch tensor."""
        return self.type.startswith("torch.")


@dataclass(frozen=True, slots=True, eq=False)
class Sparse:
    """A scipy sparse array or matrix, as coordinates."""

    format: str
    shape: tuple[int, ...]
    row: NDArray[np.int64]
    column: NDArray[np.int64]
    data: NDArray[Any]


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """A pandas Series or Index (``index`` is None for an Index)."""

    type: str
    dtype: str
    name: Any
    values: Any
    index: Any


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """A pandas DataFrame, column by column."""

    columns: list[Any]
    dtypes: list[str]
    values: list[Any]
    index: Any


@dataclass(frozen=True, slots=True, eq=False)
class Bag:
    """A set or frozenset; the order of ``values`` means nothing."""

    type: str
    values: list[Any]


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """A mapping, as pairs of key and value in its own order."""

    items: list[tuple[Any, Any]]


@dataclass(frozen=True, slots=True, eq=False)
class Pulled:
    """The first items of a generator, iterator or range; ``more`` says that it went on."""

    type: str
    values: list[Any]
    more: bool


@dataclass(frozen=True, slots=True, eq=False)
class Record:
    """A dataclass instance: its class's name and its fields."""

    type: str
    fields: list[tuple[str, Any]]


@dataclass(frozen=True, slots=True, eq=False)
class Opaque:
    """Something that does not cross the wire; ``type`` says what it was."""

    type: str


@dataclass(frozen=True, slots=True)
class Missing:
    """``pandas.NA`` or ``NaT``."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A date or time that is not a numpy one, in ISO format."""

    type: str
    text: str


@dataclass(frozen=True, slots=True)
class Random:
    """The state of a ``numpy.random.Generator`` (PCG64): how a case passes a random generator."""

    state: int
    increment: int
    has_uint32: int
    uinteger: int


@dataclass(frozen=True, slots=True)
class Source:
    """A Python expression to be evaluated where it arrives (see ``core.exercise.Code``)."""

    source: str
