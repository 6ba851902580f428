"""The plan: what is aimed at, what is held of it, whether it can be reached, and the week."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from journeyman.core.bank import Bank
from journeyman.core.mastery import Level, Mastery
from journeyman.core.skill import Area, SkillGraph
from journeyman.curriculum.loading import LoadedBank
from journeyman.learner.feasibility import WANTED, Feasibility, feasibility
from journeyman.learner.plan import Activity, Content
from journeyman.learner.rehearsal import Belief, Course, belief_of
from journeyman.learner.state import State
from journeyman.learner.week import DAYS, Day, calendar, week
from journeyman.store.session import Session
from journeyman.study import rules
from journeyman.study.clock import HERE
from journeyman.study.goals import Aim
from journeyman.study.queries import activities, done, state_of
from journeyman.study.remembering import RememberingFold

FIRST_WEEKS = 13.0  # rehearsed at first
LEVELS: tuple[Level, ...] = ("held", "shaky", "not-yet", "unknown")


@dataclass(frozen=True, slots=True)
class AreaShare:
    """How far one area of the target is.

    Attributes:
        counts: How many of its skills that count stand at each level.
        left_out: The learner leaves it out.
    """

    area: Area
    counts: Mapping[Level, int]
    left_out: bool

    @property
    def skills(self) -> int:
        """How many skills count."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole plan.

    Attributes:
        held: Target-weighted share of skills held and recalled now.
        counts: How many skills of the target stand at each level.
        feasibility: How far the hours lead; its ``text`` is said in :attr:`outlook`.
        standing: What is held of the target, as one sentence.
        outlook: One to three plain sentences on where this leads.
        dropping: The area whose leaving out saves most, or None.
        days: The seven days from today on.
    """

    aim: Aim
    today: date
    held: float
    counts: Mapping[Level, int]
    areas: tuple[AreaShare, ...]
    feasibility: Feasibility
    standing: str
    outlook: str
    dropping: Area | None
    days: tuple[Day, ...]


@dataclass(frozen=True, slots=True)
class Ahead:
    """What a plan is computed from, gathered from the record."""

    belief: Belief
    lengths: Mapping[str, float]
    days: tuple[Day, ...]
    mastery: Mapping[str, Mastery]
    state: State
    today: date


def ahead(session: Session, bank: LoadedBank, fold: RememberingFold, aim: Aim) -> Ahead:
    """Read the record and plan the week."""
    model, graph = fold.model, bank.graph
    state = state_of(session, fold)
    mastery = model.mastery(state, session.now)
    catalogue = activities(bank, done(session))
    here = session.now.astimezone(HERE)
    today = here.date()
    lengths = minutes_to_learn(graph, catalogue)
    days = week(
        graph,
        lambda at: model.mastery(state, at),
        model.due(state),
        catalogue,
        from_today(aim.goal.minutes, today),
        here,
        aim.target,
    )
    belief = belief_of(graph, mastery, state, session.now)
    return Ahead(belief, lengths, tuple(days), mastery, state, today)


def reach(bank: Bank, aim: Aim, found: Ahead) -> Feasibility:
    """How far the hours lead; this rehearses every week and takes most of a plan's time.

    What is reached soon needs no rehearsal of the years after, so the weeks grow until even a slow
    pace has got there.
    """
    hours, full = aim.goal.hours, (aim.until - found.today).days / DAYS
    weeks = min(FIRST_WEEKS, full)
    while True:
        course = Course.of(bank.graph, aim.target, hours, weeks, found.lengths)
        outlook = feasibility(bank.graph, course, found.belief, found.today, said_hours(hours))
        if outlook.late is not None or weeks >= full:
            return outlook
        weeks = min(2.0 * weeks, full)


def plan(bank: Bank, aim: Aim, found: Ahead, outlook: Feasibility) -> Plan:
    """The plan from what was gathered and rehearsed."""
    target = aim.target or dict.fromkeys(bank.graph.skills, 1.0)
    graph, mastery = bank.graph, found.mastery
    whole = sum(target.values())
    held = sum(mastery[slug].mean * weight for slug, weight in target.items()) / whole
    return Plan(
        aim,
        found.today,
        held,
        _counts(mastery, target),
        tuple(_areas(graph, mastery, aim)),
        outlook,
        _standing(held, _counts(mastery, target), known=any(m.pieces for m in mastery.values())),
        _outlook(outlook, held),
        graph.areas.get(outlook.dropping),
        found.days,
    )


def said_hours(hours: float) -> float:
    """As many digits as a person cares about: 6, 5.25 or 5.1."""
    return round(hours, 2 if round(hours * 4) == hours * 4 else 1)


def _standing(held: float, counts: Mapping[Level, int], *, known: bool) -> str:
    if not known:
        return (
            "Nothing has been answered yet, so this starts from what people hold as a rule: about "
            f"{rules.percent(held)} of the target. The placement finds out what you hold."
        )
    words = [f"{n} {rules.WORDS[level]}" for level, n in counts.items() if n]
    return (
        f"By the evidence so far you hold about {rules.percent(held)} of the target, skills "
        f"counted by their weight: {_listed(words)}."
    )


def _listed(words: Sequence[str]) -> str:
    """Words with commas and an “and”.

    >>> _listed(["3 held", "2 shaky", "1 unknown"])
    '3 held, 2 shaky and 1 unknown'
    """
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def _outlook(found: Feasibility, held: float) -> str:
    if held < WANTED:
        return found.text
    return (
        f"You hold about {100 * held:.0f} % of the target already, more than the "
        f"{100 * WANTED:.0f} % that this plan works towards; what is left is to keep it and "
        "to round it off."
    )


def _counts(mastery: Mapping[str, Mastery], slugs: Mapping[str, float]) -> dict[Level, int]:
    found = Counter(mastery[slug].level for slug in slugs)
    return {level: found[level] for level in LEVELS}


def _areas(graph: SkillGraph, mastery: Mapping[str, Mastery], aim: Aim) -> Sequence[AreaShare]:
    weights = aim.role.skills if aim.role else dict.fromkeys(graph.skills, 1.0)
    found = []
    for area in graph.areas.values():
        own = {s: w for s, w in weights.items() if s in graph.skills and _in(graph, s, area)}
        if own:
            left_out = area.slug in aim.goal.leave_out
            found.append(AreaShare(area, _counts(mastery, own), left_out))
    return found


def _in(graph: SkillGraph, slug: str, area: Area) -> bool:
    return graph.skills[slug].area == area.slug


def minutes_to_learn(graph: SkillGraph, catalogue: Sequence[Activity]) -> dict[str, float]:
    """Minutes to take each skill up: its shortest lesson, practice and exercise together.

    What the bank has nothing for is left out: the skill's own declared minutes count there.
    """
    shortest: dict[tuple[str, Content], float] = {}
    for one in catalogue:
        key = one.home, one.kind
        shortest[key] = min(one.minutes, shortest.get(key, one.minutes))
    found: dict[str, float] = {}
    for (slug, _), minutes in shortest.items():
        if slug in graph.skills:
            found[slug] = found.get(slug, 0.0) + minutes
    return found


def from_today(minutes: Sequence[int], today: date) -> tuple[int, ...]:
    """Minutes on the seven days from ``today`` on.

    >>> from_today((1, 2, 3, 4, 5, 6, 7), date(2026, 3, 4))  # a Wednesday
    (3, 4, 5, 6, 7, 1, 2)
    """
    first = today.weekday()
    return (*minutes[first:], *minutes[:first])


def as_calendar(plan: Plan, graph: SkillGraph, now: datetime) -> str:
    """The week's days still to come as an iCalendar file."""
    starts: time = plan.aim.goal.starts
    days = [day for day in plan.days if datetime.combine(day.date, starts, HERE) > now]
    titles = {slug: skill.title for slug, skill in graph.skills.items()}
    return calendar(days, starts, HERE, titles, now)
