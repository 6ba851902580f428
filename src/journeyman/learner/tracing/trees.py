"""Gradient boosting fitted by scikit-learn, walked in plain arrays.

scikit-learn's own prediction costs milliseconds for a single row. Here one row goes through all
trees at once: every test of the forest is made, each failed test rules out the leaves on its left,
and the leftmost leaf that remains is the exit (QuickScorer, Lucchese and others 2015). Many rows
walk tree by tree.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from journeyman.learner.tracing.log import Floats

Dense = NDArray[np.float32]
Codes = NDArray[np.intp]
Bits = NDArray[np.int64]
DEPTH = 7
LEAVES = 32
RATE = 0.06
SMALLEST = 30
"""Answers in a leaf at least."""
CHUNK = 4096
WORD = 64
"""Leaves of one tree at most: the bits of a machine word."""


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
        """Boost ``trees`` trees on rows without missing values, on one processor core.

        On a busy machine, threads that wait for each other would take minutes for seconds of work.
        """
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
        # here and not further up: threads of a library that is not loaded yet cannot be limited
        with threadpool_limits(limits=1):
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

    @cached_property
    def tests(self) -> Tests:
        """The same trees, arranged to answer for one row at once."""
        return Tests.of(self)

    def one(self, row: Dense) -> float:
        """Log odds of one row, shape (columns,)."""
        return self.base + self.tests.total(row)

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


@dataclass(frozen=True)
class Tests:
    """All inner nodes of a forest, tree by tree.

    Attributes:
        feature, threshold: As in :class:`Forest`, shape (inner nodes,).
        kept: Bits of the leaves of its tree that a failed test leaves over, shape (inner nodes,).
        starts: First inner node of each tree, shape (trees,).
        values: What each leaf adds, left to right, shape (trees * WORD,).
        places: Where the leaves of each tree begin in ``values``, shape (trees,).
    """

    feature: Codes
    threshold: Floats
    kept: Bits
    starts: Codes
    values: Floats
    places: Codes

    @classmethod
    def of(cls, forest: Forest) -> Tests:
        """Number the leaves of every tree from the left."""
        rows: list[tuple[int, float, int]] = []
        starts: list[int] = []
        values = np.zeros((len(forest.roots), WORD))

        def visit(node: int, leaves: list[float]) -> None:
            right, left = forest.children[2 * node : 2 * node + 2].tolist()
            if left == node:
                leaves.append(float(forest.value[node]))
                return
            place, before = len(rows), len(leaves)
            rows.append((0, 0.0, 0))
            visit(left, leaves)
            ruled_out = (1 << len(leaves)) - (1 << before)
            rows[place] = (int(forest.feature[node]), float(forest.threshold[node]), ~ruled_out)
            visit(right, leaves)

        for tree, root in enumerate(forest.roots.tolist()):
            starts.append(len(rows))
            leaves: list[float] = []
            visit(root, leaves)
            values[tree, : len(leaves)] = leaves
            if len(leaves) == 1:
                rows.append((0, np.inf, -1))  # a tree without tests: one that always succeeds
        feature, threshold, kept = zip(*rows, strict=True)
        return cls(
            np.array(feature, dtype=np.intp),
            np.array(threshold, dtype=np.float64),
            np.array(kept, dtype=np.int64),
            np.array(starts, dtype=np.intp),
            values.ravel(),
            np.arange(len(starts), dtype=np.intp) * WORD,
        )

    def total(self, row: Dense) -> float:
        """Sum of the exit leaves for one row."""
        passed = row.astype(np.float64)[self.feature] <= self.threshold
        # a passed test rules nothing out: true becomes -1, all bits set (twice as fast as np.where)
        rules = np.negative(passed.view(np.int8)).astype(np.int64) | self.kept
        left = np.bitwise_and.reduceat(rules, self.starts).view(np.uint64)
        exits = np.bitwise_count(~left & (left - _ONE))  # position of the lowest bit
        return float(np.add.reduce(self.values[self.places + exits]))


_ONE = np.uint64(1)
