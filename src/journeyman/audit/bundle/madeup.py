"""Copies that were made: rows in between two others, files and pictures of a changed original."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
import pandas as pd
from sklearn.neighbors import NearestNeighbors

from journeyman.audit.bundle.bundle import MOST_ROWS, Array, Tables
from journeyman.audit.bundle.nearness import FEWEST, SHARE, Copies, scaled

_CHANGED = re.compile(
    r"[_.-](aug\w*|copy\w*|flip\w*|hflip|vflip|mirror\w*|rot\w*|crop\w*|noise\w*|pitch\w*|speed\w*|"
    r"stretch\w*|shift\w*|blur\w*|bright\w*|jitter\w*|zoom\w*|gauss\w*|orig\w*)(?=[_.-]|$)",
    re.IGNORECASE,
)
"""What a file of a changed copy is called beside its original."""


_CHANGES: tuple[Callable[[Array], Array], ...] = (
    np.fliplr,
    np.flipud,
    np.rot90,
    lambda one: np.rot90(one, 2),
    lambda one: np.rot90(one, 3),
    lambda one: np.roll(one, 1, 0),
    lambda one: np.roll(one, -1, 0),
    lambda one: np.roll(one, 1, 1),
    lambda one: np.roll(one, -1, 1),
)


def interpolated(tables: Tables) -> Copies | None:
    """Test rows on the straight line between two rows of their class: SMOTE before the split."""
    pair = scaled(tables)
    if pair is None or tables.y_test is None or tables.classes < 2 or pair[0].shape[1] < 3:
        return None
    y = np.concatenate([tables.y, tables.y_test])
    values = np.vstack(pair)
    inside = np.arange(len(y)) >= len(tables.y)
    rates: dict[int, tuple[list[int], list[int], int]] = {}
    for label in range(tables.classes):
        members = np.flatnonzero(y == label)[:MOST_ROWS]
        if len(members) < 8:
            continue
        rates[label] = _on_lines(values, members, inside)
    if not rates:
        return None
    label = max(rates, key=lambda one: len(rates[one][0]) / max(rates[one][2], 1))
    rows, twins, total = rates[label]
    others = [len(rates[one][0]) / max(rates[one][2], 1) for one in rates if one != label]
    share = len(rows) / max(total, 1)
    if len(rows) < 5 or share < 0.1 or (others and min(others) > 0.3 * share):
        return None
    return Copies(np.array(rows) - len(tables.y), np.array(twins))


def _on_lines(values: Array, members: Array, inside: Array) -> tuple[list[int], list[int], int]:
    near = min(12, len(members) - 1)
    distances, places = (
        NearestNeighbors(n_neighbors=near + 1)
        .fit(values[members])
        .kneighbors(values[members][inside[members]][:600])
    )
    tested = members[inside[members]][:600]
    rows, twins = [], []
    for at, row in enumerate(tested):
        close = members[places[at][distances[at] > 1e-12]]
        steps = values[close] - values[row]
        lengths = np.linalg.norm(steps, axis=1)
        cosines = (steps @ steps.T) / np.maximum(np.outer(lengths, lengths), 1e-300)
        if not len(close):  # every neighbour is a copy of it
            continue
        first, second = np.unravel_index(np.argmin(cosines), cosines.shape)
        if cosines[first, second] < -1 + 1e-6:
            rows.append(int(row))
            parents = [int(close[one]) for one in (first, second) if not inside[close[one]]]
            twins.append(parents[0] if parents else 0)
    return rows, twins, len(tested)


def named_copies(tables: Tables) -> Copies | None:
    """Test rows whose file is called like a training row's, but for the change made to one."""
    assert tables.test is not None
    for name in tables.train.columns:
        if name not in tables.test or not pd.api.types.is_string_dtype(tables.train[name]):
            continue
        train, test = (one[name].astype("str") for one in (tables.train, tables.test))
        if train.nunique() < 0.9 * len(train):
            continue
        stems, others = (one.str.replace(_CHANGED, "", regex=True) for one in (train, test))
        first = pd.Series(np.arange(len(stems)), stems).groupby(level=0).first()
        twins = others.map(first)
        rows = np.flatnonzero(twins.notna())
        changed = (stems != train).any() or (others != test).any()
        if changed and len(rows) >= max(FEWEST, SHARE * len(test)):
            return Copies(rows, twins.to_numpy(float)[rows].astype(int))
    return None


def mirrored(tables: Tables) -> Copies | None:
    """Pixel tables: test pictures that are flips or turns of training pictures."""
    side = int(np.sqrt(tables.x.shape[1]))
    if side < 6 or side * side != tables.x.shape[1] or len(tables.numeric) != side * side:
        return None
    train = np.round(tables.x, 6).reshape(-1, side, side)
    test = np.round(tables.x_test, 6).reshape(-1, side, side)
    known = {picture.tobytes(): at for at, picture in enumerate(train)}
    found: dict[int, int] = {}
    for change in _CHANGES:
        for at, picture in enumerate(test):
            twin = known.get(np.ascontiguousarray(change(picture)).tobytes())
            if twin is not None and not np.array_equal(change(picture), picture):
                found.setdefault(at, twin)
    if len(found) < max(FEWEST, SHARE * len(test)):
        return None
    return Copies(np.array(list(found), dtype=int), np.array(list(found.values()), dtype=int))
