"""Logistic regression on dense columns and sparse terms, with a Gaussian prior on every weight."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from scipy.special import expit

from journeyman.learner.tracing.log import Floats

Dense = NDArray[np.float32]
STEPS = 60
"""Quasi-Newton steps at most."""


@dataclass(frozen=True)
class Linear:
    """Log odds of a right answer: ``intercept + dense @ weights + terms @ term_weights``."""

    intercept: float
    weights: Floats
    term_weights: Floats

    @classmethod
    def fit(
        cls,
        dense: Dense,
        terms: csr_matrix,
        correct: Floats,
        *,
        penalty: float = 1.0,
        term_penalty: float = 10.0,
    ) -> Linear:
        """Maximise the penalised likelihood by L-BFGS.

        Args:
            dense: Columns of any scale, shape (n, p).
            terms: Sparse columns, shape (n, q); columns of zeros get weight zero.
            correct: 0.0 or 1.0, shape (n,).
            penalty: Inverse prior variance of the dense weights, per standard deviation.
            term_penalty: Inverse prior variance of the sparse weights.

        >>> x = np.array([[-1.0], [1.0], [-2.0], [2.0]], dtype=np.float32)
        >>> found = Linear.fit(x, csr_matrix((4, 1)), np.array([0.0, 1.0, 0.0, 1.0]))
        >>> bool(found.weights[0] > 0)
        True
        """
        count = dense.shape[1]
        mean = dense.mean(axis=0, dtype=np.float64)
        spread = dense.std(axis=0, dtype=np.float64)
        spread = np.where(spread > 1e-6, spread, np.inf)  # constant columns get weight zero
        scaled = ((dense - mean) / spread).astype(np.float32)
        transposed = terms.T.tocsr()
        ridge = np.concatenate(
            [[1e-3], np.full(count, penalty), np.full(terms.shape[1], term_penalty)]
        )

        # steps of one length along every axis: unscaled, rare and frequent terms converge slowly
        squares = np.asarray(terms.multiply(terms).sum(axis=0)).ravel()
        size = np.concatenate([[len(correct)], np.full(count, len(correct)), squares])
        scale = 1.0 / np.sqrt(ridge + 0.15 * size)

        def loss(moved: Floats) -> tuple[float, Floats]:
            theta = scale * moved
            logits = scaled @ theta[1 : count + 1].astype(np.float32)
            logits = logits + theta[0] + terms @ theta[count + 1 :]
            error = expit(logits) - correct
            value = np.logaddexp(0.0, logits).sum() - correct @ logits
            slopes = error.astype(np.float32) @ scaled
            slope = np.concatenate([[error.sum()], slopes, transposed @ error]) + ridge * theta
            return float(value + 0.5 * ridge @ theta**2), scale * slope

        theta = np.zeros(1 + count + terms.shape[1])
        done = minimize(loss, theta, jac=True, method="L-BFGS-B", options={"maxiter": STEPS})
        found = scale * done.x
        weights = found[1 : count + 1] / spread
        return cls(float(found[0] - weights @ mean), weights, found[count + 1 :])

    def logits(self, dense: Dense, terms: csr_matrix) -> Floats:
        """Log odds for each row, shape (n,)."""
        found: Floats = self.intercept + dense @ self.weights + terms @ self.term_weights
        return found

    def one(self, dense: Sequence[float], terms: Iterable[tuple[int, float]]) -> float:
        """Log odds of one row, its sparse terms as pairs of column and value."""
        found = self.intercept + float(np.dot(dense, self.weights))
        listed = self._listed
        for column, value in terms:
            found += value * listed[column]
        return found

    @cached_property
    def _listed(self) -> list[float]:
        found: list[float] = self.term_weights.tolist()  # single numbers come faster out of a list
        return found
