"""The bundled scripts and styles: where they lie and under which address they are served."""

from __future__ import annotations

import json
from pathlib import Path

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from journeyman.errors import Unavailable

DIST = Path(__file__).parent / "static" / "dist"


def address(dist: Path = DIST) -> str:
    """The folder part of every asset's address; it changes with the content, so none goes stale.

    Raises:
        Unavailable: if the bundle was not made.
    """
    try:
        build = json.loads((dist / "manifest.json").read_text("utf-8"))["build"]
    except (OSError, ValueError, KeyError) as error:
        raise Unavailable(
            "The scripts and styles of the pages are missing: run `python frontend/build.py` "
            "in the source folder, or install Journeyman again."
        ) from error
    return f"/static/{build}"


class Assets(StaticFiles):
    """Static files that a browser may keep for good."""

    def __init__(self, dist: Path = DIST) -> None:
        super().__init__(directory=dist)

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Serve one file."""
        answer = await super().get_response(path, scope)
        if answer.status_code == 200:
            answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return answer
