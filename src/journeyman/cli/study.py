"""Commands that read: status, next, map, skill and lesson."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from journeyman.cli.context import application, json_option
from journeyman.cli.output import percent, show

if TYPE_CHECKING:
    from journeyman.core.mastery import Mastery
    from journeyman.study.queries import Node, Today

MARKS = {"held": "●", "shaky": "◐", "not-yet": "○", "unknown": "·"}


@click.command()
@json_option
def status(as_json: bool) -> None:
    """Show the mastery of every skill with its uncertainty."""
    with application() as app:
        found = app.map()
        name = app.learner.name
    data = {
        "learner": name,
        "counts": {level: found.count(level) for level in MARKS},
        "skills": {node.skill.slug: _skill_data(node) for node in found.nodes},
    }
    lines = [
        ", ".join(f"{found.count(level)} {level.replace('-', ' ')}" for level in MARKS)
        + f", of {len(found.nodes)} skills",
        "",
    ]
    for area in found.areas:
        lines.append(area.title)
        nodes = [node for node in found.nodes if node.skill.area == area.slug]
        lines += [f"  {_line(node.skill.title, node.mastery)}" for node in nodes]
    show(data, "\n".join(lines), as_json=as_json)


def _skill_data(node: Node) -> dict[str, object]:
    one = node.mastery
    return {
        "mean": one.mean,
        "sd": one.sd,
        "low": one.low,
        "high": one.high,
        "recall": one.recall,
        "pieces": one.pieces,
        "level": one.level,
        "ready": node.ready,
        "area": node.skill.area,
        "title": node.skill.title,
    }


def _line(title: str, mastery: Mastery) -> str:
    between = f"({percent(mastery.low)} to {percent(mastery.high)})"
    return f"{MARKS[mastery.level]} {title:<42} {percent(mastery.mean):>5} {between}"


@click.command(name="next")
@click.option("--minutes", type=click.IntRange(5, 600), help="Minutes that you have now.")
@json_option
def next_(minutes: int | None, as_json: bool) -> None:
    """Say what to do next and why, for the minutes you have."""
    with application() as app:
        found = app.today(minutes)
    show(found, _plan(found), as_json=as_json)


def _plan(found: Today) -> str:
    lines = []
    if not found.aim.own and not found.first_time:
        lines += [f"Planned for: {found.aim.title} (the default; journeyman goal sets yours)", ""]
    if found.day_off:
        lines += ["Your plan leaves today free; this is for whoever wants to go on anyway.", ""]
    if found.sitting is not None:
        lines += ["Placement is not finished. Go on: journeyman place", ""]
    elif found.first_time:
        lines += ["Find out where you stand first: journeyman place", ""]
    for slug in (exercise.slug for exercise in found.unfinished):
        lines.append(f"Started and not finished: journeyman check {slug}")
    if found.interrupted:
        lines.append("Handed in and not graded (it was interrupted): journeyman finish")
    for position, step in enumerate(found.steps, start=1):
        command = {"exercise": "start", "lesson": "lesson"}.get(step.kind, "practise")
        lines.append(
            f"{position}. {step.kind.capitalize()}, {step.minutes:.0f} min: "
            f"journeyman {command} {step.slug}"
        )
        lines.append(f"   {step.why}")
    if not found.steps:
        lines.append("Nothing is due and nothing is open: everything in the bank is held.")
    return "\n".join(lines)


@click.command(name="map")
@json_option
def map_(as_json: bool) -> None:
    """List the skills by area, with what is ready to learn."""
    with application() as app:
        found = app.map()
    lines = []
    for area in found.areas:
        lines += ["", area.title]
        for node in found.nodes:
            if node.skill.area == area.slug:
                ready = "  ready to learn" if node.ready else ""
                needs = ", ".join(node.skill.requires)
                needs = f"  needs {needs}" if needs and not node.ready else ""
                lines.append(f"  {MARKS[node.mastery.level]} {node.skill.slug:<28}{ready}{needs}")
    show(found, "\n".join(lines).strip(), as_json=as_json)


@click.command()
@click.argument("slug")
@json_option
def skill(slug: str, as_json: bool) -> None:
    """Show one skill: its number, why, and what it opens."""
    with application() as app:
        page, why = app.skill(slug), app.why(slug)
    reasons = [*why.facts, *why.groups]
    lines = [page.skill.title, page.skill.summary, "", page.words]
    lines += [f"  {reason.text}" for reason in reasons]
    lines += [f"  {neighbour.text}" for neighbour in why.neighbours]
    lines += ["", "Needs: " + (", ".join(n.skill.slug for n in page.requires) or "nothing")]
    lines += ["Opens: " + (", ".join(n.skill.slug for n in page.opens) or "nothing further")]
    if page.exercises:
        lines += ["Exercises: " + ", ".join(e.slug for e in page.exercises)]
    data = {
        "skill": page.skill,
        "mastery": page.mastery,
        "ready": page.ready,
        "reasons": reasons,
        "requires": [n.skill.slug for n in page.requires],
        "opens": [n.skill.slug for n in page.opens],
        "exercises": [e.slug for e in page.exercises],
        "items": [i.slug for i in page.items],
        "evidence": page.evidence,
    }
    show(data, "\n".join(lines), as_json=as_json)


@click.command()
@click.argument("slug")
@json_option
def lesson(slug: str, as_json: bool) -> None:
    """Read the lesson of a skill."""
    from journeyman.errors import NotFound

    with application() as app:
        page = app.skill(slug)
    if page.lesson is None:
        raise NotFound(f"There is no lesson on {slug!r} yet.")
    if as_json:
        show(
            {"skill": slug, "text": page.lesson.body, "references": page.lesson.references},
            "",
            as_json=True,
        )
        return
    from rich.console import Console
    from rich.markdown import Markdown

    from journeyman.curriculum.plain import plain

    console = Console()
    console.print(Markdown(f"# {page.skill.title}\n\n{plain(page.lesson.body)}"))
    console.print(f"\nFigure (see the page in the browser): {page.lesson.figure_caption}")
    console.print("\nWhere to study further")
    for one in page.lesson.references:
        console.print(f"  {one.title}: {one.url}", highlight=False)
