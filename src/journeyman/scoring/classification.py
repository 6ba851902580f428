"""Metrics of labels and probabilities."""

from __future__ import annotations

import numpy as np
from sklearn import metrics as library

from journeyman.scoring.metric import Metric, Numbers, Truth, mean_of, of_sums

CLIP = 1e-6
"""Probabilities are kept this far from 0 and 1. Without a bound, one confident mistake makes the
log loss infinite, and a chosen set of such values reads the labels out of the score."""


def log_losses(truth: Truth, given: Numbers) -> Numbers:
    """Minus the logarithm of the probability given to what happened, shape (rows,)."""
    given = np.asarray(given, dtype=np.float64)
    if given.ndim == 1:
        chosen = np.where(truth.target == 1, given, 1.0 - given)
    else:
        total = np.clip(given, CLIP, 1 - CLIP).sum(axis=1)
        rows = np.arange(len(truth))
        chosen = np.clip(given[rows, truth.target.astype(int)], CLIP, 1 - CLIP) / total
    losses: Numbers = -np.log(np.clip(chosen, CLIP, 1 - CLIP))
    return losses


def brier_losses(truth: Truth, given: Numbers) -> Numbers:
    """Squared distance between probability and outcome; summed over classes for several."""
    given = np.asarray(given, dtype=np.float64)
    if given.ndim == 1:
        squares: Numbers = (given - truth.target) ** 2
        return squares
    outcome = np.eye(given.shape[1])[truth.target.astype(int)]
    sums: Numbers = ((given - outcome) ** 2).sum(axis=1)
    return sums


def errors(truth: Truth, given: Numbers) -> Numbers:
    """1 where the label is wrong, 0 where it is right."""
    wrong: Numbers = (given != truth.target).astype(np.float64)
    return wrong


def class_terms(truth: Truth, given: Numbers) -> Numbers:
    """For each class: right, predicted, actual. Shape (rows, 3 * classes)."""
    classes = np.arange(count_classes(truth, given))
    actual = truth.target[:, None] == classes
    predicted = np.asarray(given)[:, None] == classes
    return np.hstack([actual & predicted, predicted, actual]).astype(np.float64)


def count_classes(truth: Truth, given: Numbers) -> int:
    """How many classes there are: those that are named, or that occur."""
    return max(len(truth.classes), int(truth.target.max()) + 1, int(np.max(given)) + 1, 2)


def _by_class(sums: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    right, predicted, actual = np.split(sums[:, 1:], 3, axis=1)
    return right, predicted, actual


def _balanced(sums: Numbers) -> Numbers:
    right, _, actual = _by_class(sums)
    present = actual > 1e-9
    recall = np.where(present, right / np.where(present, actual, 1.0), 0.0)
    average: Numbers = recall.sum(axis=1) / present.sum(axis=1)
    return average


def _f1_by_class(sums: Numbers) -> tuple[Numbers, Numbers]:
    """F1 of each class, and which classes occur at all."""
    right, predicted, actual = _by_class(sums)
    both = predicted + actual
    occurs = both > 1e-9
    return np.where(occurs, 2 * right / np.where(occurs, both, 1.0), 0.0), occurs


def _macro(sums: Numbers) -> Numbers:
    each, occurs = _f1_by_class(sums)
    average: Numbers = each.sum(axis=1) / occurs.sum(axis=1)
    return average


def _f1(sums: Numbers) -> Numbers:
    found: Numbers = _f1_by_class(sums)[0][:, 1]
    return found


def kappa_terms(truth: Truth, given: Numbers) -> Numbers:
    """Squared difference, then each class's predicted and actual: shape (rows, 1 + 2 * classes)."""
    classes = np.arange(count_classes(truth, given))
    given = np.asarray(given)
    columns = [
        ((given - truth.target) ** 2)[:, None],
        given[:, None] == classes,
        truth.target[:, None] == classes,
    ]
    return np.hstack(columns).astype(np.float64)


def _kappa(sums: Numbers) -> Numbers:
    many = (sums.shape[1] - 2) // 2
    predicted, actual = sums[:, 2 : 2 + many], sums[:, 2 + many :]
    classes = np.arange(many)
    distance = (classes[:, None] - classes) ** 2.0
    by_chance = np.einsum("bi,ij,bj->b", predicted, distance, actual) / sums[:, 0]
    agreement: Numbers = 1.0 - sums[:, 1] / by_chance
    return agreement


def qwk(truth: Truth, given: Numbers) -> float:
    """Quadratic weighted kappa; 0 where neither side ever differs from one class."""
    terms = kappa_terms(truth, given)
    with np.errstate(all="ignore"):
        found = float(_kappa(np.hstack([[len(truth)], terms.sum(axis=0)])[None])[0])
    return found if np.isfinite(found) else 0.0


def _accuracy_of(sums: Numbers) -> Numbers:
    share: Numbers = 1.0 - mean_of(sums)
    return share


LOG_LOSS = Metric(
    "log_loss",
    "Log loss",
    "lower",
    "probability",
    "Two rows happened (1) and you gave 0.9 and 0.6: -(ln 0.9 + ln 0.6) / 2 = "
    "(0.105 + 0.511) / 2 = 0.308. Probabilities are kept within 0.000001 of 0 and 1.",
    lambda truth, given: float(log_losses(truth, given).mean()),
    of_sums(log_losses, mean_of),
    log_losses,
)
MULTICLASS_LOG_LOSS = Metric(
    "multiclass_log_loss",
    "Log loss over several classes",
    "lower",
    "probabilities",
    "The class that happened got 0.7 in one row and 0.2 in another: -(ln 0.7 + ln 0.2) / 2 = "
    "(0.357 + 1.609) / 2 = 0.983.",
    LOG_LOSS.value,
    LOG_LOSS.spread,
    log_losses,
)
BRIER = Metric(
    "brier",
    "Brier score",
    "lower",
    "probability",
    "You gave 0.8 to what happened and 0.3 to what did not: ((1 - 0.8)^2 + 0.3^2) / 2 = "
    "(0.04 + 0.09) / 2 = 0.065.",
    lambda truth, given: float(brier_losses(truth, given).mean()),
    of_sums(brier_losses, mean_of),
    brier_losses,
    bounds=(0.0, 2.0),
)
ACCURACY = Metric(
    "accuracy",
    "Accuracy",
    "higher",
    "labels",
    "Seven of ten labels are right: 7 / 10 = 0.7.",
    lambda truth, given: float(1.0 - errors(truth, given).mean()),
    of_sums(errors, _accuracy_of),
    errors,
    bounds=(0.0, 1.0),
)
BALANCED_ACCURACY = Metric(
    "balanced_accuracy",
    "Balanced accuracy",
    "higher",
    "labels",
    "Of 90 negatives 81 are right (0.9), of 10 positives 5 (0.5): (0.9 + 0.5) / 2 = 0.7, although "
    "86 of 100 labels are right.",
    lambda truth, given: float(
        _balanced(
            np.hstack([[len(truth)], class_terms(truth, given).sum(axis=0)])[None],
        )[0]
    ),
    of_sums(class_terms, _balanced),
    bounds=(0.0, 1.0),
)
F1 = Metric(
    "f1",
    "F1 of the positive class",
    "higher",
    "labels",
    "You call 8 rows positive, 6 of them rightly; there are 10 positives: "
    "2 * 6 / (8 + 10) = 0.667.",
    lambda truth, given: float(
        library.f1_score(truth.target == 1, np.asarray(given) == 1, zero_division=0)
    ),
    of_sums(class_terms, _f1),
    bounds=(0.0, 1.0),
)
MACRO_F1 = Metric(
    "macro_f1",
    "Macro F1",
    "higher",
    "labels",
    "F1 is 0.9 for class a, 0.6 for b and 0.3 for c: (0.9 + 0.6 + 0.3) / 3 = 0.6, however rare c "
    "is.",
    lambda truth, given: float(
        library.f1_score(truth.target, given, average="macro", zero_division=0)
    ),
    of_sums(class_terms, _macro),
    bounds=(0.0, 1.0),
)
QWK = Metric(
    "qwk",
    "Quadratic weighted kappa",
    "higher",
    "labels",
    "Stars 1, 2, 3 are rated 1, 2, 2. Squared differences sum to 1; by chance, every rating "
    "against every star, they would sum to 9 / 3 = 3: 1 - 1 / 3 = 0.667.",
    qwk,
    of_sums(kappa_terms, _kappa),
    bounds=(-1.0, 1.0),
)
ALL = (
    LOG_LOSS,
    MULTICLASS_LOG_LOSS,
    BRIER,
    ACCURACY,
    BALANCED_ACCURACY,
    F1,
    MACRO_F1,
    QWK,
)
