"""Encodings with rare categories taken together: skl2onnx refuses the one, misreads the other."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from skl2onnx.common._registration import (  # type: ignore[import-untyped, unused-ignore]
    get_converter,
    get_shape_calculator,
)
from skl2onnx.common.data_types import (  # type: ignore[import-untyped, unused-ignore]
    FloatTensorType,
    StringTensorType,
)

_ALIAS = "SklearnOneHotEncoder"
_CODES = "SklearnOrdinalEncoder"
_SINGLE, _INTEGERS = 1, 7  # TensorProto.FLOAT and INT64


def shape(operator: Any) -> None:
    """How wide the encoding is."""
    if not _taken_together(operator):
        get_shape_calculator(_ALIAS)(operator)
        return
    width = len(operator.raw_operator.get_feature_names_out())
    operator.outputs[0].type = FloatTensorType([None, width])


def convert(scope: Any, operator: Any, container: Any) -> None:
    """Encode the frequent categories; a last column says that it was none of them."""
    if not _taken_together(operator):
        get_converter(_ALIAS)(scope, operator, container)
        return
    fitted = operator.raw_operator
    one, axis = (scope.get_unique_variable_name(name) for name in ("one", "axis"))
    container.add_initializer(one, _SINGLE, [1], [1.0])
    container.add_initializer(axis, _INTEGERS, [1], [1])
    pieces = []
    for at, categories in enumerate(fitted.categories_):
        rare = fitted.infrequent_categories_[at]
        frequent = [name for name in categories if rare is None or name not in set(rare)]
        encoded = _encoded(scope, container, _column(scope, container, operator, at), frequent)
        pieces.append(encoded)
        if rare is not None:
            total, rest = (scope.get_unique_variable_name(name) for name in ("total", "rest"))
            container.add_node("ReduceSum", [encoded, axis], total, op_version=13, keepdims=1)
            container.add_node("Sub", [one, total], rest, op_version=14)
            pieces.append(rest)
    output = operator.outputs[0].full_name
    container.add_node("Concat", pieces, output, op_version=13, axis=1)


def _taken_together(operator: Any) -> bool:
    """Whether this is the case that skl2onnx lacks, and that is done here."""
    fitted = operator.raw_operator
    if not getattr(fitted, "_infrequent_enabled", False):
        return False
    rare = fitted.infrequent_categories_
    pairs = list(zip(fitted.categories_, rare, strict=True))
    return bool(
        any(one is not None for one in rare)
        and all(isinstance(one.type, StringTensorType) for one in operator.inputs)
        and all(isinstance(name, str) for part in fitted.categories_ for name in part)
        and all(len(part) > (0 if few is None else len(few)) for part, few in pairs)
        and fitted.handle_unknown == "infrequent_if_exist"
        and fitted.drop is None
        and len(operator.inputs) in {1, len(fitted.categories_)}
    )


def shape_of_codes(operator: Any) -> None:
    """One number a column."""
    if not _codes_taken_together(operator):
        get_shape_calculator(_CODES)(operator)
        return
    operator.outputs[0].type = FloatTensorType([None, len(operator.raw_operator.categories_)])


def convert_codes(scope: Any, operator: Any, container: Any) -> None:
    """Give each category its code, the rare ones of a column one code together."""
    if not _codes_taken_together(operator):
        get_converter(_CODES)(scope, operator, container)
        return
    fitted = operator.raw_operator
    pieces = []
    for at, categories in enumerate(fitted.categories_):
        names = [name for name in categories if isinstance(name, str)]
        code = scope.get_unique_variable_name("code")
        container.add_node(
            "LabelEncoder",
            _column(scope, container, operator, at),
            code,
            op_domain="ai.onnx.ml",
            op_version=2,
            keys_strings=[name.encode() for name in names],
            values_floats=_codes(fitted, at, names),
            default_float=float(fitted.unknown_value),
        )
        pieces.append(code)
    output = operator.outputs[0].full_name
    container.add_node("Concat", pieces, output, op_version=13, axis=1)


def _codes(fitted: Any, at: int, names: list[str]) -> list[float]:
    """What the encoder itself says of each name in one column."""
    rows = {
        column: names if column == at else [categories[0]] * len(names)
        for column, categories in enumerate(fitted.categories_)
    }
    columns = getattr(fitted, "feature_names_in_", range(len(rows)))
    table = pd.DataFrame({name: rows[place] for place, name in enumerate(columns)}, dtype=object)
    given = table if hasattr(fitted, "feature_names_in_") else table.to_numpy()
    return [float(code) for code in np.asarray(fitted.transform(given))[:, at]]


def _codes_taken_together(operator: Any) -> bool:
    """Whether rare categories share a code; a gap has to be coded as what was never met."""
    fitted = operator.raw_operator
    if not getattr(fitted, "_infrequent_enabled", False):
        return False
    names = [name for part in fitted.categories_ for name in part]
    gaps = [name for name in names if not isinstance(name, str)]
    return bool(
        any(one is not None for one in fitted.infrequent_categories_)
        and all(isinstance(one.type, StringTensorType) for one in operator.inputs)
        and fitted.handle_unknown == "use_encoded_value"
        and all(isinstance(name, float) and np.isnan(name) for name in gaps)
        and (not gaps or np.isnan([fitted.unknown_value, fitted.encoded_missing_value]).all())
        and len(operator.inputs) in {1, len(fitted.categories_)}
    )


def _column(scope: Any, container: Any, operator: Any, at: int) -> str:
    """The texts of one column, shape (rows, 1)."""
    if len(operator.inputs) > 1:
        return str(operator.inputs[at].full_name)
    index, column = (scope.get_unique_variable_name(name) for name in ("index", "column"))
    container.add_initializer(index, _INTEGERS, [1], [at])
    container.add_node(
        "ArrayFeatureExtractor",
        [operator.inputs[0].full_name, index],
        column,
        op_domain="ai.onnx.ml",
    )
    return str(column)


def _encoded(scope: Any, container: Any, column: str, names: list[str]) -> str:
    """One column a name, shape (rows, names)."""
    cube, flat, form = (scope.get_unique_variable_name(name) for name in ("cube", "flat", "form"))
    container.add_node(
        "OneHotEncoder",
        column,
        cube,
        op_domain="ai.onnx.ml",
        cats_strings=[name.encode() for name in names],
        zeros=1,
    )
    container.add_initializer(form, _INTEGERS, [2], [-1, len(names)])
    container.add_node("Reshape", [cube, form], flat, op_version=14)
    return str(flat)
