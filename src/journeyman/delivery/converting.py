"""From a fitted scikit-learn pipeline to an ONNX graph, by skl2onnx.

Some things go wrong with skl2onnx alone, and are set right here. A vectoriser's words are
split by another rule than scikit-learn's, silently (``TOKENS``). Boosted histograms are refused by
protobuf 7 and later (``_plain``), and their categorical splits misread (``histograms``). Rare
categories cannot be taken together (``encoders``). Scaling in single precision lets a row that lies
on a tree's threshold fall to the other side: the ``exact`` attempt scales in double precision, and
rounds where scikit-learn does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd
from skl2onnx import convert_sklearn  # type: ignore[import-untyped, unused-ignore]
from skl2onnx.common._registration import get_converter, get_shape_calculator  # type: ignore[import-untyped, unused-ignore]
from skl2onnx.common.data_types import (  # type: ignore[import-untyped, unused-ignore]
    DoubleTensorType,
    FloatTensorType,
    Int64TensorType,
    StringTensorType,
)
from skl2onnx.helpers.onnx_helper import select_model_inputs_outputs  # type: ignore[import-untyped, unused-ignore]
from skl2onnx.sklapi import CastTransformer  # type: ignore[import-untyped, unused-ignore]
from sklearn.base import is_classifier
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import (
    HistGradientBoostingClassifier,
    HistGradientBoostingRegressor,
    VotingClassifier,
)
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.impute import SimpleImputer
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder

from journeyman.delivery import encoders
from journeyman.delivery.histograms import with_numbers_only
from journeyman.errors import Invalid

OPSETS = {"": 17, "ai.onnx.ml": 3}
"""Understood by every onnxruntime and onnxruntime-web of the last years."""
TOKENS = {
    r"\b\w\w+\b": r"[\p{L}\p{N}_]{2,}",
    r"\b\w+\b": r"[\p{L}\p{N}_]+",
}
"""scikit-learn's word patterns, and the same words for the runtime's engine (RE2)."""
Feed = Literal["float32", "float64", "int64", "string"]
_TYPES = {
    "float32": FloatTensorType,
    "float64": DoubleTensorType,
    "int64": Int64TensorType,
    "string": StringTensorType,
}
_HISTOGRAMS = (HistGradientBoostingClassifier, HistGradientBoostingRegressor)


@dataclass(frozen=True, slots=True)
class Input:
    """One input of the graph: a column, or a matrix of ``width`` columns."""

    name: str
    feed: Feed
    width: int = 1


@dataclass(frozen=True, slots=True)
class Graph:
    """A converted model.

    Attributes:
        data: The bytes of ``model.onnx``.
        output: Name of its one output.
    """

    data: bytes
    output: str


def convert(
    pipeline: Any, inputs: Sequence[Input], *, exact: bool = False, tokens: bool = True
) -> Graph:
    """Convert a fitted pipeline.

    Args:
        pipeline: A scikit-learn estimator.
        inputs: Names and types, in the order of the columns.
        exact: Compute all but the last step in double precision; inputs of numbers are
            ``float64`` then.
        tokens: Whether vectorisers get the words of scikit-learn; ``False`` gives skl2onnx's
            default, which is wrong and here for the test that shows it.

    Raises:
        Invalid: trees that learnt from gaps, which skl2onnx gets wrong or never finishes.
        Exception: skl2onnx raises many kinds of errors for what it cannot convert.
    """
    _no_gaps_in_trees(pipeline)
    given = pipeline
    if exact:
        given = _cast_before_last(pipeline)
        inputs = [
            Input(i.name, "float64" if i.feed != "string" else i.feed, i.width) for i in inputs
        ]
    if len(inputs) > 1 and not named(pipeline):
        given = _beside_each_other(given, [one.name for one in inputs])
    options: dict[int, dict[str, Any]] = {}
    for part in parts(given):
        if isinstance(part, CountVectorizer):  # TfidfVectorizer is one
            options[id(part)] = {"locale": "C"}  # the only one that every machine has
            if tokens:
                pattern = part.token_pattern.removeprefix("(?u)")
                options[id(part)]["tokenexp"] = TOKENS.get(pattern, pattern)
    final = last(given)
    if is_classifier(final):
        wish = {"zipmap": False} if hasattr(final, "predict_proba") else {"raw_scores": True}
        options.setdefault(id(final), {}).update(wish)
    mended = _mended(exact)
    with _unflattened(given):
        model = convert_sklearn(
            given,
            initial_types=[(i.name, _TYPES[i.feed]([None, i.width])) for i in inputs],
            options=options,
            target_opset=OPSETS,
            custom_conversion_functions=mended,
            custom_shape_calculators={
                kind: get_shape_calculator(f"Sklearn{kind.__name__}") for kind in mended
            }
            | {OneHotEncoder: encoders.shape, OrdinalEncoder: encoders.shape_of_codes},
        )
    output = model.graph.output[-1].name  # a classifier's first output is the label
    model = select_model_inputs_outputs(model, outputs=[output])
    return Graph(model.SerializeToString(), output)


def parts(estimator: Any, seen: set[int] | None = None) -> Iterator[Any]:
    """The estimator and every fitted estimator inside it, each once."""
    seen = set() if seen is None else seen
    if id(estimator) in seen or isinstance(estimator, type):
        return
    if isinstance(estimator, Mapping):
        estimator = list(estimator.values())
    if isinstance(estimator, (list, tuple)):
        for one in estimator:
            yield from parts(one, seen)
    elif hasattr(estimator, "get_params"):
        seen.add(id(estimator))
        yield estimator
        for name, value in vars(estimator).items():
            # Single trees of a forest have nothing to set, and there are thousands.
            if name in {"steps", "transformers_", "transformer_list", "named_estimators_"} or (
                name.endswith(("estimator_", "calibrated_classifiers_", "regressor_"))
            ):
                yield from parts(value, seen)
    elif hasattr(estimator, "estimator"):  # one fold of a CalibratedClassifierCV
        yield from parts(estimator.estimator, seen)


def _no_gaps_in_trees(pipeline: Any) -> None:
    for part in parts(pipeline):
        found = part if hasattr(part, "tree_") else getattr(part, "estimators_", ())
        for tree in np.ravel(np.asarray(found, dtype=object)):
            grown = getattr(tree, "tree_", None)
            # A split “gap or not” has an infinite threshold, over which skl2onnx never ends.
            if grown is not None and not np.isfinite(grown.threshold).all():
                raise Invalid(
                    f"The {type(part).__name__} learnt from rows with gaps, and its trees cannot "
                    "say so in ONNX: put a SimpleImputer before it, or take "
                    "HistGradientBoosting, which can."
                )


def last(estimator: Any) -> Any:
    """The step that predicts."""
    while isinstance(estimator, Pipeline):
        estimator = estimator.steps[-1][1]
    return estimator


def named(estimator: Any) -> bool:
    """Whether columns are chosen by their names somewhere."""
    return any(
        isinstance(part, ColumnTransformer)
        and any(
            isinstance(columns, str) or any(isinstance(one, str) for one in _listed(columns))
            for _, _, columns in part.transformers_
        )
        for part in parts(estimator)
    )


def reads_text(estimator: Any) -> bool:
    """Whether the first step turns texts into numbers itself, so that it takes a list of texts."""
    while isinstance(estimator, Pipeline):
        estimator = estimator.steps[0][1]
    if hasattr(estimator, "transformer_list"):  # a FeatureUnion
        return any(reads_text(one) for _, one in estimator.transformer_list)
    return isinstance(estimator, (CountVectorizer, TfidfVectorizer))


def _listed(columns: Any) -> list[Any]:
    return list(columns) if isinstance(columns, (list, tuple, np.ndarray)) else []


def _cast_before_last(pipeline: Any) -> Any:
    """The same pipeline with numbers rounded to single precision before its last step."""
    if not isinstance(pipeline, Pipeline) or len(pipeline.steps) < 2:
        return pipeline
    cast = CastTransformer(dtype=np.float32)
    return Pipeline([*pipeline.steps[:-1], ("single", cast), pipeline.steps[-1]])


def _beside_each_other(estimator: Any, names: Sequence[str]) -> Pipeline:
    """The estimator behind a step that makes one matrix of the columns."""
    beside = ColumnTransformer([("all", "passthrough", list(names))])
    beside.fit(pd.DataFrame({name: [0.0] for name in names}))
    return Pipeline([("columns", beside), ("model", estimator)])


@contextmanager
def _unflattened(estimator: Any) -> Iterator[None]:
    """Vote without ``flatten_transform``, which skl2onnx refuses although predicting ignores it."""
    votes = [one for one in parts(estimator) if isinstance(one, VotingClassifier)]
    before = [one.flatten_transform for one in votes]
    try:
        for one in votes:
            one.flatten_transform = False
        yield
    finally:
        for one, value in zip(votes, before, strict=True):
            one.flatten_transform = value


def _mended(exact: bool) -> dict[type, Any]:
    mended: dict[type, Any] = {kind: _plainly(kind) for kind in _HISTOGRAMS}
    mended[SimpleImputer] = _impute_double if exact else _impute
    mended[OneHotEncoder] = encoders.convert
    mended[OrdinalEncoder] = encoders.convert_codes
    return mended


def _plainly(kind: type) -> Any:
    """skl2onnx's converter for ``kind``, with plain numbers and splits of numbers only."""
    original = get_converter(f"Sklearn{kind.__name__}")

    def converter(scope: Any, operator: Any, container: Any) -> None:
        fitted = operator.raw_operator
        operator.raw_operator = with_numbers_only(fitted)
        try:
            original(scope, operator, _Plain(container))
        finally:
            operator.raw_operator = fitted

    return converter


class _Plain:
    """A container of nodes that makes plain Python numbers of attributes."""

    def __init__(self, container: Any) -> None:
        self._container = container

    def __getattr__(self, name: str) -> Any:
        return getattr(self._container, name)

    def add_node(self, *given: Any, **attributes: Any) -> Any:
        """Add a node."""
        plain = {name: _plain(value) for name, value in attributes.items()}
        return self._container.add_node(*given, **plain)


def _plain(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        value = value.tolist()
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    if isinstance(value, np.generic):
        value = value.item()
    return int(value) if isinstance(value, bool) else value


def _impute(scope: Any, operator: Any, container: Any) -> None:
    """Pass texts on: whoever feeds the model gives the filling for a gap (``Column.gap``)."""
    fitted: SimpleImputer = operator.raw_operator
    source, target = operator.inputs[0], operator.outputs[0]
    texts = isinstance(source.type, StringTensorType) and len(operator.inputs) == 1
    if texts and not fitted.add_indicator:
        container.add_node("Identity", source.full_name, target.full_name, op_version=16)
    else:
        get_converter("SklearnSimpleImputer")(scope, operator, container)


def _impute_double(scope: Any, operator: Any, container: Any) -> None:
    """Fill gaps in double precision, for which the runtime has no operator of its own."""
    fitted: SimpleImputer = operator.raw_operator
    source = operator.inputs[0]
    if (
        len(operator.inputs) > 1
        or isinstance(source.type, StringTensorType)
        or fitted.add_indicator
    ):
        _impute(scope, operator, container)
        return
    fill, gaps = (scope.get_unique_variable_name(name) for name in ("fill", "gaps"))
    statistics = fitted.statistics_.astype(float)
    container.add_initializer(fill, 11, [1, len(statistics)], statistics.tolist())  # 11: double
    container.add_node("IsNaN", source.full_name, gaps, op_version=13)
    container.add_node(
        "Where", [gaps, fill, source.full_name], operator.outputs[0].full_name, op_version=16
    )
