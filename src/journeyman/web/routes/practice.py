"""Practice: fresh variants of one skill's questions, one after another."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import Response

from journeyman.web.reading import composed, see
from journeyman.web.render import page
from journeyman.web.routes.placement import Answer

router = APIRouter()


@router.get("/practise/{skill}")
def question(request: Request, skill: str) -> Response:
    """A fresh question, or the one that is still open."""
    app = composed(request)
    asked = app.practise(skill)
    return page(
        request,
        "practice.html",
        page=app.skill(skill),
        view=app.practice_view(skill),
        asked=asked,
        keys=app.keys,
    )


@router.post("/practise/{skill}/answers")
def answer(request: Request, skill: str, form: Annotated[Answer, Form()]) -> Response:
    """Mark one answer."""
    answered = composed(request).answer_practice(form.attempt, form.answer)
    return see(f"/practise/{skill}/answers/{answered.attempt}")


@router.get("/practise/{skill}/answers/{attempt}")
def outcome(request: Request, skill: str, attempt: str) -> Response:
    """Right or wrong, and why."""
    app = composed(request)
    return page(
        request,
        "practice.html",
        page=app.skill(skill),
        view=app.practice_view(skill),
        asked=None,
        answered=app.outcome(attempt),
    )
