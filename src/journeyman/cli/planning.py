"""Commands about where it leads: goal, profile, plan and why."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from journeyman.cli.context import application, json_option
from journeyman.cli.output import show

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from journeyman.app import App
    from journeyman.study.goals import Aim, Profile
    from journeyman.study.planning import Plan

SHORT_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
NO_GOAL = "You have set no goal yet, so this is the default. Set yours: journeyman goal --role ROLE"


def _pairs(given: Sequence[str], example: str) -> dict[str, str]:
    """Options written NAME=VALUE."""
    found = {}
    for text in given:
        name, sign, value = text.partition("=")
        if not sign:
            raise click.UsageError(f"{text!r} is not written like {example}.")
        found[name.strip()] = value.strip()
    return found


@click.command()
@click.option("--role", help="What you aim at; --roles lists what there is.")
@click.option("--hours", help="Hours a week, spread evenly over the days.")
@click.option(
    "--minutes", "days", multiple=True, help="Minutes on one weekday, like mon=60; may be repeated."
)
@click.option("--by", "deadline", help="The day to be there, like 2027-03-14; none takes it back.")
@click.option("--at", "starts", help="When you begin on a day, like 18:00; for the calendar file.")
@click.option("--leave-out", multiple=True, help="An area to leave out; may be repeated.")
@click.option("--keep-all", is_flag=True, help="Leave no area out.")
@click.option("--roles", is_flag=True, help="List the roles of the bank.")
@click.option("--clear", is_flag=True, help="Take the goal back.")
@json_option
def goal(as_json: bool, roles: bool, clear: bool, **given: Any) -> None:
    """Show what you aim at and the time for it, or set it.

    What is not given stays as it is.
    """
    with application() as app:
        if roles:
            _show_roles(app, as_json=as_json)
            return
        if clear:
            app.clear_goal()
        elif any(given.values()):
            _set_goal(app, given)
        found = app.aim()
    show(found, _aim(found), as_json=as_json)


def _show_roles(app: App, *, as_json: bool) -> None:
    found = list(app.bank.roles.values())
    width = max((len(one.slug) for one in found), default=0)
    text = "\n".join(f"{one.slug:<{width}}  {one.title}: {one.summary}" for one in found)
    show(found, text or "The bank has no roles.", as_json=as_json)


def _set_goal(app: App, given: Mapping[str, Any]) -> None:
    from journeyman.study.goals import spread

    now = app.aim().goal
    minutes = spread(given["hours"]) if given["hours"] else now.minutes
    if given["days"]:
        minutes = _on_days(minutes, _pairs(given["days"], "mon=60"))
    kept = now.deadline.isoformat() if now.deadline else ""
    deadline = {None: kept, "none": ""}.get(given["deadline"], given["deadline"])
    left_out = () if given["keep_all"] else given["leave_out"] or now.leave_out
    app.set_goal(
        role=given["role"] or now.role,
        minutes=minutes,
        deadline=deadline or "",
        starts=given["starts"] or now.starts.isoformat("minutes"),
        leave_out=left_out,
    )


def _on_days(minutes: Sequence[int], given: dict[str, str]) -> tuple[int, ...]:
    from journeyman.study.goals import read_minutes

    texts = [str(one) for one in minutes]
    for name, value in given.items():
        if name.lower()[:3] not in SHORT_DAYS:
            raise click.UsageError(f"{name!r} is no weekday; use {', '.join(SHORT_DAYS)}.")
        texts[SHORT_DAYS.index(name.lower()[:3])] = value
    return read_minutes(texts)


def _aim(found: Aim) -> str:
    from journeyman.study.planning import said_hours

    goal = found.goal
    lines = [] if found.own else [NO_GOAL, ""]
    days = ", ".join(f"{day} {m}" for day, m in zip(SHORT_DAYS, goal.minutes, strict=True))
    lines += [
        f"You aim at: {found.title}",
        f"Time: {said_hours(goal.hours):g} h a week ({days} minutes), from {goal.starts:%H:%M}",
    ]
    if goal.deadline:
        passed = "; that day has passed, set a new one" if found.passed else ""
        lines.append(f"By: {goal.deadline}{passed}")
    else:
        lines.append(f"By: no date; the plan looks ahead to {found.until}")
    if goal.leave_out:
        lines.append(f"Left out: {', '.join(goal.leave_out)}")
    return "\n".join(lines)


@click.command()
@click.option(
    "--area",
    "areas",
    multiple=True,
    help="How far you are in an area, like algorithms=studied (none, some, studied, worked); "
    "may be repeated, and AREA= takes it back.",
)
@click.option("--years", help="Years of work in the field.")
@click.option("--clear", is_flag=True, help="Take everything back.")
@json_option
def profile(areas: tuple[str, ...], years: str | None, clear: bool, as_json: bool) -> None:
    """Show or set what you say of yourself: a weak start for the numbers, never evidence."""
    with application() as app:
        now = app.profile()
        if clear:
            now = app.set_profile({}, "")
        elif areas or years is not None:
            said = {**now.areas, **_pairs(areas, "algorithms=studied")}
            now = app.set_profile(said, str(now.years) if years is None else years)
        titles = {slug: area.title for slug, area in app.bank.graph.areas.items()}
    show(now, _profile(now, titles), as_json=as_json)


def _profile(found: Profile, titles: dict[str, str]) -> str:
    width = max(map(len, titles), default=0)
    lines = [
        f"{slug:<{width}}  {found.areas.get(slug, 'not said'):<9} {title}"
        for slug, title in titles.items()
    ]
    return "\n".join([*lines, f"Years of work: {found.years:g}"])


@click.command()
@click.option(
    "--ics",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Also write the week as an iCalendar file.",
)
@json_option
def plan(ics: Path | None, as_json: bool) -> None:
    """Show the plan: the target, what is held of it, where your hours lead, and the week."""
    with application() as app:
        found = app.plan()
        if ics is not None:
            _write(ics, app.calendar())
        titles = {slug: skill.title for slug, skill in app.bank.graph.skills.items()}
    text = _plan(found, titles)
    if ics is not None:
        text += f"\n\n{ics} holds the week as a calendar."
    show(found, text, as_json=as_json)


def _write(file: Path, text: str) -> None:
    from journeyman.errors import Invalid

    try:
        with file.open("w", encoding="utf-8", newline="") as target:
            target.write(text)
    except OSError as error:
        raise Invalid(
            f"The calendar could not be written to {file} ({error.strerror}); name another file."
        ) from error


def _plan(found: Plan, titles: dict[str, str]) -> str:
    lines = [_aim(found.aim), ""]
    lines += [found.standing, found.outlook]
    for day in found.days:
        head = f"{day.date:%A} {day.date.day} {day.date:%B}"
        if not day.steps:
            off = not found.aim.goal.minutes[day.date.weekday()]
            lines += ["", f"{head}: {'day off' if off else 'nothing planned'}"]
            continue
        lines += ["", f"{head}: {day.minutes:.0f} minutes"]
        for step in day.steps:
            name = titles.get(step.skill, step.skill)
            lines.append(f"  {step.kind.capitalize()}, {step.minutes:.0f} min: {name}")
            lines.append(f"    {step.why}")
    return "\n".join(lines)


@click.command()
@click.argument("skill")
@json_option
def why(skill: str, as_json: bool) -> None:
    """Say why a skill's number is what it is: the evidence that moved it most."""
    with application() as app:
        found = app.why(skill)
    lines = [found.skill.title, found.words, found.began]
    if found.facts:
        lines += ["", "What moved it most:"]
        lines += [f"  {one.text}\n    evidence {one.evidence}" for one in found.facts]
    if found.groups:
        lines += ["", "All together:", *(f"  {one.text}" for one in found.groups)]
    if found.neighbours:
        lines += ["", "What other skills say:", *(f"  {one.text}" for one in found.neighbours)]
    if not found.facts and not found.groups:
        lines += ["", "Nothing has been answered that touches it."]
    show(found, "\n".join(lines), as_json=as_json)
