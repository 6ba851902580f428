"""What stands before every page: the right host, the right token, our own pages, safe headers.

Pure ASGI, so that a refused request costs almost nothing and no body of it is read.
"""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from journeyman.errors import Forbidden, JourneymanError, TooLarge
from journeyman.web.render import error_page

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
LARGEST_BODY = 256 * 1024
LARGEST_FILE = 256 * 1024 * 1024
FILES = re.compile(r"/competitions/[^/]+/submit/?\Z")
"""Where a file is taken: it may be larger than what people type."""
TOO_LARGE = "That is more than 256 KB, the most that one request may hold; nothing was changed."
TOO_LARGE_FILE = (
    "That is more than 256 MB, the most that the page takes; nothing was changed. Hand it in as "
    "Parquet, or with `journeyman compete submit`."
)
PUBLIC = ("/static/",)
"""Paths that hold nothing of the learner's; the page that asks for the token is styled by them."""

FIXED_HEADERS: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


def policy(nonce: str) -> str:
    """The content security policy of one page.

    The nonce is for the one style element that the code editor makes; there is no inline script.
    """
    return (
        f"default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; "
        "img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    )


def limit_of(path: str) -> tuple[int, str]:
    """The most bytes that a request to ``path`` may hold, and the sentence for more.

    >>> limit_of("/competitions/spam/submit")[0] > limit_of("/settings")[0]
    True
    """
    return (LARGEST_FILE, TOO_LARGE_FILE) if FILES.match(path) else (LARGEST_BODY, TOO_LARGE)


@dataclass(slots=True)
class Keys:
    """What proves that a browser belongs to the person who started the program.

    Attributes:
        token: Part of the address that the terminal prints; holds while the program runs. None
            asks for nothing: only tests do that.
        ticket: A second key, good for one use: it goes into the address that the program opens by
            itself, because other users of the machine can read a browser's command line.
        session: What the cookie holds once either was shown; new at every start.
    """

    token: str | None
    ticket: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    session: str = field(default_factory=lambda: secrets.token_urlsafe(32))

    def accept(self, given: str) -> bool:
        """Whether ``given`` opens the door; a ticket opens it once."""
        if self.token is not None and hmac.compare_digest(given.encode(), self.token.encode()):
            return True
        if self.ticket and hmac.compare_digest(given.encode(), self.ticket.encode()):
            self.ticket = ""
            return True
        return False


def host_name(host: str) -> str:
    """The name in a Host header, without the port and in lower case.

    >>> host_name("LocalHost:8765"), host_name("[::1]:80"), host_name("evil.example")
    ('localhost', '::1', 'evil.example')
    """
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def is_ours(headers: Headers) -> bool:
    """Whether an unsafe request comes from one of our own pages.

    Browsers say so in ``Sec-Fetch-Site``; older ones send ``Origin``, compared with ``Host``. A
    program that sends neither is no browser, so nobody can have lured it here.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc == headers.get("host", "")


class Guard:
    """Lets a request through to ``app`` when host, origin and token are right.

    Args:
        app: What comes behind.
        keys: Token, ticket and session.
        hosts: Names under which this server may be called; anything else is DNS rebinding.
    """

    def __init__(self, app: ASGIApp, keys: Keys, hosts: Collection[str] = LOOPBACK) -> None:
        self.app = app
        self.keys = keys
        self.hosts = frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        nonce = secrets.token_urlsafe(16)
        scope.setdefault("state", {})["nonce"] = nonce
        guarded = _with_headers(send, nonce, scope["path"])
        limited = _with_limit(receive, *limit_of(scope["path"]))
        request = Request(scope, receive)
        try:
            answer = self._door(request)
        except JourneymanError as error:
            answer = error_page(request, error)
        await (answer or self.app)(scope, limited, guarded)

    def _door(self, request: Request) -> Response | None:
        """None lets the request in; a response answers it here."""
        if host_name(request.headers.get("host", "")) not in self.hosts:
            raise Forbidden(
                "This page answers only under 127.0.0.1 or localhost; "
                "open the address that the terminal printed."
            )
        if request.method not in SAFE_METHODS and not is_ours(request.headers):
            raise Forbidden("This came from another website, so nothing was changed.")
        most, sentence = limit_of(request.url.path)
        if int(request.headers.get("content-length") or 0) > most:
            raise TooLarge(sentence)
        if self.keys.token is None or request.url.path.startswith(PUBLIC):
            return None
        name = cookie_name(request)
        given = request.query_params.get("token", "")
        if request.method == "GET" and given and self.keys.accept(given):
            return self._welcome(request, name)
        if hmac.compare_digest(request.cookies.get(name, "").encode(), self.keys.session.encode()):
            return None
        raise Forbidden(
            "This page belongs to the person who started Journeyman: open the whole address that "
            "the terminal printed, with the token at its end."
        )

    def _welcome(self, request: Request, name: str) -> Response:
        """Exchange the token for a cookie and take it out of the address."""
        rest = [pair for pair in parse_qsl(request.url.query) if pair[0] != "token"]
        # A path of two slashes would be read as another host, so exactly one stands in front.
        path = "/" + quote(request.url.path.lstrip("/\\"))
        target = path + ("?" + urlencode(rest) if rest else "")
        answer = RedirectResponse(target, status_code=303)
        answer.set_cookie(name, self.keys.session, httponly=True, samesite="lax", path="/")
        return answer


def cookie_name(request: Request) -> str:
    """Cookies do not tell ports apart, so the name does: two programs do not log each other out."""
    return f"journeyman-{request.url.port or 80}"


def _with_limit(receive: Receive, most: int, sentence: str) -> Receive:
    """Stop reading a body that has no length in front when it grows past the limit."""
    read = 0

    async def receiving() -> Message:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        if read > most:
            # Not our own exception: form parsing would turn that into "cannot be read".
            raise HTTPException(TooLarge.status, sentence)
        return message

    return receiving


def _with_headers(send: Send, nonce: str, path: str) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.setdefault("Content-Security-Policy", policy(nonce))
            for name, value in FIXED_HEADERS.items():
                headers.setdefault(name, value)
            if not path.startswith(PUBLIC):
                # Pages change with every answer: the browser asks again, also after "back".
                headers.setdefault("Cache-Control", "private, no-cache")
        await send(message)

    return sending
