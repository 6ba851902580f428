"""The target: balance, and labels that an out-of-fold model confidently contradicts."""

from __future__ import annotations

import warnings
from collections.abc import Iterator

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from journeyman.audit.finding import Finding
from journeyman.audit.table.kinds import note

SAMPLE = 2_000
Array = NDArray[np.float64]


def labels(frame: pd.DataFrame, target: str) -> Iterator[Finding]:
    """Findings about the target column."""
    column = frame[target].dropna()
    distinct = column.nunique()
    if distinct <= 1:
        said = f"It is always {column.iloc[0]!s:.40}." if distinct else "It is never given."
        yield note("one-class", said, target, severity="fault", count=len(frame))
        return
    if pd.api.types.is_numeric_dtype(column) and distinct > 12:
        return
    shares = column.value_counts(normalize=True)
    if distinct <= 50 and shares.min() < 0.1 and shares.max() > 2 * shares.min():
        yield note(
            "class-balance",
            f"The rarest class, {shares.idxmin()}, is "
            f"{100 * shares.min():.2f} % of rows, the commonest, {shares.idxmax()}, "
            f"{100 * shares.max():.1f} %.",
            target,
            count=int(shares.min() * len(column)),
            severity="warning" if shares.min() < 0.05 else "note",
            shares={str(name): round(float(value), 5) for name, value in shares.items()},
        )
    if distinct <= 50 and column.value_counts().min() >= 5 and len(column) >= 60:
        yield from _suspects(frame, target)


def coded(frame: pd.DataFrame, target: str) -> Array:
    """The features as numbers; identifiers, dates and long texts left out."""
    parts = []
    for name in frame.columns:
        values = frame[name]
        if name == target or values.nunique() < 2:
            continue
        if pd.api.types.is_numeric_dtype(values):
            numbers = values.to_numpy(float, na_value=np.nan)
            limit = float(np.finfo(np.float32).max) / 2  # trees compute with 32 bits
            parts.append(np.where(np.isfinite(numbers), np.clip(numbers, -limit, limit), np.nan))
        elif not pd.api.types.is_datetime64_any_dtype(values) and values.nunique() < 0.5 * len(
            values
        ):
            codes = pd.factorize(values)[0]
            parts.append(np.where(codes < 0, np.nan, codes).astype(float))
    return np.column_stack(parts) if parts else np.empty((len(frame), 0))


def confident_errors(chances: Array, given: NDArray[np.int_]) -> NDArray[np.bool_]:
    """Rows whose label is confidently contradicted (confident learning; Northcutt et al., 2021).

    A class's threshold is the mean out-of-fold probability of the class among the rows that carry
    it. A row is counted for the likeliest class whose threshold it reaches; where that is not its
    own label, the label is suspect.

    Args:
        chances: Out-of-fold probabilities (rows, classes).
        given: Codes of the labels (rows,).

    >>> chances = np.array([[.9, .1], [.8, .2], [.1, .9], [.95, .05]])
    >>> confident_errors(chances, np.array([0, 0, 1, 1]))
    array([False, False, False,  True])
    """
    classes = chances.shape[1]
    thresholds = np.array(
        [
            chances[given == one, one].mean() if (given == one).any() else 1.0
            for one in range(classes)
        ]
    )
    reached = np.where(chances >= thresholds, chances, -1.0)
    likely = reached.argmax(1)
    suspect: NDArray[np.bool_] = (reached.max(1) > 0) & (likely != given)
    return suspect


def _suspects(frame: pd.DataFrame, target: str) -> Iterator[Finding]:
    part = frame.dropna(subset=[target])
    part = part if len(part) <= SAMPLE else part.sample(SAMPLE, random_state=0)
    given, names = pd.factorize(part[target], sort=True)
    if np.bincount(given).min() < 5:
        return
    x = coded(part, target)
    if x.shape[1] < 1:
        return
    filled = np.where(np.isfinite(x), x, np.nan)
    folds = StratifiedKFold(5, shuffle=True, random_state=0)
    model = RandomForestClassifier(60, min_samples_leaf=3, random_state=0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        chances = cross_val_predict(model, filled, given, cv=folds, method="predict_proba")
    suspect = confident_errors(chances, given)
    own = chances[np.arange(len(given)), given]
    # A class that the model hardly recognises cannot convict a label.
    known = np.array([own[given == one].mean() >= 0.5 for one in range(len(names))])
    suspect &= known[given] & known[chances.argmax(1)]
    margin = chances.max(1) - own
    sure = suspect & (margin > 0.6)
    count = int(sure.sum())
    if count < max(3, 0.003 * len(part)):
        return
    order = np.flatnonzero(sure)[np.argsort(own[sure])]
    rows = tuple(int(part.index[one]) for one in order[:10])
    example = order[0]
    yield note(
        "label-quality",
        f"{count} of {len(part):,} labels are contradicted by a model that "
        f"had not seen them; row {rows[0]} says {names[given[example]]} and the model "
        f"{names[chances[example].argmax()]} ({100 * chances[example].max():.0f} %).",
        target,
        count=count,
        rows=rows,
        severity="warning",
    )
