"""Rows that stand on both sides of the split: exact, nearly, reworded, or made from others."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
from scipy.stats import binom
from sklearn.neighbors import NearestNeighbors

from journeyman.audit.bundle import quick
from journeyman.audit.bundle.bundle import MOST_ROWS, Array, Bundle, Tables
from journeyman.audit.bundle.madeup import interpolated, mirrored, named_copies
from journeyman.audit.bundle.nearness import FEWEST, SHARE, Copies, continuous, dimension, scaled
from journeyman.audit.bundle.wordings import reworded
from journeyman.audit.finding import Finding, Place
from journeyman.audit.kinds import finding

CLOSE = 0.35
_LIMITS = ((1e-4, 5.0), (1e-2, 3.0))
"""How unlikely a row's nearness is, and by how much more often than that chance may have it: with
few columns a single row never is unlikely enough, but too many of them are."""


def copies(bundle: Bundle) -> Iterator[Finding]:
    """Exact and near copies across the split, with what they do to the score."""
    tables = bundle.tables
    if tables is None or tables.test is None or len(tables.test) < 10:
        return
    if not (tables.features or tables.texts):
        return
    flips = mirrored(tables)
    named = named_copies(tables)
    exact = exact_copies(tables)
    between = interpolated(tables)
    if between is not None:
        yield _told(
            bundle,
            tables,
            "oversampling-before-split",
            between,
            "lie exactly on the line between two other rows of their class, as synthetic rows do",
        )
    if exact is not None:
        slug = (
            "oversampling-before-split" if _one_class(tables, exact) else "duplicates-across-split"
        )
        yield _told(bundle, tables, slug, exact, "are in the training rows too")
    elif between is None and named is None:
        near = near_copies(tables)
        if near is not None and flips is None:
            slug, said = "near-duplicates-across-split", "are nearly the same as a training row"
            if _one_class(tables, near):
                slug, said = "oversampling-before-split", said + ", all of one class"
            yield _told(bundle, tables, slug, near, said)
    if named is not None:
        said = "are, by their files' names, changed copies of what is in the training rows"
        yield _told(bundle, tables, "augmentation-before-split", named, said)
    if flips is not None:
        yield _told(
            bundle,
            tables,
            "augmentation-before-split",
            flips,
            "are mirrored or turned copies of a training row",
        )


def _told(bundle: Bundle, tables: Tables, slug: str, found: Copies, said: str) -> Finding:
    count, total = len(found.rows), len(tables.x_test)
    cost, numbers = _cost(tables, found)
    return finding(
        slug,
        f"{count} of {total} test rows ({100 * count / total:.1f} %) {said}.",
        Place(bundle.name("test"), rows=tuple(int(row) for row in found.rows[:10])),
        count=count,
        cost=cost,
        numbers=numbers,
    )


def _cost(tables: Tables, found: Copies) -> tuple[str, dict[str, float]]:
    """A quick forest scored on all test rows and on those without a twin."""
    y_test = tables.y_test
    if y_test is None or not tables.usable:
        return "", {}
    kept = np.isfinite(tables.y)
    fine = np.isfinite(y_test)
    alone = fine.copy()
    alone[found.rows] = False
    if alone.sum() < 20 or (tables.classes and len(np.unique(y_test[alone])) < 2):
        return "", {}
    predicted = quick.fitted(tables.x[kept], tables.y[kept], tables.classes, tables.x_test)
    everything = quick.quality(predicted[fine], y_test[fine], tables.classes)
    honest = quick.quality(predicted[alone], y_test[alone], tables.classes)
    said = (
        f"a quick forest scores {quick.name_of(tables.classes)} {everything:.3f} on all test rows "
        f"and {honest:.3f} on those without a twin"
    )
    return said, {"all": round(everything, 4), "without_twins": round(honest, 4)}


def exact_copies(tables: Tables) -> Copies | None:
    """Test rows whose features equal a training row's, unless coarse data make that likely."""
    train, test = _normal(tables.train, tables), _normal(tables.test, tables)
    first = {key: at for at, key in reversed(list(enumerate(train)))}
    rows = np.array([at for at, key in enumerate(test) if key in first], dtype=int)
    if len(rows) < max(FEWEST, SHARE * len(test)):
        return None
    twins = np.array([first[test[at]] for at in rows], dtype=int)
    found = Copies(rows, twins)
    return found if _surprising(tables, train, test, found) else None


def _normal(table: pd.DataFrame | None, tables: Tables) -> list[int]:
    """A hash of each row: texts without case and outer blanks, numbers to 9 digits."""
    assert table is not None
    parts: dict[str, pd.Series] = {}
    texts = [
        str(name)
        for name in table.columns
        if name not in {tables.target, *tables.ids, *tables.times, *tables.groups}
        and (tables.test is None or name in tables.test)
    ]
    for name in texts:
        values = table[name]
        if pd.api.types.is_numeric_dtype(values):
            parts[name] = values.astype(float).round(9)
        else:
            parts[name] = values.astype(str).str.strip().str.casefold()
    frame = pd.DataFrame(parts)
    return [int(one) for one in pd.util.hash_pandas_object(frame, index=False)]


def _surprising(tables: Tables, train: list[int], test: list[int], found: Copies) -> bool:
    """Coarse tables repeat by chance; real copies carry the same target, chance ones do not.

    The number of chance meetings is bounded by the repeats inside the training rows of rows with
    *different* targets: where none differ, repeats are copies.
    """
    known = {tables.target, *tables.ids, *tables.times, *tables.groups, *tables.features}
    if any(str(name) not in known for name in tables.train.columns):  # free texts agree
        return True
    rare = _surprisals(tables, found.rows).sum(axis=1) > (np.log2(len(train)) + 5) / 0.6
    if rare.sum() >= max(FEWEST, SHARE * len(test)):
        return True
    if tables.y_test is None or not len(tables.y):
        return False
    same = tables.y[found.twins] == tables.y_test[found.rows]
    if not tables.classes:
        return bool(same.mean() > 0.9)
    top = _conflict_free(tables, train)
    p = binom.sf(same.sum() - 1, len(same), min(top, 0.999))
    return bool(same.mean() > 0.97 and p < 0.001)


def _surprisals(tables: Tables, rows: Array) -> Array:
    """Bits by which each value of these test rows is unusual (rows, columns)."""
    parts = []
    for at in range(tables.x.shape[1]):
        both = np.nan_to_num(np.concatenate([tables.x[:, at], tables.x_test[:, at]]), nan=1e300)
        _, codes, counts = np.unique(both, return_inverse=True, return_counts=True)
        own = counts[codes[len(tables.x) :][rows]]
        parts.append(np.log2(len(both) / np.maximum(own / 2, 1)))
    return np.column_stack(parts)


def _conflict_free(tables: Tables, train: list[int]) -> float:
    """How well the best guess for a feature pattern does among repeated training rows."""
    x, y = tables.x, tables.y
    kept = np.isfinite(y)
    chosen = np.flatnonzero(kept)[quick.rows(int(kept.sum()))]
    guess = quick.forest(x[chosen], y[chosen], tables.classes)
    del train
    return float((guess.argmax(1) == y[chosen]).mean())


def _one_class(tables: Tables, found: Copies) -> bool:
    """Whether the copies are all of one class, far more than chance would have it."""
    if tables.y_test is None or tables.classes < 2 or len(found.rows) < 5:
        return False
    labels = tables.y_test[found.rows]
    labels = labels[np.isfinite(labels)].astype(int)
    counts = np.bincount(labels, minlength=tables.classes)
    top = int(counts.argmax())
    rest = np.ones(len(tables.y_test), bool)
    rest[found.rows] = False
    share = float((tables.y_test[rest] == top).mean()) if rest.any() else 1.0
    return bool(
        counts[top] >= 0.9 * counts.sum()
        and binom.sf(counts[top] - 1, counts.sum(), min(max(share, 0.02), 0.98)) < 1e-3
    )


def near_copies(tables: Tables) -> Copies | None:
    """Test rows that are closer to one training row than the local density can explain.

    In dimension D the nearest of k neighbours is within r times the distance of the k-th with
    probability ``1 - (1 - r ** D) ** (k - 1)``; D is estimated from the farther neighbours.
    """
    texts = reworded(tables)
    if texts is not None:
        return _by_wording(tables, *texts)
    found = _by_distance(tables)
    masked = _all_but_one(tables)
    rows = dict(zip(masked.rows, masked.twins, strict=True)) if masked else {}
    if found is not None:
        rows |= dict(zip(found.rows, found.twins, strict=True))
    if len(rows) < max(FEWEST, SHARE * len(tables.x_test)):
        return None
    order = sorted(rows)
    return Copies(np.array(order, dtype=int), np.array([rows[one] for one in order], dtype=int))


def _by_wording(tables: Tables, rows: Array, twins: Array) -> Copies | None:
    """Texts with a word or two changed, their other columns of few values the same."""
    kept = _agree(tables, rows, twins)
    kept = kept[_close(tables, rows[kept], twins[kept])]
    if len(kept) < max(FEWEST, SHARE * len(tables.x_test)):
        return None
    return Copies(rows[kept], twins[kept])


def _by_distance(tables: Tables) -> Copies | None:
    pair = scaled(tables)
    if pair is None or len(tables.x) < 60 or tables.follows:
        return None
    train, test = pair[0][:MOST_ROWS], pair[1][:MOST_ROWS]
    near = 8
    distances, places = NearestNeighbors(n_neighbors=25).fit(train).kneighbors(test)
    size = max(1.5, dimension(distances, near))
    ratio = distances[:, 0] / np.maximum(distances[:, near - 1], 1e-12)
    chance = 1 - (1 - np.minimum(ratio, 1) ** size) ** (near - 1)
    for limit, margin in _LIMITS:
        rows = np.flatnonzero((chance < limit) & (ratio < CLOSE))
        rows = rows[_agree(tables, rows, places[rows, 0])]
        expected = binom.isf(1e-6, len(test), margin * limit)
        if len(rows) > max(expected, 2 * FEWEST - 1, 2 * SHARE * len(test) - 1):
            return Copies(rows, places[rows, 0])
    return None


def _agree(tables: Tables, rows: Array, twins: Array) -> Array:
    """Whether the columns with few values are the same: a near-copy keeps them."""
    coarse = [at for at in range(tables.x.shape[1]) if at not in continuous(tables)]
    first = np.nan_to_num(tables.x_test[rows[:, None], coarse], nan=1e300)
    second = np.nan_to_num(tables.x[twins[:, None], coarse], nan=1e300)
    return np.flatnonzero((first == second).all(axis=1))


def _close(tables: Tables, rows: Array, twins: Array) -> Array:
    """Whether the columns with many values are nearly the same, measured by their spread."""
    columns = continuous(tables)
    if not columns:
        return np.arange(len(rows))
    low, high = np.nanpercentile(tables.x[:, columns], [10, 90], axis=0)
    far = np.abs(tables.x_test[rows[:, None], columns] - tables.x[twins[:, None], columns])
    return np.flatnonzero((np.nan_to_num(far) <= 0.05 * (high - low)).all(axis=1))


def _hardly_moved(tables: Tables, column: int, pairs: dict[int, int]) -> dict[int, int]:
    """Those of the pairs that differ hardly in one number, if that is what most of them do.

    Rows that agree in all else by chance differ in it as rows do; an advertisement put up again
    with 200 km more does not.
    """
    low, high = np.nanpercentile(tables.x[:, column], [10, 90])
    gap = {
        at: abs(tables.x_test[at, column] - tables.x[twin, column]) for at, twin in pairs.items()
    }
    near = {at: twin for at, twin in pairs.items() if gap[at] <= 0.02 * (high - low)}
    return near if len(near) > 0.5 * len(pairs) else {}


def _all_but_one(tables: Tables) -> Copies | None:
    """Rows that agree in all columns but one, where agreeing by chance is out of the question."""
    wide = tables.x.shape[1]
    if not 3 <= wide <= 60:
        return None
    train, test = np.round(tables.x, 9), np.round(tables.x_test, 9)
    bits = _surprisals(tables, np.arange(len(test)))
    least = (np.log2(len(train) * wide) + 5) / 0.6
    found: dict[int, int] = {}
    numbers = continuous(tables)
    for left_out in range(wide):
        coarse = _repeats(train, left_out) > 0.02
        if coarse and left_out not in numbers:
            continue
        pairs: dict[int, int] = {}
        keys = np.delete(train, left_out, 1)
        known = {row.tobytes(): at for at, row in enumerate(np.nan_to_num(keys, nan=1e300))}
        others = np.nan_to_num(np.delete(test, left_out, 1), nan=1e300)
        for at, row in enumerate(others):
            twin = known.get(row.tobytes())
            if twin is not None and bits[at].sum() - bits[at, left_out] > least:
                pairs.setdefault(at, twin)
        found = {**(_hardly_moved(tables, left_out, pairs) if coarse else pairs), **found}
    if not found:
        return None
    return Copies(np.array(list(found), dtype=int), np.array(list(found.values()), dtype=int))


def _repeats(train: Array, left_out: int) -> float:
    """Share of training rows that agree with another in all other columns: then it is structure."""
    rest = np.nan_to_num(np.delete(train, left_out, 1), nan=1e300)
    full = np.nan_to_num(train, nan=1e300)
    unique = len({row.tobytes() for row in rest})
    return 1 - unique / max(len({row.tobytes() for row in full}), 1)
