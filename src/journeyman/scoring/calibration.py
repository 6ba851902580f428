"""Whether probabilities mean what they say, and how to mend them on validation rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit
from scipy.stats import norm
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from journeyman.errors import Invalid

Numbers = NDArray[np.float64]
Kind = Literal["none", "platt", "isotonic"]
CLIP = 1e-6
SIMULATED = 500
TIE = 1e-3
"""A way of mending must lower the log loss by more than this to be chosen."""


@dataclass(frozen=True, slots=True)
class Bin:
    """Rows with like probabilities.

    Attributes:
        said: mean probability; ``happened``: share of positives, with a 95 % interval (Wilson).
    """

    rows: int
    said: float
    happened: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Reliability:
    """A reliability curve and the expected calibration error.

    Attributes:
        bins: of equal numbers of rows, by rising probability.
        ece: expected calibration error: mean distance between said and happened.
        by_chance: the error that perfectly calibrated probabilities would show on as many rows.
            The error is never 0 on real rows, and grows with the number of bins: this much of
            ``ece`` says nothing.
        p: how often perfect calibration gives an error at least as large.
    """

    bins: tuple[Bin, ...]
    ece: float
    by_chance: float
    p: float

    @property
    def excess(self) -> float:
        """What is left of the error once chance has its share."""
        return max(0.0, self.ece - self.by_chance)

    def verdict(self) -> str:
        """One sentence for people."""
        chance = f"perfect calibration would show {self.by_chance:.3f} on so many rows"
        if self.p < 0.01:
            return f"The probabilities are off: the error is {self.ece:.3f}, where {chance}."
        return f"Nothing says that the probabilities are off: {self.ece:.3f}, and {chance}."

    def to_json(self) -> dict[str, Any]:
        """Plain data; ``bins`` is what a chart needs."""
        return {
            "bins": [
                {"rows": b.rows, "said": b.said, "happened": b.happened, "low": b.low,
                 "high": b.high}
                for b in self.bins
            ],
            "ece": self.ece, "by_chance": self.by_chance, "excess": self.excess, "p": self.p,
            "verdict": self.verdict(),
        }  # fmt: skip


def wilson(successes: float, rows: float, level: float = 0.95) -> tuple[float, float]:
    """Interval of a share (Wilson 1927), which stays inside [0, 1] for few rows too.

    >>> low, high = wilson(0, 10)
    >>> round(low, 3), round(high, 3)
    (0.0, 0.278)
    """
    if rows <= 0:
        return 0.0, 1.0
    z = float(norm.ppf(0.5 + level / 2))
    share = successes / rows
    middle = (share + z * z / (2 * rows)) / (1 + z * z / rows)
    half = z * np.sqrt(share * (1 - share) / rows + z * z / (4 * rows * rows)) / (1 + z * z / rows)
    return max(0.0, float(middle - half)), min(1.0, float(middle + half))


def reliability(
    truth: NDArray[Any], probability: NDArray[Any], *, bins: int = 10, seed: int = 0
) -> Reliability:
    """The reliability curve of probabilities of the positive class.

    Args:
        truth: 0 or 1, shape (n,).
        probability: of 1, shape (n,).
        bins: of equal numbers of rows; fewer where there are under 20 rows for each.
        seed: of the simulation that gives ``by_chance`` and ``p``.

    Raises:
        Invalid: the arrays do not fit each other, or hold other values.
    """
    truth, given = _checked(truth, probability)
    order = np.argsort(given, kind="stable")
    parts = np.array_split(order, max(1, min(bins, len(order) // 20)))
    found = [_bin(truth[part], given[part]) for part in parts]
    ece = float(sum(len(p) * abs(b.said - b.happened) for p, b in zip(parts, found, strict=True)))
    rng = np.random.default_rng(seed)
    simulated = rng.random((SIMULATED, len(given))) < given
    errors = np.zeros(SIMULATED)
    for part in parts:
        errors += len(part) * np.abs(simulated[:, part].mean(axis=1) - given[part].mean())
    chance = errors / len(given)
    ece /= len(given)
    p = (1 + float((chance >= ece).sum())) / (SIMULATED + 1)
    return Reliability(tuple(found), ece, float(chance.mean()), p)


def _bin(truth: Numbers, given: Numbers) -> Bin:
    low, high = wilson(float(truth.sum()), len(truth))
    return Bin(len(truth), float(given.mean()), float(truth.mean()), low, high)


def _checked(truth: NDArray[Any], probability: NDArray[Any]) -> tuple[Numbers, Numbers]:
    truth = np.asarray(truth, dtype=float)
    given = np.asarray(probability, dtype=float)
    if truth.shape != given.shape or truth.ndim != 1 or not len(truth):
        raise Invalid("Give one true label and one probability a row, and at least one row.")
    if not np.isin(truth, (0, 1)).all():
        raise Invalid("Calibration needs labels 0 and 1; encode the positive class as 1.")
    if not ((given >= 0) & (given <= 1)).all():
        raise Invalid("Some probabilities are missing or outside [0, 1]; mend them first.")
    return truth, given


@dataclass(frozen=True, slots=True)
class Calibrator:
    """A map from probabilities to better ones; steps for isotonic, two numbers for Platt."""

    kind: Kind
    knots: tuple[float, ...] = ()
    values: tuple[float, ...] = ()
    slope: float = 1.0
    offset: float = 0.0

    def __call__(self, probability: NDArray[Any]) -> Numbers:
        """Mended probabilities, same shape."""
        given = np.asarray(probability, dtype=float)
        if self.kind == "platt":
            return np.asarray(expit(self.slope * _logit(given) + self.offset))
        if self.kind == "isotonic":
            return np.asarray(np.interp(given, self.knots, self.values))
        return given

    def to_json(self) -> dict[str, Any]:
        """Plain data, enough to apply it elsewhere."""
        return {
            "kind": self.kind,
            "knots": list(self.knots),
            "values": list(self.values),
            "slope": self.slope,
            "offset": self.offset,
        }


def _logit(given: Numbers) -> Numbers:
    return np.asarray(logit(np.clip(given, CLIP, 1 - CLIP)))


def fit_calibrator(kind: Kind, truth: NDArray[Any], probability: NDArray[Any]) -> Calibrator:
    """Fit on validation rows, never on those that the model was trained or is judged on.

    Platt (1999) fits a line to the log-odds; isotonic regression (Zadrozny & Elkan 2002) any
    rising step function, which needs more rows (a thousand or so).

    Raises:
        Invalid: only one class is there.
    """
    truth, given = _checked(truth, probability)
    if kind == "none":
        return Calibrator("none")
    if truth.min() == truth.max():
        raise Invalid("All validation rows are of one class; calibration needs both.")
    if kind == "platt":
        model = LogisticRegression(C=1e6).fit(_logit(given)[:, None], truth.astype(int))
        return Calibrator(
            "platt", slope=float(model.coef_[0, 0]), offset=float(model.intercept_[0])
        )
    steps = IsotonicRegression(out_of_bounds="clip", y_min=0.0, y_max=1.0).fit(given, truth)
    return Calibrator(
        "isotonic", tuple(map(float, steps.X_thresholds_)), tuple(map(float, steps.y_thresholds_))
    )


@dataclass(frozen=True, slots=True)
class CalibrationChoice:
    """Which way of mending is best on validation rows, by cross-validated log loss.

    Attributes:
        losses: cross-validated log loss of each way, ``none`` included.
        chosen: fitted on all validation rows.
    """

    losses: dict[Kind, float]
    chosen: Calibrator

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {"losses": dict(self.losses), "chosen": self.chosen.to_json()}


def choose_calibrator(
    truth: NDArray[Any], probability: NDArray[Any], *, seed: int = 0
) -> CalibrationChoice:
    """Choose none, Platt or isotonic on validation rows; a tie goes to the simpler one.

    Raises:
        Invalid: a class has fewer than 5 rows.
    """
    truth, given = _checked(truth, probability)
    if min((truth == 0).sum(), (truth == 1).sum()) < 5:
        raise Invalid("Calibration needs 5 validation rows of each class at least.")
    losses: dict[Kind, float] = {"none": float(_log_loss(truth, given).mean())}
    folds = list(StratifiedKFold(5, shuffle=True, random_state=seed).split(given, truth))
    ways: tuple[Kind, ...] = ("platt", "isotonic")
    for kind in ways:
        terms = np.empty(len(truth))
        for train, test in folds:
            made = fit_calibrator(kind, truth[train], given[train])
            terms[test] = _log_loss(truth[test], made(given[test]))
        losses[kind] = float(terms.mean())
    best: Kind = "none"
    for kind in ways:
        if losses[kind] < losses[best] - TIE:
            best = kind
    return CalibrationChoice(losses, fit_calibrator(best, truth, given))


def _log_loss(truth: Numbers, given: Numbers) -> Numbers:
    kept = np.clip(given, 1e-4, 1 - 1e-4)
    return np.asarray(-np.where(truth == 1, np.log(kept), np.log1p(-kept)))
