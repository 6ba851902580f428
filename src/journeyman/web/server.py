"""The web application: routes, what guards them, and where errors go."""

from __future__ import annotations

from collections.abc import Collection

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware

from journeyman.app import App
from journeyman.web import assets, faults
from journeyman.web.guard import LARGEST_BODY, LOOPBACK, Guard, Keys
from journeyman.web.routes import (
    competitions,
    exercises,
    placement,
    plan,
    portfolio,
    practice,
    progress,
    projects,
    settings,
    skill_map,
    skills,
    today,
)


def create(
    app: App,
    token: str | None,
    *,
    keys: Keys | None = None,
    hosts: Collection[str] = LOOPBACK,
) -> FastAPI:
    """The pages over ``app``.

    Args:
        app: The composition root.
        token: What the printed address carries; None asks for no token (tests only).
        keys: Token, ticket and session together, where the caller needs the ticket.
        hosts: Names that the Host header may hold.

    Raises:
        Unavailable: if the bundle of scripts and styles was not made.
    """
    web = FastAPI(
        title="Journeyman",
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        form_limits={"max_fields": 100, "max_files": 0, "max_part_size": LARGEST_BODY},
    )
    web.state.app = app
    web.state.assets = assets.address()
    faults.log_to(app.settings.home)
    faults.register(web)
    for routes in (
        today,
        plan,
        placement,
        skill_map,
        skills,
        practice,
        exercises,
        competitions,
        projects,
        progress,
        portfolio,
        settings,
    ):
        web.include_router(routes.router)
    web.mount(web.state.assets, assets.Assets(), name="assets")
    web.add_middleware(faults.Calm)
    web.add_middleware(GZipMiddleware, minimum_size=1024, compresslevel=5)
    web.add_middleware(Guard, keys=keys or Keys(token), hosts=hosts)
    return web
