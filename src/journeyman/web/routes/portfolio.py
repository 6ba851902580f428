"""The portfolio: what would be published, a preview of the very pages, choices, and publishing."""

from __future__ import annotations

import mimetypes
from typing import Annotated, Literal

from fastapi import APIRouter, Form
from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import Response

from journeyman.errors import NotFound
from journeyman.web.reading import composed, see
from journeyman.web.render import page

router = APIRouter()

FOLDER = "portfolio"
Line = Annotated[str, Field(max_length=5000)]


class About(BaseModel):
    """What can be said about the learner, all of it public once it is published."""

    headline: Line = ""
    about: Annotated[str, Field(max_length=20_000)] = ""
    email: Line = ""
    location: Line = ""
    links: Annotated[str, Field(max_length=20_000)] = ""
    theme: Line = ""
    address: Line = ""


class Choice(BaseModel):
    """One thing or section to show, to leave out, or to put first."""

    what: Annotated[str, Field(max_length=200)]
    to: Literal["show", "hide", "first"]


@router.get("/portfolio")
def portfolio(request: Request, published: bool = False, saved: bool = False) -> Response:
    """What the site shows, what can be chosen, and how to publish it."""
    from journeyman.portfolio import choices  # noqa: PLC0415 - brings the renderer

    app = composed(request)
    shown = app.publishing.portfolio()
    return page(
        request,
        "portfolio.html",
        portfolio=shown,
        choices=shown.choices,
        themes=choices.THEMES,
        sections=choices.SECTIONS,
        things=app.publishing.things(shown),
        asks=app.publishing.asks(shown),
        folder=app.settings.home.expanduser() / FOLDER,
        home=app.settings.home.expanduser(),
        published=published,
        saved=saved,
    )


@router.get("/portfolio/site/{name:path}")
def preview(request: Request, name: str) -> Response:
    """One file of the site, made now, as publishing writes it but for the signatures."""
    path = name or "index.html"
    make = composed(request).publishing.preview().files().get(path)
    if make is None:
        raise NotFound("The site has no such file.")
    return Response(make(), media_type=mimetypes.guess_type(path)[0] or "text/plain")


@router.post("/portfolio/about")
def about(request: Request, form: Annotated[About, Form()]) -> Response:
    """Keep what the learner says of themselves, the theme and the address."""
    from journeyman.portfolio import choices  # noqa: PLC0415 - brings the renderer

    def change(now: choices.Choices) -> choices.Choices:
        for name, value in form.model_dump().items():
            now = choices.put(now, name, [value])
        return now

    composed(request).publishing.choose(change)
    return see("/portfolio?saved=true")


@router.post("/portfolio/choice")
def choose(request: Request, form: Annotated[Choice, Form()]) -> Response:
    """Show a thing or a section, leave it out, or put it first."""
    from journeyman.portfolio import choices  # noqa: PLC0415 - brings the renderer

    app = composed(request)
    app.publishing.known([form.what])

    def change(now: choices.Choices) -> choices.Choices:
        if form.to == "first":
            return choices.first(now, form.what)
        return (choices.show if form.to == "show" else choices.hide)(now, [form.what])

    app.publishing.choose(change)
    return see("/portfolio?saved=true")


@router.post("/portfolio/publish")
def publish(request: Request) -> Response:
    """Write the site into the data directory, signed."""
    app = composed(request)
    app.publishing.publish(app.settings.home.expanduser() / FOLDER)
    return see("/portfolio?published=true")
