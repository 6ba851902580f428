"""Numbers that a README states: against the predictions beside it, and against chance."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sklearn.metrics import f1_score

from journeyman.audit.bundle.bundle import Bundle
from journeyman.audit.bundle.predicted import CLAIMED, HEDGED, METRICS, Predicted
from journeyman.audit.finding import Finding, Place
from journeyman.audit.kinds import finding

_NAMES = {
    r"ROC[ _-]?AUC|AUROC|AUC": "roc_auc",
    r"(?<!balanced )(?:accuracy|accuratezza|Genauigkeit|exactitud|acurácia|exactitude|akurasi|"
    r"nauwkeurigheid|dokładność|přesnost|noggrannhet|nøjagtighed)": "accuracy",
    r"(?:macro |micro |weighted )?F1(?:[ -](?:score|macro|micro|weighted|makro|pesato))*": "f1",
    r"balanced accuracy": "balanced_accuracy",
    r"average precision|PR[ _-]?AUC": "average_precision",
    r"log[ -]?loss": "log_loss",
    r"Brier(?: score)?": "brier",
    r"RMSE": "rmse",
    r"MAE|mean absolute error": "mae",
    r"R2|R²|R\^2": "r2",
}
_NUMBER = r"(?P<value>-?\d*\.\d+(?!\d|[.,]\d)|\d+(?!\d|[.,' \u202f]\d))(?P<percent>\s?%)?"
"""Not the first digits of 10,640 or 10 640."""
_AT = r"(?:\s+at\s+(?:a\s+cut-?off\s+of\s+)?0?\.\d+)?"
"""The cut-off that a metric was taken at."""
_STATED = {
    metric: re.compile(
        rf"(?<![\w-])(?:{names})(?![\w-])[*_`]*{_AT}(?:\s*(?:is|was|of|=|:|\|))*\s*[*_`]*{_NUMBER}",
        re.IGNORECASE,
    )
    for names, metric in _NAMES.items()
}
_OTHERS = re.compile(
    "|".join(names for names, metric in _NAMES.items() if metric != "accuracy")
    + r"|precision|recall|sensitivity|kappa|MCC|confusion",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"threshold|cut-?off|soglia|schwelle|umbral|seuil|"
    r"baseline|dummy|always|naive|naïve|train|cross|\bcv\b|fold|valid|before|previous|last year|"
    r"without|validierung|validación|validazione|validação|convalida|"
    r"mean of|average of|median of|seeds?\b|±|\+/-|interval|published|paper|leaderboard|"
    r"goal|aim|target of|at least|required",
    re.IGNORECASE,
)
"""Words that say that a number belongs to other rows or another model than the predictions."""
_BETWEEN = re.compile(
    r"\bby (?P<gap>0?\.\d+)|(?P<first>0?\.\d+)\s*(?:→|->|to|vs\.?|versus|against|over|from|instead "
    r"of|compared (?:to|with))\s*(?P<second>0?\.\d+)",
    re.IGNORECASE,
)
_ROWS = re.compile(
    r"(?P<rows>\d{1,3}(?:[ ,.\u202f]\d{3})+|\d{2,})\s+(?:\w+[ -]){0,2}?"
    r"(?:rows?|test|students|patients|customers|people|cases|samples|examples|images|texts|users|"
    r"loans|records|visits|observations)",
    re.IGNORECASE,
)
_MEASURED = re.compile(
    r"interval|±|\+/-|\bp\s*[=<]|standard error|\bCI\b|"
    r"[(\[]\s*-?\d*\.\d+\s*(?:to|–|-|,|;|and)\s*-?\d*\.\d+\s*[)\]]",
    re.IGNORECASE,
)
"""Signs that a number's uncertainty is told, as in “0.81 (0.79 to 0.83)”."""
_SHARE = re.compile(
    r"\bAUC|AUROC|accura|\bF1|precision|recall|sensitivity|kappa|\bMCC\b|NDCG|\bAP\b|R2|R²",
    re.IGNORECASE,
)
"""Metrics between 0 and 1, for which a small difference is small."""
LEAST = 0.3
"""Two numbers above it, in a README that names such a metric, are two values of it."""
SMALL = 0.003
"""A difference of shares so small is claimed in vain on any hold-out of ordinary size."""


def accuracy_alone(bundle: Bundle) -> bool:
    """Whether accuracy is the only metric of which the README states a number."""
    text = " ".join((*bundle.claims, *bundle.told_tables))
    return bool(_STATED["accuracy"].search(text)) and not _OTHERS.search(text)


def misstated(bundle: Bundle, told: Predicted) -> Iterator[Finding]:
    """A metric whose every stated value differs from what the predictions give."""
    if bundle.reported is not None or told.others:
        return
    texts = [one for one in bundle.claims if not _ELSEWHERE.search(one)]
    for metric, pattern in _STATED.items():
        said = [match for one in texts for match in pattern.finditer(one)]
        everywhere = [match for one in bundle.claims for match in pattern.finditer(one)]
        values = _measured(metric, told) if said else []
        if not values or any(_agrees(one, value) for one in everywhere for value in values):
            continue
        value = values[0]
        yield finding(
            "not-reproducible",
            f"{metric} is stated as {said[0]['value']}{said[0]['percent'] or ''}, but the "
            f"predictions give {value:.4f}.",
            Place(bundle.name("predictions")),
            numbers={"reported": float(said[0]["value"]), "measured": round(value, 4)},
        )
        return


def _measured(metric: str, told: Predicted) -> list[float]:
    """What the metric may mean of these predictions; nothing where they do not tell it."""
    if metric in {"rmse", "mae", "r2"} and told.classes:
        return []
    if metric in {"accuracy", "f1", "balanced_accuracy"} and told.decision is None:
        return []  # at which cut-off is not known
    if metric == "f1":
        return _every_f1(told)
    try:
        return [METRICS[metric](told)]
    except (KeyError, ValueError):
        return []


def _every_f1(told: Predicted) -> list[float]:
    """F1 of each class and under each way to average it: a README seldom says which."""
    truth, decided = told.truth, told.decision
    if not told.classes:
        return []
    ways = [f1_score(truth, decided, average=one) for one in ("macro", "weighted", "micro")]
    return [float(one) for one in (*ways, *f1_score(truth, decided, average=None))]


def _agrees(match: re.Match[str], value: float) -> bool:
    """Whether a stated number may be this value, rounded."""
    said = float(match["value"])
    digits = len(match["value"].partition(".")[2])
    if match["percent"] or (said > 1.5 and abs(value) <= 1):
        said, digits = said / 100, digits + 2
    return abs(said - value) <= max(0.51 * 10.0**-digits, 0.01 * abs(value))


def small_claims(bundle: Bundle) -> Iterator[Finding]:
    """An improvement that is claimed from two numbers on one hold-out, and is hardly any."""
    text = " ".join(bundle.claims)
    said = bool(_SHARE.search(text))
    claims = [one for one in bundle.claims if CLAIMED.search(one) and said]
    if not claims or HEDGED.search(text) or _MEASURED.search(text):
        return
    sizes = [int(re.sub(r"\D", "", one["rows"])) for one in _ROWS.finditer(text)]
    for one in claims:
        match = _BETWEEN.search(one)
        if match is None:
            continue
        first, second = (float(match[name] or 0) for name in ("first", "second"))
        gap = float(match["gap"] or abs(first - second))
        if not _SHARE.search(one) and min(first, second) < LEAST:
            continue  # no metric's name, and no size of one
        # Two shares on the same n rows differ by about this much by chance, if half of what one
        # of them gets wrong the other gets right.
        chance = max([SMALL, *(0.25 / size**0.5 for size in sizes[:1] if size >= 20)])
        if 0 < gap <= chance:
            rows = f" on {sizes[0]:,} rows" if sizes else ""
            yield finding(
                "within-noise",
                f"An improvement of {gap:g} is claimed{rows} without an interval; so much comes "
                "about by chance.",
                Place(bundle.name("claims")),
                numbers={"gap": gap},
            )
            return
