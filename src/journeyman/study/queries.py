"""Reads for studying: the map, the plan for today, a skill's page, and what has changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from journeyman.core.asking import Attempt
from journeyman.core.bank import Lesson
from journeyman.core.evidence import Evidence
from journeyman.core.exercise import Exercise
from journeyman.core.item import Item
from journeyman.core.mastery import Mastery
from journeyman.core.skill import Area, Skill
from journeyman.curriculum.loading import LoadedBank
from journeyman.learner.plan import Activity, Step, plan_today
from journeyman.learner.state import State
from journeyman.store import attempts, ledger
from journeyman.store.session import Session
from journeyman.study import rules
from journeyman.study.clock import HERE
from journeyman.study.goals import Aim
from journeyman.study.remembering import RememberingFold

RECENT = timedelta(days=14)
CHANGE_WORTH_TELLING = 0.05


@dataclass(frozen=True, slots=True)
class Node:
    """One skill on the map."""

    skill: Skill
    mastery: Mastery
    ready: bool
    opens: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SkillMap:
    """The prerequisite graph with what is known of each skill."""

    nodes: tuple[Node, ...]
    areas: tuple[Area, ...]

    def count(self, level: str) -> int:
        """How many skills stand at ``level``."""
        return sum(node.mastery.level == level for node in self.nodes)


@dataclass(frozen=True, slots=True)
class Interrupted:
    """A submission that is safe and whose grading did not finish."""

    attempt: str
    exercise: Exercise


@dataclass(frozen=True, slots=True)
class Today:
    """What to do next and why.

    Attributes:
        aim: What the steps lead to.
        day_off: The goal gives this weekday no minutes.
        steps: At most ``minutes`` of work, in order.
        first_time: There is no evidence yet: placement comes first.
        sitting: An unfinished placement to go on with.
        unfinished: Exercises started and neither passed nor given up.
        interrupted: What can be graded now; without what this process is grading at the moment.
    """

    aim: Aim
    minutes: int
    day_off: bool
    steps: tuple[Step, ...]
    first_time: bool
    sitting: attempts.Sitting | None
    unfinished: tuple[Exercise, ...]
    interrupted: tuple[Interrupted, ...]
    held: int
    skills: int


@dataclass(frozen=True, slots=True)
class SkillPage:
    """Everything about one skill for one learner."""

    skill: Skill
    area: Area
    mastery: Mastery
    words: str
    ready: bool
    requires: tuple[Node, ...]
    opens: tuple[Node, ...]
    lesson: Lesson | None
    items: tuple[Item, ...]
    exercises: tuple[Exercise, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """How one skill moved over the last days."""

    skill: Skill
    before: Mastery
    after: Mastery


@dataclass(frozen=True, slots=True)
class Progress:
    """What changed, and the ledger newest first."""

    changes: tuple[Change, ...]
    since: datetime
    facts: tuple[Evidence, ...]
    total: int
    offset: int
    by_day: tuple[tuple[str, int], ...]


def state_of(session: Session, fold: RememberingFold) -> State:
    """The learner model's state after the whole ledger.

    While the ledger stays as it is, this is the same object, so that the model, which keeps what
    it read last from a state, need not spread it over the graph again for every page.
    """
    return fold.state(ledger.rows(session, fold))


def mastery_of(session: Session, fold: RememberingFold) -> dict[str, Mastery]:
    """Every skill's mastery now."""
    return fold.model.mastery(state_of(session, fold), session.now)


def skill_map(session: Session, bank: LoadedBank, fold: RememberingFold) -> SkillMap:
    """The whole graph."""
    nodes = _nodes(bank, mastery_of(session, fold))
    return SkillMap(tuple(nodes.values()), tuple(bank.graph.areas.values()))


def today(
    session: Session,
    bank: LoadedBank,
    fold: RememberingFold,
    aim: Aim,
    minutes: int | None = None,
) -> Today:
    """What to do now.

    Args:
        session: The learner's.
        bank: What there is to do.
        fold: With the learner's profile and forgetting.
        aim: What the steps lead to, and the minutes on each weekday.
        minutes: The time there is now, if it is another than the goal says.
    """
    state = state_of(session, fold)
    mastery = fold.model.mastery(state, session.now)
    sitting = attempts.latest_sitting(session, None)
    tried = attempts.find_attempts(session, kind="exercise")
    finished = _done(tried)
    started = dict.fromkeys(a.slug for a in tried if a.slug not in finished)
    planned = aim.goal.minutes[session.now.astimezone(HERE).weekday()]
    length = minutes or planned or max(aim.goal.minutes)
    steps = plan_today(
        bank.graph,
        mastery,
        fold.model.due(state),
        activities(bank, finished),
        length,
        session.now,
        aim.target,
    )
    return Today(
        aim,
        length,
        planned == 0,
        tuple(rules.fitted(step, length) for step in steps),
        first_time=all(one.pieces == 0 for one in mastery.values()),
        sitting=sitting if sitting and sitting.closed_at is None else None,
        unfinished=tuple(bank.exercises[slug] for slug in started if slug in bank.exercises),
        interrupted=_interrupted(bank, tried),
        held=sum(one.level == "held" for one in mastery.values()),
        skills=len(mastery),
    )


def interrupted(session: Session, bank: LoadedBank) -> tuple[Interrupted, ...]:
    """Submissions whose grading did not finish, of exercises that are still in the bank."""
    return _interrupted(bank, attempts.find_attempts(session, kind="exercise", state="submitted"))


def _interrupted(bank: LoadedBank, tried: Sequence[Attempt]) -> tuple[Interrupted, ...]:
    return tuple(
        Interrupted(one.id, bank.exercises[one.slug])
        for one in tried
        if one.state == "submitted" and one.slug in bank.exercises
    )


def done(session: Session) -> set[str]:
    """Exercises that were passed or given up."""
    return _done(attempts.find_attempts(session, kind="exercise"))


def _done(tried: Sequence[Attempt]) -> set[str]:
    over = {"passed", "gave-up"}
    return {one.slug for one in tried if (one.result or {}).get("verdict") in over}


def activities(bank: LoadedBank, done: set[str]) -> list[Activity]:
    """What there is to do: lessons, practice, and the exercises not done yet."""
    found = [
        Activity("lesson", slug, {slug: 1.0}, bank.graph.skills[slug].minutes)
        for slug in bank.lessons
    ]
    found += [
        Activity("practice", slug, {slug: 1.0}, max(5.0, 3 * sum(i.minutes for i in items)))
        for slug, items in bank.items_of.items()
        if items
    ]
    found += [
        Activity("exercise", entry.slug, dict(entry.skills), entry.minutes)
        for entry in bank.exercises.values()
        if entry.slug not in done and entry.status in {"active", "beta"}
    ]
    return found


def skill_page(session: Session, bank: LoadedBank, fold: RememberingFold, slug: str) -> SkillPage:
    """One skill: its lesson, its neighbours and its direct evidence."""
    skill = bank.graph.skills[slug]
    nodes = _nodes(bank, mastery_of(session, fold))
    direct, _ = ledger.page(session, skill=slug, most=20)
    return SkillPage(
        skill,
        bank.graph.areas[skill.area],
        nodes[slug].mastery,
        rules.in_words(nodes[slug].mastery),
        nodes[slug].ready,
        tuple(nodes[one] for one in skill.requires),
        tuple(nodes[one] for one in bank.graph.opens[slug]),
        bank.lessons.get(slug),
        bank.items_of[slug],
        bank.exercises_of[slug],
        tuple(direct),
    )


def progress(
    session: Session,
    bank: LoadedBank,
    fold: RememberingFold,
    *,
    source: str = "",
    skill: str = "",
    offset: int = 0,
    most: int = 50,
) -> Progress:
    """What the last two weeks changed, and a page of the ledger."""
    since = session.now - RECENT
    facts = list(ledger.history(session))
    before = fold.model.mastery(fold.model.fold(f for f in facts if f.at < since), since)
    after = mastery_of(session, fold)
    changes = [
        Change(bank.graph.skills[slug], before[slug], after[slug])
        for slug in bank.graph.order
        if abs(after[slug].mean - before[slug].mean) >= CHANGE_WORTH_TELLING
    ]
    changes.sort(key=lambda one: -abs(one.after.mean - one.before.mean))
    days: dict[str, int] = {}
    for fact in facts:
        days[fact.at.date().isoformat()] = days.get(fact.at.date().isoformat(), 0) + 1
    shown, total = ledger.page(session, source=source, skill=skill, offset=offset, most=most)
    return Progress(tuple(changes), since, tuple(shown), total, offset, tuple(sorted(days.items())))


def _nodes(bank: LoadedBank, mastery: dict[str, Mastery]) -> dict[str, Node]:
    return {
        slug: Node(
            bank.graph.skills[slug],
            mastery[slug],
            rules.ready(bank.graph, mastery, slug),
            bank.graph.opens[slug],
        )
        for slug in bank.graph.order
    }
