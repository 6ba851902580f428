"""What the house run tries to do well: one metric of `journeyman.scoring`, asked of predictions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.stats import rankdata

from journeyman.errors import Invalid
from journeyman.house.reading import Floats
from journeyman.house.recipes import Task
from journeyman.scoring.metric import Metric, Truth
from journeyman.scoring.registry import get
from journeyman.scoring.resampling import Interval, interval, replicates

FITTING = {
    "binary": {"probability", "probabilities", "scores", "labels"},
    "multiclass": {"probabilities", "labels"},
    "regression": {"numbers"},
}
SEVERAL = {"log_loss": "multiclass_log_loss"}
"""Metrics that go by another name when there are more than two classes."""
RESAMPLED = 20_000
"""Trials get an interval from this many rows at most: it is one of many, and time is short."""
TIE = 1e-3
"""Metrics of labels do not move with small changes; the log loss decides between equals."""


@dataclass(frozen=True)
class Goal:
    """A metric, and how predictions of shape (n, k) are given to it.

    Attributes:
        classes: names of the classes in the order of the columns; empty for regression.
    """

    metric: Metric
    task: Task
    classes: tuple[str, ...] = ()

    @classmethod
    def of(cls, name: str, task: Task, classes: tuple[str, ...] = ()) -> Goal:
        """The goal of that metric.

        Raises:
            NotFound: there is no metric of that name.
            Invalid: the metric does not fit the task.
        """
        if name in SEVERAL and task == "multiclass":
            name = SEVERAL[name]
        metric = get(name)
        if metric.needs not in FITTING[task]:
            raise Invalid(
                f"The metric {name!r} needs {metric.needs}, which a {task} task does not give; "
                "choose a metric that fits the task."
            )
        return cls(metric, task, classes)

    def given(self, prediction: Floats) -> npt.NDArray[Any]:
        """Predictions as the metric wants them."""
        if self.metric.needs == "labels":
            return np.asarray(prediction.argmax(axis=1))
        if self.task == "regression":
            return np.asarray(prediction[:, 0])
        return np.asarray(prediction[:, 1] if self.task == "binary" else prediction)

    def value(self, target: Floats, prediction: Floats) -> float:
        """The metric's value."""
        return float(self.metric.value(self.truth(target), self.given(prediction)))

    def loss(self, target: Floats, prediction: Floats) -> float:
        """Lower is better, whatever the metric's direction; quick, for hundreds of calls."""
        if self.metric.name == "auc" and self.task == "binary":
            return 1.0 - _auc(target, prediction[:, 1])
        if self.metric.name == "rmse":
            return float(np.sqrt(np.mean((prediction[:, 0] - target) ** 2)))
        value = -self.metric.sign * self.value(target, prediction)
        if self.metric.needs == "labels":
            chosen = prediction[np.arange(len(target)), target.astype(int)]
            value += TIE * float(-np.log(np.clip(chosen, 1e-6, 1)).mean())
        return value if np.isfinite(value) else np.inf

    def interval(
        self, target: Floats, prediction: Floats, seed: int, most: int = RESAMPLED
    ) -> Interval:
        """The value with its 95 % interval, by the bootstrap over rows.

        With more than ``most`` rows the spread is measured on some of them and made narrower by
        the square root of their share (Bickel, Götze and van Zwet 1997).
        """
        value = self.value(target, prediction)
        shrink = np.sqrt(min(1.0, most / len(target)))
        if len(target) > most:
            rows = np.random.default_rng(seed).permutation(len(target))[:most]
            target, prediction = target[rows], prediction[rows]
        middle = self.value(target, prediction)
        draws = replicates(
            self.metric, self.truth(target), self.given(prediction), seed=seed, resamples=100
        )
        return interval(self.metric, value, value + shrink * (draws - middle))

    def truth(self, target: Floats) -> Truth:
        """The target as `journeyman.scoring` wants it."""
        return Truth(
            target if self.task == "regression" else target.astype(int), classes=self.classes
        )


def _auc(target: Floats, score: Floats) -> float:
    """Area under the ROC curve from ranks, several times quicker than a full curve."""
    positive = target == 1
    ones = int(positive.sum())
    zeros = len(target) - ones
    if ones == 0 or zeros == 0:
        return 0.5
    ranks = rankdata(score.astype(np.float32))
    return float((ranks[positive].sum() - ones * (ones + 1) / 2) / (ones * zeros))
