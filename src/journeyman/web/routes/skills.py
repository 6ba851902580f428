"""One skill: its lesson, its neighbours, and why its number is what it is."""

from __future__ import annotations

import re

from fastapi import APIRouter
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from journeyman.web.reading import composed, titles
from journeyman.web.render import page

router = APIRouter()

SECOND_HEADING = re.compile(r"(?<=\n)(?=## )")


@router.get("/skills/{slug}")
def skill(request: Request, slug: str) -> Response:
    """The page of one skill."""
    app = composed(request)
    found = app.skill(slug)
    lesson = found.lesson
    return page(
        request,
        "skill.html",
        page=found,
        parts_of_lesson=around_figure(lesson.body) if lesson else (),
        figure=Markup(lesson.figure_svg) if lesson else "",  # noqa: S704 - drawn by us
        skills=app.bank.graph.skills,
        titles=titles(app),
    )


@router.get("/skills/{slug}/why")
def why(request: Request, slug: str) -> Response:
    """What stands behind the number; the skill's page fetches it when it comes into view.

    Leaving each answer out in turn takes most of the time of a page, and few read that far.
    """
    return page(request, "why.html", why=composed(request).why(slug))


def around_figure(body: str) -> tuple[str, ...]:
    r"""A lesson's text before and after its figure, which follows the first section.

    >>> around_figure("## Idea\n\nText.\n\n## Example\n\nMore.\n")
    ('## Idea\n\nText.\n\n', '## Example\n\nMore.\n')
    """
    return tuple(SECOND_HEADING.split(body, maxsplit=1))
