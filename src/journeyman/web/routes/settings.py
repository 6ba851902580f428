"""Settings: the person, the data, the machine, and what is wrong with the bank."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form
from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import Response

from journeyman.errors import Unavailable
from journeyman.web.reading import composed, see
from journeyman.web.render import page

router = APIRouter()

SAVED = "Saved."


class Person(BaseModel):
    """What can be changed about the learner."""

    name: Annotated[str, Field(max_length=1000)]
    minutes: int
    keys: bool = False  # a box that is not ticked is not sent


@router.get("/settings")
def settings(request: Request, saved: bool = False) -> Response:
    """Everything that can be set, and how this machine is set up."""
    return _settings(request, SAVED if saved else "")


def _settings(request: Request, said: str) -> Response:
    app = composed(request)
    isolation, fault = None, ""
    try:
        isolation = app.isolation()
    except Unavailable as error:
        fault = error.message
    return page(
        request,
        "settings.html",
        said=said,
        learner=app.learner,
        minutes=app.minutes,
        keys=app.keys,
        own_goal=app.aim().own,
        home=app.settings.home.expanduser(),
        bank=app.bank,
        faults=app.faults,
        isolation=isolation,
        isolation_fault=fault,
    )


@router.post("/settings")
def change(request: Request, form: Annotated[Person, Form()]) -> Response:
    """Change name, minutes and whether number keys choose."""
    composed(request).change(name=form.name, minutes=form.minutes, keys=form.keys)
    return see("/settings?saved=true")


@router.post("/settings/export")
def export(request: Request) -> Response:
    """Write the whole record into a new folder in the data directory."""
    app = composed(request)
    folder = f"{app.clock():%Y-%m-%d-%H%M%S}"
    written = app.export(app.settings.home.expanduser() / "exports" / folder)
    return _settings(request, f"Exported to {written}")
