"""Two plain models that are mixed in where a log is small, and fade as it grows.

A few hundred answers cannot carry forty features: there a rating and a regression on counts
predict better than everything above them. Their share falls with the square root of the number of
answers and is nothing from ``ENOUGH`` on.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags

from journeyman.learner.tracing.linear import Linear
from journeyman.learner.tracing.log import Floats
from journeyman.learner.tracing.state import FEATURES, Key

ENOUGH = 30_000
"""Answers from which on the plain models have no say."""
PENALTY = 1.0
"""Inverse prior variance of the regression's terms, as in Best-LR."""
_EXPECTED = FEATURES.index("expected")
_COUNTS = np.array([name in {"learner answers", "learner rate"} for name in FEATURES], np.float32)
_KINDS = {"item", "skill", "right", "wrong"}


@dataclass(frozen=True)
class Plain:
    """The mean logit of an Elo rating and of a regression on items, skills and counts.

    Attributes:
        share: Of this logit in the final one, above 0 and below 1.
        linear: The regression; its weights stand where those of the rich one stand.
    """

    share: float
    linear: Linear

    @classmethod
    def fit(
        cls, dense: NDArray[np.float32], terms: csr_matrix, keys: Iterable[Key], correct: Floats
    ) -> Plain | None:
        """Fit on a small log; None where the log is large enough to do without.

        Args:
            dense: Values of ``FEATURES``, shape (n, len(FEATURES)).
            terms: Sparse columns, shape (n, q).
            keys: Their names, q of them.
            correct: 0.0 or 1.0, shape (n,).
        """
        share = 1.0 - math.sqrt(len(correct) / ENOUGH)
        if share <= 0.0:
            return None
        kept = diags([float(key[0] in _KINDS) for key in keys])
        linear = Linear.fit(dense * _COUNTS, (terms @ kept).tocsr(), correct, term_penalty=PENALTY)
        return cls(share, linear)

    def mix(self, rich: Floats, dense: NDArray[np.float32], terms: csr_matrix) -> Floats:
        """The final logit of each row from the rich model's, shape (n,)."""
        own = (self.linear.logits(dense, terms) + dense[:, _EXPECTED]) / 2.0
        found: Floats = rich + self.share * (own - rich)
        return found

    def mix_one(
        self, rich: float, features: Sequence[float], terms: Iterable[tuple[int, float]]
    ) -> float:
        """The same for one answer."""
        own = (self.linear.one(features, terms) + features[_EXPECTED]) / 2.0
        return rich + self.share * (own - rich)
