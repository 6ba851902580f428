"""One column at a time: type, gaps, spread, spellings, dates, units."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from journeyman.audit.finding import Finding
from journeyman.audit.table.kinds import note
from journeyman.audit.table.texts import Texts, words

_CODES = (-1.0, -9.0, -99.0, -999.0, -9999.0, 99.0, 999.0, 9999.0, 99999.0)


LARGEST = 1e100
"""Numbers beyond it are drawn and averaged as if they were this large."""


@dataclass(frozen=True)
class Column:
    """What is known of one column.

    Attributes:
        kind: number, whole, category, text, date, flag, constant, identifier or empty.
        summary: Figures to draw: quantiles and a histogram, or the most frequent values.
    """

    name: str
    kind: str
    missing: int
    distinct: int
    summary: dict[str, object]


def look(name: str, values: pd.Series, target: str) -> tuple[Column, list[Finding]]:
    """Everything about one column."""
    rows = len(values)
    gaps = int(values.isna().sum())
    filled = values.dropna()
    distinct = int(filled.nunique()) if len(filled) else 0
    found: list[Finding] = []
    if gaps and rows:
        share = gaps / rows
        found.append(
            note(
                "missing",
                f"{gaps:,} of {rows:,} values are missing ({100 * share:.1f} %).",
                name,
                count=gaps,
                severity="warning" if share > 0.05 or name == target else "note",
                share=round(share, 4),
            )
        )
    if distinct <= 1:
        what = (
            "There is no value at all."
            if not distinct
            else f"Every value is {filled.iloc[0]!s:.40}."
        )
        if name != target and rows > 1:
            found.append(note("constant", what, name, count=rows))
        return Column(name, "constant" if distinct else "empty", gaps, distinct, {}), found
    if pd.api.types.is_bool_dtype(values):
        return Column(name, "flag", gaps, distinct, _counts(filled)), found
    if pd.api.types.is_numeric_dtype(values):
        kind, more, summary = _numbers(name, values, filled, distinct)
        return Column(name, kind, gaps, distinct, summary), found + more
    if pd.api.types.is_datetime64_any_dtype(values):
        said: dict[str, object] = {"from": str(filled.min()), "to": str(filled.max())}
        return Column(name, "date", gaps, distinct, said), found
    texts = Texts(filled if pd.api.types.is_string_dtype(filled) else filled.astype("str"))
    kind, told = words(name, texts, distinct)
    return Column(name, kind, gaps, distinct, texts.top()), found + told


def _counts(values: pd.Series) -> dict[str, object]:
    top = values.value_counts().head(12)
    return {"values": [str(one)[:60] for one in top.index], "counts": [int(one) for one in top]}


def _numbers(
    name: str, values: pd.Series, filled: pd.Series, distinct: int
) -> tuple[str, list[Finding], dict[str, object]]:
    numbers = filled.to_numpy(float)
    numbers = np.clip(numbers[np.isfinite(numbers)], -LARGEST, LARGEST)
    found: list[Finding] = []
    if not len(numbers):
        return "empty", found, {}
    whole = bool(np.all(numbers == np.round(numbers)))
    if (
        whole
        and distinct >= 0.99 * len(filled)
        and len(filled) >= 20
        and (numbers.max() - numbers.min() <= 2 * len(numbers) or _id_name(name))
    ):
        found.append(
            note(
                "id-like",
                f"{distinct:,} different whole numbers in {len(filled):,} rows.",
                name,
                severity="note",
                count=distinct,
            )
        )
        return "identifier", found, {}
    found += _stand_ins(name, numbers, values)
    found += _far_out(name, numbers, values, distinct)
    quantiles = np.quantile(numbers, [0, 0.05, 0.25, 0.5, 0.75, 0.95, 1])
    counts, edges = np.histogram(
        np.clip(
            numbers,
            quantiles[1] - 3 * np.ptp(quantiles[1:6]),
            quantiles[5] + 3 * np.ptp(quantiles[1:6]),
        ),
        bins=24,
    )
    summary: dict[str, object] = {
        "quantiles": [float(one) for one in quantiles],
        "mean": float(numbers.mean()),
        "sd": float(numbers.std()),
        "edges": [float(one) for one in edges],
        "counts": [int(one) for one in counts],
    }
    return "whole" if whole else "number", found, summary


def _id_name(name: str) -> bool:
    return bool(re.search(r"(^|_)(id|uuid|key|index)($|_)|id$|^unnamed", name, re.IGNORECASE))


def _stand_ins(name: str, numbers: np.ndarray, values: pd.Series) -> Iterator[Finding]:
    for code in _CODES:
        hits = int((numbers == code).sum())
        if hits < max(3, 0.002 * len(numbers)):
            continue
        rest = numbers[numbers != code]
        if len(rest) < 20:
            continue
        low, high = np.quantile(rest, [0.001, 0.999])
        room = max(high - low, 1e-12)
        negative_alone = code < 0 and rest.min() >= 0
        far = code < low - 0.5 * room or code > high + 1.5 * room
        if (negative_alone and (code <= -9 or hits > 0.01 * len(numbers))) or far:
            rows = tuple(
                int(one)
                for one in np.flatnonzero((values == code).to_numpy(dtype=bool, na_value=False))[
                    :10
                ]
            )
            yield note(
                "stand-in-values",
                f"{hits:,} values are {code:g}, while all others lie "
                f"between {rest.min():g} and {rest.max():g}.",
                name,
                count=hits,
                rows=rows,
            )


def _far_out(name: str, numbers: np.ndarray, values: pd.Series, distinct: int) -> Iterator[Finding]:
    """Beyond eight robust spreads from the median on its own side, and a real gap to the rest."""
    if distinct < 12 or len(numbers) < 50:
        return
    middle = np.median(numbers)
    q1, q3 = np.quantile(numbers, [0.05, 0.95])
    low, high = max(middle - q1, 1e-12), max(q3 - middle, 1e-12)
    distance = np.where(numbers < middle, (middle - numbers) / low, (numbers - middle) / high)
    hits = int((distance > 6).sum())
    if 0 < hits <= 0.01 * len(numbers):
        bound_low, bound_high = middle - 6 * low, middle + 6 * high
        outside = ((values < bound_low) | (values > bound_high)).to_numpy(
            dtype=bool, na_value=False
        )
        rows = tuple(int(one) for one in np.flatnonzero(outside)[:10])
        worst = numbers[np.argmax(distance)]
        yield note(
            "outliers",
            f"{hits:,} values lie outside {bound_low:.4g} to {bound_high:.4g}, the "
            f"farthest is {worst:.6g}.",
            name,
            count=hits,
            rows=rows,
        )
