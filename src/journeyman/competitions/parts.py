"""Scores of one part of the test rows with their replicates, and predictions as bytes."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from journeyman.competitions.entry import Competition
from journeyman.competitions.home import Solution
from journeyman.errors import Unavailable
from journeyman.scoring.metric import Metric, Numbers, Truth
from journeyman.scoring.resampling import Interval, Paired, interval, paired, replicates

SEED = 2015
"""Of the resamples, the same for every submission, so that any two can be compared in pairs."""


@dataclass(frozen=True, slots=True, eq=False)
class PartScore:
    """A score on one part of the rows.

    Attributes:
        value: The score.
        draws: Its replicates, shape (resamples,).
    """

    value: float
    draws: Numbers

    def interval(self, metric: Metric) -> Interval:
        """The score with its 95 % interval."""
        return interval(metric, self.value, self.draws)

    def against(self, metric: Metric, other: PartScore) -> Paired:
        """Compare with another score on the same part."""
        return paired(metric, self.value, self.draws, other.value, other.draws)

    def data(self) -> dict[str, Any]:
        """As plain JSON data; NaN becomes null."""
        draws = [float(f"{one:.7g}") if np.isfinite(one) else None for one in self.draws]
        value = float(self.value)
        return {"value": value if np.isfinite(value) else None, "draws": draws}

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> PartScore:
        """Back from plain data."""
        value = float("nan") if data["value"] is None else float(data["value"])
        return cls(value, np.array(data["draws"], dtype=float))


def score_part(metric: Metric, truth: Truth, given: Numbers) -> PartScore:
    """Score predictions on the rows of ``truth``."""
    value = metric.value(truth, given) if len(truth) else float("nan")
    return PartScore(value, replicates(metric, truth, given, seed=SEED))


def score_rows(
    competition: Competition, solution: Solution, given: Numbers, *, public: bool
) -> PartScore:
    """Score predictions, in the order of the test rows, on the public or the private part."""
    rows = solution.part(public=public)
    return score_part(competition.metric, solution.truth.only(rows), given[rows])


def pack(given: Numbers) -> bytes:
    """Predictions as the bytes of a Parquet file with columns p0, p1, ..."""
    columns = given[:, None] if given.ndim == 1 else given
    table = pa.table({f"p{n}": columns[:, n] for n in range(columns.shape[1])})
    target = io.BytesIO()
    pq.write_table(table, target, compression="zstd", use_dictionary=False)
    return target.getvalue()


def unpack(data: bytes) -> Numbers:
    """The predictions that :func:`pack` wrote, exactly.

    >>> unpack(pack(np.array([0.1, 0.7])))
    array([0.1, 0.7])
    """
    try:
        table = pq.read_table(pa.BufferReader(data))
        columns = [column.to_numpy() for column in table.columns]
    except pa.ArrowException as error:
        raise Unavailable(
            "The kept predictions of a submission are damaged; submit the file again."
        ) from error
    return columns[0] if len(columns) == 1 else np.column_stack(columns)
