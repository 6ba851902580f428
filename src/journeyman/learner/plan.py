"""The plan: what to do next with the minutes at hand, and why.

A skill is worth its weight in the target plus a share of what it opens; a step's gain is that worth
times what the step would change, per minute. Skills are taken up only where their prerequisites are
held; reviews of fading skills are mixed in; areas alternate.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from journeyman.core.mastery import Mastery
from journeyman.core.skill import SkillGraph

Content = Literal["lesson", "practice", "exercise"]
StepKind = Literal["lesson", "practice", "exercise", "review"]

READY = 0.6  # mean from which a prerequisite is good enough to build on
KNOWN = 0.8  # mean from which a skill needs no more study
CODE = 0.55  # mean from which an exercise is within reach
PASSED_ON = 0.6  # share of an opened skill's worth that its prerequisites get between them
REVIEW_SHARE = 0.6  # most of the minutes that reviews take while there is something new to learn
FADING = 0.98  # recall below which a review is worth offering, ranked like everything else
REVIEW_MINUTES = 5.0
MINUTES_A_SKILL = 30.0  # at most one skill is taken up for each of these, and always up to three
SAME_AREA = 0.7  # factor on the gain of a skill from the area just worked on
PROOF = 0.3  # what code adds to a skill that answers already show, as a share of its worth


@dataclass(frozen=True, slots=True)
class Activity:
    """Something in the bank that a person can do.

    Attributes:
        skills: Every skill that it touches, with its weight in (0, 1].
        minutes: How long it takes; for practice, one sitting of a few questions.
    """

    kind: Content
    slug: str
    skills: Mapping[str, float]
    minutes: float

    @property
    def home(self) -> str:
        """The skill with the largest weight (the first listed among equals)."""
        return max(self.skills, key=self.skills.__getitem__)


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do: ``slug`` names the entry, ``why`` is one plain sentence."""

    kind: StepKind
    slug: str
    skill: str
    minutes: float
    why: str


def worth(
    graph: SkillGraph, mastery: Mapping[str, Mastery], target: Mapping[str, float] | None
) -> dict[str, float]:
    """What holding each skill is worth: its own weight and a share of what it opens.

    The worth of a skill not yet held is passed on to the prerequisites that it still lacks, in
    equal parts, discounted by ``PASSED_ON`` per step.

    Args:
        graph: The skills.
        mastery: Every skill of the graph.
        target: Weight of each skill in what the learner aims at; None weighs all alike.
    """
    found = {slug: 1.0 if target is None else target.get(slug, 0.0) for slug in graph.skills}
    for slug in reversed(graph.order):
        lacking = [r for r in graph.skills[slug].requires if mastery[r].mean < KNOWN]
        for required in lacking:
            share = PASSED_ON * (1.0 - mastery[slug].mean) / len(lacking)
            found[required] += share * found[slug]
    return found


def ready(graph: SkillGraph, mastery: Mapping[str, Mastery], slug: str) -> bool:
    """Whether every prerequisite is good enough to build on (recall apart).

    While nothing at all is known of the learner, only skills without prerequisites are ready: what
    most people hold is no reason to skip it.
    """
    requires = graph.skills[slug].requires
    if not any(one.pieces for one in mastery.values()):
        return not requires
    return all(_learnt(mastery[r]) >= READY for r in requires)


def plan_today(
    graph: SkillGraph,
    mastery: Mapping[str, Mastery],
    due: Mapping[str, datetime],
    catalogue: Sequence[Activity],
    minutes: float,
    at: datetime,
    target: Mapping[str, float] | None = None,
) -> list[Step]:
    """What to do now, in order.

    Args:
        graph: The skills.
        mastery: Every skill of the graph, as :meth:`KnowledgeModel.mastery` gives it.
        due: When each skill that was shown once should be reviewed
            (:meth:`KnowledgeModel.due`).
        catalogue: Everything that can be done, without the exercises already passed; what touches
            no skill of the graph is left out.
        minutes: The time at hand. No step goes beyond it, unless nothing is short enough: then the
            shortest step alone is returned.
        at: Now.
        target: Weights of the skills aimed at; None weighs all alike.

    Returns:
        Steps whose minutes add up to at most ``minutes``; empty only if nothing is left to do.
    """
    offers = _Offers(graph, mastery, catalogue, worth(graph, mastery, target))
    fresh = offers.new()
    fading = [s for s, when in due.items() if when <= at or mastery[s].recall < FADING]
    reviews = offers.reviews(fading, target)
    chosen = _fill(graph, [*fresh, *reviews], minutes)
    if not chosen:
        first = [unit.steps[0] for unit in (*fresh, *reviews)]
        chosen = sorted(first, key=lambda step: step.minutes)[:1]
    return [replace(step, why=offers.why(step)) for step in chosen]


@dataclass(frozen=True, slots=True)
class _Unit:
    """The steps that take one skill further, done one after the other, and the gain per minute.

    Most units are ranked and not chosen, so their steps do not say why yet.
    """

    skill: str
    gain: float
    steps: tuple[Step, ...]


class _Offers:
    """Everything that could be done now, and the reasons."""

    def __init__(
        self,
        graph: SkillGraph,
        mastery: Mapping[str, Mastery],
        catalogue: Sequence[Activity],
        values: Mapping[str, float],
    ) -> None:
        self.graph, self.mastery, self.values = graph, mastery, values
        self.learnt = {slug: _learnt(one) for slug, one in mastery.items()}
        self.by_skill: dict[str, dict[Content, list[Activity]]] = {}
        for activity in sorted(catalogue, key=lambda a: (a.minutes, a.slug)):
            home = activity.home
            if home in graph.skills:
                kinds = self.by_skill.setdefault(home, {})
                kinds.setdefault(activity.kind, []).append(activity)

    def new(self) -> list[_Unit]:
        """Skills that can be taken further now, the largest gain per minute first."""
        empty = not any(one.pieces for one in self.mastery.values())
        units = []
        for slug in self.by_skill:
            if not ready(self.graph, self.mastery, slug):
                continue
            now = self.mastery[slug]
            known = self.learnt[slug] >= KNOWN and not empty
            steps = tuple(self._proof(slug) if known else self._course(slug))
            if steps:
                change = PROOF if known else 1.0 - now.mean
                gain = self.values[slug] * change / sum(step.minutes for step in steps)
                units.append(_Unit(slug, gain, steps))
        return sorted(units, key=lambda unit: (-unit.gain, unit.skill))

    def reviews(self, slugs: Iterable[str], target: Mapping[str, float] | None) -> list[_Unit]:
        """A review of each skill, the largest gain per minute first."""
        found = []
        for slug in slugs:
            kinds = self.by_skill.get(slug, {})
            if self.learnt[slug] < READY:
                continue
            for activity in [*kinds.get("practice", []), *kinds.get("lesson", [])][:1]:
                length = min(activity.minutes, REVIEW_MINUTES)
                weight = 1.0 if target is None else target.get(slug, 0.0)
                lost = self.learnt[slug] * (1.0 - self.mastery[slug].recall)
                gain = 0.5 * (weight + self.values[slug]) * lost / length
                step = Step("review", activity.slug, slug, length, "")
                found.append(_Unit(slug, gain, (step,)))
        return sorted(found, key=lambda unit: (-unit.gain, unit.skill))

    def _course(self, slug: str) -> Iterable[Step]:
        """Lesson, practice, exercise: from the first of them that the learner still needs."""
        kinds = self.by_skill[slug]
        wanted: list[Content] = ["practice"] if self._begun(slug) else ["lesson", "practice"]
        for kind in wanted:
            for activity in kinds.get(kind, [])[:1]:
                yield Step(kind, activity.slug, slug, activity.minutes, "")
        if self.mastery[slug].mean >= CODE or "practice" not in kinds:
            yield from self._proof(slug)

    def _proof(self, slug: str) -> Iterable[Step]:
        """An exercise: what shows the skill beyond answers."""
        for code in self.by_skill[slug].get("exercise", [])[:1]:
            yield Step("exercise", code.slug, slug, code.minutes, "")

    def _begun(self, slug: str) -> bool:
        return self.mastery[slug].pieces >= 2 and self.mastery[slug].mean > 0.4

    def why(self, step: Step) -> str:
        """One plain sentence."""
        slug, title, now = step.skill, self._title(step.skill), self.mastery[step.skill]
        if step.kind == "review":
            return (
                f"The chance that you still recall {title} has fallen to about "
                f"{100 * now.recall:.0f} %; a short review brings it back."
            )
        if step.kind == "exercise":
            speaks = "Your answers speak" if now.pieces else "Much speaks"
            return f"{speaks} for {title}; code that you write proves it."
        if step.kind == "practice" and self._begun(slug):
            return f"Your answers on {title} are mixed so far; new ones will tell."
        if step.kind == "practice" and "lesson" in self.by_skill[slug]:
            return f"Fresh questions on {title} while the lesson is still new."
        return self._opening(slug)

    def _opening(self, slug: str) -> str:
        """What the learner holds already and what this skill leads to."""
        title = self._title(slug)
        opens = sorted(
            (o for o in self.graph.opens[slug] if self.learnt[o] < KNOWN),
            key=lambda o: (-self.values[o], o),
        )
        beyond = sum(self.learnt[d] < KNOWN for d in self.graph.descendants(slug))
        leads = (
            f"{title} rounds off this part"
            if not opens
            else (f"with {title} you can go on to {self._title(opens[0])}{_others(beyond - 1)}")
        )
        held = [r for r in self.graph.skills[slug].requires if self.learnt[r] >= READY]
        if not held:
            return f"Nothing else is needed first: {leads}."
        names = " and ".join(self._title(r) for r in held[:2])
        sure = all(self.mastery[r].level == "held" for r in held[:2])
        return f"You {'hold' if sure else 'seem to hold'} {names}; {leads}."

    def _title(self, slug: str) -> str:
        return self.graph.skills[slug].title


def _fill(graph: SkillGraph, units: Sequence[_Unit], minutes: float) -> list[Step]:
    """The largest gains per minute that fit, new work and reviews, areas taking turns."""
    areas = {slug: skill.area for slug, skill in graph.skills.items()}
    only_reviews = all(unit.steps[0].kind == "review" for unit in units)
    review_left = minutes if only_reviews else max(minutes * REVIEW_SHARE, REVIEW_MINUTES)
    left, area = minutes, ""
    reviews: list[Step] = []
    courses: list[list[Step]] = []
    pool = list(units)
    shortest = min((unit.steps[0].minutes for unit in pool), default=0.0)
    while pool and left >= shortest:
        unit = max(pool, key=lambda u: u.gain * (SAME_AREA if area == areas[u.skill] else 1.0))
        pool.remove(unit)
        if unit.steps[0].kind == "review":
            steps = list(_within(unit.steps, min(left, review_left)))
            reviews += steps
            review_left -= sum(step.minutes for step in steps)
        elif len(courses) < max(3.0, minutes / MINUTES_A_SKILL):
            steps = list(_within(unit.steps, left))
            courses += [steps] if steps else []
        else:
            continue
        if steps:
            area = areas[unit.skill]
            left -= sum(step.minutes for step in steps)
    return _interleave(reviews, courses)


def _within(steps: Iterable[Step], minutes: float) -> Iterable[Step]:
    """The steps up to the first that does not fit."""
    for step in steps:
        minutes -= step.minutes
        if minutes < 0:
            return
        yield step


def _interleave(reviews: Sequence[Step], courses: Sequence[Sequence[Step]]) -> list[Step]:
    """Reviews spread between the skills taken up, a review first."""
    slots = max(len(courses), 1)
    found: list[Step] = []
    for i in range(slots):
        found += reviews[i * len(reviews) // slots : (i + 1) * len(reviews) // slots] or ()
        found += courses[i] if courses else ()
    return found


def _learnt(mastery: Mastery) -> float:
    """P(held when last shown): the mean without the forgetting since."""
    return min(mastery.mean / max(mastery.recall, 1e-6), 1.0)


def _others(count: int) -> str:
    if count <= 0:
        return ""
    return " and 1 other skill" if count == 1 else f" and {count} other skills"
