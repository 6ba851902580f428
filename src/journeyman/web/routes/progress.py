"""Progress: what changed lately, the ledger, and each piece of evidence."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, get_args
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from journeyman.core.asking import Answered
from journeyman.core.evidence import Source
from journeyman.errors import Conflict, NotFound
from journeyman.study.queries import Progress
from journeyman.web.reading import composed, titles
from journeyman.web.render import page

router = APIRouter()

PER_PAGE = 50
DAYS = 14
SOURCES: tuple[str, ...] = get_args(Source)
FILTERS = ("placement", "practice", "exercise", "competition")


@router.get("/progress")
def progress(
    request: Request,
    source: str = "",
    skill: str = "",
    offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
) -> Response:
    """What changed, and a page of the ledger."""
    app = composed(request)
    found = app.progress(source=source, skill=skill, offset=offset)
    days = last_days(found)
    return page(
        request,
        "progress.html",
        progress=found,
        anything=bool(found.by_day),
        days=days,
        busiest=max((count for _, count in days), default=0) or 1,
        sources=[one for one in SOURCES if one in {*FILTERS, source}],
        source=source,
        skill=skill,
        skills=app.bank.graph.skills,
        titles=titles(app),
        newer=_address(source, skill, max(0, offset - PER_PAGE)) if offset else None,
        older=_address(source, skill, offset + PER_PAGE)
        if offset + len(found.facts) < found.total
        else None,
    )


def _address(source: str, skill: str, offset: int) -> str:
    given = {"source": source, "skill": skill, "offset": offset or ""}
    return "/progress?" + urlencode({k: v for k, v in given.items() if v}) + "#ledger"


def last_days(found: Progress) -> list[tuple[str, int]]:
    """Pieces of evidence on each of the last days, also on those without any."""
    counts = dict(found.by_day)
    days = [(found.since + timedelta(days=i + 1)).date().isoformat() for i in range(DAYS)]
    return [(day, counts.get(day, 0)) for day in days]


@router.get("/evidence/{identifier}")
def evidence(request: Request, identifier: str) -> Response:
    """One fact with everything that a stranger needs to check it."""
    app = composed(request)
    fact = app.evidence(identifier)
    answered: Answered | None = None
    changed = ""
    if fact.kind == "item" and fact.attempt:
        try:
            answered = app.outcome(fact.attempt)
        except (Conflict, NotFound) as error:
            changed = error.message
    return page(
        request,
        "evidence.html",
        fact=fact,
        answered=answered,
        changed=changed,
        title=titles(app).get((fact.kind, fact.slug), fact.slug),
        skills=app.bank.graph.skills,
    )
