"""Two files compared: schema, each column, and all columns at once."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
from scipy.stats import chi2_contingency, ks_2samp, norm
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from journeyman.audit.finding import Finding, Severity
from journeyman.audit.table.kinds import note
from journeyman.audit.table.labels import coded

SAMPLE = 20_000
LEVEL = 0.01


def drift(first: pd.DataFrame, second: pd.DataFrame, target: str = "") -> Iterator[Finding]:
    """What differs between two tables.

    Each shared column is tested (Kolmogorov-Smirnov, or chi-squared over categories) and its
    population stability index computed; Holm's correction keeps the chance of any false alarm at
    1 %. A forest that tells the files apart out of fold tests all columns together.
    """
    gone = [str(one) for one in first.columns if one not in second and one != target]
    new = [str(one) for one in second.columns if one not in first]
    if gone:
        yield note(
            "schema",
            f"{', '.join(gone[:6])} not in the second file.",
            *gone[:10],
            severity="fault",
            count=len(gone),
        )
    if new:
        yield note(
            "schema", f"{', '.join(new[:6])} only in the second file.", *new[:10], count=len(new)
        )
    shared = [str(one) for one in first.columns if one in second]
    one, two = _some(first[shared]), _some(second[shared])
    tested = []
    for name in shared:
        yield from _new_categories(name, first[name], second[name])
        result = compare(one[name], two[name])
        if result is not None:
            tested.append((result[0], result[1], name))
    tested.sort()
    for at, (p, index, name) in enumerate(tested):
        if p > LEVEL / (len(tested) - at):
            break
        severity: Severity = "fault" if index > 0.25 else "warning" if index > 0.1 else "note"
        yield note(
            "drift",
            f"Population stability index {index:.2f}; {_moved(one[name], two[name])}.",
            name,
            severity=severity,
            psi=round(index, 4),
            p=p,
        )
    yield from _apart(one, two)


def _some(frame: pd.DataFrame) -> pd.DataFrame:
    return frame if len(frame) <= SAMPLE else frame.sample(SAMPLE, random_state=0)


def compare(first: pd.Series, second: pd.Series) -> tuple[float, float] | None:
    """p-value and population stability index of one column; None where it cannot be compared."""
    numeric = pd.api.types.is_numeric_dtype(first) and pd.api.types.is_numeric_dtype(second)
    a, b = first.dropna(), second.dropna()
    if len(a) < 20 or len(b) < 20:
        return None
    if numeric and a.nunique() > 12:
        x, y = a.to_numpy(float), b.to_numpy(float)
        edges = np.unique(np.quantile(x, np.linspace(0, 1, 11)))[1:-1]
        bins = [
            np.bincount(np.searchsorted(edges, part, side="right"), minlength=len(edges) + 1)
            for part in (x, y)
        ]
        return float(ks_2samp(x, y).pvalue), _index(bins[0], bins[1])
    if pd.api.types.is_datetime64_any_dtype(a) or a.nunique() > 0.5 * len(a):
        return None
    top = a.value_counts().head(50).index
    both = [
        part.where(part.isin(top), "other values").astype(str).value_counts() for part in (a, b)
    ]
    table = pd.concat(both, axis=1).fillna(0).to_numpy()
    if table.shape[0] < 2:
        return None
    return float(chi2_contingency(table + 1e-9).pvalue), _index(table[:, 0], table[:, 1])


def _index(first: np.ndarray, second: np.ndarray) -> float:
    """PSI: sum of (q - p) ln(q / p) over bins, with half a count added to each."""
    p = (first + 0.5) / (first + 0.5).sum()
    q = (second + 0.5) / (second + 0.5).sum()
    return float(((q - p) * np.log(q / p)).sum())


def _moved(first: pd.Series, second: pd.Series) -> str:
    if pd.api.types.is_numeric_dtype(first) and pd.api.types.is_numeric_dtype(second):
        return f"median {first.median():.4g} became {second.median():.4g}"
    shares = [part.value_counts(normalize=True) for part in (first, second)]
    change = shares[1].reindex(shares[0].index.union(shares[1].index), fill_value=0) - shares[
        0
    ].reindex(shares[0].index.union(shares[1].index), fill_value=0)
    name = change.abs().idxmax()
    return (
        f"“{name!s:.40}” went from {100 * shares[0].get(name, 0):.1f} % to "
        f"{100 * shares[1].get(name, 0):.1f} %"
    )


def _new_categories(name: str, first: pd.Series, second: pd.Series) -> Iterator[Finding]:
    if pd.api.types.is_numeric_dtype(first) or first.nunique() > 0.3 * max(len(first), 1):
        return
    known = set(first.dropna().astype(str))
    new = second.dropna().astype(str)
    new = new[~new.isin(known)]
    if len(new):
        shown = ", ".join(repr(one) for one in new.unique()[:3])
        yield note(
            "new-categories",
            f"{len(new):,} rows have a value that the first file lacks, such as {shown}.",
            name,
            count=len(new),
            rows=tuple(int(one) for one in new.index[:10] if isinstance(one, int)),
        )


def _apart(first: pd.DataFrame, second: pd.DataFrame) -> Iterator[Finding]:
    """Classifier two-sample test (Lopez-Paz and Oquab 2017)."""
    half = 2_000
    one = first if len(first) <= half else first.sample(half, random_state=1)
    two = second if len(second) <= half else second.sample(half, random_state=1)
    both = pd.concat([one, two], ignore_index=True)
    label = np.repeat([0, 1], [len(one), len(two)])
    x = coded(both.assign(**{"~file": label}), "~file")
    if min(len(one), len(two)) < 40 or x.shape[1] < 1:
        return
    low = np.nanmin(np.where(np.isfinite(x), x, np.nan), axis=0, initial=0.0)
    model = RandomForestClassifier(60, min_samples_leaf=5, random_state=0)
    chances = cross_val_predict(
        model,
        np.where(np.isfinite(x), x, low - 1),
        label,
        cv=StratifiedKFold(5, shuffle=True, random_state=0),
        method="predict_proba",
    )[:, 1]
    auc = float(roc_auc_score(label, chances))
    error = float(np.sqrt((len(label) + 1) / (12 * len(one) * len(two))))
    p = float(norm.sf((auc - 0.5) / error))
    if p < LEVEL and auc > 0.55:
        severity: Severity = "fault" if auc > 0.75 else "warning"
        yield note(
            "drift",
            f"A forest tells the two files apart with AUC {auc:.3f} (0.5 would be by chance).",
            severity=severity,
            auc=round(auc, 4),
            p=p,
        )
