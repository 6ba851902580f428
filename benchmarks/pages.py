"""CPU milliseconds and bytes of every page, beside a bare FastAPI and Jinja page in one run.

    python -m benchmarks.pages [--json] [--rounds 30]

Requests are put straight to the ASGI application, so that neither a socket nor a client is
measured; CPU time is that of the whole process, the thread that runs the handler included. The
bare page is a table of 50 rows from a synchronous handler, without a store, a model or a guard:
what is above its number is what Journeyman itself costs. Bytes are those of the page, and of the
page with everything that loads with it (style and script, each compressed with gzip).
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import json
import statistics
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import jinja2
from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from starlette.types import ASGIApp, Message

from journeyman.app import App
from journeyman.core.asking import Asked
from journeyman.settings import Settings
from journeyman.web import assets
from journeyman.web.server import create

HOST = b"127.0.0.1:8765"
ANSWERS = 12
WARM_UP = 3


@dataclass(frozen=True)
class Measured:
    """One page: median CPU time of a request, and sizes in bytes."""

    page: str
    cpu_ms: float
    ratio: float
    html: int
    html_gzip: int
    loaded_gzip: int


def bare() -> FastAPI:
    """The page that others are compared with."""
    text = (
        "<!doctype html><title>Rows</title><table>{% for row in rows %}"
        "<tr><td>{{ row.name }}</td><td>{{ row.value }}</td></tr>{% endfor %}</table>"
    )
    template = jinja2.Environment(autoescape=True).from_string(text)
    app = FastAPI()

    @app.get("/")
    def rows() -> HTMLResponse:
        found = [{"name": f"row {i}", "value": i * i} for i in range(50)]
        return HTMLResponse(template.render(rows=found))

    return app


async def request(app: ASGIApp, path: str) -> bytes:
    """GET ``path`` and return the body.

    Raises:
        RuntimeError: if the answer is not 200.
    """
    plain, _, query = path.partition("?")
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": plain,
        "raw_path": plain.encode(),
        "query_string": query.encode(),
        "headers": [(b"host", HOST)],
        "server": ("127.0.0.1", 8765),
        "client": ("127.0.0.1", 1),
        "root_path": "",
    }
    body: list[bytes] = []
    status = 0

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        nonlocal status
        status = message.get("status", status)
        body.append(message.get("body", b""))

    await app(scope, receive, send)
    if status != 200:
        message = f"{path} answered {status}"
        raise RuntimeError(message)
    return b"".join(body)


async def cpu_ms(app: ASGIApp, path: str, rounds: int) -> tuple[float, bytes]:
    """Median CPU milliseconds of a request, and the last body."""
    times, body = [], b""
    for turn in range(WARM_UP + rounds):
        start = time.process_time()
        body = await request(app, path)
        if turn >= WARM_UP:
            times.append(1000 * (time.process_time() - start))
    return statistics.median(times), body


def right(asked: Asked) -> str:
    """The right answer as a learner would type it."""
    if asked.question.kind == "choice":
        return str([option.correct for option in asked.question.options].index(True))
    return repr(asked.question.answer)


def fill(app: App) -> None:
    """A record with some evidence: every other answer is right, the others are not known."""
    for turn in range(ANSWERS):
        asked = app.place().asked
        if asked is None:
            return
        app.answer_placement(asked.attempt, "dont-know" if turn % 2 else right(asked))


def paths(app: App) -> list[str]:
    """One address of each kind of page."""
    skill = next(iter(app.bank.lessons))
    practised = next(slug for slug, items in app.bank.items_of.items() if items)
    return [
        "/",
        "/plan",
        "/placement",
        "/map",
        f"/skills/{skill}",
        f"/skills/{skill}/why",
        f"/practise/{practised}",
        "/exercises",
        f"/exercises/{next(iter(app.bank.exercises))}",
        "/progress",
        f"/evidence/{app.progress().facts[0].id}",
        "/portfolio",
    ]


def measure(rounds: int) -> Iterator[Measured]:
    """Measure the bare page, then every page of a filled record."""
    loaded = sum(
        len(gzip.compress((assets.DIST / name).read_bytes())) for name in ("app.js", "site.css")
    )
    floor, body = asyncio.run(cpu_ms(bare(), "/", rounds))
    yield Measured("bare", floor, 1.0, len(body), len(gzip.compress(body)), 0)
    with tempfile.TemporaryDirectory() as folder:
        app = App(Settings(home=Path(folder)))
        try:
            fill(app)
            web = create(app, None)
            # Opening an exercise starts a grading process in the background, once.
            app.sandbox.warm("numpy")
            for path in paths(app):
                spent, body = asyncio.run(cpu_ms(web, path, rounds))
                size = len(gzip.compress(body))
                yield Measured(path, spent, spent / floor, len(body), size, size + loaded)
        finally:
            app.close()


def main() -> None:
    """Print the table, or JSON."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--json", action="store_true", help="print JSON")
    options.add_argument("--rounds", type=int, default=30, help="requests to each page")
    given = options.parse_args()
    found = list(measure(given.rounds))
    if given.json:
        pages = [asdict(one) for one in found]
        print(json.dumps({"rounds": given.rounds, "answers": ANSWERS, "pages": pages}, indent=1))
        return
    print(f"{'page':<48}{'CPU ms':>8}{'x bare':>8}{'HTML':>9}{'gzip':>8}{'in all':>8}")
    for one in found:
        name = one.page if len(one.page) < 47 else one.page[:44] + "..."
        print(
            f"{name:<48}{one.cpu_ms:>8.2f}{one.ratio:>8.1f}{one.html:>9,}"
            f"{one.html_gzip:>8,}{one.loaded_gzip:>8,}"
        )


if __name__ == "__main__":
    main()
