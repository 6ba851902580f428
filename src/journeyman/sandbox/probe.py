"""Tries each layer of the jail in a forked process; prints what held as JSON. Linux.

Run by ``isolation.probe`` in a fresh interpreter, so that nothing of it touches the caller.
"""

from __future__ import annotations

import errno
import json
import os
import socket
import sys
from collections.abc import Callable

from journeyman.sandbox import kernel, landlock, seccomp
from journeyman.sandbox.isolation import FULL_LANDLOCK


def main() -> None:
    """Print, for each layer, whether it held."""
    json.dump({name: _held(attempt) for name, attempt in ATTEMPTS.items()}, sys.stdout)


def _held(attempt: Callable[[], bool]) -> bool:
    """Whether an attempt says so, in a process of its own; any crash means no."""
    pid = os.fork()
    if pid == 0:
        held = False
        try:
            held = attempt()
        finally:
            os._exit(0 if held else 1)
    _, status = os.waitpid(pid, 0)
    return status == 0


def _refused(action: Callable[[], object], *numbers: int) -> bool:
    try:
        action()
    except OSError as error:
        return error.errno in numbers
    return False


def rlimits() -> bool:
    """Memory above the limit is not handed out."""
    kernel.limit(1.0, 64 << 20, kernel.memory_in_use())
    try:
        bytearray(256 << 20)
    except MemoryError:
        return True
    return False


def no_new_privs() -> bool:
    """Privileges and capabilities are gone."""
    kernel.carry_out([kernel.no_capabilities(), kernel.no_new_privileges()])
    with open("/proc/self/status", encoding="ascii", errors="replace") as file:  # noqa: PTH123
        lines = dict(line.split(":", 1) for line in file.read().splitlines() if ":" in line)
    return lines["NoNewPrivs"].strip() == "1" and int(lines["CapEff"], 16) == 0


def files() -> bool:
    """A file outside the ruleset cannot be read, one inside can."""
    kernel.carry_out([kernel.no_new_privileges()])
    landlock.Ruleset(["/proc/self"]).restrict()
    with open("/proc/self/stat", "rb"):  # noqa: PTH123
        pass
    return _refused(lambda: os.scandir("/"), errno.EACCES)


def scope() -> bool:
    """Landlock is new enough, and a signal to the parent is refused."""
    if landlock.abi() < FULL_LANDLOCK:
        return False
    kernel.carry_out([kernel.no_new_privileges()])
    landlock.Ruleset([]).restrict()
    return _refused(lambda: os.kill(os.getppid(), 0), errno.EPERM)


def system_calls() -> bool:
    """The filter loads, and refuses a socket and a fork."""
    kernel.carry_out([kernel.no_new_privileges()])
    seccomp.Filter().load()
    return _refused(socket.socket, errno.EPERM) and _refused(os.fork, errno.EPERM)


def namespaces() -> bool:
    """A process can move into namespaces, fork into another one, and see no network device."""
    kernel.enter_namespaces()  # returns in a child; the caller exits with that child's status
    pid = kernel.OwnProcessSpace().fork()
    if pid == 0:
        os._exit(0 if os.getpid() == 1 else 1)
    _, status = os.waitpid(pid, 0)
    devices = [name for _, name in socket.if_nameindex()]
    return status == 0 and devices in ([], ["lo"])


def group() -> bool:
    """A process in a group of one task cannot start a second one."""
    directory = sys.argv[2] if len(sys.argv) > 2 else ""
    if not directory:
        return False
    kernel.join_group(directory)
    return _refused(os.fork, errno.EAGAIN)


ATTEMPTS: dict[str, Callable[[], bool]] = {
    "rlimits": rlimits,
    "no_new_privs": no_new_privs,
    "landlock": files,
    "landlock_scope": scope,
    "seccomp": system_calls,
    "namespaces": namespaces,
    "cgroup": group,
}
