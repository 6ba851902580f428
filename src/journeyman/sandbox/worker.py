"""A pre-warmed worker for one submission, for systems where forking a warm process is unsafe.

Requests come in on standard input and replies leave by what was standard output; what learner code
prints goes to standard error, which the judge captures. Portable: macOS, Windows, and Linux by
choice. It is limited, not confined.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import random
import sys
import time
from typing import Any

from journeyman.sandbox import wire
from journeyman.sandbox.harness import SETUP_FAILED, Harness, receive_from, send_to
from journeyman.sandbox.streams import prepare_streams


def main(configuration: str) -> None:
    """Import, report ready, take the limits of the submission, and serve it; never returns."""
    settings = json.loads(configuration)
    send, receive = send_to(os.dup(1)), receive_from(os.dup(0))
    _surroundings()
    status = SETUP_FAILED
    try:
        for name in settings["modules"]:
            importlib.import_module(name)
        sys.path[:] = [entry for entry in sys.path if entry != settings["forget"]]
        send(wire.frame({"ready": True}))
        prefix = receive(wire.PREFIX.size)
        _, header, blobs = wire.PREFIX.unpack(prefix)
        limits, _ = wire.read(prefix + receive(header + blobs))
        _begin(limits)
        status = 0
        Harness(receive, send).serve()
    except EOFError:
        status = 0  # the judge had no use for this worker
    except Exception as error:  # noqa: BLE001 - told through the captured output
        os.write(2, f"{type(error).__name__}: {error}\n".encode())
    finally:
        os._exit(status)


def _surroundings() -> None:
    """Standard input is empty for the learner, and printing goes to the captured output."""
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    prepare_streams()


def _begin(limits: dict[str, Any]) -> None:
    """What is particular to this submission: its scratch directory and its limits."""
    os.chdir(limits["scratch"])
    for name in ("TMPDIR", "TEMP", "HOME", "MPLCONFIGDIR"):
        os.environ[name] = limits["scratch"]
    random.seed(0)
    sys.modules["numpy"].random.seed(0)
    if sys.platform == "linux":
        from journeyman.sandbox import kernel  # noqa: PLC0415 - not on other systems

        memory = limits["memory_mb"] << 20
        kernel.limit(limits["cpu_seconds"] + time.process_time(), memory, kernel.memory_in_use())
    elif sys.platform == "darwin":
        _limit_on_macos(limits)


def _limit_on_macos(limits: dict[str, Any]) -> None:
    """Processor time, file size and new processes; macOS does not keep a limit on memory."""
    import resource  # noqa: PLC0415 - not on Windows

    cpu = int(limits["cpu_seconds"] + time.process_time()) + 2
    for which, value in (
        (resource.RLIMIT_CPU, cpu),
        (resource.RLIMIT_FSIZE, 16 << 20),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
    ):
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(which, (value, value))
