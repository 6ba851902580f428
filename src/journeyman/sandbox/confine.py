"""How a forked child gives up everything that learner code must not have. Linux.

The order matters and is the same for every child: descriptors, scratch, privileges, limits,
files, then system calls last, because each step needs calls that the next one takes away.
"""

from __future__ import annotations

import contextlib
import gc
import os
import signal
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from journeyman.sandbox import kernel, seccomp
from journeyman.sandbox.harness import SETUP_FAILED, Harness, receive_from, send_to
from journeyman.sandbox.landlock import Ruleset

LAYERS = ("rlimits", "no_new_privs", "landlock", "seccomp", "namespaces")

_CHANNEL = 3


@dataclass(frozen=True, slots=True)
class Jail:
    """What the warm process prepared once for all of its children.

    Attributes:
        layers: Names of the layers in force (see ``LAYERS``).
        ruleset: The files that may be read, where Landlock is in force.
        base: Memory of the warm process, on top of which a budget is given.
    """

    layers: Collection[str]
    ruleset: Ruleset | None
    base: tuple[int, int]


def run_child(jail: Jail, request: dict[str, Any], channel: int, output: int) -> None:
    """Confine this freshly forked process and serve one submission; never returns."""
    status = SETUP_FAILED
    try:
        _descriptors(channel, output)
        _surroundings(request["scratch"])
        _give_up(jail, request)
        harness = Harness(receive_from(_CHANNEL), send_to(_CHANNEL))
        status = 0
        harness.serve()
    except BaseException as error:  # noqa: BLE001 - whatever it is, this process must end here
        with contextlib.suppress(OSError):
            os.write(2, f"{type(error).__name__}: {error}\n".encode())
    finally:
        os._exit(status)


def _descriptors(channel: int, output: int) -> None:
    """0 nothing, 1 and 2 the captured output, 3 the channel to the judge."""
    channel, output = os.dup(channel), os.dup(output)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for source, target in ((nothing, 0), (output, 1), (output, 2), (channel, _CHANNEL)):
        os.dup2(source, target)


def _surroundings(scratch: str) -> None:
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.chdir(scratch)
    for name in ("TMPDIR", "HOME", "MPLCONFIGDIR"):
        os.environ[name] = scratch
    gc.enable()


def _give_up(jail: Jail, request: dict[str, Any]) -> None:
    layers = jail.layers
    if "no_new_privs" in layers:
        kernel.drop_capabilities()
        kernel.no_new_privileges()
    kernel.die_with_parent()
    if jail.ruleset is not None:
        jail.ruleset.restrict(["/proc/self"], [request["scratch"], os.devnull])
    kernel.close_all_above(_CHANNEL)
    if "rlimits" in layers:
        kernel.limit(request["cpu_seconds"], request["memory_mb"] << 20, jail.base)
    if "seccomp" in layers:
        seccomp.load()
