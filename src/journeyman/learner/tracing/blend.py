"""Mix the logits of several models into one calibrated probability, on held-out answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit

from journeyman.learner.tracing.log import Floats

TRUST = 20.0
"""Strength of the prior on the mixture, as inverse variance of each weight."""


@dataclass(frozen=True)
class Blend:
    """``intercept + logits @ weights``: Platt scaling (Platt 1999) of several scores at once."""

    intercept: float
    weights: Floats

    @classmethod
    def fit(cls, logits: Floats, correct: Floats, prior: Floats) -> Blend:
        """Fit by penalised likelihood around ``prior``, so that few answers change it little.

        Args:
            logits: Held-out logits of each model, shape (n, models).
            correct: Shape (n,).
            prior: Expected weights, shape (models,).
        """
        middle = np.concatenate([[0.0], prior])

        def loss(theta: Floats) -> tuple[float, Floats]:
            mixed = theta[0] + logits @ theta[1:]
            error = expit(mixed) - correct
            value = np.logaddexp(0.0, mixed).sum() - correct @ mixed
            away = theta - middle
            slope = np.concatenate([[error.sum()], error @ logits]) + TRUST * away
            return float(value + 0.5 * TRUST * away @ away), slope

        done = minimize(loss, middle, jac=True, method="L-BFGS-B")
        return cls(float(done.x[0]), done.x[1:])

    def mix(self, logits: Floats) -> Floats:
        """The calibrated logit of each row of ``logits``, shape (n,)."""
        mixed: Floats = self.intercept + logits @ self.weights
        return mixed

    def one(self, logits: Sequence[float]) -> float:
        """The calibrated logit of one row, shape (models,)."""
        return self.intercept + float(np.dot(logits, self.weights))
