"""Models that are given their rows when they are made: statsmodels, by arrays or by formula."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from journeyman.audit.code import frames
from journeyman.audit.code.values import UNKNOWN, Value

if TYPE_CHECKING:
    from journeyman.audit.code.calls import Call

MODELS = frozenset(
    {"OLS", "WLS", "GLS", "RLM", "GLM", "Logit", "Probit", "Poisson", "QuantReg", "MNLogit",
     "NegativeBinomial", "PHReg", "MixedLM", "ols", "wls", "glm", "logit", "probit", "poisson",
     "mixedlm", "quantreg"}
)  # fmt: skip
_NAME = re.compile(r"[A-Za-z_]\w*(?!\w*\()")


def rows_of(made: Call) -> tuple[Value, Value]:
    """Features and target of such a model, as its constructor was given them."""
    thing = made.base.thing
    if thing is None or thing.name not in MODELS:
        return UNKNOWN, UNKNOWN
    given = {name.lstrip("="): value for name, value in thing.fields.items()}
    first = given.get("formula", given.get("endog", thing.items[0] if thing.items else UNKNOWN))
    second = given.get(
        "data", given.get("exog", thing.items[1] if len(thing.items) > 1 else UNKNOWN)
    )
    if not isinstance(first.const, str):
        return second, first
    left, _, right = first.const.partition("~")
    names = _NAME.findall(re.sub(r"[\w.]+\(", "(", right))
    if second.sort != "data" or not names:
        return second, UNKNOWN
    target = _NAME.findall(re.sub(r"[\w.]+\(", "(", left))[:1]
    return frames.select(second, names), replace(frames.select(second, target), whole=False)
