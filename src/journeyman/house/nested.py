"""Nested cross-validation: what choosing the best of many settings is really worth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from sklearn.base import clone

from journeyman.errors import Invalid
from journeyman.house.splits import Fold, make_folds
from journeyman.scoring.metric import Metric, Truth


@dataclass(frozen=True, slots=True)
class Nested:
    """The honest score of a choice, and how much the plain one flatters.

    Attributes:
        score: mean over outer folds of the candidate that the inner folds chose; ``error`` is
            its standard error over folds (folds share rows, so it is a little small).
        plain: the best mean inner score, which is what people report.
        flattery: by how much ``plain`` looks better than ``score``, positive is flattering.
        chosen: the candidate that each outer fold's inner loop chose.
    """

    metric: str
    score: float
    error: float
    plain: float
    flattery: float
    chosen: tuple[str, ...]

    @property
    def steady(self) -> bool:
        """Whether every outer fold chose the same."""
        return len(set(self.chosen)) == 1

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        plain = {name: getattr(self, name) for name in self.__slots__}
        return {**plain, "chosen": list(self.chosen), "steady": self.steady}


def nested_cross_validation(  # noqa: PLR0913  # each is a wish that a caller may have
    candidates: Mapping[str, Any],
    table: pd.DataFrame,
    target: npt.NDArray[Any],
    metric: Metric,
    *,
    outer: int = 5,
    inner: int = 4,
    groups: npt.NDArray[Any] | None = None,
    times: npt.NDArray[Any] | None = None,
    seed: int = 0,
) -> Nested:
    """Choose among candidates in inner folds, judge the choice in outer ones (Varma & Simon 2006).

    Args:
        candidates: names and scikit-learn estimators that take the table as it is (pipelines).
        table: rows.
        target: labels from 0, or numbers.
        metric: by what to choose and judge.
        outer: outer folds.
        inner: inner folds, made of each outer fold's training rows in the same way.
        groups: as in :func:`make_folds`.
        times: as in :func:`make_folds`.
        seed: of the folds.

    Raises:
        Invalid: there is no candidate, or the rows do not fit.
    """
    if not candidates or len(table) != len(target):
        raise Invalid("Give one candidate at least, and one target a row.")
    labels = metric.needs != "numbers"
    folds = _folds(target, outer, labels, groups, times, seed, None)
    scores, inners, chosen = [], [], []
    for train, test in folds:
        inside = _folds(target[train], inner, labels, groups, times, seed + 1, train)
        means = {
            name: float(np.mean([_score(model, table, target, metric, train[a], train[b])
                                 for a, b in inside]))
            for name, model in candidates.items()
        }  # fmt: skip
        best = max(means, key=lambda name: metric.sign * means[name])
        chosen.append(best)
        inners.append(means[best])
        scores.append(_score(candidates[best], table, target, metric, train, test))
    score, plain = float(np.mean(scores)), float(np.mean(inners))
    error = float(np.std(scores, ddof=1) / np.sqrt(len(scores))) if len(scores) > 1 else np.nan
    return Nested(metric.name, score, error, plain, metric.gain(plain, score), tuple(chosen))


def _folds(
    target: npt.NDArray[Any],
    count: int,
    labels: bool,
    groups: npt.NDArray[Any] | None,
    times: npt.NDArray[Any] | None,
    seed: int,
    rows: npt.NDArray[np.intp] | None,
) -> Sequence[Fold]:
    def of(values: npt.NDArray[Any] | None) -> npt.NDArray[Any] | None:
        return values if values is None or rows is None else values[rows]

    return make_folds(
        target, count=count, labels=labels, groups=of(groups), times=of(times), seed=seed
    )


def _score(
    model: Any,
    table: pd.DataFrame,
    target: npt.NDArray[Any],
    metric: Metric,
    train: npt.NDArray[np.intp],
    test: npt.NDArray[np.intp],
) -> float:
    fitted = clone(model).fit(table.iloc[train], target[train])
    rows = table.iloc[test]
    if metric.needs in {"numbers", "labels"}:
        given = fitted.predict(rows)
    else:
        given = fitted.predict_proba(rows)
        given = given[:, 1] if metric.needs != "probabilities" else given
    return float(metric.value(Truth(target[test]), np.asarray(given)))
