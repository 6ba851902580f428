"""What went wrong becomes one sentence; what was unforeseen goes to a log file besides."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from journeyman.errors import JourneymanError, TooLarge
from journeyman.web.render import error_page, sentence_page

LOG_FILE = "web.log"
LOG_BYTES = 1_000_000

log = logging.getLogger("journeyman.web")

_SENTENCES = {
    400: "The request could not be read, so nothing was changed; go back and try again.",
    404: "There is no such page. The address may be mistyped, or the entry was renamed.",
    405: "This address does not take that kind of request, so nothing was changed.",
}
_BROKEN = (
    "Something broke on our side. What you did before is safe; the details are in {file}, "
    "which you can send to us."
)


def log_to(home: Path) -> None:
    """Write unforeseen errors to ``web.log`` in the data directory, at most 2 MB in all."""
    path = home.expanduser() / LOG_FILE
    for old in [one for one in log.handlers if isinstance(one, RotatingFileHandler)]:
        log.removeHandler(old)
        old.close()
    to_file = RotatingFileHandler(
        path, maxBytes=LOG_BYTES, backupCount=1, encoding="utf-8", delay=True
    )
    to_file.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    log.addHandler(to_file)
    log.propagate = False


def register(app: FastAPI) -> None:
    """Answer every foreseen error with its sentence."""
    app.add_exception_handler(JourneymanError, _foreseen)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _unreadable)


def _foreseen(request: Request, error: Exception) -> Response:
    assert isinstance(error, JourneymanError)
    if error.status >= 500:
        log.warning("%s %s: %s", request.method, request.url.path, error.message)
    return error_page(request, error)


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    sentence = _SENTENCES.get(error.status_code, "The request could not be answered.")
    if error.status_code == TooLarge.status:  # raised by the guard, which knows the limit
        sentence = error.detail
    return sentence_page(request, error.status_code, sentence)


def _unreadable(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    names = sorted({str(one["loc"][-1]) for one in error.errors()})
    sentence = f"Something is missing or not usable here: {', '.join(names)}. Nothing was changed."
    return sentence_page(request, 422, sentence)


class Calm:
    """Turns an unforeseen exception into the 500 page; the traceback goes to the log alone."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def sending(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self.app(scope, receive, sending)
        except Exception:
            request = Request(scope)
            log.exception("%s %s", request.method, request.url.path)
            if not started:
                sentence = _BROKEN.format(file=LOG_FILE)
                await sentence_page(request, 500, sentence)(scope, receive, send)
