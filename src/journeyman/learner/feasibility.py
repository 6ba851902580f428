"""Whether a target can be reached by then, said in one or two sentences that hedge honestly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from journeyman.core.skill import SkillGraph
from journeyman.learner.network import Array
from journeyman.learner.rehearsal import Belief, Course, Forecast, forecasts

WANTED = 0.8
WEEK = 7.0


@dataclass(frozen=True, slots=True)
class Feasibility:
    """What the weeks ahead lead to.

    Attributes:
        forecast: The curve of the whole target.
        wanted: The share that counts as there.
        early, expected, late: Dates on which it is reached by somebody fast, as declared, slow;
            None if not by the deadline.
        dropping: Slug of the area whose leaving out saves most time, or "".
        saves_days: How many days that saves.
        text: One or two plain sentences.
    """

    forecast: Forecast
    wanted: float
    early: date | None
    expected: date | None
    late: date | None
    dropping: str
    saves_days: float
    text: str


def feasibility(
    graph: SkillGraph,
    course: Course,
    belief: Belief,
    today: date,
    hours_a_week: float,
    *,
    wanted: float = WANTED,
) -> Feasibility:
    """How far the hours lead, and what leaving one area out would save.

    The range is from somebody who needs 0.75 of the minutes declared to somebody who needs 1.4
    times as many: it is a range of pace, not a confidence interval.

    Args:
        graph: The skills, with their areas.
        course: From :meth:`Course.of`: the target, the hours and the deadline.
        belief: From :func:`journeyman.learner.rehearsal.belief_of`.
        today: Day 0 of the course.
        hours_a_week: As given to :meth:`Course.of`; for the sentence.
        wanted: The share of the target that counts as there.
    """
    areas = _areas(graph, course)
    targets = [course.weights, *areas.values()]
    whole, *without = forecasts(course, belief, targets)
    fast, there, slow = whole.reaches(wanted)
    best, saved = "", 0.0
    end = there if there is not None else course.deadline + WEEK
    for slug, one in zip(areas, without, strict=True):
        reached = one.reaches(wanted)[1]
        if reached is not None and end - reached > saved:
            best, saved = slug, end - reached
    early, expected, late = (_date(today, day) for day in (fast, there, slow))
    by = today + timedelta(days=course.deadline)
    text = _when(wanted, hours_a_week, whole, (early, expected, late), by)
    if best and saved >= WEEK:
        title = graph.areas[best].title if best in graph.areas else best
        text += " " + (
            f"Leaving out {title} would save about {_weeks(saved)}."
            if expected
            else f"Without {title} you would get there in time."
        )
    return Feasibility(whole, wanted, early, expected, late, best, saved, text)


def _areas(graph: SkillGraph, course: Course) -> dict[str, Array]:
    """For each area aimed at, the target without it; none where nothing else would be left."""
    of = np.array([graph.skills[slug].area for slug in graph.order])
    found = {}
    for slug in dict.fromkeys(of.tolist()):
        rest = np.where(of == slug, 0.0, course.weights)
        if 0.0 < rest.sum() < course.weights.sum():
            found[slug] = rest
    return found


def _when(
    wanted: float,
    hours: float,
    whole: Forecast,
    dates: Sequence[date | None],
    by: date,
) -> str:
    early, expected, late = dates
    start, share = f"At {hours:g} h a week", f"{100 * wanted:.0f} % of the target"
    if expected is None:
        reached = (
            f"about {100 * whole.share[-1]:.0f} % of the target on {_said(by)} "
            f"({100 * whole.slow[-1]:.0f} to {100 * whole.fast[-1]:.0f} %, by pace)"
        )
        hope = f"; {share} only at a fast pace, by {_said(early)}" if early else ""
        return f"{start} you will hold {reached}{hope}."
    first = _said(early) if early else _said(expected)
    last = _said(late) if late else f"after {_said(by)}"
    return f"{start} you reach {share} by {_said(expected)}, range {first} to {last} by pace."


def _date(today: date, day: float | None) -> date | None:
    return None if day is None else today + timedelta(days=round(day))


def _said(day: date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else ""


def _weeks(days: float) -> str:
    count = round(days / WEEK)
    return "a week" if count == 1 else f"{count} weeks"
