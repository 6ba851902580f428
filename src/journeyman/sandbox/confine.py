"""How a forked child gives up everything that learner code must not have. Linux.

The order matters and is the same for every child: descriptors, privileges, files, limits, then
system calls last, because each step needs calls that the next one takes away.
"""

from __future__ import annotations

import contextlib
import gc
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from journeyman.sandbox import kernel
from journeyman.sandbox.harness import SETUP_FAILED, Harness, receive_from, send_to
from journeyman.sandbox.kernel import Call, call
from journeyman.sandbox.landlock import Ruleset, restricting
from journeyman.sandbox.seccomp import Filter

LAYERS = ("rlimits", "no_new_privs", "landlock", "seccomp", "namespaces", "cgroup")

_CHANNEL = 3
_FREE = _CHANNEL + 1  # the lowest descriptor that is free once all above the channel are closed


@dataclass(frozen=True, slots=True, eq=False)
class Jail:
    """What the warm process prepared once for all of its children.

    Attributes:
        layers: Names of the layers in force (see ``LAYERS``).
        ruleset: The files that may be read, where Landlock is in force.
        filter: The system calls that may be made, where seccomp is in force.
        base: Memory of the warm process, on top of which a budget is given.
    """

    layers: frozenset[str]
    ruleset: Ruleset | None
    filter: Filter | None
    base: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Ready:
    """What was made ready for one child before it is forked.

    Attributes:
        harness: What will serve it.
        confining: All that confines it but the filter of system calls, in order.
        filter: Of the jail.
        rules: Descriptor of its Landlock rules, or -1.
    """

    harness: Harness
    confining: Sequence[Call]
    filter: Filter | None
    rules: int


def prepare(jail: Jail, request: dict[str, Any], channel: int, output: int) -> Ready:
    """Make ready for the next child, in the warm process.

    Done here it costs nothing but its own time; done in the child, every page touched on the way
    would have to be copied.
    """
    scratch = request["scratch"]
    os.chdir(scratch)
    for name in ("TMPDIR", "HOME", "MPLCONFIGDIR"):
        os.environ[name] = scratch
    rules = -1 if jail.ruleset is None else jail.ruleset.create([scratch, os.devnull])
    limits = (request["cpu_seconds"], request["memory_mb"] << 20)
    harness = Harness(receive_from(_CHANNEL), send_to(_CHANNEL))
    return Ready(harness, _confining(jail, channel, output, rules, limits), jail.filter, rules)


@lru_cache(maxsize=64)  # the numbers are mostly those of the child before
def _confining(
    jail: Jail, channel: int, output: int, rules: int, limits: tuple[float, int]
) -> tuple[Call, ...]:
    calls = _descriptors(channel, output)
    if "no_new_privs" in jail.layers:
        calls += [kernel.no_capabilities(), kernel.no_new_privileges()]
    calls.append(kernel.dying_with_parent())
    if jail.ruleset is not None:
        calls += kernel.close_from(_FREE, but=rules)
        calls += jail.ruleset.reading(rules, "/proc/self", _FREE)
        calls.append(restricting(rules))
    calls += kernel.close_from(_FREE)
    if "rlimits" in jail.layers:
        calls += kernel.hold_to(kernel.limits(*limits, jail.base))
    return tuple(calls)


def _descriptors(channel: int, output: int) -> list[Call]:
    """0 nothing (as in the warm process), 1 and 2 the captured output, 3 the channel."""
    aside = next(n for n in range(_FREE, _FREE + 3) if n not in (channel, output))
    moves = ((output, aside), (channel, _CHANNEL), (aside, 1), (aside, 2))
    return [call("dup2", *move) for move in moves]


def run_child(ready: Ready) -> None:
    """Confine this freshly forked process and serve one submission; never returns."""
    status = SETUP_FAILED
    try:
        kernel.carry_out(ready.confining)
        if ready.filter is not None:
            ready.filter.load()
        gc.enable()
        status = 0
        ready.harness.serve()
    except BaseException as error:  # noqa: BLE001 - whatever it is, this process must end here
        with contextlib.suppress(OSError):
            os.write(2, f"{type(error).__name__}: {error}\n".encode())
    finally:
        os._exit(status)
