"""Folds that keep their word: groups on one side, later rows after earlier ones."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from sklearn.model_selection import KFold, StratifiedGroupKFold, StratifiedKFold

from journeyman.errors import Invalid

Rows = npt.NDArray[np.intp]
Fold = tuple[Rows, Rows]

SMALL_GROUPS = 2_000


def equal_rows(frame: pd.DataFrame) -> npt.NDArray[np.int64]:
    """A number for each row, the same for rows that are equal in every column."""
    # Positions in place of names, because names may repeat; objects of any kind as strings.
    parts = {
        place: column if pd.api.types.is_numeric_dtype(column) else column.astype(str)
        for place in range(frame.shape[1])
        for column in (frame.iloc[:, place],)
    }
    hashed = pd.util.hash_pandas_object(pd.DataFrame(parts), index=False)
    return np.asarray(pd.factorize(hashed)[0], dtype=np.int64)


def make_folds(
    target: npt.NDArray[Any],
    *,
    count: int,
    labels: bool,
    groups: npt.NDArray[Any] | None = None,
    times: npt.NDArray[Any] | None = None,
    seed: int = 0,
) -> list[Fold]:
    """Pairs of training and validation rows.

    With ``times`` the validation rows always follow the training rows, and rows of one instant
    stay together; with ``groups`` a group stands on one side only; otherwise classes keep their
    shares. ``count=1`` gives a single part of a fifth of the rows.

    Raises:
        Invalid: there are fewer groups or instants than folds need.
    """
    if times is not None:
        return _blocks(times, count, groups)
    rows = np.arange(len(target))
    splits = max(count, 5 if count == 1 else 2)
    if groups is not None:
        made = _grouped_folds(target, groups, splits, labels=labels, seed=seed)
    elif labels and np.bincount(target.astype(int)).min() >= splits:
        made = StratifiedKFold(splits, shuffle=True, random_state=seed).split(rows, target)
    else:
        made = KFold(splits, shuffle=True, random_state=seed).split(rows)
    folds = [(np.asarray(train), np.asarray(valid)) for train, valid in made]
    return folds[:1] if count == 1 else folds


def _grouped_folds(
    target: npt.NDArray[Any], groups: npt.NDArray[Any], splits: int, *, labels: bool, seed: int
) -> list[Fold]:
    """Groups stand on one side only, with about the same mix of targets on each."""
    codes, names = pd.factorize(pd.Series(groups))
    if len(names) < splits:
        raise Invalid(f"There are {len(names)} groups; {splits} folds need at least as many.")
    goal = target.astype(int) if labels else _bins(target)
    if len(names) <= SMALL_GROUPS:
        made = StratifiedGroupKFold(splits, shuffle=True, random_state=seed)
        return [(np.asarray(a), np.asarray(b)) for a, b in made.split(goal, goal, codes)]
    # Many groups: scikit-learn's way takes minutes, so groups are dealt by their first row.
    first = np.unique(codes, return_index=True)[1]
    if np.bincount(goal[first]).min() >= splits:
        dealt = StratifiedKFold(splits, shuffle=True, random_state=seed).split(first, goal[first])
    else:
        dealt = KFold(splits, shuffle=True, random_state=seed).split(first)
    sides = [np.isin(codes, inside) for _, inside in dealt]
    return [(np.flatnonzero(~side), np.flatnonzero(side)) for side in sides]


def _bins(target: npt.NDArray[Any]) -> npt.NDArray[np.int64]:
    edges = np.quantile(target, [0.25, 0.5, 0.75])
    return np.asarray(np.searchsorted(edges, target), dtype=np.int64)


def _blocks(times: npt.NDArray[Any], count: int, groups: npt.NDArray[Any] | None) -> list[Fold]:
    """Expanding window: half of the time to begin with, then one block after the other."""
    instants = pd.factorize(pd.Series(times), sort=True)[0]
    if len(np.unique(instants)) < count + 1:
        raise Invalid(
            f"There are {len(np.unique(instants))} different times; a temporal split into "
            f"{count + 1} parts needs at least as many."
        )
    place = (pd.Series(instants).rank(method="average", pct=True)).to_numpy()
    start = 0.8 if count == 1 else 0.5
    cuts = np.linspace(start, 1.0, count + 1)
    folds = []
    for low, high in pairwise(cuts):
        train = np.flatnonzero(place <= low)
        valid = np.flatnonzero((place > low) & (place <= high))
        if groups is not None:
            valid = valid[~np.isin(groups[valid], groups[train])]
        if len(train) and len(valid):
            folds.append((train, valid))
    if not folds:
        raise Invalid("No later rows are left for validation; give times that vary more.")
    return folds
