"""How long a learner waits: from saving the file, and from the key in the page, to the verdict.

Wall time, because that is what is waited for. ``saved`` runs ``journeyman watch`` and saves the
file as editors do (write beside, then rename). ``key`` drives Debian's Chromium, and the page
itself takes both times: of the key and of the verdict on the screen.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import uvicorn

from journeyman.app import App
from journeyman.settings import Settings
from journeyman.web.launch import listen
from journeyman.web.server import create

SLUG = "auc-by-ranks"
SOURCE = "import numpy as np\n\n\ndef auc(truth, scores):\n    return np.float64({number})\n"
TOKEN = "token-of-the-benchmark"
CHROMIUM = shutil.which("chromium")
START = "from journeyman.cli.main import main; main()"
# In the page: note the key's time, then the first outcome that is another one than before.
TIMER = """() => {
  const before = document.querySelector(".verdict");
  window.took = null;
  document.addEventListener("keydown", function once(event) {
    if (event.key !== "Enter") return;
    document.removeEventListener("keydown", once, true);
    const pressed = performance.now();
    const look = () => {
      const now = document.querySelector(".verdict");
      if (now && now !== before) {
        watching.disconnect();
        requestAnimationFrame(() => { window.took = performance.now() - pressed; });
      }
    };
    const watching = new MutationObserver(look);
    watching.observe(document.body, { childList: true, subtree: true });
  }, true);
}"""


def waits(repeats: int) -> dict[str, object]:
    """Median milliseconds of both ways, or why one could not be measured."""
    found: dict[str, object] = {"saved_to_verdict_ms": statistics.median(saved(repeats))}
    if CHROMIUM is None or find_spec("playwright") is None:
        return {**found, "key_to_verdict_not_measured": "Chromium or playwright is missing"}
    return {**found, "key_to_verdict_ms": statistics.median(key(repeats))}


def saved(repeats: int) -> list[float]:
    """Milliseconds from each save to the verdict on the terminal."""
    spent = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = folder / "solution.py"
        file.write_text(SOURCE.format(number=0))
        command = [sys.executable, "-c", START, "watch", SLUG, "--file", str(file), "--json"]
        surroundings = {**os.environ, "JOURNEYMAN_HOME": str(folder / "home")}
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=surroundings
        )
        try:
            _verdict_of(process)
            for number in range(1, repeats + 1):
                time.sleep(0.5)  # nobody saves faster, and the watcher gathers what comes at once
                beside = folder / "solution.py.new"
                beside.write_text(SOURCE.format(number=number))
                started = time.perf_counter()
                beside.replace(file)
                _verdict_of(process)
                spent.append((time.perf_counter() - started) * 1e3)
        finally:
            process.terminate()
            process.wait()
    return spent


def _verdict_of(process: subprocess.Popen[str]) -> None:
    """Read one JSON document, which ends with a brace in the first column."""
    assert process.stdout is not None
    for line in process.stdout:
        if line.rstrip() == "}":
            return
    raise RuntimeError("journeyman watch has ended")


def key(repeats: int) -> list[float]:
    """Milliseconds from Ctrl+Enter in the editor to the verdict in the page."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - it may be missing

    spent = []
    with (
        tempfile.TemporaryDirectory() as home,
        served(Path(home)) as address,
        sync_playwright() as p,
    ):
        browser = p.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(f"{address}/exercises/{SLUG}?token={TOKEN}")
        for number in range(repeats + 1):
            page.locator(".cm-content").click()
            page.keyboard.press("Control+a")
            page.keyboard.insert_text(SOURCE.format(number=number))
            page.evaluate(TIMER)
            page.keyboard.press("Control+Enter")
            while (took := page.evaluate("window.took")) is None:  # its policy forbids waiting
                page.wait_for_timeout(20)
            spent.append(float(took))
        browser.close()
    return spent[1:]  # the first one loads what later ones have


@contextmanager
def served(home: Path) -> Iterator[str]:
    """The address of a server on an empty record."""
    app = App(Settings(home=home))
    listening = listen("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(create(app, TOKEN), log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(20)
        app.close()
