"""Finds in a folder what there is to review: tables, predictions, runs, settings, code."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from journeyman.audit.bundle.bundle import Bundle, looks_like_id
from journeyman.audit.bundle.folder import Folder, log, look
from journeyman.audit.bundle.predicted import METRICS, metric_name
from journeyman.audit.bundle.rivals import beside
from journeyman.audit.code.frames import PARTS
from journeyman.audit.code.review import review_with_facts
from journeyman.audit.table.reading import read_table
from journeyman.errors import Invalid, JourneymanError, NotFound

MOST_RIVALS = 12
"""So many files of predictions are compared with each other."""
_ANSWERS = re.compile(r"pred|proba|scored|output")
_OUTPUTS = r"pred|submission|scores|proba|output"
_PARTS = {
    "train": r"(^|[_-])(x_?)?train",
    "test": r"(^|[_-])(test|holdout|hold_out)",
    "valid": r"(^|[_-])(val|valid|validation|dev)([_-]|$)",
}
_MARKDOWN_TABLE = re.compile(r"(?:^[ \t]*\|.*(?:\n|$))+", re.MULTILINE)
_PART_COLUMNS = ("split", "part", "set", "subset", "fold", "partition", "dataset", "usage")
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
    found = look(path)
    if not (found.tables or found.code or found.runs or found.passed_over):
        raise Invalid(
            f"There is no .py, .ipynb, .csv or .parquet in {path}; name the project's "
            "folder or one of its files."
        )
    return _assemble(found, target)


def parts_in(path: Path) -> dict[str, tuple[str, pd.DataFrame]]:
    """The tables of a folder that are called after the parts of a split, with their names.

    Empty unless both ``train`` and ``test`` are there and can be read.
    """
    found = look(path)
    names = {part: _pick(found.tables, one, without=_OUTPUTS) for part, one in _PARTS.items()}
    if not (names["train"] and names["test"]):
        return {}
    tables = {part: (name, _frame(found, name)) for part, name in names.items()}
    read = {part: (name, table) for part, (name, table) in tables.items() if table is not None}
    return read if {"train", "test"} <= read.keys() else {}


def _pick(tables: Mapping[str, Path], pattern: str, *, without: str = "^$") -> str:
    for name in tables:
        stem = Path(name).stem.lower()
        if re.search(pattern, stem) and not re.search(without, stem):
            return name
    return ""


def _assemble(found: Folder, target: str) -> Bundle:
    tables = found.tables
    held = _pick(
        tables, r"(val|valid|validation|oof|dev).*(pred|proba)|(pred|proba).*(val|oof|dev)"
    )
    answers = {k: v for k, v in tables.items() if k != held and _ANSWERS.search(v.stem.lower())}
    predictions = next(iter(answers), "")
    parts = {part: _pick(tables, pattern, without=_OUTPUTS) for part, pattern in _PARTS.items()}
    train, test, valid = parts["train"], parts["test"], parts["valid"]
    facts = review_with_facts({**found.code, **found.configs})[1]
    if not train:
        rest = [name for name in tables if name not in {*answers, held, test, valid}]
        rest.sort(
            key=lambda name: (Path(name).name not in facts.reads, -tables[name].stat().st_size)
        )
        train = rest[0] if rest else ""
    frames = {
        part: _frame(found, name)
        for part, name in {
            "train": train,
            "test": test,
            "valid": valid,
            "predictions": predictions,
            "held": held,
        }.items()
    }
    settings = found.settings
    if frames["train"] is not None and not test:
        frames |= _divided(frames["train"])
        test = train if frames["test"] is not None else ""
    table = frames["train"]
    chosen = target or _target(settings, facts.target, table, frames["test"], frames["predictions"])
    named = chosen or next(iter(_said(settings, facts.target)), "")
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
        predictions=_all_predictions(found, answers, frames["test"], named),
        held_out=_predictions(frames["held"], frames["valid"], named),
        metric=metric,
        threshold=_number(settings, "threshold", "cutoff", "cut_off", "decision_threshold"),
        reported=reported,
        runs=log(found.runs) if found.runs else None,
        claims=tuple(_sentences(found.texts)),
        told_tables=tuple(one for text in found.texts for one in _MARKDOWN_TABLE.findall(text)),
        sources={**found.code, **found.configs},
        passed_over=found.passed_over,
        names={
            "train": train,
            "test": test,
            "predictions": predictions,
            "runs": found.runs.name if found.runs else "",
            "claims": found.written[0] if len(found.written) == 1 else "",
        },
    )


def _frame(found: Folder, name: str) -> pd.DataFrame | None:
    """A table; one that cannot be read is passed over where there is something else to review."""
    if not name:
        return None
    try:
        return read_table(found.tables[name]).frame
    except JourneymanError as error:
        if len(found.tables) == 1 and not found.code:
            raise
        found.passed_over[name] = str(error)
        return None


def _target(
    settings: Mapping[str, Any],
    in_code: str,
    train: pd.DataFrame | None,
    test: pd.DataFrame | None,
    predictions: pd.DataFrame | None,
) -> str:
    if train is None:
        return ""
    for name in _said(settings, in_code):
        if name in train:
            return name
    if test is not None:
        only = [str(name) for name in train.columns if name not in test]
        if len(only) == 1:
            return only[0]
    if predictions is not None:
        both = [str(n) for n in predictions.columns if n in train]
        known = [n for n in both if n.lower() in _TARGETS]
        plain = [n for n in both if not looks_like_id(n, train[n])]
        for shared in (known, plain):  # beside the answers stands what they are about
            if len(shared) == 1:
                return shared[0]
    lower = {str(name).lower(): str(name) for name in train.columns}
    return next((lower[name] for name in _TARGETS if name in lower), "")


def _said(settings: Mapping[str, Any], in_code: str) -> Iterator[str]:
    """What settings and code call the target, settings first."""
    for key in ("target", "target_column", "label", "label_column", "y"):
        if isinstance(settings.get(key), str):
            yield settings[key]
    if in_code:
        yield in_code


def _divided(table: pd.DataFrame) -> dict[str, pd.DataFrame | None]:
    """The parts of a table that a column of it names; nothing where there is no such column."""
    for name in table.columns:
        if str(name).lower() not in _PART_COLUMNS:
            continue
        part = table[name].astype(str).str.lower().map(PARTS)
        if part.isna().any() or not {"train", "test"} <= set(part):
            continue
        rest = table.drop(columns=[name])
        return {
            one: rest[part == one].reset_index(drop=True) if (part == one).any() else None
            for one in ("train", "test", "valid")
        }
    return {}


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


def _all_predictions(
    found: Folder, answers: Mapping[str, Path], rows: pd.DataFrame | None, target: str
) -> pd.DataFrame | None:
    """The first file of predictions, with those of other models on the same rows beside it."""
    read = {name: _frame(found, name) for name in list(answers)[:MOST_RIVALS]}
    raw = {name: table for name, table in read.items() if table is not None}
    tables = {name: _predictions(table, rows, target) for name, table in raw.items()}
    if not raw:
        return None
    first = next(iter(raw))
    others = {k: v for k, v in tables.items() if k != first and v is not None}
    return beside(tables[first], others, {**raw, "": raw[first]})


def _predictions(
    table: pd.DataFrame | None, rows: pd.DataFrame | None, target: str
) -> pd.DataFrame | None:
    if table is None:
        return None
    lower = {str(name).lower().strip(): name for name in table.columns}
    out = pd.DataFrame(index=table.index)
    likely = (target.lower(), *_TRUTH, *_TARGETS)
    truth = next((lower[one] for one in likely if one and one in lower), None)
    if truth is not None:
        out["truth"] = table[truth]
    elif rows is not None and target in rows and len(rows) == len(table):
        out["truth"] = rows[target].to_numpy()
    else:
        return None
    chances = [f"{one}_{truth}".lower() for one in _CHANCE]
    for name, known in (("prediction", _DECISION), ("probability", (*_CHANCE, *chances))):
        column = next((lower[one] for one in known if one in lower and lower[one] != truth), None)
        if column is not None:
            out[name] = table[column]
    taken: list[Any] = []
    if out.shape[1] == 1:
        out, taken = _by_values(table, out, truth)
    rest = {low: name for low, name in lower.items() if name not in taken}
    return _other_models(table, out, rest, truth, chances)


def _by_values(
    table: pd.DataFrame, out: pd.DataFrame, label: Any
) -> tuple[pd.DataFrame, list[Any]]:
    """Predictions under a name that we do not know, where only one column can be them.

    A probability lies between 0 and 1 and goes with a truth of two classes; a decision takes the
    truth's own values; a predicted number goes with the truth. With them come their columns' names.
    """
    truth, taken = out["truth"], {}
    rest = {name: table[name] for name in table.columns if name != label}
    levels = set(truth.dropna().astype(str))
    if 2 <= len(levels) <= 20:
        words = {name: set(one.dropna().astype(str)) for name, one in rest.items()}
        same = [name for name, one in words.items() if len(one) > 1 and one <= levels]
        if len(same) == 1:
            taken["prediction"] = same[0]
    numbers = {name: one for name, one in rest.items() if pd.api.types.is_float_dtype(one)}
    shares = [name for name, one in numbers.items() if one.between(0, 1).all()]
    if len(levels) == 2 and len(shares) == 1 and numbers[shares[0]].nunique() > 10:
        taken["probability"] = shares[0]
    if len(levels) > 20 and len(numbers) == 1 and pd.api.types.is_numeric_dtype(truth):
        name, values = next(iter(numbers.items()))
        if abs(values.corr(truth, method="spearman")) > 0.2:
            taken["prediction"] = name
    found = {sort: table[name] for sort, name in taken.items()}
    return out.assign(**found), list(taken.values())


def _other_models(
    table: pd.DataFrame,
    out: pd.DataFrame,
    lower: Mapping[str, Any],
    truth: Any,
    chances: list[str],
) -> pd.DataFrame:
    for low, name in lower.items():
        if name == truth or low in {*_DECISION, *_CHANCE, *_TRUTH, *chances}:
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
