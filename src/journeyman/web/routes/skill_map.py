"""The skill map: the whole graph as a drawing and as a list."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from journeyman.web.chart import planned
from journeyman.web.reading import composed, counts
from journeyman.web.render import page

router = APIRouter()


@router.get("/map")
def chart(request: Request) -> Response:
    """Every skill, what it rests on, and what is known of it."""
    app = composed(request)
    found = app.map()
    return page(
        request,
        "map.html",
        chart=found,
        plan=planned(app.bank.graph),
        counts=counts(node.mastery for node in found.nodes),
        ready=sum(node.ready for node in found.nodes),
    )
