"""What stands first: the strongest evidence, the CV, the timeline, and ``resume.json``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from journeyman.portfolio import figures, prose
from journeyman.portfolio.measured import Measured, Signed
from journeyman.portfolio.projects import ShownProject
from journeyman.portfolio.resume import SCHEMA
from journeyman.portfolio.shown import (
    Portfolio,
    ShownCompetition,
    ShownExercise,
    ShownSkill,
)
from journeyman.portfolio.writing import Post


@dataclass(frozen=True, slots=True)
class Strongest:
    """The first few of each kind."""

    projects: tuple[ShownProject, ...]
    competitions: tuple[ShownCompetition, ...]
    skills: tuple[ShownSkill, ...]
    exercises: tuple[ShownExercise, ...]
    posts: tuple[Post, ...]

    @property
    def measured(self) -> tuple[Measured, ...]:
        """The numbers shown of them."""
        return (*self.measured_in_full, *(one.measured for one in self.skills))

    @property
    def measured_in_full(self) -> tuple[Measured, ...]:
        """The numbers of what was made: of each project its own and its baseline."""
        return (
            *(number for one in self.projects for number in one.measured[:2]),
            *(one.measured for one in self.competitions),
        )


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the timeline."""

    on: date
    kind: str
    title: str
    path: str


def strongest(
    shown: Portfolio,
    *,
    projects: int = 3,
    competitions: int = 3,
    skills: int = 8,
    exercises: int = 4,
    posts: int = 3,
) -> Strongest:
    """The first few of each kind: the portfolio has them in order already."""
    return Strongest(
        shown.projects[:projects],
        shown.competitions[:competitions],
        shown.skills[:skills],
        shown.exercises[:exercises],
        shown.posts[:posts],
    )


def by_area(skills: Iterable[ShownSkill]) -> dict[str, list[ShownSkill]]:
    """Skills under their areas, the area of the first skill first."""
    found: dict[str, list[ShownSkill]] = {}
    for one in skills:
        found.setdefault(one.area, []).append(one)
    return found


def events(shown: Portfolio) -> dict[str, list[Event]]:
    """What was finished, by month such as ``2026-03``, newest first."""
    found = [
        *(
            Event(one.submitted.date(), "Project", one.title, f"projects/{one.slug}.html")
            for one in shown.projects
        ),
        *(
            Event(
                one.closed_at.date(), "Competition", one.contest.title,
                f"competitions.html#{one.contest.slug}",
            )
            for one in shown.competitions
        ),
        *(
            Event(
                one.evidence.at.date(), "Exercise", one.exercise.title,
                f"exercises/{one.exercise.slug}.html",
            )
            for one in shown.exercises
        ),
        *(Event(one.on, "Writing", one.title, f"writing/{one.slug}.html") for one in shown.posts),
    ]  # fmt: skip
    found.sort(key=lambda one: (one.on, one.kind, one.title), reverse=True)
    months: dict[str, list[Event]] = {f"{one.year:04d}-{one.month:02d}": [] for one in shown.months}
    for event in found:
        months.setdefault(f"{event.on:%Y-%m}", []).append(event)
    return dict(sorted(months.items(), reverse=True))


def resume(shown: Portfolio, signed: Signed) -> bytes:
    """``resume.json``: JSON Resume 1.x, with the claim behind each number linked."""
    choices = shown.choices
    basics: dict[str, Any] = {"name": shown.learner.name}
    if choices.headline:
        basics["label"] = choices.headline
    reachable = choices.has("contact")
    if choices.email and reachable:
        basics["email"] = choices.email
    if choices.address:
        basics["url"] = choices.address
    if choices.about:
        basics["summary"] = figures.without_links(choices.about)
    if choices.location:
        basics["location"] = {"address": choices.location}
    if choices.links and reachable:
        basics["profiles"] = [{"network": one.label, "url": one.url} for one in choices.links]
    found: dict[str, Any] = {"$schema": SCHEMA, "basics": basics, **shown.own.rows()}
    parts = {
        "projects": [_project(one, signed, choices.address) for one in shown.projects],
        "awards": [_award(one, signed) for one in shown.competitions],
        "skills": [
            {"name": area, "keywords": [one.skill.title for one in members],
             "claims": _linked([one.measured for one in members], signed)}
            for area, members in by_area(shown.skills).items()
        ],
    }  # fmt: skip
    found |= {name: rows for name, rows in parts.items() if rows}
    own = found.get("publications", [])
    posts = [_publication(one, choices.address) for one in shown.posts]
    if own or posts:
        found["publications"] = [*own, *posts]
    found["meta"] = {
        "version": "v1.0.0",
        "lastModified": f"{shown.at:%Y-%m-%dT%H:%M:%S}",
        **({"canonical": f"{choices.address}resume.json"} if choices.address else {}),
    }
    return (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode()


def _project(one: ShownProject, signed: Signed, address: str) -> dict[str, Any]:
    row: dict[str, Any] = {
        "name": one.title,
        "description": prose.plain(one.summary, 500),
        "endDate": f"{one.submitted:%Y-%m-%d}",
        "keywords": list(one.skills),
        "type": "machine learning project",
    }
    url = f"{address}projects/{one.slug}.html" if address else one.code_url
    if url:
        row["url"] = url
    return row | {"claims": _linked(one.measured, signed)}


def _award(one: ShownCompetition, signed: Signed) -> dict[str, Any]:
    medal = f"{one.medal.capitalize()} medal" if one.medal else "Private score"
    return {
        "title": f"{medal}: {one.contest.title}",
        "date": f"{one.closed_at:%Y-%m-%d}",
        "awarder": "Journeyman, against its field of honest baselines",
        "summary": one.contest.summary,
        "claims": _linked([one.measured], signed),
    }


def _publication(one: Post, address: str) -> dict[str, Any]:
    row: dict[str, Any] = {"name": one.title, "releaseDate": one.on.isoformat()}
    if one.summary:
        row["summary"] = one.summary
    return row | ({"url": f"{address}writing/{one.slug}.html"} if address else {})


def _linked(numbers: Sequence[Measured], signed: Signed) -> list[Mapping[str, Any]]:
    """What is claimed, and where in the site the signed claim stands."""
    return [
        {
            "statement": one.claim.statement,
            "metric": one.claim.metric.name,
            "value": one.claim.value,
            "level": one.claim.level,
            "file": f"proof/claims/{one.claim.id}.json",
        }
        for one in signed.on(numbers)
    ]
