"""The metrics of predictions, each with its 95 % interval."""

from __future__ import annotations

import numpy as np

from journeyman.errors import JourneymanError
from journeyman.projects.declared import Declared
from journeyman.projects.runs import Score
from journeyman.projects.scored import Predictions
from journeyman.scoring import registry
from journeyman.scoring.evaluation import with_interval
from journeyman.scoring.metric import Metric

ALSO = {
    "binary": ("auc", "average_precision", "log_loss", "brier", "accuracy"),
    "multiclass": ("accuracy", "macro_f1", "multiclass_log_loss"),
    "ordinal": ("qwk", "accuracy"),
    "regression": ("rmse", "mae"),
    "forecast": ("rmse", "mae"),
    "ranking": (),
}
DEFAULT = {
    "binary": "auc",
    "multiclass": "macro_f1",
    "ordinal": "qwk",
    "regression": "rmse",
    "forecast": "rmse",
    "ranking": "ndcg@10",
}


def metric_of(found: Predictions, declared: Declared) -> Metric:
    """The project's own metric, or the usual one of the task."""
    return registry.get(declared.project.metric or DEFAULT.get(found.task, "accuracy"))


def score(found: Predictions, declared: Declared) -> tuple[Score, ...]:
    """The project's metric first, then others of the task, each with its 95 % interval.

    Raises:
        Invalid: the project's own metric cannot be computed.
        NotFound: there is no such metric.
    """
    main = metric_of(found, declared)
    made = [one_score(main, found)]
    for name in ALSO.get(found.task, ()):
        if name == main.name:
            continue
        try:
            made.append(one_score(registry.get(name), found))
        except JourneymanError:  # the predictions do not hold what this further one needs
            continue
    return tuple(made)


def one_score(metric: Metric, found: Predictions) -> Score:
    """One metric of predictions, with the baseline's where they hold one."""
    interval = with_interval(metric, found.truth, found.given(metric), seed=0)
    low, high = interval.low, interval.high
    if not (np.isfinite(low) and np.isfinite(high)):
        low = high = interval.value
    return Score(
        metric.name, metric.title, float(interval.value), float(low), float(high),
        len(found), metric.better, found.part, _of_baseline(metric, found),
    )  # fmt: skip


def _of_baseline(metric: Metric, found: Predictions) -> float | None:
    if found.baseline is None:
        return None
    before = found.baseline
    if metric.needs == "labels":
        before = np.asarray((before >= 0.5).astype(np.int64))
    value = float(metric.value(found.truth, before))
    return value if np.isfinite(value) else None
