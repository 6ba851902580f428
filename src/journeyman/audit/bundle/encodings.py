"""Steps that were fitted on all rows, seen in the numbers that they left behind."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from journeyman.audit.bundle.bundle import Array, Bundle, Tables
from journeyman.audit.finding import Finding, Place
from journeyman.audit.kinds import finding

EXACT = 1e-6
SPIKE = 0.02


def steps_on_all_rows(bundle: Bundle) -> Iterator[Finding]:
    """Scaling, imputing and target encoding over train and test together."""
    tables = bundle.tables
    if tables is None or tables.test is None or not tables.numeric:
        return
    yield from _scaled(bundle, tables)
    yield from _imputed(bundle, tables)
    yield from _encoded(bundle, tables)


def _pair(tables: Tables, name: str) -> tuple[Array, Array]:
    at = tables.features.index(name)
    return tables.x[:, at], tables.x_test[:, at]


def _scaled(bundle: Bundle, tables: Tables) -> Iterator[Finding]:
    found = [name for name in tables.numeric if _standard(*_pair(tables, name))]
    if not found:
        found = _ranged(tables)
    if found:
        yield finding(
            "scaling-on-all-rows",
            f"{len(found)} of {len(tables.numeric)} number columns are scaled exactly over train "
            "and test rows together, not over the training rows.",
            Place(bundle.name("train"), columns=tuple(found[:10])),
            count=len(found),
        )


def _is_standard(values: Array) -> bool:
    filled = values[np.isfinite(values)]
    if len(filled) < 10 or len(np.unique(filled)) < 3:
        return False
    tolerance = max(EXACT, 0.6 * _step(filled) / np.sqrt(len(filled)))
    centre = abs(filled.mean()) < tolerance
    spread = min(abs(filled.std(ddof=0) - 1), abs(filled.std(ddof=1) - 1)) < max(EXACT, tolerance)
    return bool(centre and spread)


def _step(values: Array) -> float:
    """The rounding of the values as they were written: 0 where there is none to see."""
    for digits in range(1, 9):
        if np.allclose(values, np.round(values, digits), atol=1e-12, rtol=0):
            return float(10.0**-digits)
    return 0.0


def _standard(train: Array, test: Array) -> bool:
    return _is_standard(np.concatenate([train, test])) and not _is_standard(train)


def _ranged(tables: Tables) -> list[str]:
    """Min-max scaling over all rows: extremes are 0 and 1 together, and some stand in test only."""
    exact, outside = [], []
    for name in tables.numeric:
        train, test = (part[np.isfinite(part)] for part in _pair(tables, name))
        if len(train) < 10 or len(test) < 5 or len(np.unique(train)) < 8:
            continue
        both = np.concatenate([train, test])
        if abs(both.min()) < EXACT and abs(both.max() - 1) < EXACT:
            exact.append(name)
            if train.min() > EXACT or train.max() < 1 - EXACT:
                outside.append(name)
    # With a scaler fitted on train each extreme would stand in train; one stray column is chance.
    return exact if len(outside) >= max(1, 0.1 * len(exact)) and len(exact) >= 2 else []


def _imputed(bundle: Bundle, tables: Tables) -> Iterator[Finding]:
    found, against = [], []
    for name in tables.numeric:
        verdict = _filler(*_pair(tables, name))
        if verdict == "all":
            found.append(name)
        elif verdict == "train":
            against.append(name)
    if found and len(found) > len(against):
        yield finding(
            "imputing-on-all-rows",
            f"The value that fills the gaps of {', '.join(found[:4])} is the average over train "
            "and test rows together, not over the training rows.",
            Place(bundle.name("train"), columns=tuple(found[:10])),
            count=len(found),
        )


def _filler(train: Array, test: Array) -> str:
    """Which rows' mean or median the most frequent value is: ``all``, ``train`` or neither."""
    train, test = train[np.isfinite(train)], test[np.isfinite(test)]
    both = np.concatenate([train, test])
    values, counts = np.unique(both, return_counts=True)
    if len(values) < 15:
        return ""
    order = np.argsort(counts)
    value, times, second = values[order[-1]], counts[order[-1]], counts[order[-2]]
    if times < max(4, SPIKE * len(both)) or times < 2.5 * second:
        return ""
    scale = max(both.std(), 1e-300)
    rest_all, rest_train = both[both != value], train[train != value]
    if len(rest_all) < 10 or len(rest_train) < 10:
        return ""
    checks = (
        (
            _close(value, (both.mean(), rest_all.mean()), scale),
            _close(value, (train.mean(), rest_train.mean()), scale),
        ),
        (_halves(value, rest_all), _halves(value, rest_train)),
    )
    for over_all, over_train in checks:
        if over_train != over_all:
            return "train" if over_train else "all"
    return ""


def _halves(value: float, rest: Array) -> bool:
    """Whether as many of the other values lie below as above: the filler is their median.

    Where values are coarse, some real ones equal the filler; as many as its neighbours have.
    """
    values, counts = np.unique(rest, return_counts=True)
    near = counts[np.argsort(np.abs(values - value))[:6]]
    ties = int(near.max()) if near.max() > 1 else 1
    return abs(int((rest < value).sum()) - int((rest > value).sum())) <= ties


def _close(value: float, others: tuple[float, ...], scale: float) -> bool:
    step = 0.0
    for digits in range(9):
        if abs(value - round(value, digits)) < 1e-12:
            step = 10.0**-digits
            break
    tolerance = max(1e-9 * scale, 0.51 * step if 0 < step < 0.02 * scale else 0.0)
    return any(abs(value - one) <= tolerance for one in others)


def _encoded(bundle: Bundle, tables: Tables) -> Iterator[Finding]:
    if tables.y_test is None or tables.classes > 2 or not np.isfinite(tables.y).all():
        return
    y = np.concatenate([tables.y, tables.y_test])
    if not np.isfinite(y).all():
        return
    for name in tables.numeric:
        train, test = _pair(tables, name)
        if _means_over_all(train, test, tables.y, y, tables):
            yield finding(
                "encoding-on-all-rows",
                f"“{name}” is the mean of the target by category over train and test rows "
                "together.",
                Place(bundle.name("train"), columns=(name,)),
                count=len(np.unique(train)),
            )


def _means_over_all(train: Array, test: Array, y_train: Array, y: Array, tables: Tables) -> bool:
    both = np.concatenate([train, test])
    if not np.isfinite(both).all():
        return False
    for keys in _keys(both, tables):
        found = _fits(both, keys, y, len(train), y_train)
        if found:
            return True
    return False


def _keys(both: Array, tables: Tables) -> Iterator[Array]:
    """Groupings that may have made the column: its own values, and each category column."""
    values, codes = np.unique(both, return_inverse=True)
    if 3 <= len(values) <= len(both) / 3:
        yield codes
    for name in tables.features:
        at = tables.features.index(name)
        column = np.concatenate([tables.x[:, at], tables.x_test[:, at]])
        if np.isfinite(column).all():
            levels, codes = np.unique(column, return_inverse=True)
            if 3 <= len(levels) <= len(both) / 3 and _function_of(codes, both):
                yield codes


def _function_of(codes: Array, values: Array) -> bool:
    first = np.full(codes.max() + 1, np.nan)
    first[codes[::-1]] = values[::-1]
    return bool(np.allclose(first[codes], values, rtol=0, atol=1e-9)) and len(np.unique(first)) >= 3


def _fits(both: Array, codes: Array, y: Array, cut: int, y_train: Array) -> bool:
    size = int(codes.max()) + 1
    value = np.zeros(size)
    value[codes] = both
    all_n, all_sum = np.bincount(codes, minlength=size), np.bincount(codes, y, minlength=size)
    own = codes[:cut]
    n = np.bincount(own, minlength=size).astype(float)
    total = np.bincount(own, y_train, minlength=size)
    seen = n > 0
    tolerance = max(1e-6 * max(y.std(), 1e-12), 0.51 * _step(both))
    over_all = _smoothed(value[seen], all_n[seen], all_sum[seen], y.mean())
    over_train = _smoothed(value[seen], n[seen], total[seen], y_train.mean())
    differ = np.abs(all_sum[seen] / all_n[seen] - total[seen] / n[seen]).max() > 4 * tolerance
    return bool(differ and over_all <= tolerance < over_train)


def _smoothed(value: Array, n: Array, total: Array, prior: float) -> float:
    """The largest error of ``(sum + m prior) / (n + m)`` with the best weight m, or with m = 0."""
    plain = float(np.abs(value - total / n).max())
    gap = prior - value
    weight = float((gap * (value * n - total)).sum() / max((gap**2).sum(), 1e-300))
    if weight <= 0:
        return plain
    smooth = float(np.abs(value - (total + weight * prior) / (n + weight)).max())
    return min(plain, smooth)
