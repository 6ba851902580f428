"""The models of the house run: scikit-learn's, with the two small wrappers that it lacks.

LightGBM is used when it is installed; nothing else of the house run depends on it.
"""

from __future__ import annotations

import importlib
import importlib.util
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.base import clone
from sklearn.dummy import DummyClassifier, DummyRegressor
from sklearn.ensemble import (
    ExtraTreesClassifier,
    ExtraTreesRegressor,
    HistGradientBoostingClassifier,
    HistGradientBoostingRegressor,
    RandomForestClassifier,
    RandomForestRegressor,
)
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.model_selection import train_test_split
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.svm import SVC, SVR

from journeyman.house.reading import Floats

Labels = npt.NDArray[np.int64]


def lightgbm_is_there() -> bool:
    """Whether LightGBM can be used."""
    return importlib.util.find_spec("lightgbm") is not None


@dataclass
class Margins:
    """A classifier's decision values turned into probabilities by a small logistic model.

    Platt 1999, for several classes at once: a tenth of the training rows is kept from the inner
    classifier to fit the logistic model, then the inner classifier sees all rows.
    """

    inner: Any
    seed: int = 0
    classes_: Labels = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    outer: Any = None

    def fit(self, matrix: Floats, labels: Labels) -> Margins:
        """Fit both; needs two rows of each class."""
        rest, kept = train_test_split(
            np.arange(len(labels)), test_size=0.15, random_state=self.seed, stratify=labels
        )
        inner = clone(self.inner).fit(matrix[rest], labels[rest])
        self.outer = LogisticRegression(C=10.0, max_iter=300)
        self.outer.fit(_columns(inner.decision_function(matrix[kept])), labels[kept])
        self.inner = clone(self.inner).fit(matrix, labels)
        self.classes_ = self.outer.classes_
        return self

    def predict_proba(self, matrix: Floats) -> Floats:
        """Shape (n, k)."""
        decided = _columns(self.inner.decision_function(matrix))
        return np.asarray(self.outer.predict_proba(decided))


@dataclass
class Several:
    """The mean of a few models that differ in their seed only; networks need it most."""

    inner: Any
    count: int = 3
    seed: int = 0
    classes_: Labels = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    fitted: list[Any] = field(default_factory=list)

    def fit(self, matrix: Floats, target: npt.NDArray[Any]) -> Several:
        """Fit each with a seed of its own."""
        for turn in range(self.count):
            one = clone(self.inner).set_params(random_state=self.seed + turn)
            self.fitted.append(one.fit(matrix, target))
        self.classes_ = getattr(self.fitted[0], "classes_", self.classes_)
        return self

    def predict(self, matrix: Floats) -> Floats:
        """Mean prediction, shape (n,)."""
        return np.asarray(np.mean([one.predict(matrix) for one in self.fitted], axis=0))

    def predict_proba(self, matrix: Floats) -> Floats:
        """Mean probabilities, shape (n, k)."""
        return np.asarray(np.mean([one.predict_proba(matrix) for one in self.fitted], axis=0))


def _columns(decided: Floats) -> Floats:
    return decided[:, None] if decided.ndim == 1 else decided


def build(
    family: str,
    settings: dict[str, Any],
    *,
    labels: bool,
    seed: int,
    categorical: tuple[bool, ...],
) -> Any:
    """An unfitted model.

    Args:
        family: one of the families of `recipes.py`.
        settings: what the recipe sets, in the model's own names.
        labels: classification.
        seed: every random choice of the model follows from it.
        categorical: which columns of the matrix hold codes; only boosting asks.
    """
    own = dict(settings)
    if family == "dummy":
        return DummyClassifier(strategy="prior") if labels else DummyRegressor(strategy="mean")
    if family == "linear":
        # liblinear and lbfgs agree; lbfgs takes any number of classes
        return LogisticRegression(max_iter=200, **own) if labels else Ridge(**own)
    if family == "boosting":
        kind = HistGradientBoostingClassifier if labels else HistGradientBoostingRegressor
        native = list(categorical) if any(categorical) else None
        return kind(random_state=seed, categorical_features=native, **own)
    if family == "lightgbm":
        return _lightgbm(own, labels, seed)
    if family in {"extra trees", "forest"}:
        return _forest(family, own, labels, seed)
    return _by_distance(family, own, labels, seed)


def _lightgbm(own: dict[str, Any], labels: bool, seed: int) -> Any:
    lightgbm = importlib.import_module("lightgbm")  # optional, and slow to import

    kind = lightgbm.LGBMClassifier if labels else lightgbm.LGBMRegressor
    return kind(random_state=seed, n_jobs=1, verbose=-1, **own)


def _forest(family: str, own: dict[str, Any], labels: bool, seed: int) -> Any:
    if family == "forest":
        kind = RandomForestClassifier if labels else RandomForestRegressor
    else:
        kind = ExtraTreesClassifier if labels else ExtraTreesRegressor
    return kind(random_state=seed, n_jobs=1, **own)


def _by_distance(family: str, own: dict[str, Any], labels: bool, seed: int) -> Any:
    if family == "neighbours":
        kind = KNeighborsClassifier if labels else KNeighborsRegressor
        return kind(weights="distance", n_jobs=1, **own)
    if family == "kernel":
        return Margins(SVC(cache_size=400, **own), seed) if labels else SVR(cache_size=400, **own)
    if family == "network":
        count = own.pop("count", 1)
        kind = MLPClassifier if labels else MLPRegressor
        return Several(kind(**own), count, seed)
    raise ValueError(f"no such family: {family}")
