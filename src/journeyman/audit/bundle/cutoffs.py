"""Cut-offs that were chosen on the scored rows, and probabilities that are not what they say."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from scipy.optimize import minimize
from scipy.stats import chi2
from sklearn.metrics import balanced_accuracy_score, f1_score

from journeyman.audit.bundle.bundle import Array, Bundle
from journeyman.audit.bundle.predicted import Predicted, metric_name, understood
from journeyman.audit.finding import Finding, Place
from journeyman.audit.kinds import finding


def of_probabilities(bundle: Bundle) -> Iterator[Finding]:
    """What probabilities of two classes give away."""
    told = understood(bundle.predictions)
    if told is not None and told.classes == 2:
        yield from _threshold(bundle, told)
        yield from _calibration(bundle, told)


def _threshold(bundle: Bundle, told: Predicted) -> Iterator[Finding]:
    """The cut-off is exactly the best one on these very rows."""
    if told.probability is None:
        return
    low, high = _between(bundle, told)
    if low is None or high is None or low <= 0.5 <= high:
        return
    name = metric_name(bundle.metric)
    names = [name] if name in _BY_CUT else list(_BY_CUT)
    scores = np.unique(told.probability)
    exact = (
        bundle.threshold is not None
        and np.min(np.abs(scores - bundle.threshold)) < 1e-9
        and not _round(bundle.threshold)
    )
    best = [one for one in names if _best_here(told, low, high, _BY_CUT[one])]
    validated = _best_elsewhere(bundle, low, high, names)
    if validated or not (best or exact):
        return
    if not best and not exact:
        return
    at_half = _BY_CUT[names[0]](told.truth, told.probability >= 0.5)
    here = _BY_CUT[names[0]](told.truth, told.probability >= high)
    said = (
        "is one of the test rows' own probabilities"
        if exact
        else (f"is exactly where {best[0]} is highest on the test rows")
    )
    yield finding(
        "threshold-on-test",
        f"The cut-off ({high:.4g}) {said}.",
        Place(bundle.name("predictions")),
        severity="fault" if exact or name in best else "warning",
        cost=f"{names[0]} is {here:.3f} at this cut-off and {at_half:.3f} at 0.5 on the same rows",
        numbers={"threshold": float(high)},
    )


def _round(value: float) -> bool:
    return abs(value * 100 - round(value * 100)) < 1e-9


def _between(bundle: Bundle, told: Predicted) -> tuple[float | None, float | None]:
    """The interval in which the cut-off lies that separates the decisions."""
    assert told.probability is not None
    if bundle.threshold is not None:
        return bundle.threshold, bundle.threshold
    if told.decision is None:
        return None, None
    yes, no = told.probability[told.decision == 1], told.probability[told.decision == 0]
    if not len(yes) or not len(no) or no.max() > yes.min():
        return None, None
    return float(no.max()), float(yes.min())


def _f1(truth: Array, yes: Array) -> float:
    return float(f1_score(truth, yes, zero_division=0))


def _accuracy(truth: Array, yes: Array) -> float:
    return float((truth == yes).mean())


def _youden(truth: Array, yes: Array) -> float:
    return float(balanced_accuracy_score(truth, yes))


_BY_CUT: dict[str, Callable[[Array, Array], float]] = {
    "f1": _f1,
    "accuracy": _accuracy,
    "balanced_accuracy": _youden,
}


def _best_here(
    told: Predicted, low: float, high: float, measure: Callable[[Array, Array], float]
) -> bool:
    """Whether no cut-off on the test rows is better, and nearly all are clearly worse."""
    assert told.probability is not None
    cuts = np.unique(told.probability)
    cuts = cuts[:: max(1, len(cuts) // 400)]
    values = np.array([measure(told.truth, told.probability >= cut) for cut in cuts])
    here = measure(told.truth, told.probability >= (max(low, high)))
    grid = np.array(
        [measure(told.truth, told.probability >= cut) for cut in np.linspace(0.01, 0.99, 99)]
    )
    top = max(values.max(), here)
    on_grid = bool(here >= grid.max() - 1e-12)
    equals = np.mean(values >= here - 1e-12)
    return bool((here >= top - 1e-12 or on_grid) and equals < 0.03 and here > _half(told, measure))


def _half(told: Predicted, measure: Callable[[Array, Array], float]) -> float:
    assert told.probability is not None
    return measure(told.truth, told.probability >= 0.5) + 1e-12


def _best_elsewhere(bundle: Bundle, low: float, high: float, names: list[str]) -> bool:
    """Whether the cut-off comes from validation rows: as good as the best there."""
    held = understood(bundle.held_out)
    if held is None or held.probability is None or held.classes != 2:
        return False
    del low
    for name in names:
        cuts = np.append(np.unique(held.probability), np.linspace(0.01, 0.99, 99))
        top = max(_BY_CUT[name](held.truth, held.probability >= cut) for cut in cuts)
        if _BY_CUT[name](held.truth, held.probability >= high) >= top - 0.005:
            return True
    return False


def _calibration(bundle: Bundle, told: Predicted) -> Iterator[Finding]:
    """Likelihood-ratio test of logit(p) against a fitted slope and shift (Cox 1958)."""
    p, y = told.probability, told.truth
    if p is None or len(y) < 80 or min(y.sum(), len(y) - y.sum()) < 10 or len(np.unique(p)) < 8:
        return
    clipped = np.clip(p, 1e-4, 1 - 1e-4)
    logit = np.log(clipped / (1 - clipped))
    before = -_likelihood(np.array([0.0, 1.0]), logit, y)
    fitted = minimize(_likelihood, np.array([0.0, 1.0]), args=(logit, y), method="BFGS")
    gain = 2 * (-fitted.fun - before)
    error = expected_error(p, y)
    if chi2.sf(gain, 2) < 1e-4 and error > 0.05:
        shift, slope = fitted.x
        yield finding(
            "uncalibrated",
            f"Stated and observed shares differ by {100 * error:.0f} points on average; "
            f"{'too sure' if slope < 1 else 'too cautious'} (slope {slope:.2f}, shift {shift:+.2f}"
            ").",
            Place(bundle.name("predictions")),
            count=len(y),
            cost=f"Brier score {((p - y) ** 2).mean():.4f}; recalibrated on the same rows it would "
            f"be {((_sigmoid(shift + slope * logit) - y) ** 2).mean():.4f}",
            numbers={"error": round(error, 4), "slope": round(float(slope), 3)},
        )


def _sigmoid(values: Array) -> Array:
    out: Array = 1 / (1 + np.exp(-np.clip(values, -40, 40)))
    return out


def _likelihood(at: Array, logit: Array, y: Array) -> float:
    z = at[0] + at[1] * logit
    return float(np.sum(np.logaddexp(0, z) - y * z))


def expected_error(p: Array, y: Array, bins: int = 10) -> float:
    """Expected calibration error over bins of equal size, less what chance alone would give."""
    order = np.argsort(p, kind="stable")
    total = 0.0
    for part in np.array_split(order, min(bins, max(2, len(p) // 25))):
        spread = np.sqrt((p[part] * (1 - p[part])).mean() / len(part))
        gap = abs(p[part].mean() - y[part].mean())
        total += max(0.0, gap - 0.8 * spread) * len(part)
    return float(total / len(p))
