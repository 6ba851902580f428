"""Evidence: the immutable, scored fact about skills that every activity writes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

Source = Literal["placement", "practice", "exercise", "review", "competition", "project"]
How = Literal["answered", "graded", "scored", "re-run", "reviewed", "gave-up", "dont-know"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One fact: who, when, on which content, with which seed, about which skills, how well.

    Attributes:
        id: Time-ordered identifier, unique across stores; folding goes by ``(at, id)``.
        at: Instant in UTC.
        skills: Every skill touched, with its weight in (0, 1].
        score: In [0, 1].
        guess: Probability of this score by chance from somebody who does not hold the skills.
        slip: Probability of failing by accident from somebody who does.
        strength: How much this fact counts against a plain answered item (1.0): less after hints
            or under weak isolation, more for an exercise.
        detail: What a person needs to judge the fact: the answer, the verdict, the misconception.
    """

    id: str
    learner: str
    at: datetime
    source: Source
    how: How
    kind: str
    slug: str
    version: int
    sha256: str
    seed: int
    skills: Mapping[str, float]
    score: float
    guess: float = 0.0
    slip: float = 0.05
    strength: float = 1.0
    difficulty: float = 0.0
    hints: int = 0
    isolation: str = ""
    attempt: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)
