"""Small honest models: what a column, a gap or a split is worth, measured out of fold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor
from sklearn.metrics import balanced_accuracy_score, r2_score, roc_auc_score
from sklearn.model_selection import GroupKFold, KFold, StratifiedKFold
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

from journeyman.audit.bundle.bundle import Array

ROWS = 2_000
FOLDS = 3
_Parts = Iterable[tuple[Array, Array]]


def rows(count: int, most: int = ROWS) -> Array:
    """A seeded sample of positions, in order."""
    if count <= most:
        return np.arange(count)
    return np.sort(np.random.default_rng(0).choice(count, most, replace=False))


def _folds(y: Array, classes: int, groups: Array | None) -> list[tuple[Array, Array]]:
    if groups is not None:
        return list(GroupKFold(FOLDS).split(y, y, groups))
    smallest = np.bincount(y.astype(int)).min() if classes else len(y)
    if classes and smallest >= FOLDS:
        return list(StratifiedKFold(FOLDS, shuffle=True, random_state=0).split(y, y))
    return list(KFold(FOLDS, shuffle=True, random_state=0).split(y))


def single(values: Array, y: Array, classes: int) -> float:
    """How well one column alone predicts: share of the way from chance to perfect, in [0, 1].

    Balanced accuracy, rescaled so that chance is 0, or R2; out of fold, by a tree of eight leaves.
    """
    chosen = rows(len(y))
    x, t = _filled(values[chosen].reshape(-1, 1)), y[chosen]
    guess = np.empty(len(t))
    for fit, score in _folds(t, classes, None):
        leaf = max(2, len(fit) // 200)
        if classes:
            model = DecisionTreeClassifier(
                max_leaf_nodes=max(8, 2 * classes),
                random_state=0,
                min_samples_leaf=leaf,
                class_weight="balanced",
            )
        else:
            model = DecisionTreeRegressor(max_leaf_nodes=32, min_samples_leaf=leaf, random_state=0)
        guess[score] = model.fit(x[fit], t[fit]).predict(x[score])
    if classes:
        balanced = balanced_accuracy_score(t, guess)
        return float(max(0.0, (balanced - 1 / classes) / (1 - 1 / classes)))
    return float(max(0.0, r2_score(t, guess)))


def forest(x: Array, y: Array, classes: int, groups: Array | None = None) -> Array:
    """Out-of-fold predictions of a small forest: probabilities (n, classes) or values (n,)."""
    x = _filled(x)
    out = np.zeros((len(y), classes)) if classes else np.zeros(len(y))
    for fit, score in _folds(y, classes, groups):
        if classes:
            model = RandomForestClassifier(40, min_samples_leaf=2, random_state=0)
            model.fit(x[fit], y[fit].astype(int))
            for at, label in enumerate(model.classes_):
                out[score, label] = model.predict_proba(x[score])[:, at]
        else:
            regression = RandomForestRegressor(40, min_samples_leaf=2, random_state=0)
            out[score] = regression.fit(x[fit], y[fit]).predict(x[score])
    return out


def fitted(x: Array, y: Array, classes: int, new: Array) -> Array:
    """Predictions of a small forest for new rows: class probabilities, or values."""
    x, new = np.split(_filled(np.vstack([x, new])), [len(x)])
    if not classes:
        regression = RandomForestRegressor(60, min_samples_leaf=2, random_state=0)
        values: Array = regression.fit(x, y).predict(new)
        return values
    model = RandomForestClassifier(60, min_samples_leaf=2, random_state=0).fit(x, y.astype(int))
    out = np.zeros((len(new), classes))
    out[:, model.classes_] = model.predict_proba(new)
    return out


def _filled(x: Array) -> Array:
    """Gaps become a value of their own below all others, which a tree can cut off."""
    low = np.nanmin(np.where(np.isfinite(x), x, np.nan), axis=0, keepdims=True, initial=0.0)
    return np.where(np.isfinite(x), x, np.nan_to_num(low) - 1.0)


def quality(predicted: Array, y: Array, classes: int) -> float:
    """AUC of two classes, balanced accuracy of more, R2 of numbers."""
    if not classes:
        return float(r2_score(y, predicted))
    if classes == 2:
        return float(roc_auc_score(y, predicted[:, 1])) if len(np.unique(y)) == 2 else 0.5
    return float(balanced_accuracy_score(y, predicted.argmax(1)))


def name_of(classes: int) -> str:
    """What ``quality`` measures."""
    return {0: "R²", 2: "AUC"}.get(classes, "balanced accuracy")


def losses(predicted: Array, y: Array, classes: int) -> Array:
    """One loss a row: squared error, or the Brier score of the true class."""
    if not classes:
        return (predicted - y) ** 2
    hot = np.eye(predicted.shape[1])[y.astype(int)]
    total: Array = ((predicted - hot) ** 2).sum(1)
    return total


@dataclass(frozen=True)
class Gap:
    """Two ways of splitting compared: scores, and how many standard errors apart."""

    easy: float
    honest: float
    z: float
    metric: str

    @property
    def text(self) -> str:
        """One sentence with the figures."""
        return (
            f"a quick forest reaches {self.metric} {self.easy:.3f} under the split as it is "
            f"and {self.honest:.3f} under an honest one"
        )


def gap_by_groups(x: Array, y: Array, classes: int, groups: Array) -> Gap | None:
    """Random folds against folds that keep groups together; None for fewer than six groups."""
    if len(np.unique(groups)) < 6:
        return None
    easy = forest(x, y, classes)
    honest = forest(x, y, classes, groups)
    extra = losses(honest, y, classes) - losses(easy, y, classes)
    _, codes = np.unique(groups, return_inverse=True)
    sums = np.bincount(codes, extra)
    spread = sums.std(ddof=1) * np.sqrt(len(sums))
    z = sums.sum() / spread if spread > 0 else 0.0
    return Gap(quality(easy, y, classes), quality(honest, y, classes), float(z), name_of(classes))
