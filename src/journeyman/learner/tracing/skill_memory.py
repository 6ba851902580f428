"""What is remembered of one learner on one skill."""

from __future__ import annotations

import math

HOUR, DAY, WEEK = 3600.0, 86400.0, 604800.0
WINDOWS = (HOUR, DAY, WEEK)
"""Half-lives in seconds of three means of success."""
RECENT_SKILL = (0.5, 0.8, 0.95)
"""Decay per answer on the skill: half-lives of 1, 3.1 and 13.5 answers."""
PRIOR = 1.0
"""Pseudo-answers in every decayed mean."""
OF_SKILL = (
    "skill right",
    "skill wrong",
    "skill rating",
    "skill recent 1",
    "skill recent 2",
    "skill recent 3",
    "skill last",
    "skill last but one",
    "skill last but two",
    "answers since skill",
    "gap since skill",
    "skill hour",
    "skill day",
    "skill week",
    "skill items seen",
)
NEW = [0.0] * 10 + [-1.0] + [0.0] * len(WINDOWS) + [0.0]
"""The features of a skill never met."""


class SkillMemory:
    """One learner's history on one skill, in constant space.

    >>> memory = SkillMemory()
    >>> memory.add(0.4, 1, index=0, time=None, new_item=True)
    >>> dict(zip(OF_SKILL, memory.features(1, None), strict=True))["skill recent 1"]
    0.2
    """

    __slots__ = ("index", "items", "last", "rating", "recent", "right", "time", "windows", "wrong")

    def __init__(self) -> None:
        self.right = self.wrong = 0
        self.items = 0
        self.rating = 0.0
        self.recent = [0.0] * (2 * len(RECENT_SKILL))
        self.last = (0, 0, 0)
        self.index = -1
        self.time: float | None = None
        self.windows = [0.0] * (2 * len(WINDOWS))

    def features(self, index: int, time: float | None) -> list[float]:
        """One number for each of ``OF_SKILL``, before answer number ``index`` of the learner."""
        recent, windows = self.recent, self.windows
        found = [
            math.log1p(self.right),
            math.log1p(self.wrong),
            self.rating,
            recent[0] / (recent[1] + PRIOR),
            recent[2] / (recent[3] + PRIOR),
            recent[4] / (recent[5] + PRIOR),
            *self.last,
            math.log1p(index - self.index),
            gap(self.time, time),
        ]
        passed = _passed(self.time, time)
        for place, span in enumerate(WINDOWS):
            kept = 0.5 ** (passed / span)
            top, weight = windows[2 * place] * kept, windows[2 * place + 1] * kept
            found.append(top / (weight + PRIOR))
        found.append(math.log1p(self.items))
        return found

    def add(
        self, surprise: float, sign: int, index: int, time: float | None, *, new_item: bool
    ) -> None:
        """Add one answer.

        Args:
            surprise: The answer minus the item's rate.
            sign: 1 right, -1 wrong.
            index: How many answers the learner gave before, on any skill.
            time: Seconds, or None.
            new_item: Whether the learner met the item for the first time.
        """
        if self.index < 0:
            self.rating = 0.8 * surprise
        recent, windows = self.recent, self.windows
        for place, kept in enumerate(RECENT_SKILL):
            recent[2 * place] = recent[2 * place] * kept + surprise
            recent[2 * place + 1] = recent[2 * place + 1] * kept + 1.0
        passed = _passed(self.time, time)
        for place, span in enumerate(WINDOWS):
            fade = 0.5 ** (passed / span)
            windows[2 * place] = windows[2 * place] * fade + surprise
            windows[2 * place + 1] = windows[2 * place + 1] * fade + 1.0
        self.right += sign > 0
        self.wrong += sign < 0
        self.items += new_item
        self.last = (sign, self.last[0], self.last[1])
        self.index, self.time = index, time


def gap(before: float | None, now: float | None) -> float:
    """Log of 1 + seconds in between; -1 where either is unknown."""
    if before is None or now is None:
        return -1.0
    return math.log1p(max(now - before, 0.0))


def _passed(before: float | None, now: float | None) -> float:
    """Seconds in between; nothing fades where either is unknown."""
    return 0.0 if before is None or now is None else max(now - before, 0.0)
