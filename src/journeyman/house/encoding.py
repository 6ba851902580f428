"""What a model takes, fitted on the training rows of one fold only.

Two ways of writing a table as a matrix: for trees (numbers as they are, categories as codes, and
the target's mean for categories with many values) and for models that measure distances (filled,
scaled, one-hot). Everything that looks at the target is fitted on the training rows, and for
those rows themselves on the other parts of them (cross-fitting), because a mean that contains the
row's own target tells the model the answer.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.stats import norm, rankdata
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer

from journeyman.house.reading import Cells, Codes, Floats

MANY = 12
"""From this many values on a category is also written as the target's mean."""
NATIVE = 50
"""Up to so many values trees get a category as such; of more they learn single values by heart."""
RARE = 8
"""A value seen less often than this has no column of its own in the one-hot part."""
MOST_HOT = 50
"""Nor has a value that is not among so many most frequent ones."""
SMOOTHING = 10.0
"""Rows' worth of the overall mean mixed into each category's mean."""
PARTS = 5
TOPICS = 40
MOST_CLASSES = 10
"""With more classes than this the target's means would be too many columns."""


@dataclass
class TargetMeans:
    """Mean of the target for each value of one category, smoothed towards the overall mean.

    Micci-Barreca 2001; the training rows get the mean of the other parts (cross-fitting).
    """

    size: int
    means: Floats = field(default_factory=lambda: np.empty((0, 0)))

    def fit_rows(self, codes: Codes, target: Floats, part: npt.NDArray[np.int64]) -> Floats:
        """Fit, and give the training rows' own columns, shape (n, k)."""
        out = np.empty_like(target)
        for one in range(PARTS):
            inside = part == one
            means = self._table(codes[~inside], target[~inside])
            out[inside] = means[codes[inside] + 1]
        self.means = self._table(codes, target)
        return out

    def rows(self, codes: Codes) -> Floats:
        """New rows' columns, shape (n, k)."""
        return self.means[codes + 1]

    def _table(self, codes: Codes, target: Floats) -> Floats:
        overall = target.mean(axis=0)
        counts = np.bincount(codes + 1, minlength=self.size + 1)[:, None]
        sums = np.column_stack(
            [np.bincount(codes + 1, column, minlength=self.size + 1) for column in target.T]
        )
        return np.asarray((sums + SMOOTHING * overall) / (counts + SMOOTHING))


@dataclass
class Words:
    """Text columns as a few numbers each: TF-IDF, then its leading directions."""

    seed: int
    parts: list[tuple[Any, Any]] = field(default_factory=list)

    def fit_rows(self, cells: Cells) -> Floats:
        """Fit, and give the training rows' columns."""
        out = []
        for column in cells.texts:
            words = TfidfVectorizer(
                min_df=3 if len(column) > 300 else 1, max_features=20_000, sublinear_tf=True
            )
            try:
                found = words.fit_transform(column)
            except ValueError:  # no word at all in these rows
                self.parts.append((None, None))
                continue
            size = min(TOPICS, found.shape[1] - 1, found.shape[0] - 1)
            if size < 1:
                self.parts.append((None, None))
                continue
            topics = TruncatedSVD(size, random_state=self.seed)
            out.append(topics.fit_transform(found))
            self.parts.append((words, topics))
        return np.hstack(out) if out else np.empty((len(cells), 0))

    def rows(self, cells: Cells) -> Floats:
        """New rows' columns."""
        out = [
            topics.transform(words.transform(column))
            for column, (words, topics) in zip(cells.texts, self.parts, strict=True)
            if words is not None
        ]
        return np.hstack(out) if out else np.empty((len(cells), 0))


@dataclass
class Trees:
    """The matrix for trees. ``categorical`` marks the columns that hold codes.

    A category with more than ``NATIVE`` values comes as the target's mean alone; with so many
    classes that there is no such mean, as codes of its most frequent values.
    """

    sizes: tuple[int, ...]
    seed: int = 0
    means: dict[int, TargetMeans] = field(default_factory=dict)
    words: Words | None = None
    categorical: tuple[bool, ...] = ()
    orders: dict[int, Codes] = field(default_factory=dict)

    def fit_rows(self, cells: Cells, target: Floats) -> Floats:
        """Fit on training rows; ``target`` has one column a class, or one for regression."""
        part = np.random.default_rng(self.seed).integers(0, PARTS, len(cells))
        self.words = Words(self.seed)
        blocks = [cells.numbers, self.words.fit_rows(cells)]
        several = target.shape[1] if target.shape[1] > 1 else 0
        columns = target[:, 1:] if several == 2 else target
        for index, size in enumerate(self.sizes):
            if size >= MANY and several <= MOST_CLASSES:
                self.means[index] = TargetMeans(size)
                blocks.append(self.means[index].fit_rows(cells.codes[:, index], columns, part))
        coded = [i for i, size in enumerate(self.sizes) if size <= NATIVE or i not in self.means]
        self.categorical = (False,) * sum(b.shape[1] for b in blocks) + (True,) * len(coded)
        for index in coded:
            size = self.sizes[index]
            counts = np.bincount(cells.codes[:, index] + 1, minlength=size + 1)
            order = np.argsort(-counts[1:], kind="stable")
            place = np.empty(size + 1, dtype=np.int32)
            place[0] = -1
            place[order + 1] = np.minimum(np.arange(size), NATIVE)
            self.orders[index] = place
        return np.hstack([*blocks, self._coded(cells)])

    def rows(self, cells: Cells) -> Floats:
        """The matrix of new rows."""
        assert self.words is not None
        blocks = [cells.numbers, self.words.rows(cells)]
        blocks += [one.rows(cells.codes[:, index]) for index, one in self.means.items()]
        return np.hstack([*blocks, self._coded(cells)])

    def _coded(self, cells: Cells) -> Floats:
        """Codes by how frequent a value is; missing stays missing."""
        out = np.empty((len(cells), len(self.orders)))
        for column, (index, place) in enumerate(self.orders.items()):
            coded = place[cells.codes[:, index] + 1].astype(float)
            out[:, column] = np.where(coded < 0, np.nan, coded)
        return out


@dataclass
class Distances:
    """The matrix for linear models, networks, neighbours and kernels: filled, scaled, one-hot.

    ``shape`` is ``scaled`` (mean 0, spread 1, far values drawn in) or ``ranks`` (normal scores,
    which no outlier can move); ``both`` gives the two side by side.
    """

    sizes: tuple[int, ...]
    seed: int = 0
    shape: str = "scaled"
    means: dict[int, TargetMeans] = field(default_factory=dict)
    words: Words | None = None
    kept: dict[int, Codes] = field(default_factory=dict)
    middle: Floats = field(default_factory=lambda: np.empty(0))
    centre: Floats = field(default_factory=lambda: np.empty(0))
    spread: Floats = field(default_factory=lambda: np.empty(0))
    ladder: Floats = field(default_factory=lambda: np.empty((0, 0)))
    gaps: npt.NDArray[np.bool_] = field(default_factory=lambda: np.empty(0, dtype=bool))

    def fit_rows(self, cells: Cells, target: Floats) -> Floats:
        """Fit on training rows; ``target`` has one column a class, or one for regression."""
        part = np.random.default_rng(self.seed).integers(0, PARTS, len(cells))
        self.words = Words(self.seed)
        texts = self.words.fit_rows(cells)
        several = target.shape[1] if target.shape[1] > 1 else 0
        columns = target[:, 1:] if several == 2 else target
        blocks = []
        for index, size in enumerate(self.sizes):
            codes = cells.codes[:, index]
            counts = np.bincount(codes + 1, minlength=size + 1)
            rare = max(1, min(RARE, len(cells) // 100))
            often = np.argsort(-counts, kind="stable")[:MOST_HOT]
            self.kept[index] = np.sort(often[counts[often] >= rare]).astype(np.int32)
            if size >= MANY and several <= MOST_CLASSES:
                self.means[index] = TargetMeans(size)
                blocks.append(self.means[index].fit_rows(codes, columns, part))
        numbers = np.hstack([cells.numbers, *blocks])
        self._learn(numbers)
        return np.hstack([self._scaled(numbers), self._one_hot(cells), texts])

    def rows(self, cells: Cells) -> Floats:
        """The matrix of new rows."""
        assert self.words is not None
        blocks = [one.rows(cells.codes[:, index]) for index, one in self.means.items()]
        numbers = np.hstack([cells.numbers, *blocks])
        return np.hstack([self._scaled(numbers), self._one_hot(cells), self.words.rows(cells)])

    def _learn(self, numbers: Floats) -> None:
        self.gaps = np.asarray(np.isnan(numbers).any(axis=0))
        empty = np.isnan(numbers).all(axis=0)
        self.middle = np.zeros(numbers.shape[1])
        self.middle[~empty] = np.nanmedian(numbers[:, ~empty], axis=0)
        filled = np.where(np.isnan(numbers), self.middle, numbers)
        self.centre = filled.mean(axis=0)
        spread = filled.std(axis=0)
        self.spread = np.where(spread > 0, spread, 1.0)
        self.ladder = np.quantile(filled, np.linspace(0, 1, 201), axis=0)

    def _scaled(self, numbers: Floats) -> Floats:
        missing = np.isnan(numbers)
        filled = np.where(missing, self.middle, numbers)
        parts = []
        if self.shape in {"scaled", "both"}:
            parts.append(np.clip((filled - self.centre) / self.spread, -6, 6))
        if self.shape in {"ranks", "both"}:
            pairs = zip(filled.T, self.ladder.T, strict=True)
            parts.append(np.array([_scores(*pair) for pair in pairs]).reshape(filled.T.shape).T)
        parts.append(missing[:, self.gaps].astype(float))
        return np.hstack(parts)

    def _one_hot(self, cells: Cells) -> Floats:
        blocks = [
            (cells.codes[:, index, None] + 1 == kept[None, :]).astype(float)
            for index, kept in self.kept.items()
        ]
        return np.hstack(blocks) if blocks else np.empty((len(cells), 0))


def _scores(values: Floats, ladder: Floats) -> Floats:
    """Normal scores of values by the quantiles seen in training (van der Waerden)."""
    levels = (rankdata(ladder) - 0.5) / len(ladder)  # ties share their middle rank
    steps, first = np.unique(ladder, return_index=True)
    return np.asarray(norm.ppf(np.interp(values, steps, levels[first])))


@dataclass
class Nothing:
    """No column at all, for models that look at none."""

    def fit_rows(self, cells: Cells, target: Floats) -> Floats:
        """One empty column a row; ``target`` is not looked at."""
        del target
        return self.rows(cells)

    def rows(self, cells: Cells) -> Floats:
        """One empty column a row."""
        return np.zeros((len(cells), 1))


Coding = Trees | Distances | Nothing


def coding(name: str, sizes: tuple[int, ...], seed: int) -> Coding:
    """``nothing``, ``trees``, ``scaled``, ``ranks`` or ``both``."""
    if name == "nothing":
        return Nothing()
    return Trees(sizes, seed) if name == "trees" else Distances(sizes, seed, name)
