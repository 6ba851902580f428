"""Time: random splits of dated rows, and features that hold the future."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from journeyman.audit.bundle import quick
from journeyman.audit.bundle.bundle import Array, Bundle, Tables
from journeyman.audit.finding import Finding, Place
from journeyman.audit.kinds import finding

MIXED = 0.1


def temporal_leaks(bundle: Bundle, *, random_split: bool = False) -> Iterator[Finding]:
    """Test rows that lie before training rows, and columns equal to later targets."""
    tables = bundle.tables
    if tables is None or not tables.times:
        return
    name = tables.times[0]
    moments = as_moments(tables.train[name])
    if moments is None:
        return
    if tables.test is not None and name in tables.test:
        yield from _mixed(bundle, tables, name, moments)
    elif random_split and _time_matters(tables, moments):
        yield finding(
            "temporal-leak",
            f"The code cuts the rows at random although “{name}” dates them and "
            "neighbours in time are alike.",
            Place(bundle.name("train"), columns=(name,)),
            count=len(moments),
            cost=_cost(tables, moments, tables.x, tables.y),
        )
    yield from _future(bundle, tables, name)


def as_moments(values: pd.Series) -> Array | None:
    """Dates as numbers; None where under nine tenths can be read."""
    if pd.api.types.is_numeric_dtype(values):
        return values.to_numpy(float)
    moments = pd.to_datetime(values, errors="coerce", format="mixed")
    if moments.notna().mean() < 0.9:
        return None
    numbers: Array = moments.astype("int64").to_numpy(float)
    return np.where(moments.notna(), numbers, np.nan)


def _mixed(bundle: Bundle, tables: Tables, name: str, moments: Array) -> Iterator[Finding]:
    assert tables.test is not None
    later = as_moments(tables.test[name])
    if later is None:
        return
    before = float(np.mean(later <= np.nanquantile(moments, 0.9)))
    if before < 3 * MIXED:
        return
    # Cut by entity, the same days stand on both sides on purpose.
    if tables.groups and not _overlaps(tables):
        return
    declared = name in bundle.times
    both_x, both_y, both_t = tables.x, tables.y, moments
    if tables.y_test is not None:
        both_x = np.vstack([tables.x, tables.x_test])
        both_y = np.concatenate([tables.y, tables.y_test])
        both_t = np.concatenate([moments, later])
    if not declared and not _matters(both_y, both_t):
        return
    yield finding(
        "temporal-leak",
        f"{100 * before:.0f} % of the test rows are older than the newest tenth of the training "
        f"rows by “{name}”.",
        Place(bundle.name("test"), columns=(name,)),
        count=int(before * len(later)),
        cost=_cost(tables, both_t, both_x, both_y),
    )


def _overlaps(tables: Tables) -> bool:
    assert tables.test is not None
    name = tables.groups[0]
    return bool(tables.test[name].isin(tables.train[name]).mean() > 0.1)


def _time_matters(tables: Tables, moments: Array) -> bool:
    return tables.usable and _matters(tables.y, moments)


def _matters(y: Array, moments: Array) -> bool:
    """Whether neighbours in time have alike targets: von Neumann's ratio, z above 3.5."""
    fine = np.isfinite(y) & np.isfinite(moments)
    if fine.sum() < 30:
        return False
    ordered = y[fine][np.argsort(moments[fine], kind="stable")].argsort().argsort().astype(float)
    values = y[fine][np.argsort(moments[fine], kind="stable")]
    ordered = values if len(np.unique(values)) <= 12 else ordered
    spread = ((ordered - ordered.mean()) ** 2).sum()
    if spread == 0:
        return False
    ratio = (np.diff(ordered) ** 2).sum() / spread
    n = len(ordered)
    return bool((2 - ratio) / np.sqrt(4 * (n - 2) / (n**2 - 1)) > 3.5)


def _cost(tables: Tables, moments: Array, x: Array, y: Array) -> str:
    """A quick forest under random folds and trained on the first 70 % of time."""
    if not tables.usable:
        return ""
    fine = np.isfinite(y) & np.isfinite(moments)
    order = np.flatnonzero(fine)[np.argsort(moments[fine], kind="stable")]
    order = order[quick.rows(len(order))]
    x, y = x[order], y[order]
    cut = int(0.7 * len(y))
    if tables.classes and (len(np.unique(y[cut:])) < 2 or np.bincount(y.astype(int)).min() < 5):
        return ""
    easy = quick.quality(quick.forest(x, y, tables.classes), y, tables.classes)
    later = quick.fitted(x[:cut], y[:cut], tables.classes, x[cut:])
    honest = quick.quality(later, y[cut:], tables.classes)
    metric = quick.name_of(tables.classes)
    return (
        f"a quick forest reaches {metric} {easy:.3f} under random folds and {honest:.3f} "
        "when trained on the first 70 % of the time and scored on the rest"
    )


def _future(bundle: Bundle, tables: Tables, name: str) -> Iterator[Finding]:
    """Columns that equal a later target, or an average of targets around the row."""
    parts = [tables.train] + ([tables.test] if tables.test is not None else [])
    table = pd.concat(parts, ignore_index=True)
    if tables.target not in table or not pd.api.types.is_numeric_dtype(table[tables.target]):
        return
    order = pd.DataFrame({"at": as_moments(table[name])})
    groups = [one for one in tables.groups if one in table] or _series(table, tables, name)
    table = table.iloc[order.sort_values("at", kind="stable").index]
    target = table[tables.target].astype(float)
    keyed = target.groupby([table[one] for one in groups]) if groups else None
    if target.nunique() < 12:
        return
    for column in tables.numeric:
        values = table[column].to_numpy(float)
        for steps in (-1, -2, -3, -7):
            later = keyed.shift(steps) if keyed is not None else target.shift(steps)
            if _equal(values, later.to_numpy(float)):
                yield finding(
                    "temporal-leak",
                    f"“{column}” equals the target {-steps} rows later.",
                    Place(bundle.name("train"), columns=(column,)),
                    count=len(values),
                )
                return
        for window in (3, 5, 7, 9):
            around = target.rolling(window, center=True).mean()
            if keyed is not None:
                around = keyed.transform(
                    lambda one, wide=window: one.rolling(wide, center=True).mean()
                )
            if _equal(values, around.to_numpy(float)):
                yield finding(
                    "temporal-leak",
                    f"“{column}” is the mean of {window} targets around the row.",
                    Place(bundle.name("train"), columns=(column,)),
                    count=len(values),
                )
                return


def _series(table: pd.DataFrame, tables: Tables, name: str) -> list[str]:
    """The column that tells several series apart, where each moment comes once in each."""
    if not table[name].duplicated().any():
        return []
    for column in table.columns.difference([name, tables.target], sort=False):
        values = table[column]
        few = 2 <= values.nunique() <= len(table) / 10
        apart = few and not table.duplicated([column, name]).any()
        if apart and not pd.api.types.is_float_dtype(values):
            return [str(column)]
    return []


def _equal(first: Array, second: Array) -> bool:
    both = np.isfinite(first) & np.isfinite(second)
    if both.sum() < 20:
        return False
    close = np.abs(first[both] - second[both]) <= 1e-6 * (np.nanstd(second) + 1e-12)
    return bool(close.mean() > 0.97)
