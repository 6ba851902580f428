"""Today: what to do next and why; and the theme switch for browsers without scripts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from journeyman.app import App
from journeyman.learner.plan import Step
from journeyman.web.reading import composed, counts, see
from journeyman.web.render import page

router = APIRouter()

AMOUNTS = (15, 30, 45, 60, 90)
YEAR = 365 * 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class ShownStep:
    """One step of the plan with the title and the address of its entry."""

    kind: str
    title: str
    address: str
    minutes: float
    why: str


@router.get("/")
def today(
    request: Request,
    minutes: Annotated[int | None, Query(ge=5, le=600)] = None,
    skip: Annotated[bool, Query()] = False,
) -> Response:
    """The plan for today, or the welcome of a first visit."""
    app = composed(request)
    found = app.today(minutes)
    return page(
        request,
        "today.html",
        today=found,
        steps=[shown(app, step) for step in found.steps],
        amounts=sorted({*AMOUNTS, found.minutes}),
        counts=counts(app.mastery().values()),
        most=app.settings.placement_questions,
        skip=skip or minutes is not None,
    )


def shown(app: App, step: Step) -> ShownStep:
    """A step with the title and the address of what is to be done."""
    skill = app.bank.graph.skills[step.skill]
    if step.kind == "exercise":
        title, address = app.bank.exercises[step.slug].title, f"/exercises/{step.slug}"
    elif step.kind == "lesson":
        title, address = skill.title, f"/skills/{step.skill}"
    else:
        title, address = skill.title, f"/practise/{step.skill}"
    return ShownStep(step.kind, title, address, step.minutes, step.why)


@router.post("/theme")
def switch(request: Request) -> Response:
    """Switch between light and dark; scripts do the same without a round trip."""
    answer = see("/")
    theme = "light" if request.cookies.get("theme") == "dark" else "dark"
    answer.set_cookie("theme", theme, max_age=YEAR, samesite="lax")
    return answer
