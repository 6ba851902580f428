"""How columns of any kind are related, and how far rows are from one another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform
from scipy.stats import rankdata

from journeyman.house.reading import Codes, Floats, Reader

RELATED = 0.7
SAMPLE = 5_000


def association(table: pd.DataFrame, *, seed: int = 0) -> pd.DataFrame:
    """How strongly each pair of columns is related, from 0 to 1, shape (columns, columns).

    Two numbers: Spearman's correlation without its sign. Two categories: Cramér's V, corrected
    for chance (Bergsma 2013). One of each: the square root of the share of the number's rank
    variance that the category explains (correlation ratio), corrected alike.
    """
    reader = Reader.of(table)
    rows = table if len(table) <= SAMPLE else table.sample(SAMPLE, random_state=seed)
    used = [c for c in reader.columns if c.role in {"number", "category", "date"}]
    cells = Reader(tuple(used)).read(rows)
    columns: list[Floats | Codes] = []
    numbers = codes = 0
    for column in used:
        if column.role == "category":
            columns.append(cells.codes[:, codes])
            codes += 1
        else:
            columns.append(_ranks(cells.numbers[:, numbers]))
            numbers += 1 if column.role == "number" else (6 if column.clock else 5)
    names = [column.name for column in used]
    found = np.eye(len(names))
    for i, one in enumerate(columns):
        for j in range(i):
            found[i, j] = found[j, i] = _pair(one, columns[j])
    return pd.DataFrame(found, names, names)


def _ranks(values: Floats) -> Floats:
    filled = np.where(np.isnan(values), np.nanmedian(values), values)
    return np.asarray(rankdata(filled) / len(filled))


def _pair(one: Floats | Codes, two: Floats | Codes) -> float:
    if one.dtype.kind == "f" and two.dtype.kind == "f":
        if one.std() == 0 or two.std() == 0:
            return 0.0
        return abs(float(np.corrcoef(one, two)[0, 1]))
    if one.dtype.kind == "f":
        return _ratio(np.asarray(two, dtype=np.int64), np.asarray(one, dtype=float))
    if two.dtype.kind == "f":
        return _ratio(np.asarray(one, dtype=np.int64), np.asarray(two, dtype=float))
    return _cramer(np.asarray(one, dtype=np.int64), np.asarray(two, dtype=np.int64))


def _ratio(codes: npt.NDArray[np.int64], values: Floats) -> float:
    counts = np.bincount(codes + 1)
    kept = counts > 0
    groups, rows = int(kept.sum()), len(values)
    total = float(((values - values.mean()) ** 2).sum())
    if groups < 2 or rows <= groups or total == 0:
        return 0.0
    means = np.bincount(codes + 1, values)[kept] / counts[kept]
    between = float((counts[kept] * (means - values.mean()) ** 2).sum())
    corrected = 1 - (1 - between / total) * (rows - 1) / (rows - groups)
    return float(np.sqrt(max(0.0, corrected)))


def _cramer(one: npt.NDArray[np.int64], two: npt.NDArray[np.int64]) -> float:
    table = pd.crosstab(one, two).to_numpy()
    rows = table.sum()
    r, c = table.shape
    if min(r, c) < 2:
        return 0.0
    expected = table.sum(1, keepdims=True) * table.sum(0, keepdims=True) / rows
    phi = float(((table - expected) ** 2 / expected).sum()) / rows
    phi = max(0.0, phi - (r - 1) * (c - 1) / (rows - 1))
    r_, c_ = r - (r - 1) ** 2 / (rows - 1), c - (c - 1) ** 2 / (rows - 1)
    return float(min(1.0, np.sqrt(phi / max(1e-9, min(r_, c_) - 1))))


def related_columns(
    table: pd.DataFrame, *, from_: float = RELATED, seed: int = 0
) -> tuple[tuple[str, ...], ...]:
    """Groups of columns that say much the same (average linkage on 1 - association).

    >>> rng = np.random.default_rng(0)
    >>> x = rng.normal(size=200)
    >>> table = pd.DataFrame({"cm": x, "inch": x / 2.54, "other": rng.normal(size=200)})
    >>> related_columns(table)
    (('cm', 'inch'),)
    """
    found = association(table, seed=seed)
    if len(found) < 2:
        return ()
    distance = squareform(1 - np.clip(found.to_numpy(), 0, 1), checks=False)
    labels = fcluster(linkage(distance, "average"), 1 - from_, "distance")
    groups = [
        tuple(str(name) for name in found.index[labels == label]) for label in np.unique(labels)
    ]
    return tuple(group for group in groups if len(group) > 1)


@dataclass(frozen=True)
class Space:
    """Distances between rows of one table (Gower 1971): each column counts from 0 to 1.

    Numbers count by their difference over the range of the middle 90 %, categories by whether
    they differ; a missing cell is as far as can be from a present one.
    """

    reader: Reader
    numbers: Floats
    codes: Codes
    scale: Floats
    names: tuple[str, ...]

    @classmethod
    def of(cls, table: pd.DataFrame) -> Space:
        """The space of these rows; texts are left out."""
        found = Reader.of(table)
        reader = Reader(tuple(one for one in found.columns if one.role != "text"))
        cells = reader.read(table)
        numbers = cells.numbers
        if numbers.shape[1]:
            low, high = np.nanquantile(numbers, [0.05, 0.95], axis=0)
            widest = np.nanmax(numbers, axis=0) - np.nanmin(numbers, axis=0)
            scale = np.where(high > low, high - low, np.where(widest > 0, widest, 1.0))
        else:
            scale = np.ones(0)
        return cls(reader, numbers, cells.codes, scale, found.numbers + _category_names(reader))

    def parts(self, row: pd.DataFrame) -> Floats:
        """How far each row of the table is from ``row``, column by column, shape (n, columns)."""
        cells = self.reader.read(row)
        far = np.abs(self.numbers - cells.numbers[0]) / self.scale
        both = np.isnan(self.numbers) & np.isnan(cells.numbers[0])
        far = np.where(np.isnan(far), 1.0, np.minimum(far, 1.0))
        differ = (self.codes != cells.codes[0]).astype(float)
        return np.hstack([np.where(both, 0.0, far), differ])

    def distance(self, row: pd.DataFrame) -> Floats:
        """The mean over columns, shape (n,)."""
        return np.asarray(self.parts(row).mean(axis=1))


def _category_names(reader: Reader) -> tuple[str, ...]:
    return tuple(column.name for column in reader.categories)


def as_plain(value: Any) -> Any:
    """A cell as plain JSON data."""
    if value is None or (not isinstance(value, (list, tuple)) and bool(pd.isna(value))):
        return None
    if isinstance(value, (bool, np.bool_)):
        return bool(value)
    if isinstance(value, (int, np.integer)):
        return int(value)
    if isinstance(value, (float, np.floating)):
        return float(value)
    return str(value)
