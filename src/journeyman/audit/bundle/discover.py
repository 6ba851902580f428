"""Finds in a folder what there is to review: tables, predictions, runs, settings, code."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from journeyman.audit.bundle.bundle import Bundle
from journeyman.audit.bundle.predicted import METRICS, metric_name
from journeyman.audit.code.review import review_with_facts
from journeyman.audit.table.reading import read_table
from journeyman.errors import Invalid, JourneymanError, NotFound

SKIPPED = frozenset(
    {
        ".git",
        ".venv",
        "venv",
        "node_modules",
        "__pycache__",
        ".ipynb_checkpoints",
        "site-packages",
        ".tox",
        ".mypy_cache",
        ".ruff_cache",
        "build",
        "dist",
    }
)
TABLES = frozenset({".csv", ".tsv", ".parquet", ".pq"})
LARGEST_CODE = 2 * 1024 * 1024
LARGEST_TABLE = 512 * 1024 * 1024
MOST_FILES = 5_000
_TRUTH = ("truth", "y_true", "actual", "label", "target", "true", "y", "observed", "y_test", "gold")
_DECISION = (
    "prediction",
    "y_pred",
    "pred",
    "predicted",
    "predictions",
    "yhat",
    "y_hat",
    "predicted_label",
    "decision",
    "y_pred_label",
    "forecast",
)
_CHANCE = (
    "probability",
    "y_prob",
    "proba",
    "prob",
    "p",
    "y_proba",
    "score",
    "y_score",
    "predicted_probability",
    "probability_1",
    "proba_1",
    "p1",
    "prob_1",
    "pred_proba",
)
_TARGETS = (
    "target",
    "label",
    "y",
    "class",
    "outcome",
    "churn",
    "churned",
    "default",
    "fraud",
    "is_fraud",
    "survived",
    "price",
    "diagnosis",
    "converted",
    "cancelled",
    "canceled",
    "is_canceled",
    "response",
    "sales",
    "demand",
)


@dataclass
class _Found:
    tables: dict[str, Path] = field(default_factory=dict)
    code: dict[str, str] = field(default_factory=dict)
    settings: dict[str, Any] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)
    runs: Path | None = None


def bundle_from(path: Path, target: str = "") -> Bundle:
    """The bundle of a project folder, or of one ``.py``, ``.ipynb`` or table.

    Tables are told apart by name (``train``, ``test``, ``valid``, ``predictions``, ``runs``);
    settings from ``*.json`` and ``*.toml`` (keys such as target, metric, threshold, group).

    Raises:
        NotFound: there is no such path.
        Invalid: there is nothing in it that can be reviewed, or the target is no column.
    """
    if not path.exists():
        raise NotFound(f"There is no file or folder {path}; check the path.")
    found = _look(path)
    if not (found.tables or found.code):
        raise Invalid(
            f"There is no .py, .ipynb, .csv or .parquet in {path}; name the project's "
            "folder or one of its files."
        )
    return _assemble(found, target)


def _look(path: Path) -> _Found:
    found = _Found()
    root = path if path.is_dir() else path.parent
    for file in sorted(_files(path)) if path.is_dir() else [path]:
        name = str(file.relative_to(root))
        suffix = file.suffix.lower()
        if suffix in {".py", ".ipynb"} and file.stat().st_size <= LARGEST_CODE:
            found.code[name] = file.read_text("utf-8", errors="replace")
        elif re.search(
            r"(^|[_/-])(runs?|trials?|log|experiments?|results|history)[^/]*"
            r"\.(csv|jsonl|json)$",
            name.lower(),
        ) and _is_log(file):
            found.runs = found.runs or file
        elif suffix in TABLES and file.stat().st_size <= LARGEST_TABLE:
            found.tables[name] = file
        elif suffix in {".json", ".toml"} and file.stat().st_size <= LARGEST_CODE:
            found.settings.update(_settings(file))
        elif (
            suffix in {".md", ".txt", ".rst"}
            and file.stat().st_size <= LARGEST_CODE
            and ("requirements" not in name.lower())
        ):
            found.texts.append(file.read_text("utf-8", errors="replace"))
    return found


def _files(path: Path) -> Iterator[Path]:
    count = 0
    for file in path.rglob("*"):
        inside = file.relative_to(path).parts
        if any(part in SKIPPED for part in inside) or not file.is_file() or file.is_symlink():
            continue
        count += 1
        if count > MOST_FILES:
            raise Invalid(
                f"{path} holds more than {MOST_FILES:,} files; name the project's folder."
            )
        yield file


def _is_log(file: Path) -> bool:
    table = _log(file)
    return table is not None and len(table) >= 2 and len(table) <= 5_000


def _log(file: Path) -> pd.DataFrame | None:
    try:
        if file.suffix == ".jsonl":
            lines = file.read_text("utf-8").splitlines()
            return pd.json_normalize([json.loads(line) for line in lines if line.strip()])
        if file.suffix == ".json":
            data = json.loads(file.read_text("utf-8"))
            data = data.get("runs", data.get("trials", [])) if isinstance(data, dict) else data
            return pd.json_normalize(data) if isinstance(data, list) and data else None
        return read_table(file).frame
    except (ValueError, OSError, JourneymanError, TypeError, AttributeError, NotImplementedError):
        return None


def _settings(file: Path) -> dict[str, Any]:
    try:
        text = file.read_text("utf-8")
        data = tomllib.loads(text) if file.suffix == ".toml" else json.loads(text)
    except (ValueError, OSError, RecursionError):
        return {}
    if file.name == "pyproject.toml":
        data = data.get("tool", {}).get("journeyman", {})
    return _flat(data) if isinstance(data, dict) else {}


def _flat(data: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in data.items():
        if isinstance(value, dict):
            found.update({**_flat(value), **{f"{key}.{k}": v for k, v in _flat(value).items()}})
        else:
            found[str(key).lower()] = value
    return found


def _pick(tables: Mapping[str, Path], pattern: str, *, without: str = "^$") -> str:
    for name in tables:
        stem = Path(name).stem.lower()
        if re.search(pattern, stem) and not re.search(without, stem):
            return name
    return ""


def _assemble(found: _Found, target: str) -> Bundle:
    tables = found.tables
    outputs = r"pred|submission|scores|proba|output"
    held = _pick(
        tables, r"(val|valid|validation|oof|dev).*(pred|proba)|(pred|proba).*(val|oof|dev)"
    )
    predictions = _pick({k: v for k, v in tables.items() if k != held}, r"pred|proba|scored|output")
    train = _pick(tables, r"(^|[_-])(x_?)?train", without=outputs)
    test = _pick(tables, r"(^|[_-])(test|holdout|hold_out)", without=outputs)
    valid = _pick(tables, r"(^|[_-])(val|valid|validation|dev)([_-]|$)", without=outputs)
    facts = review_with_facts(found.code)[1]
    if not train:
        rest = [name for name in tables if name not in {predictions, held, test, valid}]
        rest.sort(
            key=lambda name: (Path(name).name not in facts.reads, -tables[name].stat().st_size)
        )
        train = rest[0] if rest else ""
    frames = {
        part: read_table(tables[name]).frame if name else None
        for part, name in {
            "train": train,
            "test": test,
            "valid": valid,
            "predictions": predictions,
            "held": held,
        }.items()
    }
    settings = found.settings
    table = frames["train"]
    chosen = target or _target(settings, facts.target, table, frames["test"], frames["predictions"])
    metric, reported = _metric(settings)
    return Bundle(
        train=table,
        test=frames["test"] if train else None,
        valid=frames["valid"],
        target=chosen,
        ids=_names(settings, "id", "ids", "id_column", "id_columns", table=table),
        times=_names(
            settings,
            "time",
            "time_column",
            "date_column",
            "timestamp",
            "times",
            "date",
            "time_columns",
            table=table,
        ),
        groups=_names(
            settings, "group", "groups", "group_column", "group_columns", "entity", table=table
        ),
        predictions=_predictions(frames["predictions"], frames["test"], chosen),
        held_out=_predictions(frames["held"], frames["valid"], chosen),
        metric=metric,
        threshold=_number(settings, "threshold", "cutoff", "cut_off", "decision_threshold"),
        reported=reported,
        runs=_log(found.runs) if found.runs else None,
        claims=tuple(_sentences(found.texts)),
        sources=found.code,
        names={
            "train": train,
            "test": test,
            "predictions": predictions,
            "runs": found.runs.name if found.runs else "",
        },
    )


def _target(
    settings: Mapping[str, Any],
    in_code: str,
    train: pd.DataFrame | None,
    test: pd.DataFrame | None,
    predictions: pd.DataFrame | None,
) -> str:
    if train is None:
        return ""
    said = next(
        (
            str(settings[key])
            for key in ("target", "target_column", "label", "label_column", "y")
            if key in settings
        ),
        "",
    )
    for name in (said, in_code):
        if name and name in train:
            return name
    if test is not None:
        only = [str(name) for name in train.columns if name not in test]
        if len(only) == 1:
            return only[0]
    if predictions is not None:
        shared = [str(n) for n in predictions.columns if n in train and str(n).lower() in _TARGETS]
        if len(shared) == 1:
            return shared[0]
    lower = {str(name).lower(): str(name) for name in train.columns}
    return next((lower[name] for name in _TARGETS if name in lower), "")


def _names(settings: Mapping[str, Any], *keys: str, table: pd.DataFrame | None) -> tuple[str, ...]:
    found: list[str] = []
    for key in keys:
        value = settings.get(key, [])
        names = value if isinstance(value, list) else [value]
        if table is not None:
            found += [name for name in names if isinstance(name, str) and name in table]
    return tuple(dict.fromkeys(found))


def _number(settings: Mapping[str, Any], *keys: str) -> float | None:
    for key in keys:
        value = settings.get(key)
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return float(value)
    return None


def _metric(settings: Mapping[str, Any]) -> tuple[str, float | None]:
    said = next(
        (
            settings[key]
            for key in ("metric", "primary_metric", "scoring", "metric_name")
            if isinstance(settings.get(key), str)
        ),
        "",
    )
    value = _number(
        settings, "reported", "value", "reported_value", "score", "test_score", "result"
    )
    plain = {
        metric_name(key.rsplit(".", 1)[-1]): settings[key]
        for key in settings
        if isinstance(settings[key], (int, float)) and not isinstance(settings[key], bool)
    }
    known = [name for name in plain if name in METRICS]
    if said and value is None and metric_name(said) in plain:
        value = float(plain[metric_name(said)])
    if not said and len(known) == 1:
        return known[0], float(plain[known[0]])
    return said, value


def _predictions(
    table: pd.DataFrame | None, rows: pd.DataFrame | None, target: str
) -> pd.DataFrame | None:
    if table is None:
        return None
    lower = {str(name).lower().strip(): name for name in table.columns}
    out = pd.DataFrame(index=table.index)
    truth = next((lower[one] for one in (target.lower(), *_TRUTH) if one and one in lower), None)
    if truth is not None:
        out["truth"] = table[truth]
    elif rows is not None and target in rows and len(rows) == len(table):
        out["truth"] = rows[target].to_numpy()
    else:
        return None
    for name, known in (("prediction", _DECISION), ("probability", _CHANCE)):
        column = next((lower[one] for one in known if one in lower and lower[one] != truth), None)
        if column is not None:
            out[name] = table[column]
    return _other_models(table, out, lower, truth)


def _other_models(
    table: pd.DataFrame, out: pd.DataFrame, lower: Mapping[str, Any], truth: Any
) -> pd.DataFrame:
    for low, name in lower.items():
        if name == truth or low in {*_DECISION, *_CHANCE, *_TRUTH}:
            continue
        prob = re.match(
            r"(?:p|prob|proba|probability)_(.+)$|(.+)_(?:p|prob|proba|probability)$", low
        )
        pred = re.match(
            r"(?:pred|prediction|y_pred|yhat)_(.+)$|(.+)_(?:pred|prediction|yhat)$", low
        )
        if prob:
            out[f"{prob[1] or prob[2]}_probability"] = table[name]
        elif pred:
            out[f"{pred[1] or pred[2]}_prediction"] = table[name]
        elif re.match(r"(model|baseline)", low) and pd.api.types.is_numeric_dtype(table[name]):
            out[f"{low}_prediction"] = table[name]
    return out


def _sentences(texts: list[str]) -> Iterator[str]:
    for text in texts:
        for line in re.split(r"\n\s*\n|\n[-*#]|(?<=[.!?])\s", text):
            plain = " ".join(line.split())
            if plain:
                yield plain[:400]
