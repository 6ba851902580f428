"""Starts the web face on this machine and opens the browser."""

from __future__ import annotations

import contextlib
import importlib
import secrets
import socket
import threading
import webbrowser

import click
import uvicorn

from journeyman.app import App
from journeyman.errors import Invalid, Unavailable
from journeyman.web.guard import LOOPBACK, Keys
from journeyman.web.server import create


def serve(app: App, host: str, port: int, open_browser: bool) -> None:
    """Serve until interrupted, after printing the address that opens the pages.

    Args:
        app: The composition root; the caller closes it.
        host: A loopback name or address.
        port: The port, or 0 for any free one.
        open_browser: Whether to open the browser as well.

    Raises:
        Invalid: ``host`` is not this machine alone.
        Unavailable: the port is taken or not allowed.
    """
    listening = listen(host, port)
    keys = Keys(secrets.token_urlsafe(24))
    site = address(host, listening.getsockname()[1])
    web = create(app, keys.token, keys=keys)
    config = uvicorn.Config(web, log_level="error", access_log=False, server_header=False)
    server = Announcing(config, f"{site}/?token={keys.token}", opening="")
    if open_browser:
        server.opening = f"{site}/?token={keys.ticket}"
    server.run(sockets=[listening])


class Announcing(uvicorn.Server):
    """A server that says where it is once it answers, not before."""

    def __init__(self, config: uvicorn.Config, shown: str, opening: str) -> None:
        super().__init__(config)
        self.shown = shown
        self.opening = opening

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then print the address and open the browser."""
        await super().startup(sockets)
        if not self.started:
            return
        click.echo(f"Journeyman is open at {self.shown}")
        click.echo("Stop it with Ctrl+C; everything you did is kept.")
        threading.Thread(target=_import_ahead, daemon=True).start()
        if self.opening:
            # Some browsers' launchers wait until the browser is closed.
            threading.Thread(target=_open, args=(self.opening,), daemon=True).start()


def _import_ahead() -> None:
    """Load what many questions are made with, so that nobody waits seconds for the first one."""
    for name in ("pandas", "scipy.stats", "sklearn.preprocessing"):
        with contextlib.suppress(ImportError):
            importlib.import_module(name)


def _open(site: str) -> None:
    try:
        opened = webbrowser.open(site)
    except webbrowser.Error:
        opened = False
    if not opened:
        click.echo("No browser could be opened here: copy the address above into one.")


def address(host: str, port: int) -> str:
    """The beginning of every address of the site.

    >>> address("::1", 8765), address("127.0.0.1", 80)
    ('http://[::1]:8765', 'http://127.0.0.1:80')
    """
    name = f"[{host}]" if ":" in host else host
    return f"http://{name}:{port}"


def listen(host: str, port: int) -> socket.socket:
    """A socket on ``host`` and ``port``, taken before anything else is started.

    Raises:
        Invalid: ``host`` is not this machine alone.
        Unavailable: the port is taken or not allowed.
    """
    if host not in LOOPBACK:
        raise Invalid(
            f"Journeyman serves this machine only, and {host!r} is not a loopback address: "
            "use 127.0.0.1, ::1 or localhost."
        )
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # The protocol is named because asyncio leaves Nagle's algorithm on for a socket without one,
    # and an answer would then wait for the browser's delayed acknowledgement.
    made = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((host, port))
        made.listen(128)
    except OSError as error:
        made.close()
        raise Unavailable(
            f"Port {port} on {host} cannot be used ({error.strerror}): another program may have "
            "it. Choose another with `--port 8766`, or `--port 0` for any free one."
        ) from error
    return made
