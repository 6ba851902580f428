"""How likely an answer is, given which of its skills are held: guess, slip and several skills.

``P(right) = guess + (1 - slip - guess) * product over skills of (1 - weight * missing)``: a skill
of weight 1 is indispensable, one of weight 0.3 helps. With one skill of weight 1 this is the DINA
model (Junker and Sijtsma 2001).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from journeyman.core.evidence import Evidence, How
from journeyman.learner.priors import NOISES

# Declared parameters are opinions: no item is free of guessing or of slips.
LEAST_GUESS, MOST_GUESS = 0.02, 0.6
LEAST_SLIP, MOST_SLIP = 0.04, 0.4
# A hard variant costs even holders some answers, an easy one rewards even those without the skill.
DIFFICULTY_EFFECT = 0.3
# Who says "I don't know" is not guessing: a lucky guesser says so this many times as rarely.
ADMITS = 0.3


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
        guess = clip_guess(guess)
        slip = clip_slip(slip)
        if difficulty:
            effect = DIFFICULTY_EFFECT * difficulty
            slip = clip_slip(shifted(slip, effect))
            guess = clip_guess(shifted(guess, -effect))
        return cls(1.0 - slip, min(guess, 1.0 - slip - 0.1))

    def right(self, available: float) -> float:
        """P(right) when the skills are available with probability ``available``."""
        return self.missing + (self.held - self.missing) * available


def shifted(p: float, logits: float) -> float:
    """A probability moved by ``logits``.

    >>> round(shifted(0.15, 1.7), 2)
    0.49
    """
    return 1.0 / (1.0 + (1.0 / p - 1.0) * math.exp(-logits))


def clip_guess(p: float) -> float:
    """Within what any item may have."""
    return min(max(p, LEAST_GUESS), MOST_GUESS)


def clip_slip(p: float) -> float:
    """Within what any item may have."""
    return min(max(p, LEAST_SLIP), MOST_SLIP)


def responses_of(evidence: Evidence) -> tuple[Response, ...]:
    """The response model of one fact under each of :data:`journeyman.learner.priors.NOISES`.

    "I don't know" and giving up are never the result of a guess, so nothing is put down to one.
    How somebody answers questions says nothing about code, so what was not answered is as declared.
    """
    return _responses(evidence.guess, evidence.slip, evidence.difficulty, evidence.how)


@lru_cache(maxsize=4096)
def _responses(guess: float, slip: float, difficulty: float, how: How) -> tuple[Response, ...]:
    if how != "answered":
        response = Response.of(guess, slip, difficulty)
        if how in ("dont-know", "gave-up"):
            response = Response(response.held, 0.0)
        return (response,) * len(NOISES)
    return tuple(
        Response.of(
            shifted(clip_guess(guess), noise.guess),
            shifted(clip_slip(slip), noise.slip),
            difficulty,
        )
        for noise in NOISES
    )


def admitted(evidence: Evidence) -> tuple[float, ...]:
    """What saying "I don't know" tells about the way of answering itself, as log likelihoods.

    One for each of :data:`journeyman.learner.priors.NOISES`; 0 for every other kind of fact.
    """
    said = evidence.how == "dont-know"
    return tuple(math.log(ADMITS) if said and noise.guess > 0.0 else 0.0 for noise in NOISES)


def log_likelihood(response: Response, score: float, available: float) -> float:
    """Log-likelihood of ``score``, the skills being available with a probability.

    >>> round(log_likelihood(Response(0.9, 0.25), 1.0, 1.0), 3) == round(math.log(0.9), 3)
    True
    """
    right = response.right(available)
    found = score * math.log(right) if score > 0.0 else 0.0
    return found + ((1.0 - score) * math.log(1.0 - right) if score < 1.0 else 0.0)


def available(weights: Mapping[str, float], belief: Mapping[str, float]) -> float:
    """Probability that what content needs is there, its skills held independently of each other."""
    return math.prod(1.0 - weight * (1.0 - belief[slug]) for slug, weight in weights.items())


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
        others = available({s: w for s, w in weights.items() if s != skill}, belief)
        with_it = log_likelihood(response, score, others)
        found[skill] = with_it - log_likelihood(response, score, others * (1.0 - weight))
    return found
