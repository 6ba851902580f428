"""A question, the rule that keeps ambiguous ones away, and how an answer is marked."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from journeyman.delivery.viva.artifacts import Artifacts

NUMBER_SECONDS, CHOICE_SECONDS = 150, 75
MOST_OPTIONS = 5
_NUMBER = re.compile(r"(?:about |ca\.? )?([-+]?\d+(?:[.,]\d+)?(?:e[-+]?\d+)?)\s*%?", re.IGNORECASE)
FEWEST = 20
"""Rows behind a share that is asked for, at the least."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question about a run.

    Attributes:
        family: Slug of its family.
        text: What is asked.
        answer: The number, or the right one of ``options``.
        options: Empty where a number is asked for.
        tolerance: How far a number may be off.
        margin: Of a choice, how far the right one is ahead of the next; 0 for a number.
        facts: What was filled in, from which the answer can be computed again.
        why: One sentence that tells the answer and what it rests on.
        seconds: Time to answer.
    """

    family: str
    text: str
    answer: float | str
    why: str
    options: tuple[str, ...] = ()
    tolerance: float = 0.0
    margin: float = 0.0
    facts: Mapping[str, Any] | None = None

    @property
    def seconds(self) -> int:
        """Time to answer."""
        return CHOICE_SECONDS if self.options else NUMBER_SECONDS

    def shown(self) -> str:
        """The right answer for people."""
        if isinstance(self.answer, str):
            return self.answer
        return f"{self.answer:.4g} (within {self.tolerance:.2g} counted)"


Draw = Callable[[Artifacts, np.random.Generator], Question | None]


@dataclass(frozen=True, slots=True)
class Family:
    """Questions of one kind.

    Attributes:
        needs: What the artifacts must have: ``folds``, ``slices``, ``train`` or ``costs``.
        draw: Makes a question, or None where it would be ambiguous for what was drawn.
    """

    slug: str
    title: str
    tasks: tuple[str, ...]
    needs: tuple[str, ...]
    draw: Draw

    def answerable(self, artifacts: Artifacts) -> bool:
        """Whether the artifacts have what the family needs."""
        return artifacts.task in self.tasks and all(artifacts.has(one) for one in self.needs)

    def ask(
        self, artifacts: Artifacts, rng: np.random.Generator, tries: int = 12
    ) -> Question | None:
        """A question with one answer, or None if the artifacts give none."""
        if not self.answerable(artifacts):
            return None
        for _ in range(tries):
            found = self.draw(artifacts, rng)
            if found is not None:
                return found
        return None


def number(
    family: str, text: str, answer: float, tolerance: float, why: str, facts: Mapping[str, Any]
) -> Question | None:
    """A question for a number; None where it is not finite."""
    if not math.isfinite(answer) or not tolerance > 0:
        return None
    return Question(family, text, float(answer), why, tolerance=tolerance, facts=facts)


def choice(
    family: str,
    text: str,
    values: Mapping[str, float],
    margin: float,
    why: Callable[[str, str], str],
    facts: Mapping[str, Any],
) -> Question | None:
    """A question for the option with the largest value.

    Args:
        family: Slug.
        text: What is asked.
        values: What decides, by option.
        margin: How far the largest has to be ahead; otherwise there is no question.
        why: From the best option and the next.
        facts: What was filled in.
    """
    if len(values) < 2 or not all(math.isfinite(one) for one in values.values()):
        return None
    ranked = sorted(values, key=lambda name: -values[name])
    ahead = values[ranked[0]] - values[ranked[1]]
    if ahead < margin or ahead <= 0:
        return None
    options = tuple(sorted(ranked[:MOST_OPTIONS]))
    return Question(
        family, text, ranked[0], why(ranked[0], ranked[1]), options, margin=ahead, facts=facts
    )


def verdict(
    family: str, text: str, options: tuple[str, ...], right: str, why: str, ahead: float,
    facts: Mapping[str, Any],
) -> Question:  # fmt: skip
    """A question between fixed options, of which the caller has made sure that one is right."""
    return Question(family, text, right, why, options, margin=ahead, facts=facts)


def marked(question: Question, given: str) -> bool:
    """Whether an answer is right: a number within the tolerance, or the option or its letter.

    >>> ask = Question("x", "How many?", 12.0, "", tolerance=1.0)
    >>> marked(ask, "12,5 %"), marked(ask, "14"), marked(ask, "a dozen")
    (True, False, False)
    """
    found = understood(question, given)
    if found is None:
        return False
    if isinstance(question.answer, str) or isinstance(found, str):
        return found == question.answer
    return abs(found - question.answer) <= question.tolerance + 1e-12


def understood(question: Question, given: str) -> float | str | None:
    """The number or the option that an answer is taken for; None where it is neither.

    >>> understood(Question("x", "How many?", 12.0, "", tolerance=1.0), "about 12,5 %")
    12.5
    """
    given = given.strip()
    if isinstance(question.answer, str):
        letter = given.lower().rstrip(".)")
        if len(letter) == 1 and given not in question.options:
            at = ord(letter) - ord("a")
            return question.options[at] if 0 <= at < len(question.options) else None
        return next((one for one in question.options if one.casefold() == given.casefold()), None)
    found = _NUMBER.fullmatch(given)
    value = float(found[1].replace(",", ".")) if found else math.nan
    return value if math.isfinite(value) else None
