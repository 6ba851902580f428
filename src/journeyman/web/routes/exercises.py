"""Exercises: the catalogue, and one exercise with its editor, hints and verdicts."""

from __future__ import annotations

import base64
import contextlib
from typing import Annotated, Any

from fastapi import APIRouter, Form
from pydantic import BaseModel, Field
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import Response

from journeyman.app import App
from journeyman.core.exercise import Tier
from journeyman.errors import JourneymanError, NotFound
from journeyman.exercises.queries import ExercisePage, Handed
from journeyman.web.reading import composed, see
from journeyman.web.render import page, wants_fragment

router = APIRouter()

BASE = "/exercises/{slug}"


class Code(BaseModel):
    """What the editor sends. Longer code than an exercise takes is refused by the feature."""

    source: str = ""

    @property
    def text(self) -> str:
        """The code with plain newlines; browsers send each as two characters."""
        return self.source.replace("\r\n", "\n")


class Unfinished(BaseModel):
    """Which submission to grade again."""

    attempt: Annotated[str, Field(max_length=64)]


@router.get("/exercises")
def catalogue(request: Request, area: str = "", standing: str = "") -> Response:
    """Every exercise, by area, narrowed by area and state."""
    app = composed(request)
    found = app.exercises()
    skills = app.bank.graph.skills
    areas = tuple(app.bank.graph.areas.values())
    lines = [
        line
        for line in found
        if area in {"", skills[line.exercise.home].area} and standing in {"", line.standing}
    ]
    grouped = {
        one.slug: [line for line in lines if skills[line.exercise.home].area == one.slug]
        for one in areas
    }
    return page(
        request,
        "exercises.html",
        all=found,
        lines=lines,
        grouped=grouped,
        areas=areas,
        skills=skills,
        area=area,
        standing=standing,
    )


@router.get(BASE)
def exercise(request: Request, slug: str, attempt: str = "") -> Response:
    """The bench: task, editor, hints, and the outcome of one submission where it is named."""
    app = composed(request)
    found = app.exercise(slug)
    shown = _handed(found, attempt) if attempt else None
    answer = _bench(request, app, found, shown)
    answer.background = BackgroundTask(_warm, app, found.exercise.tier)
    return answer


def _handed(found: ExercisePage, attempt: str) -> Handed:
    for handed in found.handed:
        if handed.attempt == attempt:
            return handed
    raise NotFound("There is no such submission to this exercise on your record.")


def _warm(app: App, tier: Tier) -> None:
    """Start the grading process while the task is being read; a failure shows up at the check."""
    with contextlib.suppress(JourneymanError):
        app.sandbox.warm(tier)


def _bench(
    request: Request, app: App, found: ExercisePage, shown: Handed | None, *, fresh: bool = False
) -> Response:
    verdict = shown.verdict if shown else None
    values: dict[str, Any] = {
        "page": found,
        "skills": app.bank.graph.skills,
        "shown": shown,
        "fresh": fresh,
        "code": shown.source if shown and not fresh else found.draft,
        "figures": [base64.b64encode(one).decode() for one in verdict.figures] if verdict else [],
    }
    return page(request, "exercise.html", **values)


@router.post(BASE + "/check")
def check(request: Request, slug: str, form: Annotated[Code, Form()]) -> Response:
    """Grade what stands in the editor."""
    app = composed(request)
    handed = app.check(slug, form.text)
    if wants_fragment(request):
        return _bench(request, app, app.exercise(slug), handed, fresh=True)
    return see(f"/exercises/{slug}?attempt={handed.attempt}#outcome")


@router.post(BASE + "/finish")
def finish(request: Request, slug: str, form: Annotated[Unfinished, Form()]) -> Response:
    """Grade a submission whose check was interrupted."""
    handed = composed(request).finish(form.attempt)
    return see(f"/exercises/{slug}?attempt={handed.attempt}#outcome")


@router.post(BASE + "/draft")
def draft(request: Request, slug: str, form: Annotated[Code, Form()]) -> Response:
    """Keep what stands in the editor."""
    composed(request).save_draft(slug, form.text)
    return Response(status_code=204)


@router.post(BASE + "/hint")
def hint(request: Request, slug: str) -> Response:
    """Take one more hint."""
    composed(request).hint(slug)
    return see(f"/exercises/{slug}#hints")


@router.post(BASE + "/give-up")
def give_up(request: Request, slug: str) -> Response:
    """Give up and open the solution."""
    composed(request).give_up(slug)
    return see(f"/exercises/{slug}#solution")
