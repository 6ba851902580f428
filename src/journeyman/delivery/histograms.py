"""Categorical splits of boosted histograms as splits of numbers, which ONNX's trees have.

skl2onnx reads a split “is one of these categories” as a split of a number, and says nothing; most
answers are wrong then. Here each such split becomes a chain: the categories are sorted, and those
beside each other that go the same way share one link. The links' true branches lead to the split's
two children, the false ones to the next link; the runtimes allow a child to have several parents
for just this purpose.
"""

from __future__ import annotations

import copy
from typing import Any

import numpy as np
from numpy.typing import NDArray

from journeyman.errors import Invalid

Nodes = NDArray[Any]


def with_numbers_only(fitted: Any) -> Any:
    """The same boosting, without categorical splits and on its columns as they come.

    Args:
        fitted: A HistGradientBoosting model; one without categorical columns is given back.

    Raises:
        Invalid: categories that are no whole numbers; put an OrdinalEncoder before the model.
    """
    chosen = getattr(fitted, "is_categorical_", None)
    if chosen is None or not np.any(chosen):
        return fitted
    # scikit-learn moves the categorical columns to the front, and numbers their values anew.
    places = np.concatenate([np.flatnonzero(chosen), np.flatnonzero(~chosen)])
    # Nothing public tells the categories or the trees; the converter reads the same members.
    encoder = fitted._preprocessor.named_transformers_["encoder"]  # noqa: SLF001
    values = [_whole(one) for one in encoder.categories_]
    made = copy.copy(fitted)
    made._predictors = [  # noqa: SLF001
        [_expanded(tree, places, values) for tree in trees]
        for trees in fitted._predictors  # noqa: SLF001
    ]
    return made


def _whole(categories: NDArray[Any]) -> NDArray[np.float64]:
    try:
        found = np.asarray(categories, dtype=np.float64)
    except (TypeError, ValueError):
        found = np.array([0.5])
    found = found[~np.isnan(found)]
    if not np.array_equal(found, np.round(found)):
        raise Invalid(
            "The boosting model has categories that are no whole numbers; put an OrdinalEncoder "
            "before it in the pipeline."
        )
    return found


def _expanded(tree: Any, places: NDArray[np.intp], values: list[NDArray[np.float64]]) -> Any:
    nodes: Nodes = tree.nodes.copy()
    more: list[Any] = []
    for at in range(len(nodes)):
        node = nodes[at]
        if node["is_leaf"]:
            continue
        feature = int(node["feature_idx"])
        node["feature_idx"] = places[feature]
        if node["is_categorical"]:
            left = _members(tree.raw_left_cat_bitsets[node["bitset_idx"]], len(values[feature]))
            links = _links(values[feature], left, bool(node["missing_go_to_left"]))
            more += _chain(node, links, len(nodes) + len(more))
    made = copy.copy(tree)
    made.nodes = np.concatenate([nodes, np.array(more, dtype=nodes.dtype)]) if more else nodes
    return made


def _members(bits: NDArray[np.uint32], count: int) -> list[bool]:
    """Whether each of the first ``count`` codes is in a set of bits, 32 a word."""
    return [bool(int(bits[code // 32]) >> (code % 32) & 1) for code in range(count)]


def _links(
    values: NDArray[np.float64], left: list[bool], missing_left: bool
) -> list[tuple[float, bool]]:
    """Upper bounds, each with whether what lies below it (and above the one before) goes left.

    What is no known category goes where gaps go: below the first, between two that are not
    neighbours, and above the last, which needs no link of its own.
    """
    found: list[tuple[float, bool]] = []

    def add(bound: float, goes_left: bool) -> None:
        if found and found[-1][1] == goes_left:
            found.pop()
        found.append((bound, goes_left))

    add(values[0] - 0.5, missing_left)
    for at, value in enumerate(values):
        if at and value - values[at - 1] > 1:
            add(value - 0.5, missing_left)
        add(value + 0.5, left[at])
    if found[-1][1] == missing_left:
        found.pop()
    return found


def _chain(node: Any, links: list[tuple[float, bool]], free: int) -> list[Any]:
    """Turn ``node`` into the first link; gives the others, to lie from position ``free`` on."""
    missing_left = bool(node["missing_go_to_left"])
    children = {True: int(node["left"]), False: int(node["right"])}
    rest = children[missing_left]
    node["is_categorical"] = 0
    if not links:  # every category goes where gaps go
        node["num_threshold"], node["left"], node["right"] = 0.0, rest, rest
        return []
    made = []
    for at, (bound, goes_left) in enumerate(links):
        link = node if at == 0 else node.copy()
        link["num_threshold"] = bound
        link["left"] = children[goes_left]
        link["right"] = free + at if at + 1 < len(links) else rest
        # A gap takes the first link that leads where gaps go, else falls through to the end.
        link["missing_go_to_left"] = goes_left == missing_left
        if at:
            made.append(link)
    return made
