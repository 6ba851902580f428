"""How a forked child gives up everything that learner code must not have. Linux.

The order matters and is the same for every child: descriptors, scratch, privileges, limits,
files, then system calls last, because each step needs calls that the next one takes away.
"""

from __future__ import annotations

import contextlib
import gc
import os
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from journeyman.sandbox import kernel, seccomp
from journeyman.sandbox.harness import SETUP_FAILED, Harness, receive_from, send_to
from journeyman.sandbox.landlock import Ruleset

LAYERS = ("rlimits", "no_new_privs", "landlock", "seccomp", "namespaces", "cgroup")

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


@dataclass(frozen=True, slots=True)
class Ready:
    """What was made ready for one child before it is forked.

    Attributes:
        rules: Descriptor of the Landlock rules, or -1.
        limits: Resource limits.
        harness: What will serve it.
    """

    harness: Harness
    rules: int
    limits: Sequence[tuple[int, int]]

    @property
    def descriptors(self) -> tuple[int, ...]:
        """What the warm process closes once the child is there."""
        return () if self.rules < 0 else (self.rules,)


def prepare(jail: Jail, request: dict[str, Any]) -> Ready:
    """Make ready for the next child, in the warm process.

    Done here it costs nothing but its own time; done in the child, every page touched on the way
    would have to be copied.
    """
    scratch = request["scratch"]
    os.chdir(scratch)
    for name in ("TMPDIR", "HOME", "MPLCONFIGDIR"):
        os.environ[name] = scratch
    rules = -1
    if jail.ruleset is not None:
        rules = jail.ruleset.create([scratch, os.devnull])
    limits = kernel.limits(request["cpu_seconds"], request["memory_mb"] << 20, jail.base)
    harness = Harness(receive_from(_CHANNEL), send_to(_CHANNEL))
    return Ready(harness, rules, limits)


def run_child(jail: Jail, ready: Ready, channel: int, output: int) -> None:
    """Confine this freshly forked process and serve one submission; never returns."""
    status = SETUP_FAILED
    try:
        _descriptors(channel, output)
        _give_up(jail, ready)
        gc.enable()
        status = 0
        ready.harness.serve()
    except BaseException as error:  # noqa: BLE001 - whatever it is, this process must end here
        with contextlib.suppress(OSError):
            os.write(2, f"{type(error).__name__}: {error}\n".encode())
    finally:
        os._exit(status)


def _descriptors(channel: int, output: int) -> None:
    """0 nothing (as in the warm process), 1 and 2 the captured output, 3 the channel."""
    output = os.dup(output)  # neither may be written over before it is in its place
    os.dup2(channel, _CHANNEL, inheritable=True)
    os.dup2(output, 1)
    os.dup2(output, 2)


def _give_up(jail: Jail, ready: Ready) -> None:
    layers = jail.layers
    if "no_new_privs" in layers:
        kernel.drop_capabilities()
        kernel.no_new_privileges()
    kernel.die_with_parent()
    if jail.ruleset is not None:
        jail.ruleset.enforce(ready.rules, ["/proc/self"])
    kernel.close_all_above(_CHANNEL)
    if "rlimits" in layers:
        kernel.hold_to(ready.limits)
    if "seccomp" in layers:
        seccomp.load()
