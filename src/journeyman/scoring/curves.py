"""Two curves that decide something: cost over thresholds, and score over training rows."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from journeyman.errors import Conflict, Invalid
from journeyman.scoring.calibration import _checked
from journeyman.scoring.metric import Better, Numbers
from journeyman.scoring.resampling import Interval

RESAMPLES = 400


@dataclass(frozen=True, slots=True)
class Threshold:
    """From which probability on to say yes, chosen on validation rows.

    Attributes:
        value: the threshold; ``low`` and ``high`` hold 95 % of those that resampled validation
            rows would have chosen: a wide range means that the choice hardly matters, or that
            there are few rows.
        cost: mean cost a row on validation rows (flattering: the threshold was chosen there).
        by_rule: the threshold that follows from the costs alone if probabilities are calibrated,
            ``false_alarm / (false_alarm + miss)`` (Elkan 2001).
        curve: thresholds and costs, for a chart.
        rows: fingerprint of the validation rows, so that they cannot pass for a test.
    """

    value: float
    low: float
    high: float
    cost: float
    by_rule: float
    false_alarm: float
    miss: float
    curve: tuple[tuple[float, float], ...]
    rows: str

    def to_json(self) -> dict[str, Any]:
        """Plain data; ``curve`` is what a chart needs."""
        plain = {name: getattr(self, name) for name in self.__slots__}
        return {**plain, "curve": [list(pair) for pair in self.curve]}


def choose_threshold(
    truth: NDArray[Any],
    probability: NDArray[Any],
    *,
    false_alarm: float,
    miss: float,
    seed: int = 0,
) -> Threshold:
    """The cheapest threshold on validation rows.

    Args:
        truth: 0 or 1, of validation rows, never of the test.
        probability: of 1, for the same rows.
        false_alarm: what a yes costs where no was right.
        miss: what a no costs where yes was right, in the same unit.
        seed: of the bootstrap.

    Raises:
        Invalid: a cost is not positive, or the arrays do not fit.

    >>> truth = np.array([0, 0, 0, 1, 1, 1]); given = np.array([.1, .2, .3, .6, .7, .8])
    >>> chosen = choose_threshold(truth, given, false_alarm=1, miss=1)
    >>> 0.3 < chosen.value <= 0.6, chosen.cost
    (True, 0.0)
    """
    truth, given = _checked(truth, probability)
    if not (false_alarm > 0 and miss > 0):
        raise Invalid("Both errors need a cost above 0; equal costs are 1 and 1.")
    order = np.argsort(-given, kind="stable")
    ordered, hits = given[order], truth[order]
    # After the i-th row everything before it is a yes; only ends of ties can be thresholds.
    ends = np.append(np.flatnonzero(np.diff(ordered)), len(ordered) - 1)
    middles = (ordered[ends] + np.append(ordered[ends[:-1] + 1], 0.0)) / 2
    cuts = np.concatenate([[1.0], middles])
    costs = _costs(hits[None, :], np.ones((1, len(hits))), ends, false_alarm, miss)[0]
    rng = np.random.default_rng(seed)
    chosen = []
    step = max(1, 4_000_000 // len(hits))
    for first in range(0, RESAMPLES, step):
        weights = rng.poisson(1.0, (min(step, RESAMPLES - first), len(hits))).astype(float)
        resampled = _costs(hits[None, :], weights, ends, false_alarm, miss)
        chosen.append(cuts[resampled.argmin(axis=1)])
    low, high = np.quantile(np.concatenate(chosen), [0.025, 0.975])
    best = int(costs.argmin())
    shown = np.unique(np.linspace(0, len(cuts) - 1, 101).astype(int))
    return Threshold(
        float(cuts[best]), float(low), float(high), float(costs[best]),
        false_alarm / (false_alarm + miss), false_alarm, miss,
        tuple((float(cuts[i]), float(costs[i])) for i in shown), _fingerprint(truth, given),
    )  # fmt: skip


def _costs(
    hits: Numbers, weights: Numbers, ends: NDArray[np.intp], false_alarm: float, miss: float
) -> Numbers:
    """Mean cost a row for each threshold, shape (resamples, thresholds)."""
    alarms = np.cumsum(weights * (1 - hits), axis=1)[:, ends] * false_alarm
    found = np.cumsum(weights * hits, axis=1)
    missed = (found[:, -1:] - found[:, ends]) * miss
    first = found[:, -1:] * miss  # nobody is a yes
    costs = np.concatenate([first, alarms + missed], axis=1)
    return np.asarray(costs / np.maximum(weights.sum(axis=1, keepdims=True), 1e-9))


def cost_of(
    threshold: Threshold, truth: NDArray[Any], probability: NDArray[Any], *, seed: int = 0
) -> Interval:
    """Mean cost a row of a chosen threshold on other rows, with a 95 % interval.

    Raises:
        Conflict: these are the rows that the threshold was chosen on.
        Invalid: the arrays do not fit.
    """
    truth, given = _checked(truth, probability)
    if _fingerprint(truth, given) == threshold.rows:
        raise Conflict(
            "The threshold was chosen on these very rows, so its cost here is flattering; "
            "measure it on rows kept apart."
        )
    said = given >= threshold.value
    terms = np.where(said, (1 - truth) * threshold.false_alarm, truth * threshold.miss)
    rng = np.random.default_rng(seed)
    draws = np.array([rng.choice(terms, len(terms)).mean() for _ in range(RESAMPLES)])
    low, high = np.quantile(draws, [0.025, 0.975])
    return Interval(float(terms.mean()), float(low), float(high), float(draws.std(ddof=1)))


def _fingerprint(truth: Numbers, given: Numbers) -> str:
    content = np.ascontiguousarray(np.column_stack([truth, given])).tobytes()
    return hashlib.sha256(content).hexdigest()


Verdict = Literal["more data would help", "more data would not help", "cannot tell"]
POWERS = np.linspace(0.2, 1.5, 27)


@dataclass(frozen=True, slots=True)
class LearningCurve:
    """Scores for growing numbers of training rows, and where the curve is going.

    Attributes:
        sizes: numbers of rows; ``means`` and ``errors`` the scores there and their standard
            errors over repeats.
        gain: expected gain from ``factor`` times the rows, positive is better, whatever the
            metric's direction, with a 95 % interval from refitting resampled repeats.
        worth: the smallest gain that the asker calls one.
        verdict: by where the interval lies to ``worth``.
        fitted: the fitted curve at the sizes and at the extrapolated one, for a chart.
    """

    sizes: tuple[int, ...]
    means: tuple[float, ...]
    errors: tuple[float, ...]
    factor: float
    gain: float
    low: float
    high: float
    worth: float
    verdict: Verdict
    fitted: tuple[tuple[float, float], ...]

    def sentence(self) -> str:
        """The verdict with its numbers, for people."""
        rows = f"{self.factor:g} times the rows"
        span = f"a gain of {self.gain:.4f} [{self.low:.4f}, {self.high:.4f}]"
        said = self.verdict[0].upper() + self.verdict[1:]
        return f"{said}: {rows} promise {span}, and {self.worth:g} would be worth having."

    def to_json(self) -> dict[str, Any]:
        """Plain data; ``fitted`` is what a chart needs."""
        plain = {name: getattr(self, name) for name in self.__slots__}
        return {**plain, "fitted": [list(pair) for pair in self.fitted], "text": self.sentence()}


def measure_curve(
    score: Callable[[NDArray[np.intp], NDArray[np.intp]], float],
    rows: int,
    *,
    sizes: Sequence[int] | None = None,
    repeats: int = 4,
    held: float = 0.25,
    seed: int = 0,
) -> tuple[tuple[int, ...], NDArray[np.float64]]:
    """Scores of models fitted on growing parts of the rows, tested on rows kept apart.

    Args:
        score: fits on the first rows given and returns the score on the second.
        rows: how many there are.
        sizes: numbers of training rows; by default five, doubling up to all that are not held.
        repeats: each with another part held back, and nested growing samples.
        held: the share held back.
        seed: of the parts.

    Returns:
        The sizes, and scores of shape (sizes, repeats), for :func:`extrapolate`.

    Raises:
        Invalid: there are fewer than 60 rows, or a size is larger than what is left.
    """
    most = rows - int(held * rows)
    if rows < 60:
        raise Invalid("A learning curve needs 60 rows at least.")
    chosen = tuple(sizes) if sizes is not None else tuple(int(most / 2**k) for k in (4, 3, 2, 1, 0))
    if min(chosen) < 2 or max(chosen) > most:
        raise Invalid(f"Sizes must lie between 2 and {most}, the rows that are not held back.")
    found = np.empty((len(chosen), repeats))
    for repeat in range(repeats):
        order = np.random.default_rng([seed, repeat]).permutation(rows)
        test, train = order[most:], order[:most]
        for index, size in enumerate(chosen):
            found[index, repeat] = score(train[:size], test)
    return chosen, found


def extrapolate(
    sizes: Sequence[int],
    scores: NDArray[Any],
    *,
    better: Better,
    factor: float = 2.0,
    worth: float = 0.005,
    seed: int = 0,
) -> LearningCurve:
    """Whether more rows would help, by an inverse power law ``a - b n^-c`` (Viering & Loog 2023).

    Args:
        sizes: at least four numbers of training rows.
        scores: shape (sizes, repeats), two repeats at least.
        better: the metric's direction.
        factor: how many times the largest size to look ahead; beyond 4 is guessing.
        worth: the smallest gain worth having, in the metric's unit.
        seed: of the bootstrap over repeats.

    Raises:
        Invalid: too few sizes or repeats, or too far ahead.
    """
    scores = np.asarray(scores, dtype=float)
    if len(sizes) < 4 or scores.ndim != 2 or scores.shape[0] != len(sizes) or scores.shape[1] < 2:
        raise Invalid("A learning curve needs four sizes and two repeats of each at least.")
    if not 1 < factor <= 4:
        raise Invalid("Look ahead by a factor above 1 and up to 4; further is guessing.")
    sign = 1.0 if better == "higher" else -1.0
    merit, n = sign * scores, np.asarray(sizes, dtype=float)
    errors = scores.std(axis=1, ddof=1) / np.sqrt(scores.shape[1])
    floor = max(float(np.median(errors)), 1e-9)
    weights = 1.0 / np.maximum(errors, 0.3 * floor)
    a, b, c = (part[0] for part in _power_laws(n, merit.mean(axis=1)[None, :], weights))
    gain = float(b * (1.0 - factor**-c) * (n[-1] / n[0]) ** -c)
    gains = _resampled_gains(n, merit, weights, factor, seed)
    low, high = (float(one) for one in np.quantile(gains, [0.025, 0.975]))
    verdict: Verdict = "cannot tell"
    if low >= worth:
        verdict = "more data would help"
    elif high < worth:
        verdict = "more data would not help"
    ends = np.append(n, factor * n[-1])
    fitted = tuple((float(one), float(sign * (a - b * (one / n[0]) ** -c))) for one in ends)
    return LearningCurve(
        tuple(int(one) for one in sizes), tuple(map(float, scores.mean(axis=1))),
        tuple(map(float, errors)), factor, gain, min(low, gain), max(high, gain), worth, verdict,
        fitted,
    )  # fmt: skip


def _resampled_gains(
    n: Numbers, merit: Numbers, weights: Numbers, factor: float, seed: int
) -> Numbers:
    """Gains of curves through noisy copies of the means (parametric bootstrap).

    Few repeats understate their own spread, so errors are pooled over sizes and drawn from
    Student's t; resampling two or three repeats would say that all is certain.
    """
    rng = np.random.default_rng(seed)
    repeats = merit.shape[1]
    freedom = max(1, len(n) * (repeats - 1))
    # Small samples spread more than large ones: pool the spread relative to that.
    spread = merit.std(axis=1, ddof=1)
    shape = n**-0.5
    pooled = np.sqrt(np.mean((spread / shape) ** 2)) * shape / np.sqrt(repeats)
    error = np.maximum(pooled, spread / np.sqrt(repeats))
    noise = rng.standard_t(freedom, (RESAMPLES, len(n)))
    _, b, c = _power_laws(n, merit.mean(axis=1) + error * noise, weights)
    return np.asarray(b * (1.0 - factor**-c) * (n[-1] / n[0]) ** -c)


def _power_laws(n: Numbers, curves: Numbers, weights: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Weighted least squares for ``a - b (n / n0)^-c`` with b >= 0, one fit a row of ``curves``.

    For each c of a grid the rest is a straight line in closed form; the best c is kept.
    """
    share = weights**2 / (weights**2).sum()
    steps = -((n / n[0]) ** -POWERS[:, None])  # (powers, sizes)
    steps_mean = steps @ share
    centred = steps - steps_mean[:, None]
    middle = curves @ share
    around = curves - middle[:, None]
    slope = np.maximum(0.0, (around * share) @ centred.T / ((centred**2) @ share))
    residuals = around[:, None, :] - slope[:, :, None] * centred
    best = ((residuals**2) @ share).argmin(axis=1)
    rows = np.arange(len(curves))
    b = slope[rows, best]
    return middle - b * steps_mean[best], b, POWERS[best]
