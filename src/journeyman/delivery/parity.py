"""Whether the exported model says what the fitted one says, row by row."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from journeyman.errors import Invalid

Numbers = NDArray[np.float64]
FEWEST = 200
"""Held-out rows that parity is shown on, at the least."""
TOLERANCE = 1e-5
"""Largest difference of a probability; of a number, as a share of its size or spread."""


@dataclass(frozen=True, slots=True)
class Parity:
    """How far two runs of one model lie apart.

    Attributes:
        runtime: What ran the exported model.
        rows: How many were compared.
        tolerance: The largest difference allowed.
        worst: The largest difference found; ``row`` is where, from 0.
        off: Rows above the tolerance.
        expected, found: What the two said in the worst row.
    """

    runtime: str
    rows: int
    tolerance: float
    worst: float
    row: int
    off: int
    expected: tuple[float, ...]
    found: tuple[float, ...]

    @property
    def holds(self) -> bool:
        """Whether every row is within the tolerance."""
        return self.off == 0

    def to_json(self) -> dict[str, Any]:
        """Plain data, as in ``parity.json``."""
        return {**asdict(self), "holds": self.holds}

    def sentence(self) -> str:
        """The result for people.

        >>> Parity("onnxruntime 1.31", 250, 1e-5, 2e-7, 3, 0, (0.5,), (0.5,)).sentence()
        'onnxruntime 1.31 agrees on all 250 held-out rows: the largest difference is 2.0e-07.'
        """
        if self.holds:
            return (
                f"{self.runtime} agrees on all {self.rows:,} held-out rows: the largest "
                f"difference is {self.worst:.1e}."
            )
        return (
            f"{self.runtime} differs on {self.off:,} of {self.rows:,} held-out rows by more than "
            f"{self.tolerance:.0e}; the worst is row {self.row + 1}, where the model says "
            f"{_shown(self.expected)} and the export {_shown(self.found)}."
        )


def compare(
    expected: NDArray[Any],
    found: NDArray[Any],
    *,
    runtime: str,
    relative: bool,
    tolerance: float = TOLERANCE,
) -> Parity:
    """Compare two answers to the same rows.

    Args:
        expected: What the fitted model says, shape (rows,) or (rows, outputs).
        found: What the export says, of the same shape but for an axis of length 1.
        runtime: What ran the export.
        relative: Whether a difference counts as a share of the expected size, or of the spread
            where that is larger; for everything but probabilities.
        tolerance: The largest difference allowed.

    Raises:
        Invalid: fewer than ``FEWEST`` rows, or different shapes.
    """
    first = np.asarray(expected, dtype=np.float64).reshape(len(expected), -1)
    second = np.asarray(found, dtype=np.float64).reshape(len(found), -1)
    if len(first) < FEWEST:
        raise Invalid(
            f"Parity is shown on at least {FEWEST} held-out rows; there are {len(first)}."
        )
    if first.shape != second.shape:
        raise Invalid(
            f"The export answers {second.shape[1]} numbers a row for {len(second):,} rows, the "
            f"model {first.shape[1]} for {len(first):,}; this kind of model cannot be delivered."
        )
    apart = np.abs(first - second)
    if relative:
        apart = apart / np.maximum(np.maximum(np.abs(first), first.std(axis=0)), 1e-12)
    apart = np.where(np.isfinite(apart), apart, np.inf).max(axis=1)
    row = int(apart.argmax())
    return Parity(
        runtime,
        len(first),
        tolerance,
        float(min(apart[row], 1e300)),
        row,
        int((apart > tolerance).sum()),
        tuple(first[row].tolist()),
        tuple(second[row].tolist()),
    )


def _shown(values: tuple[float, ...]) -> str:
    return ", ".join(f"{one:.6g}" for one in values[:4]) + (", …" if len(values) > 4 else "")
