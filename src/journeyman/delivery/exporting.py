"""A fitted model as a folder that others can run: ONNX, schema, parity and the rows it rests on."""

from __future__ import annotations

import json
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.base import is_classifier
from sklearn.exceptions import NotFittedError
from sklearn.utils.validation import check_is_fitted

from journeyman.delivery import converting, shelf
from journeyman.delivery.converting import Graph
from journeyman.delivery.parity import FEWEST, TOLERANCE, Parity, compare
from journeyman.delivery.runtime import Model, runtime, session
from journeyman.delivery.schema import MOST_ROWS, Schema
from journeyman.delivery.shaping import (
    About,
    Attempt,
    Kind,
    grid_of,
    inputs_of,
    plain,
    schema_of,
    wanted,
)
from journeyman.errors import Invalid

MOST_HELD_OUT = 1_000
"""Rows of the sample that are kept for parity and as the reference of the monitor."""


@dataclass(frozen=True, slots=True)
class Exported:
    """An export on disk.

    Attributes:
        folder: With ``model.onnx``, ``schema.json``, ``parity.json`` and ``held-out.json``.
        parity: Through onnxruntime.
        size: Bytes of the model.
    """

    folder: Path
    schema: Schema
    parity: Parity
    size: int

    def to_json(self) -> dict[str, Any]:
        """Plain data for scripts."""
        return {
            "folder": str(self.folder),
            "model": self.schema.model,
            "bytes": self.size,
            "columns": list(self.schema.names),
            "parity": self.parity.to_json(),
        }

    def text(self) -> str:
        """The result for people."""
        return f"Exported to {self.folder} ({self.size:,} bytes). {self.parity.sentence()}"


def export(
    pipeline: Any,
    sample: pd.DataFrame,
    out: Path,
    about: About | None = None,
    *,
    tolerance: float = TOLERANCE,
) -> Exported:
    """Export a fitted scikit-learn pipeline to ONNX, once it says the same there.

    Args:
        pipeline: A fitted classifier or regressor that takes raw rows.
        sample: At least 200 rows that the model was not trained on, without the target. Ranges,
            categories and example rows of the schema come from it, and parity rests on it.
        out: Folder to write; an earlier export there is kept and can be rolled back to.
        about: Title, meanings, and whether rows are pictures or sounds.
        tolerance: Largest difference allowed; see ``parity.compare``.

    Raises:
        Invalid: the rows are too few, the pipeline cannot be converted, or the converted one says
            something else; the sentence names the worst row. Nothing is written then.
    """
    about = about or About()
    rows = _held_out(sample)
    predict = _predict(pipeline, rows)
    expected = predict(rows)
    kind, classes = _kind(pipeline, expected)
    best: tuple[Parity, Attempt, Schema, bytes] | None = None
    refused = ""
    for attempt in _attempts(rows):
        columns, grid = inputs_of(rows, pipeline, about, attempt)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                graph = converting.convert(pipeline, wanted(columns, grid), exact=attempt.exact)
            schema = schema_of(graph, kind, classes, columns, grid, about, rows, expected)
            found = run(schema, graph.data, rows)
        except Invalid:
            raise
        except Exception as error:  # noqa: BLE001 - the converter and the runtime raise anything
            refused = refused or " ".join(str(error).split())[:300] or type(error).__name__
            continue
        parity = compare(
            expected,
            found,
            runtime=runtime(),
            relative=kind != "probabilities",
            tolerance=tolerance,
        )
        if best is None or parity.worst < best[0].worst:
            best = parity, attempt, schema, graph.data
        if parity.holds:
            break
    if best is None:
        raise Invalid(
            f"This pipeline cannot be converted to ONNX: {refused.rstrip('.')}. "
            "docs/how-to/serve-and-demo.md lists the steps that can."
        )
    return _written(best[0], best[2], best[3], rows, expected, out)


def adopt(
    model: bytes,
    predict: Callable[[pd.DataFrame], NDArray[Any]],
    sample: pd.DataFrame,
    out: Path,
    about: About | None = None,
    *,
    classes: tuple[str, ...] = (),
    tolerance: float = TOLERANCE,
) -> Exported:
    """Take over a model that is ONNX already, such as one that torch exported.

    Args:
        model: Its one input is a matrix of single-precision numbers, shape (rows, columns); the
            last of its outputs is the answer, probabilities where there are ``classes``.
        predict: What the model says outside ONNX, to compare with: shape (rows, outputs).
        sample: As for ``export``, numbers only.
        out: As for ``export``.
        about: As for ``export``.
        classes: Names, in the order of the outputs; none for a number.
        tolerance: As for ``export``.

    Raises:
        Invalid: as ``export`` does.
    """
    about = about or About()
    rows = _held_out(sample)
    try:
        opened = session(model)
        (wanted,), output = opened.get_inputs(), opened.get_outputs()[-1].name
    except Exception as error:
        raise Invalid(
            f"The model cannot be opened as ONNX with one input: {str(error).splitlines()[0]:.200}."
        ) from error
    expected = np.asarray(predict(rows), dtype=np.float64).reshape(len(rows), -1)
    kind: Kind = "probabilities" if classes else "number"
    grid = grid_of(rows, about, wanted.name)
    schema = schema_of(Graph(model, output), kind, classes, (), grid, about, rows, expected)
    parity = compare(
        expected,
        run(schema, model, rows),
        runtime=runtime(),
        relative=not classes,
        tolerance=tolerance,
    )
    return _written(parity, schema, model, rows, expected, out)


def run(schema: Schema, model: bytes, rows: pd.DataFrame) -> NDArray[np.float64]:
    """What an exported model says of rows, fed as everyone who has the schema feeds it."""
    opened = Model(schema, session(model), schema.model)
    given = plain(schema, rows)
    parts = [opened.answer(given[at : at + MOST_ROWS]) for at in range(0, len(given), MOST_ROWS)]
    return np.concatenate(parts)


def _held_out(sample: pd.DataFrame) -> pd.DataFrame:
    if len(sample) < FEWEST:
        raise Invalid(
            f"Parity is shown on at least {FEWEST} held-out rows; there are {len(sample)}."
        )
    if sample.columns.has_duplicates or not len(sample.columns):
        raise Invalid("The sample needs columns, each with a name of its own.")
    few = len(sample) <= MOST_HELD_OUT
    rows = sample if few else sample.sample(MOST_HELD_OUT, random_state=0).sort_index()
    return rows.reset_index(drop=True)


def _predict(pipeline: Any, rows: pd.DataFrame) -> Callable[[pd.DataFrame], NDArray[Any]]:
    """The fitted model's own answer, tried once."""
    try:
        check_is_fitted(pipeline)
    except (NotFittedError, TypeError):
        raise Invalid("The model is not a fitted scikit-learn model; fit it first.") from None
    verbs = ["predict_proba", "decision_function"] if is_classifier(pipeline) else ["predict"]
    verb = next((name for name in verbs if hasattr(pipeline, name)), None)
    if verb is None:
        raise Invalid("The model cannot predict; export a classifier or a regressor.")
    listed = converting.reads_text(pipeline) and rows.shape[1] == 1

    def predict(table: pd.DataFrame) -> NDArray[Any]:
        given = table.iloc[:, 0] if listed else table
        found = np.asarray(getattr(pipeline, verb)(given), dtype=np.float64)
        found = found.reshape(len(table), -1)
        # Of two classes, scikit-learn gives the second's score and ONNX both.
        two = verb == "decision_function" and found.shape[1] == 1
        return np.hstack([-found, found]) if two else found

    try:
        predict(rows.head(2))
    except Exception as error:
        raise Invalid(
            f"The model cannot predict the sample's rows ({' '.join(str(error).split())[:200]}); "
            "give the columns that it was fitted on, without the target."
        ) from error
    return predict


def _kind(pipeline: Any, expected: NDArray[Any]) -> tuple[Kind, tuple[str, ...]]:
    if not is_classifier(pipeline):
        if expected.shape[1] != 1:
            raise Invalid("A model that predicts several numbers at once cannot be delivered yet.")
        return "number", ()
    classes = tuple(_class(one) for one in pipeline.classes_)
    return ("probabilities" if hasattr(pipeline, "predict_proba") else "scores"), classes


def _class(value: Any) -> str:
    number = isinstance(value, (float, np.floating)) and float(value).is_integer()
    return str(int(value)) if number else str(value)


def _attempts(rows: pd.DataFrame) -> Iterator[Attempt]:
    """The plain way first; others where the data give a reason to try them."""
    gaps = [""]
    texts = [name for name in rows.columns if not pd.api.types.is_numeric_dtype(rows[name])]
    if texts and rows[texts].isna().to_numpy().any():
        gaps = ["", "nan", "None"]
    whole = any(pd.api.types.is_integer_dtype(rows[name]) for name in rows.columns)
    for exact in (False, True):
        for gap in gaps:
            yield Attempt("float32", gap, exact)
            if whole:
                yield Attempt("int64", gap, exact)


def _written(
    parity: Parity,
    schema: Schema,
    model: bytes,
    rows: pd.DataFrame,
    expected: NDArray[Any],
    out: Path,
) -> Exported:
    if not parity.holds:
        raise Invalid(f"Nothing was exported: {parity.sentence()}{_why(parity, schema, rows)}")
    held_out = {"rows": plain(schema, rows), "expected": expected.tolist()}
    files = {
        "model.onnx": model,
        "schema.json": schema.model_dump_json(indent=1).encode(),
        "parity.json": json.dumps(parity.to_json(), indent=1).encode(),
        "held-out.json": json.dumps(held_out, separators=(",", ":"), allow_nan=False).encode(),
    }
    shelf.place(out, files)
    return Exported(out, schema, parity, len(model))


def _why(parity: Parity, schema: Schema, rows: pd.DataFrame) -> str:
    """What usually is behind a difference in such a row."""
    if any(one.kind == "text" for one in schema.columns):
        return (
            " With texts it is mostly the splitting into words: use TfidfVectorizer's default "
            "token_pattern, and no strip_accents, char_wb or own functions."
        )
    gaps = rows.columns[rows.iloc[parity.row].isna()]
    if len(gaps):
        return (
            f" That row has a gap in “{gaps[0]}”, which not every step treats alike in ONNX: put "
            "a SimpleImputer before the model."
        )
    return (
        " Rows on the edge of a tree's threshold fall to either side where numbers were scaled "
        "before it: trees need no scaling, so leave it out."
    )
