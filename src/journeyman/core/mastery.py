"""Mastery: what the evidence says about each skill, with its uncertainty."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Level = Literal["held", "shaky", "unknown", "not-yet"]


@dataclass(frozen=True, slots=True)
class Mastery:
    """The posterior of one skill at one instant.

    Attributes:
        mean: Probability that the skill is held now (learnt and not forgotten), in [0, 1].
        sd: Standard deviation of that probability as the model sees it.
        low, high: 90 % interval of ``mean``.
        recall: Probability that what was learnt is still recalled (1.0 when never studied).
        pieces: How many facts of the ledger touch the skill directly.
        level: held, shaky (mixed or fading evidence), not-yet (likely not held), or unknown (too
            little is known to say).
    """

    skill: str
    mean: float
    sd: float
    low: float
    high: float
    recall: float
    pieces: int
    level: Level
