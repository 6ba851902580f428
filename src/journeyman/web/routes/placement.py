"""Placement and the test-out of one skill: one question at a time, each answered for good."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form
from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import Response

from journeyman.app import App
from journeyman.core.marking import DONT_KNOW
from journeyman.placement.queries import SittingView
from journeyman.placement.rules import TEST_OUT_QUESTIONS
from journeyman.web.reading import composed, counts, see
from journeyman.web.render import page

router = APIRouter()

TEST_OUT = "/skills/{only}/test-out"


class Answer(BaseModel):
    """What a question's form sends; ``unknown`` is the button “I don't know yet”."""

    attempt: Annotated[str, Field(max_length=64)]
    given: Annotated[str, Field(max_length=10_000)] = ""
    unknown: Annotated[str, Field(max_length=10)] = ""

    @property
    def answer(self) -> str:
        """The answer as the features take it."""
        return DONT_KNOW if self.unknown else self.given


def base(only: str | None) -> str:
    """The address that a placement lives under."""
    return f"/skills/{only}/test-out" if only else "/placement"


@router.get("/placement")
@router.get(TEST_OUT)
def question(request: Request, only: str | None = None) -> Response:
    """The question to answer now; before the first the invitation, after the last the result."""
    app = composed(request)
    skill = app.skill(only).skill if only else None
    view = app.placement(only)
    if view is None:
        most = TEST_OUT_QUESTIONS if only else app.settings.placement_questions
        return page(request, "placement.html", view=None, skill=skill, most=most, base=base(only))
    if not view.open:
        return _result(request, app, view)
    sat = app.place(only)
    if sat.asked is None:
        return _result(request, app, sat.view)
    return page(
        request, "placement.html", view=sat.view, asked=sat.asked, keys=app.keys, base=base(only)
    )


def _result(request: Request, app: App, view: SittingView) -> Response:
    areas = app.placement_result()
    mastery = [one for area in areas for _, one in area.skills]
    shown = app.skill(view.only.slug) if view.only else None
    return page(
        request,
        "placement_result.html",
        view=view,
        areas=areas,
        counts=counts(mastery),
        node=shown,
        words=shown.words if shown else "",
        base=base(view.only.slug if view.only else None),
    )


@router.post("/placement/begin")
@router.post(TEST_OUT + "/begin")
def begin(request: Request, only: str | None = None) -> Response:
    """Begin, or go on with what is open."""
    composed(request).place(only)
    return see(base(only))


@router.post("/placement/answers")
@router.post(TEST_OUT + "/answers")
def answer(request: Request, form: Annotated[Answer, Form()], only: str | None = None) -> Response:
    """Mark one answer."""
    answered = composed(request).answer_placement(form.attempt, form.answer)
    return see(f"{base(only)}/answers/{answered.attempt}")


@router.get("/placement/answers/{attempt}")
@router.get(TEST_OUT + "/answers/{attempt}")
def outcome(request: Request, attempt: str, only: str | None = None) -> Response:
    """Right or wrong, and why."""
    app = composed(request)
    answered = app.outcome(attempt)
    view = app.placement(only)
    if view is None:
        return see(base(only))
    return page(
        request, "placement.html", view=view, asked=None, answered=answered, base=base(only)
    )


@router.post("/placement/stop")
@router.post(TEST_OUT + "/stop")
def stop(request: Request, only: str | None = None) -> Response:
    """End it early; what was answered counts."""
    composed(request).stop_placement(only)
    return see(base(only))
