"""A claim that one model beats another, on predictions that cannot tell them apart."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
from scipy.stats import binom

from journeyman.audit.bundle.bundle import Array, Bundle
from journeyman.audit.bundle.predicted import CLAIMED, HEDGED, Predicted
from journeyman.audit.finding import Finding, Place
from journeyman.audit.kinds import finding

_RANKING = re.compile(r"\b(roc|auc|auroc|gini)\b|roc[_-]auc|c-index|concordance", re.IGNORECASE)


def unproved_claims(bundle: Bundle, told: Predicted) -> Iterator[Finding]:
    """The best two models of a claim, and what a paired test makes of their difference."""
    claims = [one for one in bundle.claims if CLAIMED.search(one) and not HEDGED.search(one)]
    if not told.others or not claims or any(HEDGED.search(one) for one in bundle.claims):
        return
    models = _models(told)
    if len(models) < 2:
        return
    compare = _by_ranking if _ranks(bundle, told, models) else _by_loss
    best, next_, gap, error, unsure = compare(told, models)
    if not (gap - 1.96 * error <= 0 or unsure):
        return
    yield finding(
        "within-noise",
        f"“{best}” is ahead of “{next_}” by {gap:.4f} on {len(told.truth)} rows; "
        f"the 95 % interval of the difference is {gap - 1.96 * error:+.4f} to "
        f"{gap + 1.96 * error:+.4f}.",
        Place(bundle.name("predictions"), columns=(best, next_)),
        count=len(told.truth),
        cost=_disagreements(told, models[best], models[next_]),
    )


def _models(told: Predicted) -> dict[str, Array]:
    """Every model's answers of one sort: decisions where there are two such models."""
    models = dict(told.others)
    if told.decision is not None:
        models["prediction"] = told.decision
    if told.probability is not None:
        models["probability"] = told.probability
    for sort in ("prediction", "probability"):
        same = {name: one for name, one in models.items() if name.endswith(sort)}
        if len(same) > 1:
            return same
    return {}


def _ranks(bundle: Bundle, told: Predicted, models: dict[str, Array]) -> bool:
    """Whether the claim is about how well probabilities rank."""
    said = any(_RANKING.search(one) for one in bundle.claims)
    sort = all(name.endswith("probability") for name in models)
    return said and sort and told.classes == 2


def _by_loss(told: Predicted, models: dict[str, Array]) -> tuple[str, str, float, float, bool]:
    losses = {name: _losses(told, name, values) for name, values in models.items()}
    best, next_ = sorted(losses, key=lambda name: float(losses[name].mean()))[:2]
    difference = losses[next_] - losses[best]
    error = float(difference.std(ddof=1) / np.sqrt(len(difference)))
    chance = _mcnemar(told, models[best], models[next_]) if told.classes else 0.0
    unsure = best.endswith("prediction") and chance > 0.05
    return best, next_, float(difference.mean()), error, unsure


def _by_ranking(told: Predicted, models: dict[str, Array]) -> tuple[str, str, float, float, bool]:
    """The test of DeLong, DeLong and Clarke-Pearson (1988) for two AUCs on the same rows."""
    yes = told.truth == 1
    placed = {name: _placements(yes, values) for name, values in models.items()}
    best, next_ = sorted(placed, key=lambda name: -float(placed[name][0].mean()))[:2]
    parts = [one - other for one, other in zip(placed[best], placed[next_], strict=True)]
    error = float(np.sqrt(sum(one.var(ddof=1) / len(one) for one in parts)))
    return best, next_, float(parts[0].mean()), error, False


def _placements(yes: Array, values: Array) -> tuple[Array, Array]:
    """For each positive the share of negatives under it, for each negative that above it."""
    up, down = np.sort(values[yes]), np.sort(values[~yes])
    under = np.searchsorted(down, values[yes], "left") + np.searchsorted(down, values[yes], "right")
    over = np.searchsorted(up, values[~yes], "left") + np.searchsorted(up, values[~yes], "right")
    return under / (2 * len(down)), 1 - over / (2 * len(up))


def _losses(told: Predicted, name: str, values: Array) -> Array:
    if not told.classes:
        far: Array = np.abs(values - told.truth)
        return far
    if name.endswith("probability") and told.classes == 2:
        return (values - told.truth) ** 2
    wrong: Array = (values != told.truth).astype(float)
    return wrong


def _mcnemar(told: Predicted, first: Array, second: Array) -> float:
    """Exact two-sided p of McNemar's test: rows that only one of the two gets right."""
    a = int(((first == told.truth) & (second != told.truth)).sum())
    b = int(((first != told.truth) & (second == told.truth)).sum())
    return float(min(1.0, 2 * binom.cdf(min(a, b), a + b, 0.5))) if a + b else 1.0


def _disagreements(told: Predicted, first: Array, second: Array) -> str:
    if not told.classes or not {*np.unique(first)} <= {*np.unique(told.truth)}:
        return ""
    a = int(((first == told.truth) & (second != told.truth)).sum())
    b = int(((first != told.truth) & (second == told.truth)).sum())
    p = _mcnemar(told, first, second)
    return f"{a} rows are right in the first only and {b} in the second only (McNemar p = {p:.2f})"
