"""Families about parts: slices of the rows, folds, and columns of the training table."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.stats import rankdata

from journeyman.delivery.viva.artifacts import Array, Artifacts
from journeyman.delivery.viva.question import Family, Question, choice, number, verdict

FEWEST_IN_PART = 30
_ANY = ("binary", "multiclass", "regression")
_NOT_MANY = ("binary", "regression")
MOST_VALUES = 12


def _slice(a: Artifacts, rng: np.random.Generator) -> tuple[str, dict[str, Array]] | None:
    """A column with few values, and the rows of each value that has enough."""
    assert a.slices is not None
    names = [str(one) for one in a.slices.columns if 2 <= a.slices[one].nunique() <= MOST_VALUES]
    if not names:
        return None
    name = str(rng.choice(names))
    values = a.slices[name].astype(str).to_numpy()
    filled = a.slices[name].notna().to_numpy()
    rows = {str(one): filled & (values == one) for one in np.unique(values[filled])}
    rows = {one: mask for one, mask in rows.items() if mask.sum() >= FEWEST_IN_PART}
    return (name, rows) if len(rows) >= 2 else None


def _worst_slice(a: Artifacts, rng: np.random.Generator) -> Question | None:
    found = _slice(a, rng)
    if found is None:
        return None
    name, rows = found
    mean = {one: float(a.errors[mask].mean()) for one, mask in rows.items()}
    return choice(
        "worst-slice",
        f"By “{name}”, for which value is the {a.error_name} largest? (Values with at least "
        f"{FEWEST_IN_PART} rows count.)",
        mean, 0.05 * float(a.errors.mean()),
        lambda best, other: f"{best}: {mean[best]:.4g}; next {other}: {mean[other]:.4g}.",
        {"column": name},
    )  # fmt: skip


def _slice_truth(a: Artifacts, rng: np.random.Generator) -> Question | None:
    found = _slice(a, rng)
    if found is None:
        return None
    name, rows = found
    mean = {one: float(a.truth[mask].mean()) for one, mask in rows.items()}
    spread = float(np.std(a.truth))
    what = f"rows that are “{a.positive}” commonest" if a.task == "binary" else "values highest"
    return choice(
        "slice-truth",
        f"By “{name}”, for which value are the {what} (on average, in truth)? (Values with at "
        f"least {FEWEST_IN_PART} rows count.)",
        mean, 0.04 * spread,
        lambda best, other: f"{best}: {mean[best]:.4g}; next {other}: {mean[other]:.4g}.",
        {"column": name},
    )  # fmt: skip


def _slice_size(a: Artifacts, rng: np.random.Generator) -> Question | None:
    found = _slice(a, rng)
    if found is None:
        return None
    name, rows = found
    count = {one: float(mask.sum()) for one, mask in rows.items()}
    return choice(
        "slice-size",
        f"Which value of “{name}” has the most of the judged rows?",
        count, 0.03 * len(a.truth),
        lambda best, other: f"{best}: {count[best]:,.0f} rows; next {other}: {count[other]:,.0f}.",
        {"column": name},
    )  # fmt: skip


def _by_fold(a: Artifacts, values: Array) -> dict[str, float] | None:
    assert a.folds is not None
    names = [str(one) for one in np.unique(a.folds)]
    if not 2 <= len(names) <= 20:
        return None
    rows = {one: a.folds == one for one in names}
    if min(int(mask.sum()) for mask in rows.values()) < FEWEST_IN_PART:
        return None
    return {one: float(values[mask].mean()) for one, mask in rows.items()}


def _worst_fold(a: Artifacts, rng: np.random.Generator) -> Question | None:
    del rng
    mean = _by_fold(a, a.errors)
    if mean is None:
        return None
    return choice(
        "worst-fold",
        f"Which fold was worst, by the {a.error_name}?",
        {f"fold {one}": value for one, value in mean.items()}, 0.03 * float(a.errors.mean()),
        lambda best, other: (
            f"{best}: {mean[best.removeprefix('fold ')]:.4g}; next {other}: "
            f"{mean[other.removeprefix('fold ')]:.4g}."
        ),
        {},
    )  # fmt: skip


def _fold_gap(a: Artifacts, rng: np.random.Generator) -> Question | None:
    del rng
    mean = _by_fold(a, a.errors)
    if mean is None:
        return None
    gap = max(mean.values()) - min(mean.values())
    if gap < 0.05 * float(a.errors.mean()):
        return None
    scale, unit = (1.0, f" {a.unit}") if a.task == "regression" else (100.0, " percentage points")
    return number(
        "fold-gap",
        f"By how much does the {a.error_name} of the worst fold lie above that of the best, in"
        f"{unit if unit.strip() else ' units of the target'}?",
        scale * gap, 0.35 * scale * gap,
        f"From {scale * min(mean.values()):.4g} to {scale * max(mean.values()):.4g}.", {},
    )  # fmt: skip


def _fold_truth(a: Artifacts, rng: np.random.Generator) -> Question | None:
    del rng
    mean = _by_fold(a, np.asarray(a.truth, dtype=float))
    if mean is None:
        return None
    what = f"the largest share of “{a.positive}”" if a.task == "binary" else "the highest truth"
    return choice(
        "fold-truth",
        f"Which fold has {what} on average?",
        {f"fold {one}": value for one, value in mean.items()}, 0.03 * float(np.std(a.truth)),
        lambda best, other: (
            f"{best}: {mean[best.removeprefix('fold ')]:.4g}; next {other}: "
            f"{mean[other.removeprefix('fold ')]:.4g}."
        ),
        {},
    )  # fmt: skip


def _features(a: Artifacts) -> pd.DataFrame:
    assert a.train is not None
    return a.train.drop(columns=a.target)


def strength(values: pd.Series, yes: Array) -> float:
    """How well a column of numbers alone tells yes from no: AUC, whichever way round."""
    ranks = rankdata(values.to_numpy(float))
    cases = int(yes.sum())
    area = (ranks[yes].sum() - cases * (cases + 1) / 2) / (cases * (len(yes) - cases))
    return max(float(area), 1 - float(area))


def _leak(a: Artifacts, rng: np.random.Generator) -> Question | None:
    del rng
    assert a.train is not None
    target = a.train[a.target]
    if target.isna().any() or target.nunique() != 2:
        return None
    names = sorted(map(str, target.unique()))
    yes = (target.astype(str) == (a.positive if a.positive in names else names[-1])).to_numpy()
    columns = _features(a)
    area = {
        str(one): strength(columns[one], yes)
        for one in columns
        if pd.api.types.is_numeric_dtype(columns[one])
        and columns[one].notna().all()
        and columns[one].min() < columns[one].max()
    }
    return choice(
        "leak",
        "If one of these columns turned out to be written only after the outcome was known, which "
        "would flatter the result most, judged by its own AUC on the training table?",
        area, 0.02,
        lambda best, other: (
            f"{best} alone has an AUC of {area[best]:.3f}; next {other}: {area[other]:.3f}."
        ),
        {},
    )  # fmt: skip


def _most_gaps(a: Artifacts, rng: np.random.Generator) -> Question | None:
    del rng
    share = {str(one): 100 * float(part.isna().mean()) for one, part in _features(a).items()}
    return choice(
        "most-gaps", "Which column of the training table has the most missing values?",
        share, 1.0,
        lambda best, other: f"{best}: {share[best]:.1f} %; next {other}: {share[other]:.1f} %.", {},
    )  # fmt: skip


def _copies(a: Artifacts, rng: np.random.Generator) -> Question | None:
    del rng
    assert a.train is not None
    share = 100 * float(a.train.duplicated().mean())
    return number(
        "copies",
        "Of 100 rows of the training table, how many are exact copies of an earlier row (target "
        "included)?",
        share, max(1.0, 0.2 * share), f"{int(a.train.duplicated().sum()):,} rows are.", {},
    )  # fmt: skip


def _one_value(a: Artifacts, rng: np.random.Generator) -> Question | None:
    del rng
    share = {}
    for name, part in _features(a).items():
        filled = part.dropna()
        if len(filled):
            share[str(name)] = 100 * float(filled.value_counts().iloc[0]) / len(part)
    return choice(
        "one-value",
        "In which column of the training table does one single value fill the largest share of "
        "the rows?",
        share, 2.0,
        lambda best, other: f"{best}: {share[best]:.1f} %; next {other}: {share[other]:.1f} %.", {},
    )  # fmt: skip


def _most_values(a: Artifacts, rng: np.random.Generator) -> Question | None:
    del rng
    texts = {
        str(name): float(part.nunique())
        for name, part in _features(a).items()
        if not pd.api.types.is_numeric_dtype(part)
    }
    return choice(
        "most-values", "Which of these columns has the most different values in training?",
        texts, max(1.0, 0.1 * max(texts.values(), default=0)),
        lambda best, other: f"{best}: {texts[best]:,.0f}; next {other}: {texts[other]:,.0f}.", {},
    )  # fmt: skip


def _gap_tells(a: Artifacts, rng: np.random.Generator) -> Question | None:
    assert a.train is not None
    target = a.train[a.target]
    names = sorted(map(str, target.dropna().unique()))
    if target.isna().any() or len(names) != 2:
        return None
    positive = a.positive if a.positive in names else names[-1]
    yes = (target.astype(str) == positive).to_numpy()
    columns = _features(a)
    some = [
        str(one)
        for one in columns
        if FEWEST_IN_PART <= int(columns[one].isna().sum()) <= len(yes) - FEWEST_IN_PART
    ]
    if not some:
        return None
    name = str(rng.choice(some))
    gap = columns[name].isna().to_numpy()
    there, else_ = 100 * float(yes[gap].mean()), 100 * float(yes[~gap].mean())
    if abs(there - else_) < 4:
        return None
    return verdict(
        "gap-tells",
        f"Are training rows in which “{name}” is missing more or less often “{positive}” than the "
        "others?",
        ("less often", "more often"), "more often" if there > else_ else "less often",
        f"{there:.1f} % with the gap, {else_:.1f} % without.", abs(there - else_),
        {"column": name},
    )  # fmt: skip


FAMILIES = (
    Family("worst-slice", "The worst slice", _ANY, ("slices",), _worst_slice),
    Family("slice-truth", "Truth by slice", _NOT_MANY, ("slices",), _slice_truth),
    Family("slice-size", "Sizes of slices", _ANY, ("slices",), _slice_size),
    Family("worst-fold", "The worst fold", _ANY, ("folds",), _worst_fold),
    Family("fold-gap", "How far folds lie apart", _ANY, ("folds",), _fold_gap),
    Family("fold-truth", "Truth by fold", _NOT_MANY, ("folds",), _fold_truth),
    Family("leak", "The column that would leak", ("binary",), ("train",), _leak),
    Family("most-gaps", "Missing values", _ANY, ("train",), _most_gaps),
    Family("copies", "Copies of rows", _ANY, ("train",), _copies),
    Family("one-value", "Nearly constant columns", _ANY, ("train",), _one_value),
    Family("most-values", "Categories", _ANY, ("train",), _most_values),
    Family("gap-tells", "What a gap tells", ("binary",), ("train",), _gap_tells),
)
