"""What is remembered of one learner, and the features read from it before each answer.

The state is a fold over answers: every update and every reading costs the same however long the
history is. ``features`` never looks at the answer to come.
"""

from __future__ import annotations

import math

from journeyman.learner.tracing.log import Skills
from journeyman.learner.tracing.norms import LEARNER_PRIOR, Norms, logit, sigmoid
from journeyman.learner.tracing.skill_memory import NEW, OF_SKILL, PRIOR, SkillMemory, gap

RECENT_ALL = (0.6, 0.9, 0.98)
"""Decay per answer of the learner's recent success: half-lives of 1.4, 6.6 and 34 answers."""
OF_LEARNER = (
    "item easiness",
    "item known",
    "skills",
    "learner answers",
    "learner rate",
    "learner rating",
    "recent 1",
    "recent 2",
    "recent 3",
    "rate on first meetings",
    "rate after a wrong answer",
    "last answer",
    "last but one",
    "last but two",
    "streak",
    "same item as before",
    "same skills as before",
    "answers on these skills in a row",
    "item right",
    "item wrong",
    "item last answer",
    "answers since item",
    "learner pace",
    "last pace",
    "item pace",
    "gap",
    "gap since item",
    "expected",
)
FEATURES = OF_LEARNER + OF_SKILL
Key = tuple[str, ...]


class LearnerState:
    """Everything remembered of one learner; ``features`` reads it, ``update`` adds one answer.

    Args:
        norms: Difficulties that the state measures the learner against.

    >>> from journeyman.learner.tracing.norms import Norm
    >>> state = LearnerState(Norms(Norm(0.0, 0.0, 0.0)))
    >>> state.update("sum-1", ("sums",), correct=True)
    >>> len(state.features("sum-2", ("sums",))) == len(FEATURES)
    True
    """

    __slots__ = (
        "_norms",
        "after_wrong",
        "count",
        "first",
        "items",
        "last",
        "latest",
        "pace",
        "previous_skills",
        "rating",
        "recent",
        "right",
        "row",
        "skills",
        "streak",
        "time",
    )

    def __init__(self, norms: Norms) -> None:
        self._norms = norms
        self.count = 0
        self.right = 0
        self.rating = 0.0
        self.recent = [0.0] * (2 * len(RECENT_ALL))
        self.first = [0.0, 0.0]
        self.after_wrong = [0.0, 0.0]
        self.last = (0, 0, 0)
        self.streak = 0
        self.row = 0
        self.latest = ("", "")
        self.previous_skills: Skills = ()
        self.items: dict[str, tuple[int, int, int, int, float | None]] = {}
        self.skills: dict[str, SkillMemory] = {}
        self.time: float | None = None
        self.pace = [0.0, 0.0, 0.0]

    def features(self, item: str, skills: Skills, time: float | None = None) -> list[float]:
        """What is known before the answer, one number for each of ``FEATURES``.

        Args:
            item: The item about to be answered.
            skills: The skills that it asks for; may be empty.
            time: Now, in seconds, or None.
        """
        own = self._norms.of_item(item, skills)
        if len(skills) == 1:
            block = self._of_skill(skills[0], time)
        elif skills:
            columns = zip(*(self._of_skill(skill, time) for skill in skills), strict=True)
            block = [sum(column) / len(skills) for column in columns]
        else:
            block = self._of_skill("", time)
        return [
            own.easiness,
            own.known,
            float(len(skills)),
            *self._of_learner(),
            *self._of_item(item, skills, time),
            own.easiness + self.rating + block[2],
            *block,
        ]

    def _of_learner(self) -> list[float]:
        overall = self._norms.overall.easiness
        rate = (self.right + LEARNER_PRIOR * sigmoid(overall)) / (self.count + LEARNER_PRIOR)
        recent = self.recent
        return [
            math.log1p(self.count),
            logit(rate),
            self.rating,
            recent[0] / (recent[1] + PRIOR),
            recent[2] / (recent[3] + PRIOR),
            recent[4] / (recent[5] + PRIOR),
            self.first[0] / (self.first[1] + LEARNER_PRIOR),
            self.after_wrong[0] / (self.after_wrong[1] + LEARNER_PRIOR),
            *self.last,
            float(max(-20, min(20, self.streak))),
        ]

    def _of_item(self, item: str, skills: Skills, time: float | None) -> list[float]:
        right, wrong, last, index, when = self.items.get(item, (0, 0, 0, -1, None))
        total, number, latest = self.pace
        own = self._norms.of_item(item, skills)
        return [
            float(item == self.latest[0]),
            float(skills == self.previous_skills),
            float(self.row) if skills == self.previous_skills else 0.0,
            math.log1p(right),
            math.log1p(wrong),
            float(last),
            math.log1p(self.count - index) if index >= 0 else 0.0,
            total / (number + PRIOR),
            latest,
            own.pace,
            gap(self.time, time),
            gap(when, time),
        ]

    def _of_skill(self, skill: str, time: float | None) -> list[float]:
        memory = self.skills.get(skill)
        return NEW if memory is None else memory.features(self.count, time)

    def terms(self, item: str, skills: Skills) -> list[tuple[Key, float]]:
        """Sparse columns of the linear model: name and value."""
        found: list[tuple[Key, float]] = [(("item", item), 1.0)]
        share = 1.0 / max(len(skills), 1)
        for skill in skills:
            found.append((("skill", skill), share))
            memory = self.skills.get(skill)
            if memory is not None:
                found.append((("right", skill), share * math.log1p(memory.right)))
                found.append((("wrong", skill), share * math.log1p(memory.wrong)))
        if self.count:
            found.append((("last", self.latest[0], str(self.last[0])), 1.0))
        if self.count > 1:
            found.append((("before", self.latest[1], str(self.last[1])), 1.0))
        return found

    def contexts(self, item: str, skills: Skills) -> tuple[Key, ...]:
        """Situations whose typical surprise is worth remembering (see ``contexts.py``)."""
        right, wrong, last, _, _ = self.items.get(item, (0, 0, 0, -1, None))
        skill = skills[0] if skills else ""
        memory = self.skills.get(skill)
        one, two = str(self.last[0]), str(self.last[1])
        before = self.previous_skills[0] if self.previous_skills else ""
        first, second, number = 0, 0, 0
        if memory is not None:
            first, second, _ = memory.last
            number = min(memory.right + memory.wrong, 8)
        return (
            ("a", item, str(min(right + wrong, 4)), str(last)),
            ("b", item, self.latest[0], one),
            ("c", item, one, two),
            ("d", skill, before, one, str(first)),
            ("e", item, *self.latest, one, two),
            ("f", skill, str(number), str(first), str(second)),
        )

    def update(
        self,
        item: str,
        skills: Skills,
        *,
        correct: bool,
        time: float | None = None,
        duration: float | None = None,
    ) -> None:
        """Add one answer."""
        easiness = self._norms.of_item(item, skills).easiness
        surprise = float(correct) - sigmoid(easiness)
        sign = 1 if correct else -1
        memories = [self.skills.get(skill) for skill in skills or ("",)]
        self._rate(memories, easiness, float(correct))
        new_item = item not in self.items
        for skill in skills or ("",):
            memory = self.skills.setdefault(skill, SkillMemory())
            memory.add(surprise, sign, self.count, time, new_item=new_item)
        for place, kept in enumerate(RECENT_ALL):
            self.recent[2 * place] = self.recent[2 * place] * kept + surprise
            self.recent[2 * place + 1] = self.recent[2 * place + 1] * kept + 1.0
        if None in memories:
            _add(self.first, surprise)
        if self.last[0] < 0:
            _add(self.after_wrong, surprise)
        right, wrong, *_ = self.items.get(item, (0, 0))
        self.items[item] = (right + correct, wrong + (not correct), sign, self.count, time)
        self.row = self.row + 1 if skills == self.previous_skills else 1
        self.latest, self.previous_skills = (item, self.latest[0]), skills
        self.last = (sign, self.last[0], self.last[1])
        self.streak = self.streak + sign if self.streak * sign > 0 else sign
        if duration is not None:
            self._time(item, skills, duration)
        self.count += 1
        self.right += correct
        self.time = time

    def _rate(self, memories: list[SkillMemory | None], easiness: float, correct: float) -> None:
        """Elo: move the learner's and the skills' ratings by the surprise, less and less."""
        known = [memory.rating for memory in memories if memory is not None]
        own = sum(known) / len(memories)
        error = correct - sigmoid(easiness + self.rating + own)
        self.rating += error * 0.5 / (1.0 + 0.05 * self.count)
        for memory in memories:
            if memory is not None:
                memory.rating += error * 0.8 / (1.0 + 0.1 * (memory.right + memory.wrong))

    def _time(self, item: str, skills: Skills, duration: float) -> None:
        """How much slower or faster than others the learner answers."""
        pace = math.log(min(max(duration, 0.3), 3600.0))
        relative = pace - self._norms.of_item(item, skills).pace
        self.pace = [0.9 * self.pace[0] + relative, 0.9 * self.pace[1] + 1.0, relative]


def _add(mean: list[float], value: float) -> None:
    mean[0] += value
    mean[1] += 1.0
