"""How likely an answer is, given which of its skills are held: guess, slip and several skills.

``P(right) = guess + (1 - slip - guess) * product over skills of (1 - weight * missing)``: a skill
of weight 1 is indispensable, one of weight 0.3 helps. With one skill of weight 1 this is the DINA
model (Junker and Sijtsma 2001).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from journeyman.core.evidence import Evidence

# Declared parameters are opinions: no item is free of guessing or of slips.
LEAST_GUESS, MOST_GUESS = 0.02, 0.6
LEAST_SLIP, MOST_SLIP = 0.04, 0.4
# A hard variant costs even holders some answers, an easy one rewards even those without the skill.
DIFFICULTY_EFFECT = 0.3


@dataclass(frozen=True, slots=True)
class Response:
    """P(right) with every skill held, and with an indispensable one missing."""

    held: float
    missing: float

    @classmethod
    def of(cls, guess: float, slip: float, difficulty: float = 0.0) -> Response:
        """From declared parameters; ``difficulty`` in logits.

        >>> Response.of(0.25, 0.1)
        Response(held=0.9, missing=0.25)
        """
        guess = min(max(guess, LEAST_GUESS), MOST_GUESS)
        slip = min(max(slip, LEAST_SLIP), MOST_SLIP)
        if difficulty:
            slip = min(max(_shift(slip, difficulty), LEAST_SLIP), MOST_SLIP)
            guess = min(max(_shift(guess, -difficulty), LEAST_GUESS), MOST_GUESS)
        return cls(1.0 - slip, min(guess, 1.0 - slip - 0.1))

    def right(self, available: float) -> float:
        """P(right) when the skills are available with probability ``available``."""
        return self.missing + (self.held - self.missing) * available


def _shift(p: float, difficulty: float) -> float:
    return 1.0 / (1.0 + (1.0 / p - 1.0) * math.exp(-DIFFICULTY_EFFECT * difficulty))


def response_of(evidence: Evidence) -> Response:
    """The response model of one fact.

    "I don't know" and giving up are never the result of a guess, so nothing is put down to one.
    """
    response = Response.of(evidence.guess, evidence.slip, evidence.difficulty)
    if evidence.how in ("dont-know", "gave-up"):
        return Response(response.held, 0.0)
    return response


def log_ratios(
    response: Response, score: float, weights: Mapping[str, float], belief: Mapping[str, float]
) -> dict[str, float]:
    """Per skill, log P(score | held) - log P(score | not held), the others as believed.

    Args:
        response: How the content responds to holding and not holding.
        score: In [0, 1]; between the ends the two log likelihoods are mixed.
        weights: The skills that the content touches, each in (0, 1].
        belief: P(held) of each of them before this answer.

    >>> one = log_ratios(Response(0.9, 0.25), 1.0, {"a": 1.0}, {"a": 0.5})
    >>> round(one["a"], 3) == round(math.log(0.9 / 0.25), 3)
    True
    """
    found = {}
    for skill, weight in weights.items():
        others = math.prod(
            1.0 - w * (1.0 - belief[other]) for other, w in weights.items() if other != skill
        )
        with_it = response.right(others)
        without = response.right(others * (1.0 - weight))
        ratio = 0.0
        if score > 0.0:
            ratio += score * math.log(with_it / without)
        if score < 1.0:
            ratio += (1.0 - score) * math.log((1.0 - with_it) / (1.0 - without))
        found[skill] = ratio
    return found
