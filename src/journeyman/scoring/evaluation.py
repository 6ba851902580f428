"""Honest evaluation: comparison, errors worth reading, and a hold-out whose looks are counted."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm

from journeyman.errors import Conflict, Invalid
from journeyman.scoring.metric import Metric, Numbers, Truth
from journeyman.scoring.resampling import Interval, interval, paired, replicates

RESAMPLES = 1000


def with_interval(metric: Metric, truth: Truth, given: Numbers, *, seed: int = 0) -> Interval:
    """A score with its 95 % interval, by the bootstrap over rows (or groups, where given).

    Raises:
        Invalid: there are as many predictions as rows, or the metric has no value here.
    """
    if len(truth) != len(given) or len(truth) == 0:
        raise Invalid(f"There are {len(given)} predictions for {len(truth)} rows; give one each.")
    value = metric.value(truth, given)
    if not np.isfinite(value):
        raise Invalid(f"{metric.title} has no value on these rows (is there one class only?).")
    return interval(metric, value, replicates(metric, truth, given, seed=seed, resamples=RESAMPLES))


@dataclass(frozen=True, slots=True)
class Comparison:
    """One model against another on the same rows.

    Attributes:
        gain: how much better the first is, positive is better whatever the metric's direction.
        low, high: 95 % interval of the gain, by paired resamples.
        p: two-sided.
        verdict: one sentence.
    """

    metric: str
    first: float
    second: float
    gain: float
    low: float
    high: float
    p: float
    verdict: str

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {name: getattr(self, name) for name in self.__slots__}


def compare(
    metric: Metric,
    truth: Truth,
    first: Numbers,
    second: Numbers,
    *,
    names: tuple[str, str] = ("your model", "the house run"),
    seed: int = 0,
) -> Comparison:
    """Whether one model is better than another, by the paired bootstrap.

    Both are judged on the same resamples of the rows, so what makes a row hard for both drops
    out: the error of the difference is often a fifth of each score's own.

    Raises:
        Invalid: the predictions do not fit the rows.
    """
    for given in (first, second):
        if len(given) != len(truth):
            raise Invalid(f"There are {len(given)} predictions for {len(truth)} rows.")
    values = metric.value(truth, first), metric.value(truth, second)
    draws = [
        replicates(metric, truth, given, seed=seed, resamples=RESAMPLES)
        for given in (first, second)
    ]
    found = paired(metric, values[0], draws[0], values[1], draws[1])
    error = found.error
    low, high = found.gain - 1.96 * error, found.gain + 1.96 * error
    sure = np.isfinite(error) and error > 0
    p = float(2 * norm.sf(abs(found.gain) / error)) if sure else float(found.gain == 0)
    ahead, behind = names if found.gain > 0 else names[::-1]
    if low > 0 or high < 0:
        verdict = f"{ahead} is better than {behind} by {abs(found.gain):.4f}; that is not chance."
    else:
        verdict = (
            f"These rows cannot tell {names[0]} and {names[1]} apart: the difference of "
            f"{abs(found.gain):.4f} is within the noise."
        )
    return Comparison(
        metric.name, values[0], values[1], found.gain, low, high, p,
        verdict[0].upper() + verdict[1:],
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mistake:
    """One row worth reading: its position, the truth, what was said, and how wrong that is."""

    row: int
    truth: float
    given: float
    loss: float

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Gallery:
    """Rows to read before anything is tuned.

    Attributes:
        worst: the most wrong: often a wrong label, a broken row, or a kind the model never met.
        typical: errors of middling size, which make up most of the loss.
        share: the part of the whole loss that the worst tenth of the rows carries.
    """

    worst: tuple[Mistake, ...]
    typical: tuple[Mistake, ...]
    share: float

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "worst": [one.to_json() for one in self.worst],
            "typical": [one.to_json() for one in self.typical],
            "share": self.share,
        }


def error_gallery(truth: NDArray[Any], given: NDArray[Any], *, count: int = 10) -> Gallery:
    """The rows that are most wrong, and typically wrong.

    Args:
        truth: labels from 0, or numbers; shape (n,).
        given: shape (n,) for probabilities of class 1 or numbers, (n, k) for several classes.
        count: rows of each kind at most.

    Raises:
        Invalid: the shapes do not fit.
    """
    truth, given = np.asarray(truth), np.asarray(given, dtype=float)
    if len(truth) != len(given) or not len(truth):
        raise Invalid(f"There are {len(given)} predictions for {len(truth)} rows; give one each.")
    said, losses, wrong = _row_losses(truth, given)
    order = np.argsort(-losses, kind="stable")
    errors = order[wrong[order]]
    middle = len(errors) // 2
    half = count // 2
    typical: Any = (
        errors[max(0, middle - half) : middle - half + count] if len(errors) > count else []
    )
    tenth = max(1, len(losses) // 10)
    total = float(losses.sum())

    def made(rows: Any) -> tuple[Mistake, ...]:
        return tuple(
            Mistake(int(i), float(truth[i]), float(said[i]), float(losses[i])) for i in rows
        )

    share = float(losses[order[:tenth]].sum()) / total if total > 0 else 0.0
    return Gallery(made(errors[:count]), made(typical), share)


def _row_losses(
    truth: NDArray[Any], given: NDArray[np.float64]
) -> tuple[Numbers, Numbers, NDArray[np.bool_]]:
    """What was said, its loss, and whether it counts as an error, for each row."""
    if given.ndim == 2:
        chosen = given[np.arange(len(truth)), truth.astype(int)]
        said = given.argmax(axis=1)
        return said, -np.log(np.clip(chosen, 1e-6, 1)), np.asarray(said != truth)
    labels = bool(np.isin(truth, (0, 1)).all()) and bool(((given >= 0) & (given <= 1)).all())
    if labels:
        chosen = np.where(truth == 1, given, 1 - given)
        return given, -np.log(np.clip(chosen, 1e-6, 1)), np.asarray(chosen < 0.5)
    losses = (given - truth) ** 2
    return given, losses, np.asarray(losses > 0)


@dataclass(frozen=True, slots=True)
class Look:
    """One look at the hold-out.

    Attributes:
        number: from 1; the same predictions looked at again have no new number.
        predictions: their sha256.
        score: with the plain 95 % interval.
        low, high: the interval widened for all looks so far (Bonferroni).
        flattery: by how much the best of so many looks is expected to look better than it is,
            if nothing tried were really better.
        told: one sentence for the learner.
    """

    number: int
    at: datetime
    what: str
    predictions: str
    score: Interval
    low: float
    high: float
    flattery: float
    told: str

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "number": self.number, "at": self.at.isoformat(), "what": self.what,
            "predictions": self.predictions, "value": self.score.value,
            "score_low": self.score.low, "score_high": self.score.high, "error": self.score.error,
            "low": self.low, "high": self.high, "flattery": self.flattery, "told": self.told,
        }  # fmt: skip

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Look:
        """What :meth:`to_json` gave."""
        score = Interval(data["value"], data["score_low"], data["score_high"], data["error"])
        names = ("number", "what", "predictions", "low", "high", "flattery", "told")
        kept = {name: data[name] for name in names}
        return cls(at=datetime.fromisoformat(data["at"]), score=score, **kept)


@dataclass(frozen=True, slots=True)
class Holdout:
    """Rows that Journeyman keeps back, and the record of who looked and what it cost.

    The rows themselves are not in here, only their number and fingerprint: whoever stores this
    object keeps the labels elsewhere. It never changes; a look gives a new one.

    Attributes:
        name: for people; ``rows``: how many; ``fingerprint``: sha256 of the labels.
        metric: the declared metric; another one would be another look at the same rows.
        looks: in their order; the first is the honest one.
    """

    name: str
    rows: int
    fingerprint: str
    metric: str
    looks: tuple[Look, ...] = ()

    @classmethod
    def seal(cls, name: str, truth: Truth, metric: Metric) -> Holdout:
        """The record of a hold-out that nobody has looked at yet."""
        return cls(name, len(truth), _digest(truth.target), metric.name)

    @property
    def opened(self) -> int:
        """How many different predictions were judged."""
        return len({look.predictions for look in self.looks})

    def look(
        self,
        metric: Metric,
        truth: Truth,
        given: Numbers,
        *,
        what: str,
        at: datetime,
        seed: int = 0,
    ) -> tuple[Holdout, Look]:
        """Judge predictions, count the look and say what it cost.

        Args:
            metric: must be the declared one.
            truth: the kept labels.
            given: predictions for them.
            what: what was tried, in the learner's words.
            at: instant in UTC.
            seed: of the bootstrap; the same for every look, so that looks can be compared.

        Returns:
            The hold-out with the look in its record, and the look.

        Raises:
            Conflict: these are other rows or another metric than those that were sealed.
            Invalid: the predictions do not fit.
        """
        if _digest(truth.target) != self.fingerprint:
            raise Conflict(f"These are not the rows that were sealed as {self.name!r}.")
        if metric.name != self.metric:
            raise Conflict(
                f"{self.name!r} was sealed for {self.metric}; decide on the metric before looking."
            )
        score = with_interval(metric, truth, given, seed=seed)
        digest = _digest(np.asarray(given))
        seen = [look for look in self.looks if look.predictions == digest]
        number = seen[0].number if seen else self.opened + 1
        made = _look(self, metric, score, number, what, at, digest)
        return replace(self, looks=(*self.looks, made)), made

    def to_json(self) -> dict[str, Any]:
        """Plain data, all looks included."""
        return {
            "name": self.name, "rows": self.rows, "fingerprint": self.fingerprint,
            "metric": self.metric, "looks": [look.to_json() for look in self.looks],
        }  # fmt: skip

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Holdout:
        """What :meth:`to_json` gave."""
        looks = tuple(Look.from_json(one) for one in data["looks"])
        return cls(data["name"], data["rows"], data["fingerprint"], data["metric"], looks)


def _look(
    holdout: Holdout,
    metric: Metric,
    score: Interval,
    number: int,
    what: str,
    at: datetime,
    digest: str,
) -> Look:
    looks = max(number, holdout.opened)
    z = float(norm.ppf(1 - 0.025 / looks))
    low, high = (
        float(np.clip(end, *metric.bounds))
        for end in (score.value - z * score.error, score.value + z * score.error)
    )
    flattery = expected_best(looks) * score.error
    if looks == 1:
        told = "This is the first look, and the only one whose interval means what it says."
    else:
        told = (
            f"Look {number} of {looks}: the best of {looks} tries is expected to look "
            f"{flattery:.4f} better than it is, by chance alone; the honest interval is now "
            f"{low:.4f} to {high:.4f}."
        )
    return Look(number, at, what, digest, score, low, high, flattery, told)


def expected_best(count: int) -> float:
    """Expected largest of so many independent standard normal numbers.

    An upper bound for looks that are alike: tries that share most of their errors flatter less.

    >>> expected_best(1), round(expected_best(2), 3), round(expected_best(10), 3)
    (0.0, 0.564, 1.539)
    """
    if count < 2:
        return 0.0
    grid = np.linspace(-8.0, 8.0, 8001)
    density = count * norm.pdf(grid) * norm.cdf(grid) ** (count - 1)
    return float(np.trapezoid(grid * density, grid))


def _digest(values: NDArray[Any]) -> str:
    whole = np.ascontiguousarray(np.asarray(values, dtype=np.float64))
    return hashlib.sha256(repr(whole.shape).encode() + whole.tobytes()).hexdigest()
