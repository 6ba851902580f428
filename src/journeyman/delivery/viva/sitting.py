"""One sitting: which questions are asked, how the answers count, and the result as evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import rfc8785

from journeyman.delivery.viva import amounts, decisions, parts
from journeyman.delivery.viva.artifacts import Artifacts
from journeyman.delivery.viva.question import Family, Question, marked, understood
from journeyman.errors import Invalid

FAMILIES: tuple[Family, ...] = (*decisions.FAMILIES, *amounts.FAMILIES, *parts.FAMILIES)
USUAL = 8
PASS = 0.75
"""Share of right answers from which on a viva is passed."""
GRACE = 2.0
"""Seconds beyond a question's time that still count: a terminal's own slowness."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it was given.

    Attributes:
        given: Empty where nothing was.
        seconds: How long it took.
        right: Whether it counts; a right answer that came too late does not.
        late: Whether it came after its time.
    """

    question: Question
    given: str
    seconds: float
    right: bool
    late: bool


@dataclass(frozen=True, slots=True)
class Result:
    """A sitting, ready to become evidence or part of a claim.

    Attributes:
        predictions: sha256 of the run's predictions.
        seed: From which the questions were drawn.
    """

    predictions: str
    seed: int
    answers: tuple[Answer, ...]

    @property
    def asked(self) -> int:
        """How many questions were asked."""
        return len(self.answers)

    @property
    def right(self) -> int:
        """How many were answered right and in time."""
        return sum(one.right for one in self.answers)

    @property
    def passed(self) -> bool:
        """Whether so much was right that the author may be said to know the run."""
        return self.right >= PASS * self.asked

    @property
    def seconds(self) -> float:
        """How long all answers took together."""
        return round(sum(one.seconds for one in self.answers), 1)

    def to_json(self) -> dict[str, Any]:
        """Plain data; the right answers are in it."""
        return {
            "form": 2,
            "predictions": self.predictions,
            "seed": self.seed,
            "asked": self.asked,
            "right": self.right,
            "passed": self.passed,
            "seconds": self.seconds,
            "answers": [
                {
                    "family": one.question.family,
                    "text": one.question.text,
                    "options": list(one.question.options),
                    "answer": one.question.answer,
                    "tolerance": one.question.tolerance,
                    "given": one.given,
                    "meant": understood(one.question, one.given),
                    "right": one.right,
                    "late": one.late,
                    "seconds": round(one.seconds, 1),
                    "allowed": one.question.seconds,
                }
                for one in self.answers
            ],
        }

    def canonical(self) -> bytes:
        """The same as canonical JSON (RFC 8785): what a claim signs."""
        return rfc8785.dumps(self.to_json())


def questions(artifacts: Artifacts, *, seed: int, count: int = USUAL) -> tuple[Question, ...]:
    """Questions of different families, each with one answer; fewer where there are not as many.

    Args:
        artifacts: Of the run.
        seed: The same seed gives the same questions.
        count: At most.

    Raises:
        Invalid: nothing can be asked about these artifacts.
    """
    rng = np.random.default_rng(seed)
    found: list[Question] = []
    for at in rng.permutation(len(FAMILIES)):
        if len(found) == count:
            break
        question = FAMILIES[int(at)].ask(artifacts, rng)
        if question is not None:
            found.append(question)
    if not found:
        raise Invalid(
            "Nothing can be asked about this run without ambiguity: it has too few rows. Give at "
            "least 200 predictions on rows that were not learnt from."
        )
    return tuple(found)


def settle(
    artifacts: Artifacts, seed: int, asked: Sequence[Question], given: Sequence[tuple[str, float]]
) -> Result:
    """Mark a sitting.

    Args:
        artifacts: Of the run.
        seed: With which ``questions`` were drawn.
        asked: The questions, in order.
        given: For each the answer and the seconds that it took.

    Raises:
        ValueError: there is not one answer for each question.
    """
    answers = []
    for question, (text, seconds) in zip(asked, given, strict=True):
        late = round(seconds, 1) > question.seconds + GRACE  # as it is written down
        right = marked(question, text) and not late
        answers.append(Answer(question, text.strip()[:200], seconds, right, late))
    return Result(artifacts.sha256, seed, tuple(answers))
