"""A viva's sitting as a signed file: each question, what was answered, and how it counts.

What a stranger can check of it: that every mark follows from the answer beside it, that the counts
follow from the marks, and that the claim says no more. Who sat there is not to be seen.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from journeyman.proof.canonical import sha256
from journeyman.proof.claim import Claim
from journeyman.proof.forms import Form, Hash, Whole

KIND = "viva"
LONGEST = 1 << 20
GRACE = 2.0
"""Seconds beyond a question's time that still count."""
PASS = 0.75

Line = Annotated[str, Field(max_length=2000)]


class Answered(Form):
    """One question and its answer.

    Attributes:
        options: Empty where a number was asked for.
        given: As it was typed. ``meant``: the number or option that it was taken for, or None.
        seconds: How long it took. ``allowed``: how long it might take.
    """

    family: Annotated[str, Field(pattern=r"\A[a-z0-9-]{1,60}\Z")]
    text: Line
    options: Annotated[tuple[Line, ...], Field(max_length=26)]
    answer: float | Line
    tolerance: Annotated[float, Field(ge=0)]
    given: Line
    meant: float | Line | None
    right: bool
    late: bool
    seconds: Annotated[float, Field(ge=0)]
    allowed: Annotated[int, Field(ge=1, le=36_000)]

    @property
    def counts(self) -> bool:
        """Whether the answer is right and in time, by what stands beside it."""
        if self.meant is None or self.seconds > self.allowed + GRACE:
            return False
        if isinstance(self.answer, str) or isinstance(self.meant, str):
            return self.meant == self.answer
        return abs(self.meant - self.answer) <= self.tolerance + 1e-12


class Sitting(Form):
    """What a claim on a viva is about.

    Attributes:
        predictions: sha256 of the run's predictions. ``seed``: that drew the questions.
    """

    form: Literal[2] = 2
    predictions: Hash
    seed: Whole
    asked: Annotated[int, Field(ge=1, le=100)]
    right: Annotated[int, Field(ge=0, le=100)]
    passed: bool
    seconds: Annotated[float, Field(ge=0)]
    answers: Annotated[tuple[Answered, ...], Field(min_length=1, max_length=100)]

    @property
    def families(self) -> int:
        """How many kinds of questions were asked."""
        return len({one.family for one in self.answers})

    @property
    def allowed(self) -> int:
        """Seconds for all answers together."""
        return sum(one.allowed for one in self.answers)

    def faults(self) -> Iterator[str]:
        """What does not follow from the answers."""
        for at, one in enumerate(self.answers, 1):
            if one.right != one.counts:
                yield f"answer {at} is marked {'right' if one.right else 'wrong'}, and is not"
        right, asked = sum(one.right for one in self.answers), len(self.answers)
        if (self.asked, self.right) != (asked, right):
            yield f"it counts {self.right} of {self.asked}, and holds {right} of {asked}"
        if self.passed != (self.right >= PASS * self.asked):
            yield "it says wrongly whether it was passed"


def statement(project: str, sitting: Sitting) -> str:
    """What is claimed of a sitting, in one sentence."""
    minutes = round(sitting.allowed / 60, 1)
    return (
        f"{sitting.right} of {sitting.asked} questions of {sitting.families} families on a run of "
        f"the project {project} were answered right within the {minutes:g} minutes allowed, in one "
        "sitting of the author's choice."
    )


def faults(claim: Claim, data: bytes) -> list[str]:
    """What is wrong between a claim on a viva and the file of its sitting, each half a sentence.

    Raises:
        Invalid: the file is no sitting.
    """
    sitting = Sitting.read(data, "the sitting", LONGEST)
    found = list(sitting.faults())
    if sha256(data) != claim.content.sha256:
        found.append("it is not the sitting that is claimed")
    if sitting.predictions != claim.pins.predictions:
        found.append("it is on other predictions than are claimed")
    if claim.value != sitting.right / sitting.asked:
        found.append(f"{sitting.right} of {sitting.asked} were right, and {claim.value} is claimed")
    if claim.statement != statement(claim.content.slug, sitting):
        found.append("the claim's sentence is not that of this sitting")
    return found
