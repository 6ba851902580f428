"""The texts of a competition that somebody makes from a table, to be edited by its host."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from journeyman.audit import Report as Audit
from journeyman.house import SplitAdvice
from journeyman.scoring import registry

WHY = {
    "temporal": "The model is used on rows that come later by {}, so it is tested on the latest.",
    "group": "The model meets new values of {}, so all rows of one value stand on the same side.",
    "random": "Rows are drawn: right only where no row tells about another and nothing drifts.{}",
}
_METRIC_SKILLS = {
    "auc": "roc-auc",
    "average_precision": "roc-auc",
    "log_loss": "calibration",
    "brier": "calibration",
    "rmse": "regression-metrics",
    "rmsle": "regression-metrics",
    "mae": "regression-metrics",
    "r2": "regression-metrics",
}


def skills(metric: str) -> dict[str, float]:
    """What such a competition shows, by its metric."""
    shown = _METRIC_SKILLS.get(metric, "confusion-matrix")
    return {"train-test-split": 0.6, "baselines": 0.5, shown: 0.5}


def toml(entry: Mapping[str, Any]) -> str:
    """``competition.toml`` of an entry; JSON's strings and lists are TOML's."""
    lines, tables = [], []
    for name, value in entry.items():
        if isinstance(value, Mapping):
            rows = [f"{_key(key)} = {_value(one)}" for key, one in value.items()]
            tables.append(f"\n[{name}]\n" + "\n".join(rows))
        elif value not in ("", []):
            lines.append(f"{name} = {_value(value)}")
    return "\n".join([*lines, *tables]) + "\n"


def _key(name: str) -> str:
    return name if name.replace("-", "").replace("_", "").isalnum() else json.dumps(name)


def _value(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def texts(
    entry: Mapping[str, Any], looked: Audit, advice: SplitAdvice, rows: Mapping[str, int]
) -> dict[str, str]:
    """Description, data card, audit and two baselines, by file name."""
    metric = registry.get(str(entry["metric"]))
    columns = "\n".join(
        f"- `{one.name}`: {one.kind}, {one.distinct:,} values, {one.missing:,} missing"
        for one in looked.columns
    )
    reasons = "\n".join(f"- {one}" for one in (*advice.reasons, *advice.look_at))
    return {
        "description.md": (
            f"# {entry['title']}\n\n{entry['summary']}\n\n"
            "Who needs this, and what does a mistake cost them? (Yours to write.)\n\n"
            f"## Metric: {metric.title}\n\n{metric.better.capitalize()} is better. "
            f"{metric.example}\n\n## Split\n\n{entry['split']['why']} {rows['train']:,} rows to "
            f"learn from, {rows['test']:,} to predict.\n"
        ),
        "data-card.md": (
            "# Data card\n\nOrigin, licence, and whether anybody in it can be recognised: yours "
            f"to write before you share the folder.\n\n## Columns\n\n{columns}\n"
        ),
        "audit.md": (
            f"# What an audit found\n\n```\n{looked.text()}\n```\n\n## How to split\n\n"
            f"Advised: {advice.kind}{f' by {advice.column}' if advice.column else ''}.\n\n"
            f"{reasons}\n"
        ),
        **baselines(entry),
    }


def baselines(entry: Mapping[str, Any]) -> dict[str, str]:
    """The two baselines of a table's competition, by file name; what stands in them is ours.

    Args:
        entry: Its ``task``, ``metric``, ``prediction``, ``id`` and ``target``.
    """
    return {f"house/{name}.py": _baseline(entry, name) for name in ("linear", "boosting")}


_MODELS = {
    ("linear", False): ("A linear model on every column", "linear_model", "LogisticRegression",
                        "max_iter=300"),
    ("linear", True): ("A linear model on every column", "linear_model", "Ridge", ""),
    ("boosting", False): ("Gradient boosting on every column", "ensemble",
                          "HistGradientBoostingClassifier", "random_state=0"),
    ("boosting", True): ("Gradient boosting on every column", "ensemble",
                         "HistGradientBoostingRegressor", "random_state=0"),
}  # fmt: skip


def _baseline(entry: Mapping[str, Any], name: str) -> str:
    numbers = entry["task"] == "regression"
    says, module, model, options = _MODELS[name, numbers]
    needs = registry.get(str(entry["metric"])).needs
    names, key, target = list(entry["prediction"]), entry["id"], entry["target"]
    if needs in {"scores", "probability"}:
        predicted = "model.predict_proba(test[names])[:, 1]"
    elif needs == "probabilities":
        predicted = "model.predict_proba(test[names])"
    else:
        predicted = "model.predict(test[names])"
    return f'''"""{says}, encoded by skrub's table vectoriser."""

from sklearn.{module} import {model}
from skrub import tabular_pipeline

ID, TARGET, PREDICTION = {key!r}, {target!r}, {names!r}


def fit_predict(train, test):
    """Columns that are unlike any other in each row are left to the vectoriser."""
    names = [name for name in test.columns if name != ID]
    model = tabular_pipeline({model}({options})).fit(train[names], train[TARGET])
    made = test[[ID]].copy()
    made[PREDICTION] = {predicted}{".reshape(-1, 1)" if needs != "probabilities" else ""}
    return made
'''
