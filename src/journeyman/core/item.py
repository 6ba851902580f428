"""Items: short questions, each a family of random variants."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

ItemKind = Literal["choice", "number"]
Status = Literal["wip", "beta", "active", "deprecated"]


@dataclass(frozen=True, slots=True)
class Item:
    """What the learner model and the planner need to know of an item family.

    Attributes:
        skills: Every skill that the item touches, with its weight in (0, 1]; the heaviest is its
            home, where practice serves it.
        difficulty: Logit scale: 0 means that half of the learners who are just ready answer it.
        guess: Probability of a right answer from somebody who does not hold the skills.
        slip: Probability of a wrong answer from somebody who does.
        sha256: Hash of the entry's folder, stored on every attempt.
    """

    slug: str
    uuid: str
    version: int
    title: str
    kind: ItemKind
    skills: Mapping[str, float]
    difficulty: float = 0.0
    minutes: float = 1.0
    guess: float = 0.2
    slip: float = 0.08
    status: Status = "active"
    sha256: str = ""

    @property
    def home(self) -> str:
        """The skill with the largest weight (the first listed among equals)."""
        return max(self.skills, key=self.skills.__getitem__)


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a question: its text and, if wrong, the misconception behind it."""

    text: str
    correct: bool
    misconception: str = ""
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class WrongNumber:
    """A wrong number that a named misconception leads to."""

    value: float
    misconception: str
    feedback: str


@dataclass(frozen=True, slots=True)
class Question:
    """One variant of an item: what is asked, and what the trusted side knows about the answer.

    ``prompt`` and ``explanation`` are Markdown with TeX between dollar signs. Either ``options``
    is filled (kind ``choice``, in the order shown) or ``answer`` is (kind ``number``).
    """

    slug: str
    seed: int
    kind: ItemKind
    prompt: str
    explanation: str
    options: tuple[Option, ...] = ()
    answer: float | None = None
    rtol: float = 1e-6
    atol: float = 1e-9
    wrong: tuple[WrongNumber, ...] = ()
    unit: str = ""
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Mark:
    """The marking of one answer.

    Attributes:
        score: 1.0 right, 0.0 wrong or not known.
        dont_know: The learner said so; it is not guessed about.
        misconception: Slug of the misconception that leads to this answer, or "".
        feedback: Markdown for whoever gave this answer.
    """

    score: float
    dont_know: bool = False
    misconception: str = ""
    feedback: str = ""
    given: str = ""
    expected: str = ""
