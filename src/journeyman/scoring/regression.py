"""Metrics of numbers, and the mean return of a policy."""

from __future__ import annotations

import numpy as np
from sklearn import metrics as library

from journeyman.scoring.metric import Metric, Numbers, Truth, mean_of, of_sums


def squares(truth: Truth, given: Numbers) -> Numbers:
    """Squared errors."""
    found: Numbers = (np.asarray(given, dtype=np.float64) - truth.target) ** 2
    return found


def log_squares(truth: Truth, given: Numbers) -> Numbers:
    """Squared errors of log(1 + x); what lies below 0 counts as 0."""
    given = np.log1p(np.maximum(np.asarray(given, dtype=np.float64), 0.0))
    found: Numbers = (given - np.log1p(truth.target)) ** 2
    return found


def distances(truth: Truth, given: Numbers) -> Numbers:
    """Absolute errors."""
    found: Numbers = np.abs(np.asarray(given, dtype=np.float64) - truth.target)
    return found


def scaled_distances(truth: Truth, given: Numbers) -> Numbers:
    """Absolute errors times the row's weight, which is 1 / the naive forecast's error."""
    found = distances(truth, given)
    return found if truth.weights is None else found * truth.weights


def percentages(truth: Truth, given: Numbers) -> Numbers:
    """Absolute errors as a share of the true value."""
    floor = np.finfo(np.float64).eps
    found: Numbers = distances(truth, given) / np.maximum(np.abs(truth.target), floor)
    return found


def symmetric_percentages(truth: Truth, given: Numbers) -> Numbers:
    """Absolute errors as a share of the mean size of both; 0 where both are 0."""
    size = (np.abs(truth.target) + np.abs(np.asarray(given, dtype=np.float64))) / 2
    found = np.zeros(len(truth))
    np.divide(distances(truth, given), size, out=found, where=size > 0)
    return found


def _root(sums: Numbers) -> Numbers:
    root: Numbers = np.sqrt(np.maximum(mean_of(sums), 0.0))
    return root


def _r2_terms(truth: Truth, given: Numbers) -> Numbers:
    centred = truth.target - truth.target.mean()
    return np.column_stack([squares(truth, given), centred, centred**2])


def _r2(sums: Numbers) -> Numbers:
    total, error, first, second = sums.T
    explained: Numbers = 1.0 - error / (second - first**2 / total)
    return explained


def _returns(_truth: Truth, given: Numbers) -> Numbers:
    return np.asarray(given, dtype=np.float64)


def _minus_returns(truth: Truth, given: Numbers) -> Numbers:
    return -_returns(truth, given)


RMSE = Metric(
    "rmse",
    "Root mean squared error",
    "lower",
    "numbers",
    "Errors of 1, 2 and 2: sqrt((1 + 4 + 4) / 3) = sqrt(3) = 1.732.",
    lambda truth, given: float(library.root_mean_squared_error(truth.target, given)),
    of_sums(squares, _root),
)
RMSLE = Metric(
    "rmsle",
    "Root mean squared logarithmic error",
    "lower",
    "numbers",
    "A house of 200,000 predicted at 220,000: ln(220,001 / 200,001) = 0.0953. Being 10 % too high "
    "costs about as much as being 10 % too low, at any price.",
    lambda truth, given: float(np.sqrt(log_squares(truth, given).mean())),
    of_sums(log_squares, _root),
)
MAE = Metric(
    "mae",
    "Mean absolute error",
    "lower",
    "numbers",
    "Errors of 1, -2 and 3: (1 + 2 + 3) / 3 = 2.",
    lambda truth, given: float(library.mean_absolute_error(truth.target, given)),
    of_sums(distances, mean_of),
    distances,
)
MAPE = Metric(
    "mape",
    "Mean absolute percentage error",
    "lower",
    "numbers",
    "True 100 and 50, predicted 110 and 40: (10 / 100 + 10 / 50) / 2 = 0.15.",
    lambda truth, given: float(library.mean_absolute_percentage_error(truth.target, given)),
    of_sums(percentages, mean_of),
    percentages,
)
SMAPE = Metric(
    "smape",
    "Symmetric mean absolute percentage error",
    "lower",
    "numbers",
    "True 100, predicted 50: 50 / ((100 + 50) / 2) = 0.667. It lies between 0 and 2.",
    lambda truth, given: float(symmetric_percentages(truth, given).mean()),
    of_sums(symmetric_percentages, mean_of),
    symmetric_percentages,
    bounds=(0.0, 2.0),
)
MASE = Metric(
    "mase",
    "Mean absolute scaled error",
    "lower",
    "numbers",
    "The seasonal naive forecast is off by 20 on average in training, yours by 15 in the test: "
    "15 / 20 = 0.75. Below 1 means better than that simple rule. The solution's column `weight` "
    "holds 1 / 20.",
    lambda truth, given: float(scaled_distances(truth, given).mean()),
    of_sums(scaled_distances, mean_of),
    scaled_distances,
)
R2 = Metric(
    "r2",
    "R squared",
    "higher",
    "numbers",
    "The targets 1, 2, 3 vary by 2 about their mean; your squared errors sum to 0.5: "
    "1 - 0.5 / 2 = 0.75.",
    lambda truth, given: float(library.r2_score(truth.target, given)),
    of_sums(_r2_terms, _r2),
    bounds=(float("-inf"), 1.0),
)
MEAN_RETURN = Metric(
    "mean_return",
    "Mean return",
    "higher",
    "returns",
    "Three episodes end with 200, 180 and 250: (200 + 180 + 250) / 3 = 210.",
    lambda truth, given: float(_returns(truth, given).mean()),
    of_sums(_returns, mean_of),
    _minus_returns,
    bounds=(float("-inf"), float("inf")),
)
ALL = (RMSE, RMSLE, MAE, MAPE, SMAPE, MASE, R2, MEAN_RETURN)
