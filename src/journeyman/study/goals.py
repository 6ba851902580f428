"""What a learner aims at and what they bring along: pure values, kept among the preferences.

What comes in from a form, an option or an import is checked here, and only here. What is read back
is read kindly: a preference that this version cannot use counts as not set.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any

from journeyman.core.bank import Bank
from journeyman.core.role import Role
from journeyman.errors import Invalid

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
LEVELS: Mapping[str, str] = {
    "none": "none",
    "some": "some",
    "studied": "studied",
    "worked": "worked with",
}
"""What people say of an area, and the learner model's word for it."""

DEFAULT_ROLE = "ml-engineer"
HORIZON = timedelta(weeks=26)  # how far a plan without a date looks
LONGEST = timedelta(weeks=104)  # nobody's guess about a week further off is worth a sentence
MOST_MINUTES = 720
MOST_YEARS = 60.0
STARTS = time(18, 0)


@dataclass(frozen=True, slots=True)
class Profile:
    """What somebody says of themselves; a weak prior, never evidence.

    Attributes:
        areas: Area's slug to one of :data:`LEVELS`' keys.
        years: Years of work in the field.
    """

    areas: Mapping[str, str] = field(default_factory=dict)
    years: float = 0.0

    @property
    def said(self) -> dict[str, str]:
        """The areas in the learner model's words."""
        return {area: LEVELS[level] for area, level in self.areas.items()}

    @property
    def empty(self) -> bool:
        """Whether nothing was said that changes anything."""
        return not self.areas and not self.years

    def row(self) -> dict[str, Any]:
        """Plain data for the preferences."""
        return {"areas": dict(self.areas), "years": self.years}


@dataclass(frozen=True, slots=True)
class Goal:
    """What somebody aims at, and the time there is for it.

    Attributes:
        role: Slug of a role in the bank.
        minutes: Minutes on each weekday, Monday first; 0 is a day off.
        deadline: The day to be there, or None.
        starts: When work begins, in the learner's own time; for the calendar file.
        leave_out: Areas that the learner leaves out of the role.
    """

    role: str
    minutes: tuple[int, ...]
    deadline: date | None = None
    starts: time = STARTS
    leave_out: tuple[str, ...] = ()

    @property
    def hours(self) -> float:
        """Hours a week."""
        return sum(self.minutes) / 60.0

    def row(self) -> dict[str, Any]:
        """Plain data for the preferences."""
        return {
            "role": self.role,
            "minutes": list(self.minutes),
            "deadline": self.deadline.isoformat() if self.deadline else None,
            "starts": self.starts.isoformat("minutes"),
            "leave_out": list(self.leave_out),
        }


@dataclass(frozen=True, slots=True)
class Aim:
    """A goal as it is planned for, with what was filled in.

    Attributes:
        goal: The learner's own, or the default.
        own: Whether the learner set it.
        role: None where the bank has no role of that name: then all skills count alike.
        target: Weight of each skill, or None.
        until: The day that is planned for.
        passed: The learner's own date lies behind.
    """

    goal: Goal
    own: bool
    role: Role | None
    target: Mapping[str, float] | None
    until: date
    passed: bool

    @property
    def title(self) -> str:
        """What is aimed at, in words."""
        return self.role.title if self.role else "all skills of the bank"


def aim(preferences: Mapping[str, Any], bank: Bank, today: date, minutes: int) -> Aim:
    """What is planned for.

    Args:
        preferences: The learner's.
        bank: Its roles and its graph.
        today: In the learner's own time.
        minutes: A day, where the learner set no goal.
    """
    own = goal_of(preferences)
    goal = own or Goal(DEFAULT_ROLE, (minutes,) * 7)
    role = bank.roles.get(goal.role)
    passed = goal.deadline is not None and goal.deadline <= today
    until = goal.deadline if goal.deadline and not passed else today + HORIZON
    return Aim(goal, own is not None, role, _target(bank, role, goal.leave_out), until, passed)


def _target(bank: Bank, role: Role | None, leave_out: Sequence[str]) -> dict[str, float] | None:
    skills = bank.graph.skills
    weights = role.skills if role else dict.fromkeys(skills, 1.0)
    found = {
        slug: weight
        for slug, weight in weights.items()
        if slug in skills and skills[slug].area not in leave_out
    }
    return found or None


def goal_of(preferences: Mapping[str, Any]) -> Goal | None:
    """The goal kept among the preferences; None where there is none, or none that can be used."""
    row = preferences.get("goal")
    if not isinstance(row, Mapping):
        return None
    try:
        return Goal(
            str(row["role"]),
            read_minutes([str(one) for one in row["minutes"]]),
            date.fromisoformat(str(row["deadline"])) if row.get("deadline") else None,
            time.fromisoformat(str(row.get("starts") or STARTS.isoformat())).replace(tzinfo=None),
            tuple(str(one) for one in row.get("leave_out", ())),
        )
    except (KeyError, TypeError, ValueError, Invalid):
        return None


def profile_of(preferences: Mapping[str, Any]) -> Profile:
    """The profile kept among the preferences, without what cannot be used."""
    row = preferences.get("profile")
    if not isinstance(row, Mapping):
        return Profile()
    areas = row.get("areas")
    kept = (
        {str(area): level for area, level in areas.items() if level in LEVELS}
        if isinstance(areas, Mapping)
        else {}
    )
    try:
        return Profile(kept, read_years(str(row.get("years", 0))))
    except Invalid:
        return Profile(kept)


def minutes_of(preferences: Mapping[str, Any], default: int) -> int:
    """Minutes a day, where no goal says otherwise."""
    value = preferences.get("minutes")
    return value if isinstance(value, int) and 5 <= value <= 600 else default


def keys_of(preferences: Mapping[str, Any]) -> bool:
    """Whether the keys 1 to 9 choose an option."""
    return preferences.get("keys") is not False


def read_goal(
    bank: Bank,
    today: date,
    *,
    role: str,
    minutes: Sequence[int],
    deadline: str,
    starts: str,
    leave_out: Sequence[str],
) -> Goal:
    """A goal from what somebody typed.

    Raises:
        Invalid: naming what is wrong and what to write instead.
    """
    if role not in bank.roles:
        raise Invalid(f"There is no role {role!r}; choose one of {', '.join(bank.roles)}.")
    _known_areas(bank, leave_out)
    if _target(bank, bank.roles[role], leave_out) is None:
        raise Invalid("Nothing of the role would be left to learn; leave fewer areas out.")
    return Goal(
        role,
        tuple(minutes),
        read_deadline(deadline, today),
        read_time(starts),
        tuple(dict.fromkeys(leave_out)),
    )


def read_profile(bank: Bank, areas: Mapping[str, str], years: str) -> Profile:
    """A profile from what somebody typed; an area with an empty level is not named.

    Raises:
        Invalid: naming what is wrong and what to write instead.
    """
    _known_areas(bank, tuple(areas))
    for area, level in areas.items():
        if level and level not in LEVELS:
            raise Invalid(f"{level!r} is no level for {area}; use {', '.join(LEVELS)}.")
    return Profile({area: level for area, level in areas.items() if level}, read_years(years))


def _known_areas(bank: Bank, areas: Sequence[str]) -> None:
    for area in areas:
        if area not in bank.graph.areas:
            known = ", ".join(bank.graph.areas)
            raise Invalid(f"There is no area {area!r}; the areas are {known}.")


def read_minutes(given: Sequence[str]) -> tuple[int, ...]:
    """Minutes on seven weekdays, Monday first; an empty text is a day off.

    >>> read_minutes(["60", "", "60", "0", "45", "", ""])
    (60, 0, 60, 0, 45, 0, 0)
    """
    if len(given) != len(WEEKDAYS):
        raise Invalid("Give minutes for seven days, Monday to Sunday, with 0 for a day off.")
    found = []
    for day, typed in zip(WEEKDAYS, given, strict=True):
        text = typed.strip()
        if text and not (text.isascii() and text.isdigit() and int(text) <= MOST_MINUTES):
            raise Invalid(
                f"{text[:20]!r} is not a number of minutes for {day}; "
                f"write a whole number from 0 to {MOST_MINUTES}."
            )
        found.append(int(text or 0))
    if not any(found):
        raise Invalid("All seven days are off; give at least one day some minutes.")
    return tuple(found)


def spread(hours: str) -> tuple[int, ...]:
    """Hours a week, spread evenly over the seven days.

    >>> spread("6")
    (52, 52, 52, 51, 51, 51, 51)
    """
    amount = _number(hours)
    most = MOST_MINUTES * len(WEEKDAYS) / 60
    if amount is None or not 0 < amount <= most:
        raise Invalid(f"{hours[:20]!r} is not hours a week; write a number up to {most:g}, like 6.")
    minutes = max(round(60 * amount), 1)
    each, rest = divmod(minutes, len(WEEKDAYS))
    return tuple(each + (day < rest) for day in range(len(WEEKDAYS)))


def read_deadline(given: str, today: date) -> date | None:
    """A day in the future; an empty text is none."""
    text = given.strip()
    if not text:
        return None
    try:
        found = date.fromisoformat(text)
    except ValueError as error:
        raise Invalid(
            f"{text[:20]!r} is not a date; write it as year-month-day, like 2027-03-14."
        ) from error
    if not today < found <= today + LONGEST:
        raise Invalid(
            f"The date must lie after today and before {today + LONGEST + timedelta(days=1)}; "
            f"{found} does not."
        )
    return found


def read_time(given: str) -> time:
    """A time of day; an empty text is :data:`STARTS`."""
    text = given.strip()
    try:
        return time.fromisoformat(text).replace(tzinfo=None) if text else STARTS
    except ValueError as error:
        raise Invalid(f"{text[:20]!r} is not a time; write it like 18:00.") from error


def read_years(given: str) -> float:
    """Years of work; an empty text is none."""
    years = _number(given) if given.strip() else 0.0
    if years is None or not 0 <= years <= MOST_YEARS:
        raise Invalid(f"{given[:20]!r} is not years of work; write a number like 2 or 0.5.")
    return years


def _number(text: str) -> float | None:
    try:
        found = float(text.strip().replace(",", "."))
    except ValueError:
        return None
    return found if math.isfinite(found) else None
