"""The portfolio: what would be published, a preview of the very pages, and publishing."""

from __future__ import annotations

import mimetypes

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from journeyman.errors import NotFound
from journeyman.portfolio import site
from journeyman.web.reading import composed, see
from journeyman.web.render import page

router = APIRouter()

FOLDER = "portfolio"


@router.get("/portfolio")
def portfolio(request: Request, published: bool = False) -> Response:
    """What the site shows and how to publish it."""
    app = composed(request)
    return page(
        request,
        "portfolio.html",
        portfolio=app.portfolio(),
        folder=app.settings.home.expanduser() / FOLDER,
        published=published,
    )


@router.get("/portfolio/site/{name:path}")
def preview(request: Request, name: str) -> Response:
    """One file of the site, made now, exactly as publishing writes it."""
    for path, text in site.pages(composed(request).portfolio()):
        if path == (name or "index.html"):
            return Response(text, media_type=mimetypes.guess_type(path)[0] or "text/plain")
    raise NotFound("The site has no such file.")


@router.post("/portfolio/publish")
def publish(request: Request) -> Response:
    """Write the site into the data directory."""
    app = composed(request)
    app.publish(app.settings.home.expanduser() / FOLDER)
    return see("/portfolio?published=true")
