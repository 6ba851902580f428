"""What predictions and a reported number give away."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from sklearn.metrics import (
    average_precision_score,
    balanced_accuracy_score,
    f1_score,
    log_loss,
    mean_absolute_error,
    mean_squared_error,
    r2_score,
    roc_auc_score,
)

from journeyman.audit.bundle.bundle import Array, Bundle
from journeyman.audit.finding import Finding, Place
from journeyman.audit.kinds import finding

RARE = 0.12
"""Share of the rarest class under which accuracy hides it."""
HEDGED = re.compile(
    r"within (the )?(noise|error)|no (clear |detectable |significant )?difference|not significant|"
    r"interval (of the difference )?(includes|contains|covers|spans) (0|zero)|indistinguishable|"
    r"inconclusive|cannot (tell|say)|(too small|not enough) to|no evidence|about the same|"
    r"statistical tie|tie\b|does not beat|no better|not clear|well within|"
    r"nicht (zu )?unterscheid|kein(e[nrs]?)? (klarer?|messbarer?)? ?unterschied|im rauschen|"
    r"sin diferencia|no (es )?significativ|non significati|pas significati|aucune différence|"
    r"nessuna differenza|sem diferença|não significativ|geen verschil|niet significant|"
    r"tidak (signifikan|berbeda)|nieistotn|ingen skillnad|ingen forskel",
    re.IGNORECASE,
)
CLAIMED = re.compile(
    r"improv|better|beats?\b|outperform|gain|wins?\b|winner|superior|higher|boosts\b|best model|"
    r"chosen|choose|select|ship|helps?\b|helped|ahead of|surpass|exceed|stronger|lifts?\b|lifted|"
    r"pays off|worth|adopt|deploy|go live|goes live|roll out|switch to|replace|progress|raises?\b|"
    r"raised|increase|up from|state of the art|leads?\b|"
    r"meningkat|lebih baik|mejor|supera|amélior|meilleur|dépass|verbesser|besser|übertrifft|"
    r"schlägt|miglior|melhor|verbeter|förbättr|bättre|forbedr|bedre|popraw|lepsz|zlepš|lepší",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Predicted:
    """Predictions on labelled rows: coded truth, decisions, chances of the second class."""

    truth: Array
    decision: Array | None
    probability: Array | None
    classes: int
    others: dict[str, Array]
    main: str = "prediction"


def understood(table: pd.DataFrame | None) -> Predicted | None:
    """The columns of a prediction table; None where truth or prediction is missing."""
    if table is None or "truth" not in table or len(table) < 10:
        return None
    table = table.dropna(subset=["truth"])
    truth, levels = _coded(table["truth"])
    classes = len(levels)
    decision = probability = None
    if "prediction" in table:
        decision = (
            _as_codes(table["prediction"], levels)
            if classes
            else table["prediction"].to_numpy(float)
        )
    if "probability" in table and pd.api.types.is_numeric_dtype(table["probability"]):
        values = table["probability"].to_numpy(float)
        inside = np.isfinite(values) & (values >= 0) & (values <= 1)
        probability = values if inside.all() and classes == 2 else None
    others = {
        str(name): (
            _as_codes(table[name], levels)
            if classes and str(name).endswith("_prediction")
            else table[name].to_numpy(float)
        )
        for name in table.columns
        if str(name).endswith(("_prediction", "_probability"))
        and (classes or pd.api.types.is_numeric_dtype(table[name]))
    }
    if decision is None and probability is None and not others:
        return None
    return Predicted(truth, decision, probability, classes, others)


def _coded(values: pd.Series) -> tuple[Array, list[object]]:
    number = pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values)
    whole = number and np.allclose(values.astype(float) % 1, 0)
    if number and not (whole and values.nunique() <= 20):
        return values.to_numpy(float), []
    codes, levels = pd.factorize(values, sort=True)
    return codes.astype(float), list(levels)


def _as_codes(values: pd.Series, levels: list[object]) -> Array:
    place = {str(_plain(level)): at for at, level in enumerate(levels)}
    return values.map(lambda one: place.get(str(_plain(one)), -1)).to_numpy(float)


def _plain(value: object) -> object:
    if isinstance(value, (bool, np.bool_)):
        return int(value)
    return (
        int(value)
        if isinstance(value, (float, np.floating)) and float(value).is_integer()
        else value
    )


METRICS: dict[str, Callable[[Predicted], float]] = {
    "accuracy": lambda p: float((p.truth == _decided(p)).mean()),
    "f1": lambda p: float(f1_score(p.truth, _decided(p), average=_average(p), zero_division=0)),
    "balanced_accuracy": lambda p: float(balanced_accuracy_score(p.truth, _decided(p))),
    "roc_auc": lambda p: float(roc_auc_score(p.truth, _chances(p))),
    "average_precision": lambda p: float(average_precision_score(p.truth, _chances(p))),
    "log_loss": lambda p: float(log_loss(p.truth, _chances(p))),
    "brier": lambda p: float(((_chances(p) - p.truth) ** 2).mean()),
    "rmse": lambda p: float(np.sqrt(mean_squared_error(p.truth, _decided(p)))),
    "mse": lambda p: float(mean_squared_error(p.truth, _decided(p))),
    "mae": lambda p: float(mean_absolute_error(p.truth, _decided(p))),
    "r2": lambda p: float(r2_score(p.truth, _decided(p))),
}


def _average(p: Predicted) -> str:
    return "binary" if p.classes == 2 else "macro"


def _decided(p: Predicted) -> Array:
    if p.decision is not None:
        return p.decision
    if p.probability is None:
        raise KeyError
    return (p.probability >= 0.5).astype(float)


def _chances(p: Predicted) -> Array:
    if p.probability is None:
        raise KeyError
    return p.probability


def metric_name(said: str) -> str:
    """A metric's usual name.

    >>> metric_name("ROC-AUC"), metric_name("acc"), metric_name("test accuracy")
    ('roc_auc', 'accuracy', 'accuracy')
    """
    plain = re.sub(r"[^a-z0-9]+", "_", said.lower()).strip("_")
    plain = re.sub(r"^(test|holdout|final|reported|best|mean)_|_(score|test)$", "", plain)
    table = {
        "acc": "accuracy",
        "auc": "roc_auc",
        "rocauc": "roc_auc",
        "auroc": "roc_auc",
        "ap": "average_precision",
        "pr_auc": "average_precision",
        "auprc": "average_precision",
        "f1_macro": "f1",
        "logloss": "log_loss",
        "brier_score": "brier",
        "r_2": "r2",
    }
    return table.get(plain, plain)


def of_predictions(bundle: Bundle) -> Iterator[Finding]:
    """Everything that can be told from predictions, metric, threshold and claims."""
    yield from _metric(bundle)
    told = understood(bundle.predictions)
    if told is None:
        return
    yield from _not_what_is_reported(bundle, told)


def _shares(bundle: Bundle) -> tuple[Array, Place] | None:
    told = understood(bundle.predictions)
    if told is not None and told.classes >= 2:
        counts = np.bincount(told.truth.astype(int))
        return counts / counts.sum(), Place(bundle.name("predictions"))
    tables = bundle.tables
    if tables is not None and tables.classes >= 2:
        labels = tables.y[np.isfinite(tables.y)].astype(int)
        counts = np.bincount(labels)
        return counts / counts.sum(), Place(bundle.name("train"), columns=(bundle.target,))
    return None


def _metric(bundle: Bundle) -> Iterator[Finding]:
    """Accuracy as the one number under imbalance."""
    if metric_name(bundle.metric) != "accuracy":
        return
    found = _shares(bundle)
    if found is None:
        return
    shares, place = found
    rarest = float(shares[shares > 0].min())
    if rarest >= RARE or len(shares) > 10:
        return
    told = understood(bundle.predictions)
    cost = f"always answering the commonest class has accuracy {shares.max():.3f}"
    if told is not None and told.decision is not None:
        rare = int(shares.argmin())
        caught = told.decision[told.truth == rare] == rare
        cost += (
            f"; the model has {(told.decision == told.truth).mean():.3f} and finds "
            f"{100 * caught.mean():.0f} % of the rare class"
        )
    yield finding(
        "wrong-metric",
        f"Accuracy is reported, and the rarest class is {100 * rarest:.1f} % of rows.",
        place,
        cost=cost,
        numbers={"rarest": round(rarest, 4), "constant": round(float(shares.max()), 4)},
    )


def _not_what_is_reported(bundle: Bundle, told: Predicted) -> Iterator[Finding]:
    """The reported number does not come out of the predictions beside it."""
    if bundle.reported is None:
        return
    measure = METRICS.get(metric_name(bundle.metric))
    if measure is None:
        return
    try:
        value = measure(told)
    except (KeyError, ValueError):
        return
    reported = bundle.reported
    digits = len(str(reported).split(".")[1]) if "." in str(reported) else 0
    if (
        1.5 < reported <= 100
        and value <= 1
        and metric_name(bundle.metric)
        in {"accuracy", "f1", "roc_auc", "balanced_accuracy", "average_precision"}
    ):
        reported, digits = reported / 100, digits + 2
    tolerance = max(0.51 * 10.0 ** -min(digits, 4), 2e-3 * abs(value))
    if abs(value - reported) > tolerance:
        yield finding(
            "not-reproducible",
            f"{bundle.metric} is reported as {bundle.reported:g}, but the predictions give "
            f"{value:.4f}.",
            Place(bundle.name("predictions")),
            numbers={"reported": bundle.reported, "measured": round(value, 4)},
        )
