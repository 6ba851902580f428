"""What a run is measured against: the house run on the same rows, and a curve over more rows."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from journeyman import house as houses
from journeyman.errors import Invalid
from journeyman.house.reading import instants
from journeyman.projects import scored
from journeyman.projects.declared import Declared
from journeyman.projects.runs import Score
from journeyman.projects.scored import Predictions
from journeyman.scoring.curves import LearningCurve, extrapolate, measure_curve
from journeyman.scoring.evaluation import Comparison, compare, with_interval
from journeyman.scoring.metric import Metric, Numbers, Truth

MOST_ROWS = 40_000
TASKS = {"binary": "binary", "multiclass": "multiclass", "ordinal": "multiclass",
         "regression": "regression", "forecast": "regression"}  # fmt: skip


@dataclass(frozen=True)
class Rival:
    """The house run beside the learner's on the same rows."""

    score: Score
    comparison: Comparison
    seconds: float
    explained: str

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "score": asdict(self.score), "comparison": self.comparison.to_json(),
            "seconds": self.seconds, "explained": self.explained,
        }  # fmt: skip


def house(
    table: pd.DataFrame,
    rows: pd.DataFrame,
    declared: Declared,
    found: Predictions,
    metric: Metric,
    seconds: float,
) -> Rival:
    """Fit the house's models on the rows that were not predicted, and judge both alike.

    Args:
        table: The main table.
        rows: The rows that were predicted, in the order of ``found``.
        declared: What the project says of itself.
        found: The learner's predictions.
        metric: The project's metric.
        seconds: For the house.

    Raises:
        Invalid: the task is none that the house takes, or too few rows are left to learn from.
    """
    if found.task not in TASKS:
        raise Invalid(f"The house run does not take {found.task} tasks.")
    target, column = declared.project.target, declared.split.column
    left = _left(table, rows, declared, found)
    known = left[left[target].notna()].reset_index(drop=True)
    if len(known) > MOST_ROWS:
        known = known.sample(MOST_ROWS, random_state=0).sort_index().reset_index(drop=True)
    kind = declared.split.kind
    groups = known[column] if kind in {"group", "grouped"} and column in known else None
    times = instants(known[column]) if kind == "temporal" and column in known else None
    ran = houses.run(
        known.drop(columns=target),
        known[target],
        task=TASKS[found.task],  # type: ignore[arg-type]  # one of the house's words
        metric=metric.name,
        seconds=seconds,
        cores=1,
        groups=groups,
        times=times,
    )
    inputs = rows.drop(columns=target)
    if found.task in {"regression", "forecast"}:
        given: Numbers = np.asarray(ran.predict(inputs), dtype=float)
    else:
        chances = ran.predict_proba(inputs)
        given = _as_needed(chances, ran.classes, found.truth.classes, metric)
    interval = with_interval(metric, found.truth, given)
    score = Score(metric.name, metric.title, interval.value, interval.low, interval.high,
                  len(found), metric.better, found.part)  # fmt: skip
    verdict = compare(metric, found.truth, found.given(metric), given)
    return Rival(score, verdict, ran.seconds, ran.explain())


def _left(
    table: pd.DataFrame, rows: pd.DataFrame, declared: Declared, found: Predictions
) -> pd.DataFrame:
    assert found.ids is not None
    column = declared.project.id
    if column and column in table:
        left = table[~table[column].astype(str).isin(rows[column].astype(str))]
    else:
        gone = {int(one) for one in found.ids}
        left = table.reset_index(drop=True).drop(index=list(gone))
    if len(left) < houses_fewest():
        raise Invalid(
            f"Only {len(left)} rows were not predicted, too few for the house run to learn from."
        )
    return left


def houses_fewest() -> int:
    """The fewest rows that the house learns from."""
    from journeyman.house.given import FEWEST  # noqa: PLC0415 - beside its only use

    return FEWEST


def _as_needed(
    chances: Numbers, named: tuple[Any, ...], classes: tuple[str, ...], metric: Metric
) -> Numbers:
    """The house's probabilities in the order of the learner's classes, as the metric wants them."""
    codes = scored.codes_of(pd.Series(list(named)), classes)
    ordered = np.zeros((len(chances), len(classes)))
    for place, code in enumerate(codes):
        if code >= 0:
            ordered[:, code] = chances[:, place]
    if metric.needs == "labels":
        return np.asarray(ordered.argmax(axis=1))
    return np.asarray(ordered[:, -1] if len(classes) == 2 else ordered)


def learning_curve(
    table: pd.DataFrame, declared: Declared, found: Predictions, metric: Metric
) -> LearningCurve:
    """How a quick boosting model of ours gains from more rows.

    Raises:
        Invalid: too few rows, or a task that it does not take.
    """
    from sklearn.ensemble import (  # noqa: PLC0415 - slow to import
        HistGradientBoostingClassifier,
        HistGradientBoostingRegressor,
    )

    if found.task not in TASKS:
        raise Invalid(f"No learning curve is measured for {found.task} tasks.")
    target = declared.project.target
    known = table[table[target].notna()]
    if len(known) > MOST_ROWS:
        known = known.sample(MOST_ROWS, random_state=0)
    inputs = _numeric(known.drop(columns=target))
    numbers = found.task in {"regression", "forecast"}
    goal: NDArray[Any] = scored.codes_of(known[target], found.truth.classes)
    if numbers:
        goal = known[target].to_numpy(float)
    make = HistGradientBoostingRegressor if numbers else HistGradientBoostingClassifier

    def score(train: NDArray[np.intp], test: NDArray[np.intp]) -> float:
        model = make(max_iter=60, early_stopping=False, random_state=0)
        model.fit(inputs[train], goal[train])
        if numbers:
            given = model.predict(inputs[test])
        else:
            places = [str(one) for one in model.classes_]
            order = tuple(str(code) for code in range(len(found.truth.classes)))
            given = _as_needed(model.predict_proba(inputs[test]), tuple(places), order, metric)
        return float(metric.value(Truth(goal[test], classes=found.truth.classes), given))

    sizes, scores = measure_curve(score, len(known), repeats=4)
    return extrapolate(sizes, scores, better=metric.better)


def _numeric(table: pd.DataFrame) -> NDArray[np.float64]:
    """Every column as numbers: categories by their code, dates by their instant."""
    made: dict[Any, NDArray[Any]] = {}
    for name in table.columns:
        values = table[name]
        if pd.api.types.is_numeric_dtype(values):
            made[name] = values.astype(float).to_numpy(float, na_value=np.nan)
        elif pd.api.types.is_datetime64_any_dtype(values):
            made[name] = values.astype("int64").to_numpy(float)
        else:
            made[name] = np.asarray(pd.factorize(values.astype("str"))[0], dtype=float)
    return np.asarray(pd.DataFrame(made).to_numpy(float))
