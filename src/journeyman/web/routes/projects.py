"""Projects, to be read: what each asks for, and where the learner stands with it.

Projects are worked on in a terminal and an editor; these pages change nothing.
"""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from journeyman.web.prose import demoted, without_title
from journeyman.web.reading import composed
from journeyman.web.render import page

router = APIRouter()

STATES = {
    "running": "running",
    "done": "done",
    "failed": "failed",
    "cancelled": "cancelled",
    "stopped": "stopped at a limit",
    "interrupted": "interrupted",
}
STANDINGS = {
    "new": "not started",
    "started": "started",
    "moved": "its folder is gone or was moved",
    "submitted": "handed in",
}
TASKS = {
    "binary": "yes or no",
    "multiclass": "one of several classes",
    "ordinal": "classes in an order",
    "regression": "a number",
    "forecast": "a number at a later time",
    "ranking": "an order",
}
SPLITS = {
    "temporal": "by time",
    "group": "by group",
    "stratified": "stratified by the target",
    "random": "at random",
    "official": "as published",
}
SHOWN_RUNS = 20


@router.get("/projects")
def listing(request: Request) -> Response:
    """Every guided project and every one of the learner's own."""
    found = composed(request).projects
    return page(
        request,
        "projects.html",
        lines=found.lines(),
        faults=found.catalogue.faults,
        standing_words=STANDINGS,
        tasks=TASKS,
    )


@router.get("/projects/{slug}")
def project(request: Request, slug: str) -> Response:
    """One project: what is asked, and what there is of it so far."""
    app = composed(request)
    found = app.projects.page(slug)
    built = found.built
    return page(
        request,
        "project.html",
        line=found.line,
        entry=found.entry,
        brief=demoted(without_title(found.entry.text("brief.md"))) if found.entry else "",
        excellent=demoted(without_title(found.entry.text("excellent.md"))) if found.entry else "",
        built=built,
        checked=dict(built.checked) if built and built.checked else None,
        reproduced=dict(built.reproduced) if built and built.reproduced else None,
        submitted=dict(built.submitted) if built and built.submitted else None,
        runs=found.runs[: -SHOWN_RUNS - 1 : -1],
        more=max(0, len(found.runs) - SHOWN_RUNS),
        states=STATES,
        standing_words=STANDINGS,
        metric=found.metric,
        titles={one.name: one.title for run in found.runs for one in run.metrics},
        next_step=found.next_step,
        tasks=TASKS,
        splits=SPLITS,
        skills=app.bank.graph.skills,
    )
