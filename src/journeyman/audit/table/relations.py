"""Columns and rows together: gaps that come together, repeats, time, entities."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
import pandas as pd
from scipy.stats import chi2_contingency

from journeyman.audit.finding import Finding
from journeyman.audit.table.columns import Column
from journeyman.audit.table.kinds import note

SAMPLE = 50_000


def relations(frame: pd.DataFrame, columns: list[Column], target: str) -> Iterator[Finding]:
    """Findings that need more than one column."""
    kinds = {one.name: one.kind for one in columns}
    yield from _gaps_together(frame, columns)
    if target:
        yield from _gaps_by_target(frame, columns, target)
    yield from _repeats(frame, kinds)
    yield from _equal_columns(frame)
    yield from _time(frame, kinds)
    yield from _entities(frame, columns, target)


def _some(frame: pd.DataFrame, most: int = SAMPLE) -> pd.DataFrame:
    return frame if len(frame) <= most else frame.sample(most, random_state=0).sort_index()


def _gaps_together(frame: pd.DataFrame, columns: list[Column]) -> Iterator[Finding]:
    names = [one.name for one in columns if 0.01 * len(frame) < one.missing < 0.99 * len(frame)]
    gaps = _some(frame[names]).isna()
    left = list(names)
    while left:
        first = left.pop(0)
        near = [name for name in left if _jaccard(gaps[first], gaps[name]) > 0.9]
        if near:
            left = [name for name in left if name not in near]
            rows = int(frame[first].isna().sum())
            yield note(
                "missing-together",
                f"{len(near) + 1} columns are missing in the same {rows:,} rows.",
                first,
                *near,
                count=rows,
            )


def _jaccard(first: pd.Series, second: pd.Series) -> float:
    either = int((first | second).sum())
    return int((first & second).sum()) / either if either else 0.0


def _gaps_by_target(frame: pd.DataFrame, columns: list[Column], target: str) -> Iterator[Finding]:
    """Chi-squared test of gap against target (in quarters where it is a number), Holm-corrected."""
    part = _some(frame)
    label = part[target]
    if pd.api.types.is_numeric_dtype(label) and label.nunique() > 12:
        label = pd.qcut(label, 4, duplicates="drop")
    tested = []
    for one in columns:
        if one.name == target or not 20 <= one.missing <= len(frame) - 20:
            continue
        table = pd.crosstab(part[one.name].isna(), label)
        if table.shape[0] == 2 and table.shape[1] > 1:
            p = float(chi2_contingency(table.to_numpy()).pvalue)
            rates = table.loc[True] / table.sum()
            tested.append((p, one, rates))
    tested.sort(key=lambda row: row[0])
    for at, (p, one, rates) in enumerate(tested):
        if p > 0.001 / (len(tested) - at) or rates.max() - rates.min() < 0.03:
            break
        yield note(
            "missing-by-target",
            f"Missing in {100 * rates.max():.0f} % of rows with target "
            f"{rates.idxmax()} and in {100 * rates.min():.0f} % with {rates.idxmin()}.",
            one.name,
            count=one.missing,
            p=p,
        )


def _repeats(frame: pd.DataFrame, kinds: dict[str, str]) -> Iterator[Finding]:
    columns = [name for name in frame.columns if kinds.get(str(name)) != "identifier"]
    if not columns or len(frame) < 2:
        return
    keys = pd.util.hash_pandas_object(frame[columns], index=False)
    again = keys.duplicated()
    count = int(again.sum())
    coarse = len(columns) < 3
    if count and not coarse:
        rows = tuple(int(one) for one in np.flatnonzero(again.to_numpy())[:10])
        yield note(
            "duplicates",
            f"{count:,} rows repeat an earlier one"
            + (" in all but the identifier." if len(columns) < frame.shape[1] else "."),
            count=count,
            rows=rows,
            severity="warning",
        )
    yield from _near_repeats(frame, columns, keys)


def _near_repeats(frame: pd.DataFrame, columns: list[str], keys: pd.Series) -> Iterator[Finding]:
    """Rows that are equal once case, blanks and small differences of numbers are ignored."""
    part = _some(frame.loc[~keys.duplicated().to_numpy(), columns])
    for coarse in (False, True):
        plain = {name: _plain(part[name], coarse=coarse) for name in columns}
        # By chance no two rows should meet: bits beyond the number of pairs.
        if sum(_bits(one) for one in plain.values()) < 2 * np.log2(max(len(part), 2)) + 8:
            continue
        again = pd.util.hash_pandas_object(pd.DataFrame(plain), index=False).duplicated()
        count = int(again.sum())
        if count:
            rows = tuple(int(one) for one in part.index[again.to_numpy()][:10])
            what = f"{count:,} rows equal another but for case, blanks or small differences."
            yield note("near-duplicates", what, count=count, rows=rows)
            return


def _plain(values: pd.Series, *, coarse: bool) -> pd.Series:
    if pd.api.types.is_float_dtype(values):
        spread = float(values.std() or 0)
        if not coarse or not np.isfinite(spread) or spread <= 0:
            return values
        step = float(10.0 ** np.floor(np.log10(spread / 50)))
        rounded: pd.Series = (values / step).round()
        return rounded
    if pd.api.types.is_string_dtype(values):
        return values.astype("str").str.casefold().str.replace(r"\W+", "", regex=True)
    return values


def _bits(values: pd.Series) -> float:
    """Collision entropy, from the number of pairs that agree (at least half a pair)."""
    counts = values.value_counts(dropna=False).to_numpy(float)
    n = counts.sum()
    pairs = max(float((counts * (counts - 1)).sum()) / 2, 0.5)
    return float(np.log2(n * (n - 1) / 2 / pairs)) if n > 1 else 0.0


def _equal_columns(frame: pd.DataFrame) -> Iterator[Finding]:
    part = _some(frame, 5_000)
    seen: dict[int, str] = {}
    for name in part.columns:
        if part[name].nunique() < 2:
            continue
        key = hash(tuple(pd.util.hash_pandas_object(part[name], index=False)))
        if key in seen and frame[name].equals(frame[seen[key]]):
            yield note(
                "duplicate-columns",
                f"“{name}” has the same values as “{seen[key]}”.",
                seen[key],
                str(name),
            )
        seen.setdefault(key, str(name))


def moments_of(values: pd.Series) -> pd.Series:
    """A column's dates; unreadable ones are missing."""
    if pd.api.types.is_datetime64_any_dtype(values):
        return values
    return pd.to_datetime(values, errors="coerce", format="mixed")


def _time(frame: pd.DataFrame, kinds: dict[str, str]) -> Iterator[Finding]:
    for name in (name for name, kind in kinds.items() if kind == "date"):
        moments = moments_of(frame[name]).dropna()
        if len(moments) < 20:
            continue
        steps = moments.diff().dropna().dt.total_seconds().to_numpy()
        if (steps >= 0).mean() > 0.98 and (steps > 0).any():
            yield note(
                "time-order",
                f"The rows are in order of time, from {moments.iloc[0]} to {moments.iloc[-1]}.",
                name,
                severity="note",
                count=len(moments),
            )
        distinct = moments.drop_duplicates().sort_values()
        apart = distinct.diff().dropna().dt.total_seconds()
        usual = float(apart.median()) if len(apart) else 0.0
        regular = len(apart) > 20 and float((abs(apart - usual) < 0.01 * usual).mean()) > 0.8
        if not regular:
            continue
        wide = apart[apart > 1.5 * usual]
        if len(wide):
            worst = wide.idxmax()
            yield note(
                "time-gaps",
                f"{len(wide)} gaps in a rhythm of {_span(usual)}; the longest, "
                f"{_span(float(wide.max()))}, ends at {distinct[worst]}.",
                name,
                count=len(wide),
                rows=(int(worst),),
            )
        repeats = len(moments) - len(distinct)
        if 0 < repeats < 0.3 * len(moments):
            yield note(
                "time-repeats", f"{repeats:,} rows repeat a time stamp.", name, count=repeats
            )


def _span(seconds: float) -> str:
    """A length of time in the largest unit that it fills.

    >>> _span(86400.0), _span(5400.0), _span(20.0)
    ('1 day', '1.5 hours', '20 seconds')
    """
    for unit, length in (("day", 86400.0), ("hour", 3600.0), ("minute", 60.0)):
        if seconds >= length:
            return f"{seconds / length:.3g} {unit}{'' if seconds == length else 's'}"
    return f"{seconds:.3g} second{'' if seconds == 1.0 else 's'}"


_ENTITY = re.compile(
    r"id$|_id|patient|user|customer|client|subject|speaker|session|device|account|"
    r"store|station|driver|student|group",
    re.IGNORECASE,
)


def _entities(frame: pd.DataFrame, columns: list[Column], target: str) -> Iterator[Finding]:
    for one in columns:
        filled = len(frame) - one.missing
        if one.name == target or one.kind in {"date", "constant", "empty", "flag", "identifier"}:
            continue
        if _ENTITY.search(one.name) and 5 <= one.distinct <= filled / 1.5 and filled > 30:
            yield note(
                "repeated-entities",
                f"{one.distinct:,} different values in {filled:,} rows, "
                f"{filled / one.distinct:.1f} rows each on average.",
                one.name,
                count=one.distinct,
            )
