"""Groups on both sides of a split: declared, named, or hidden in attributes that repeat."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
import pandas as pd

from journeyman.audit.bundle import quick
from journeyman.audit.bundle.bundle import Array, Bundle, Tables
from journeyman.audit.finding import Finding, Place
from journeyman.audit.kinds import finding

SURE = 3.0
"""Standard errors by which random folds must flatter before an undeclared group is reported."""
TOGETHER = 0.25
"""The part of the pairs that independent columns would show up to which they are of one entity."""
_NAMED = re.compile(
    r"patient|user|customer|client|subject|person|speaker|session|household|device|machine|sensor|"
    r"driver|player|student|account|member|participant|animal|writer|author|engine|donor|group|"
    r"store|station|site|(^|_)id$",
    re.IGNORECASE,
)


def group_leaks(bundle: Bundle, *, random_split: bool = False) -> Iterator[Finding]:
    """Entities on both sides of the split, where that flatters the score.

    Args:
        bundle: What is reviewed.
        random_split: Whether the code cuts the one table at random (then it is judged as it is).
    """
    tables = bundle.tables
    if tables is None or (tables.test is None and not random_split):
        return
    for name in tables.groups:
        found = _shared(tables, name)
        if found is not None:
            yield _told(bundle, tables, (name,), *found, declared=True)
            return
    for names, codes in _candidates(tables):
        shared = _shared_codes(codes, tables)
        if shared is None or not tables.usable:
            continue
        gap = _gap(tables, codes)
        if gap is not None and gap.z > SURE and gap.easy - gap.honest > 0.02:
            yield _told(bundle, tables, names, *shared, gap=gap)
            return


def _told(
    bundle: Bundle,
    tables: Tables,
    names: tuple[str, ...],
    count: int,
    total: int,
    entities: int,
    *,
    gap: quick.Gap | None = None,
    declared: bool = False,
) -> Finding:
    called = " + ".join(names)
    if declared and gap is None and tables.usable:
        codes, _ = pd.factorize(pd.concat([tables.train, tables.test])[names[0]])
        gap = _gap(tables, codes.astype(float))
    hidden = "" if declared or len(names) == 1 else " (a group that these columns give away)"
    if tables.test is None:
        said = (
            f"The code cuts {total} rows at random, although there are only {entities} different "
            f"values of “{called}”{hidden}."
        )
    else:
        said = (
            f"{count} of {total} test rows belong to a “{called}”{hidden} that is in the training "
            f"rows too; there are {entities}."
        )
    return finding(
        "group-leak",
        said,
        Place(bundle.name("test" if tables.test is not None else "train"), columns=names),
        count=count,
        cost=gap.text if gap is not None else "",
        numbers={"easy": round(gap.easy, 4), "honest": round(gap.honest, 4)} if gap else {},
    )


def _shared(tables: Tables, name: str) -> tuple[int, int, int] | None:
    if tables.test is None:
        return None
    values = pd.concat([tables.train[name], tables.test[name]], ignore_index=True)
    codes, _ = pd.factorize(values)
    return _shared_codes(codes.astype(float), tables)


def _shared_codes(codes: Array, tables: Tables) -> tuple[int, int, int] | None:
    """Test rows whose group is in train, all test rows, and groups; None when hardly any is."""
    cut = len(tables.x)
    entities = len(np.unique(codes))
    if tables.test is None:
        return len(codes), len(codes), entities
    inside = np.isin(codes[cut:], np.unique(codes[:cut]))
    count, total = int(inside.sum()), len(inside)
    return (count, total, entities) if count > max(2, 0.1 * total) else None


def _gap(tables: Tables, codes: Array) -> quick.Gap | None:
    """Random against grouped folds, over the labelled rows of both tables."""
    x, y, groups = tables.x, tables.y, codes[: len(tables.x)]
    if tables.y_test is not None:
        x, y, groups = np.vstack([x, tables.x_test]), np.concatenate([y, tables.y_test]), codes
    kept = np.isfinite(y)
    x, y, groups = x[kept], y[kept], groups[kept]
    chosen = _some_groups(groups)
    y = y[chosen]
    if tables.classes and np.bincount(y.astype(int)).min() < 6:
        return None
    return quick.gap_by_groups(x[chosen], y, tables.classes, groups[chosen])


def _some_groups(groups: Array) -> Array:
    """Whole groups, up to about as many rows as a quick forest takes."""
    if len(groups) <= quick.ROWS:
        return np.arange(len(groups))
    names = np.random.default_rng(0).permutation(np.unique(groups))
    sizes = dict(zip(*np.unique(groups, return_counts=True), strict=True))
    kept, total = set(), 0
    for name in names:
        kept.add(name)
        total += sizes[name]
        if total >= quick.ROWS:
            break
    return np.flatnonzero(np.isin(groups, list(kept)))


def _candidates(tables: Tables) -> Iterator[tuple[tuple[str, ...], Array]]:
    """Named groups first, then sets of attributes that always repeat together."""
    both = (
        tables.train
        if tables.test is None
        else pd.concat([tables.train, tables.test], ignore_index=True)
    )
    named = [
        str(name)
        for name in both.columns
        if name not in {tables.target, *tables.times} and _NAMED.search(str(name))
    ]
    for name in named:
        codes, levels = pd.factorize(both[name])
        if _plausible(len(levels), len(both)):
            yield (name,), codes.astype(float)
    hidden = _hidden(tables, both)
    if hidden is not None:
        yield hidden


def _plausible(groups: int, rows: int) -> bool:
    return 8 <= groups <= rows / 1.8


def _hidden(tables: Tables, both: pd.DataFrame) -> tuple[tuple[str, ...], Array] | None:
    """Columns with many values that determine each other: the constant attributes of an entity."""
    codes = {}
    for name in tables.features:
        found, levels = pd.factorize(both[name], use_na_sentinel=False)
        if 8 <= len(levels) <= len(both) / 1.8:
            codes[name] = (found, len(levels))
    names = sorted(codes, key=lambda name: -codes[name][1])[:40]
    for at, first in enumerate(names):
        group = [first]
        key, count = codes[first]
        for other in names[at + 1 :]:
            values, many = codes[other]
            joint, met = pd.factorize(key.astype(np.int64) * (many + 1) + values)
            pairs = len(met)
            # Two entities may share one attribute; independent columns meet far more often.
            apart = count * many * -np.expm1(-len(both) / (count * many))
            if many > 4 and pairs <= TOGETHER * apart and pairs < len(both) / 2:
                group.append(other)
                key, count = joint, pairs
        if len(group) >= 2 and _plausible(count, len(both)) and _not_binned(both, group):
            return tuple(group[:4]), key.astype(float)
    return None


def _not_binned(both: pd.DataFrame, group: list[str]) -> bool:
    """Two codings of one thing (a code and its name, a number and its rounding) are no entity."""
    first, second = (both[name] for name in group[:2])
    if len(group) > 2:
        return True
    if all(pd.api.types.is_numeric_dtype(one) for one in (first, second)):
        return abs(first.corr(second, method="spearman")) < 0.98
    return first.nunique() > 2 * second.nunique() or first.nunique() >= 20
