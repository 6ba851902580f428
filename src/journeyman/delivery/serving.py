"""An export behind HTTP: one row or many, each held against the schema, with its latencies.

    GET  /health          the model in use, and whether a newer one could not be opened
    GET  /schema          what a row holds and what the answer means
    GET  /latency         counts and percentiles in milliseconds since the start
    POST /predict         one row as an object
    POST /predict/batch   a list of rows

A new export or a rollback is taken up while running: the next request sees it whole.
"""

from __future__ import annotations

import argparse
import json
import signal
import socket
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import uvicorn
from fastapi import FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse, Response

from journeyman import __version__
from journeyman.delivery.runtime import Model, load
from journeyman.delivery.schema import Output, Row, remarks
from journeyman.errors import Invalid, JourneymanError, TooLarge

LONGEST_BODY = 16 << 20
REMEMBERED = 10_000
"""Requests of each kind whose times are kept for the percentiles."""
STOP_SECONDS = 10


class Latency:
    """Times of requests in the server, in milliseconds; safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._times = {"row": deque[float](maxlen=REMEMBERED), "batch": deque[float](maxlen=1000)}
        self._counts = {"row": 0, "batch": 0, "refused": 0}

    def add(self, kind: str, milliseconds: float) -> None:
        """Count an answered request of the kind ``row`` or ``batch``."""
        with self._lock:
            self._times[kind].append(milliseconds)
            self._counts[kind] += 1

    def refuse(self) -> None:
        """Count a request that was refused."""
        with self._lock:
            self._counts["refused"] += 1

    def report(self) -> dict[str, Any]:
        """Counts, and percentiles over the latest requests, by kind."""
        with self._lock:
            times = {kind: np.array(some) for kind, some in self._times.items()}
            counts = dict(self._counts)
        made: dict[str, Any] = {"refused": counts["refused"]}
        for kind, some in times.items():
            made[kind] = {"count": counts[kind]}
            if len(some):
                for share in (50, 95, 99):
                    made[kind][f"p{share}"] = round(float(np.percentile(some, share)), 3)
        return made


class Live:
    """The model that is served; another one when the folder holds another export.

    Raises:
        NotFound, Invalid: the folder holds no usable export at the start.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self._mark = self._look()
        self._model = load(folder)
        self.trouble = ""

    @property
    def model(self) -> Model:
        """The newest model that could be opened."""
        mark = self._look()
        if mark != self._mark and mark is not None:
            with self._lock:
                if mark != self._mark:
                    self._take_up(mark)
        return self._model

    def _take_up(self, mark: tuple[int, int]) -> None:
        try:
            self._model, self.trouble = load(self.folder), ""
        except JourneymanError as error:
            self.trouble = error.message  # the one in use goes on
        self._mark = mark

    def _look(self) -> tuple[int, int] | None:
        try:
            found = (self.folder / "schema.json").stat()
        except OSError:  # between two renames, or gone: the one in use goes on
            return None
        return found.st_mtime_ns, found.st_ino


def create(export_dir: Path) -> FastAPI:
    """The application for an export.

    Raises:
        NotFound, Invalid: the folder holds no usable export.
    """
    live, latency = Live(export_dir), Latency()
    app = FastAPI(title="Journeyman model", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.latency = latency

    @app.exception_handler(JourneymanError)
    def sentence(_: Request, error: Exception) -> Response:
        assert isinstance(error, JourneymanError)
        latency.refuse()
        return JSONResponse({"error": error.message}, error.status)

    @app.get("/health")
    def health() -> dict[str, Any]:
        model = live.model
        return {
            "status": "ok",
            "title": model.schema.title,
            "model": model.sha256,
            "trouble": live.trouble,
            "version": __version__,
        }

    @app.get("/schema")
    def schema() -> Response:
        return Response(live.model.schema.model_dump_json(), media_type="application/json")

    @app.get("/latency")
    def times() -> dict[str, Any]:
        return latency.report()

    _add_predicting(app, live, latency)
    return app


def _add_predicting(app: FastAPI, live: Live, latency: Latency) -> None:
    @app.post("/predict")
    async def predict(request: Request) -> Response:
        started = time.perf_counter()
        row = await _body(request)
        model = live.model
        (answer,) = answers(model, [row])
        made = JSONResponse(
            {"model": model.sha256, **answer, "remarks": remarks(model.schema, [row])}
        )
        latency.add("row", 1000 * (time.perf_counter() - started))
        return made

    @app.post("/predict/batch")
    async def batch(request: Request) -> Response:
        started = time.perf_counter()
        rows = await _body(request)
        if not isinstance(rows, list):
            raise Invalid("A batch is a list of rows; send one row to /predict.")
        model = live.model
        found = await run_in_threadpool(answers, model, rows)
        said = remarks(model.schema, rows)
        made = JSONResponse({"model": model.sha256, "answers": found, "remarks": said})
        latency.add("batch", 1000 * (time.perf_counter() - started))
        return made


def answers(model: Model, rows: Sequence[Row]) -> list[dict[str, Any]]:
    """What the model says of each row, as JSON data.

    Raises:
        Invalid: naming the first wrong row and column.
    """
    output = model.schema.output
    return [_answer(output, one) for one in model.answer(rows).tolist()]


def _answer(output: Output, values: list[float]) -> dict[str, Any]:
    if output.kind == "number":
        return {"value": values[0], "unit": output.unit}
    named = dict(zip(output.classes, values, strict=True))
    label = max(named, key=lambda name: named[name])
    if output.positive and output.threshold is not None and len(named) == 2:
        other = next(name for name in named if name != output.positive)
        label = output.positive if named[output.positive] >= output.threshold else other
    return {output.kind: named, "label": label}


async def _body(request: Request) -> Any:
    """The JSON in the request.

    Raises:
        TooLarge: more than ``LONGEST_BODY`` bytes.
        Invalid: no JSON.
    """
    data = bytearray()
    async for part in request.stream():
        data += part
        if len(data) > LONGEST_BODY:
            raise TooLarge(f"The body has more than {LONGEST_BODY >> 20} MiB; send fewer rows.")
    try:
        return json.loads(data)
    except (ValueError, RecursionError) as error:
        raise Invalid(f"The body is no JSON ({error}); send one row as an object.") from None


def serve(
    export_dir: Path,
    host: str = "127.0.0.1",
    port: int = 8000,
    *,
    ready: Callable[[str], None] | None = None,
) -> dict[str, Any]:
    """Serve an export until SIGINT or SIGTERM; requests that were begun are answered first.

    Args:
        export_dir: As ``export`` wrote it.
        host: Address to bind; anything but loopback lets others on the network ask.
        port: 0 takes any free one.
        ready: Called with the address once the server listens.

    Returns:
        The latency report of the whole run.

    Raises:
        NotFound, Invalid: no usable export, or the address cannot be bound.
    """
    app = create(export_dir)
    config = uvicorn.Config(
        app, host=host, port=port, log_level="warning", timeout_graceful_shutdown=STOP_SECONDS
    )
    listening = _listen(host, port)
    if ready is not None:
        shown = f"[{host}]" if ":" in host else host
        ready(f"http://{shown}:{listening.getsockname()[1]}")
    try:
        with _signals_end_quietly():
            uvicorn.Server(config).run(sockets=[listening])
    finally:
        listening.close()
    report: dict[str, Any] = app.state.latency.report()
    return report


def _listen(host: str, port: int) -> socket.socket:
    """A listening socket that says it is TCP.

    Without that, asyncio leaves Nagle's algorithm on, and each answer waits 40 ms for the client's
    delayed acknowledgement.
    """
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP, flags=socket.AI_PASSIVE
        )[0]
        listening = socket.socket(family, kind, protocol)
        try:
            if sys.platform != "win32":  # there it would let two servers share a port
                listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind(place)
            listening.listen(socket.SOMAXCONN)
        except OSError:
            listening.close()
            raise
    except OSError as error:
        raise Invalid(
            f"{host}:{port} cannot be bound ({error.strerror}); give another port or address."
        ) from None
    return listening


@contextmanager
def _signals_end_quietly() -> Iterator[None]:
    """Uvicorn raises a signal again once it has stopped, which would end the process at once."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    kinds = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(one, lambda *_: None) for one in kinds]
    try:
        yield
    finally:
        for one, handler in zip(kinds, before, strict=True):
            signal.signal(one, handler)


DOCKERFILE = """\
# Serves the export in ./export on port 8000. Build it in this folder:
#   docker build -t model . && docker run --rm -p 8000:8000 model
FROM python:3.11-slim
# A wheel beside this file may be taken instead:
#   docker build --build-arg JOURNEYMAN=/srv/wheels/journeyman-{version}-py3-none-any.whl -t model .
ARG JOURNEYMAN=journeyman=={version}
COPY Dockerfile journeyman-*.whl /srv/wheels/
RUN pip install --no-cache-dir "$JOURNEYMAN" && useradd --create-home model
COPY export /srv/export
USER model
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s CMD ["python", "-c", \
"import urllib.request as r; r.urlopen('http://127.0.0.1:8000/health', timeout=2)"]
CMD ["python", "-m", "journeyman.delivery.serving", "/srv/export", "--host", "0.0.0.0"]
"""
_IGNORED = "*\n!Dockerfile\n!journeyman-*.whl\n!export\nexport/held-out.json\n"


def container(export_dir: Path) -> Path:
    """Write a container file beside an export, which leaves the held-out rows out.

    Raises:
        NotFound, Invalid: no export, a folder of another name, or a file of the learner's own.
    """
    load(export_dir)
    room = export_dir.absolute().parent
    file, ignored = room / "Dockerfile", room / "Dockerfile.dockerignore"
    text = DOCKERFILE.format(version=__version__).replace(
        "COPY export ", f"COPY {export_dir.absolute().name} "
    )
    if file.exists() and file.read_text("utf-8") != text:
        raise Invalid(f"{file} is there already and is left as it is; move it away first.")
    try:
        file.write_text(text, "utf-8")
        ignored.write_text(_IGNORED.replace("export", export_dir.absolute().name), "utf-8")
    except OSError as error:
        raise Invalid(f"{file} cannot be written: {error.strerror}.") from None
    return file


def main(arguments: Sequence[str] | None = None) -> int:
    """What runs in the container."""
    parser = argparse.ArgumentParser(prog="python -m journeyman.delivery.serving")
    parser.add_argument("export", type=Path)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    given = parser.parse_args(arguments)

    def ready(address: str) -> None:
        sys.stdout.write(f"Serving {given.export} at {address}\n")
        sys.stdout.flush()

    try:
        report = serve(given.export, given.host, given.port, ready=ready)
    except JourneymanError as error:
        sys.stderr.write(f"{error.message}\n")
        return error.exit_code
    sys.stdout.write(json.dumps(report) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
