"""Fixtures: Debian's Chromium against a server with everything real, the sandbox included."""

from __future__ import annotations

import os
import shutil
import socket
import threading
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import expect

from journeyman.app import App
from journeyman.settings import Settings
from journeyman.web.server import create

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
REQUIRED = os.environ.get("CI") == "true" or "JOURNEYMAN_REQUIRE_BROWSER" in os.environ
TOKEN = "token-of-the-browser-tests"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items):
    here = Path(__file__).parent
    for item in items:
        if here in Path(item.path).parents:
            item.add_marker(pytest.mark.browser)


# A question may load scikit-learn, which takes seconds on a busy machine.
expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def browser_type_launch_args():
    if not Path(CHROMIUM).exists():
        reason = "Chromium is missing: apt-get install chromium"
        if REQUIRED:
            pytest.fail(reason)
        pytest.skip(reason)
    return {"executable_path": CHROMIUM, "args": ARGUMENTS}


@dataclass
class Running:
    """A server and the application behind it."""

    app: App
    address: str
    home: Path
    said: list[str] = field(default_factory=list)

    def watch(self, page) -> None:
        """Gather what a careful visitor would see in the browser's console."""
        page.on("console", lambda told: told.type == "error" and self.said.append(told.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))

    def enter(self, page, path: str = "/") -> None:
        self.watch(page)
        mark = "&" if "?" in path else "?"
        page.goto(f"{self.address}{path}{mark}token={TOKEN}")


def start(home: Path, bank):
    """Serve on a free port in a thread, as ``journeyman run`` does."""
    app = App(Settings(home=home))
    app.__dict__["bank"] = bank
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(create(app, TOKEN), log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    address = f"http://127.0.0.1:{listening.getsockname()[1]}"

    def stop() -> None:
        server.should_exit = True
        thread.join(20)
        app.close()

    return Running(app, address, home), stop


@pytest.fixture
def site(tmp_path, bank):
    """A server on an empty record; nothing may be said in the console."""
    running, stop = start(tmp_path / "home", bank)
    yield running
    stop()
    assert running.said == []


@pytest.fixture(scope="module")
def used(tmp_path_factory, bank):
    """A server on a record with a placement, practice and an exercise, shared by a module."""
    from tests.browser.record import fill

    running, stop = start(tmp_path_factory.mktemp("used"), bank)
    fill(running.app)
    yield running
    stop()
