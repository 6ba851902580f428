"""Gradient boosting fitted by scikit-learn, walked in plain arrays.

scikit-learn's own prediction costs milliseconds for a single row; here all trees of the forest step
down together, one level at a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from journeyman.learner.tracing.log import Floats

Dense = NDArray[np.float32]
Codes = NDArray[np.intp]
DEPTH = 7
LEAVES = 32
RATE = 0.06
SMALLEST = 30
"""Answers in a leaf at least."""
CHUNK = 4096


@dataclass(frozen=True)
class Forest:
    """Trees as arrays over all nodes; a leaf's children are itself.

    Attributes:
        base: Log odds before any tree.
        roots: First node of each tree, shape (trees,).
        feature: Column that a node tests, shape (nodes,).
        threshold: Left if the value is at most this, shape (nodes,).
        children: Right and left child of node ``i`` at ``2 i`` and ``2 i + 1``.
        value: What a leaf adds.
        depth: Steps from a root to its deepest leaf.
    """

    base: float
    roots: Codes
    feature: Codes
    threshold: Floats
    children: Codes
    value: Floats
    depth: int

    @classmethod
    def fit(cls, rows: Dense, correct: Floats, *, trees: int, seed: int = 0) -> Forest:
        """Boost ``trees`` trees on rows without missing values."""
        from sklearn.ensemble import HistGradientBoostingClassifier  # noqa: PLC0415 - slow import

        model = HistGradientBoostingClassifier(
            max_iter=trees,
            learning_rate=RATE,
            max_depth=DEPTH,
            max_leaf_nodes=LEAVES,
            min_samples_leaf=SMALLEST,
            l2_regularization=10.0,
            max_features=0.5,
            early_stopping=False,
            random_state=seed,
        )
        model.fit(rows, correct.astype(np.int64))
        return cls._export(model)

    @classmethod
    def _export(cls, model: Any) -> Forest:
        # scikit-learn keeps its trees in private fields; a test compares the two walks.
        grown = [predictor.nodes for (predictor,) in model._predictors]  # noqa: SLF001
        base = float(model._baseline_prediction.item())  # noqa: SLF001
        sizes = [len(nodes) for nodes in grown]
        roots = np.concatenate([[0], np.cumsum(sizes)])[:-1].astype(np.intp)
        nodes = np.concatenate(grown)
        own = np.arange(len(nodes))
        shift = np.repeat(roots, sizes)
        leaf = nodes["is_leaf"].astype(bool)
        children = np.empty(2 * len(nodes), dtype=np.intp)
        children[0::2] = np.where(leaf, own, nodes["right"] + shift)
        children[1::2] = np.where(leaf, own, nodes["left"] + shift)
        return cls(
            base,
            roots,
            np.where(leaf, 0, nodes["feature_idx"]).astype(np.intp),
            np.where(leaf, np.inf, nodes["num_threshold"]).astype(np.float64),
            children,
            np.where(leaf, nodes["value"], 0.0).astype(np.float64),
            int(nodes["depth"].max()),
        )

    def first(self, trees: int) -> Forest:
        """The forest of only the first ``trees`` trees."""
        return replace(self, roots=self.roots[:trees])

    def one(self, row: Floats) -> float:
        """Log odds of one row, shape (columns,)."""
        node = self.roots
        for _ in range(self.depth):
            left = row.take(self.feature.take(node)) <= self.threshold.take(node)
            node = self.children.take(2 * node + left)
        return self.base + float(self.value.take(node).sum())

    def many(self, rows: Dense) -> Floats:
        """Log odds of each row, shape (n,)."""
        *_, last = self.stages(rows, len(self.roots))
        return last

    def stages(self, rows: Dense, every: int) -> Iterator[Floats]:
        """Log odds of each row after every so many trees, and after the last."""
        found = np.full(len(rows), self.base)
        for done, root in enumerate(self.roots.tolist(), start=1):
            for first in range(0, len(rows), CHUNK):
                found[first : first + CHUNK] += self._leaves(rows[first : first + CHUNK], root)
            if done % every == 0 or done == len(self.roots):
                yield found.copy()

    def _leaves(self, rows: Dense, root: int) -> Floats:
        index = np.arange(len(rows))
        node = np.full(len(rows), root)
        for _ in range(self.depth):
            left = rows[index, self.feature[node]] <= self.threshold[node]
            node = self.children[2 * node + left]
        found: Floats = self.value[node]
        return found
