"""The week: seven days planned in a row, as if each went as expected, and as a calendar file."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from icalendar import Calendar, Event

from journeyman.core.mastery import Mastery
from journeyman.core.skill import SkillGraph
from journeyman.learner.plan import KNOWN, Activity, Step, StepKind, plan_today
from journeyman.learner.rehearsal import STUDIED

DAYS = 7
READ = 0.5  # P(held) expected after a lesson alone
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_DNS, "journeyman.plan")
_WORDS: Mapping[StepKind, str] = {
    "lesson": "Read",
    "practice": "Practise",
    "exercise": "Code",
    "review": "Review",
}


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the week: when it starts, and what to do in order."""

    date: date
    steps: tuple[Step, ...]

    @property
    def minutes(self) -> float:
        """The day's work."""
        return sum(step.minutes for step in self.steps)


def week(
    graph: SkillGraph,
    mastery_at: Callable[[datetime], Mapping[str, Mastery]],
    due: Mapping[str, datetime],
    catalogue: Sequence[Activity],
    minutes: Sequence[float],
    start: datetime,
    target: Mapping[str, float] | None = None,
) -> list[Day]:
    """The plan of seven days, each planned as if those before it went as expected.

    It is a forecast: after every answer the days to come are planned anew.

    Args:
        graph: The skills.
        mastery_at: Every skill's mastery at an instant, without what the week itself will change:
            ``lambda at: model.mastery(state, at)``.
        due: As for :func:`journeyman.learner.plan.plan_today`.
        catalogue: As for :func:`journeyman.learner.plan.plan_today`.
        minutes: Minutes on each of the seven days from ``start`` on; 0 is a day off. Any other
            number of days is as good.
        start: The first day, at the time when work begins.
        target: As for :func:`journeyman.learner.plan.plan_today`.
    """
    open_due, left = dict(due), list(catalogue)
    held: dict[str, float] = {}  # what this week's steps will have made of skills
    used: dict[str, datetime] = {}
    found = []
    for number, length in enumerate(minutes):
        at = start + timedelta(days=number)
        now = {
            slug: _expected(one, held.get(slug), slug in used)
            for slug, one in mastery_at(at).items()
        }
        steps = plan_today(graph, now, open_due, left, length, at, target) if length > 0 else []
        steps = [step for step in steps if step.minutes <= length]
        found.append(Day(at.date(), tuple(steps)))
        for step in steps:
            used[step.skill] = at
            open_due.pop(step.skill, None)
            if step.kind == "lesson":
                held[step.skill] = max(held.get(step.skill, 0.0), READ)
            elif step.kind != "review":
                held[step.skill] = max(held.get(step.skill, 0.0), STUDIED)
        done = {(step.kind, step.slug) for step in steps if step.kind in ("lesson", "exercise")}
        left = [one for one in left if (one.kind, one.slug) not in done]
    return found


def _expected(now: Mastery, held: float | None, fresh: bool) -> Mastery:
    """The mastery after what the week has done for the skill so far."""
    if not fresh:
        return now
    learnt = max(min(now.mean / max(now.recall, 1e-6), 1.0), held or 0.0)
    level = "held" if learnt >= KNOWN else now.level
    return replace(now, mean=learnt, recall=1.0, pieces=max(now.pieces, 2), level=level)


def calendar(
    days: Sequence[Day], starts: time, zone: tzinfo, titles: Mapping[str, str], made: datetime
) -> str:
    """The week as an iCalendar file (RFC 5545), one event for each day with work.

    Importing it again replaces the events of the same days, since their identifiers stay.

    Args:
        days: From :func:`week`.
        starts: When work begins, in the learner's own time.
        zone: The learner's time zone; events are written in UTC, so that no calendar needs it.
        titles: The title of each skill.
        made: Now.
    """
    found = Calendar()
    found.add("prodid", "-//Journeyman//plan//EN")
    found.add("version", "2.0")
    for day in days:
        if not day.steps:
            continue
        begin = datetime.combine(day.date, starts, zone).astimezone(UTC)
        event = Event()
        event.add("uid", f"{uuid.uuid5(_NAMESPACE, day.date.isoformat())}@journeyman")
        event.add("dtstamp", made.astimezone(UTC))
        event.add("dtstart", begin)
        event.add("dtend", begin + timedelta(minutes=round(day.minutes)))
        skills = list(dict.fromkeys(titles.get(s.skill, s.skill) for s in day.steps))
        event.add("summary", f"Journeyman: {', '.join(skills[:3])}{' …' * (len(skills) > 3)}")
        event.add("description", "\n".join(_line(step, titles) for step in day.steps))
        found.add_component(event)
    text: str = found.to_ical().decode("utf-8")
    return text


def _line(step: Step, titles: Mapping[str, str]) -> str:
    title = titles.get(step.skill, step.skill)
    return f"{_WORDS[step.kind]}: {title} ({step.minutes:.0f} min). {step.why}"
