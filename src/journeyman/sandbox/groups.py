"""Control groups: one bound for everything that a warm process and its children use together.

Only where a group of version 2 has been delegated to this program, for instance by
``systemd-run --user --scope -p Delegate=yes journeyman run``; see the kernel's
admin-guide/cgroup-v2 documentation for the files.
"""

from __future__ import annotations

import contextlib
import os
from functools import cache
from pathlib import Path
from uuid import uuid4

CONTROLLERS = frozenset({"memory", "pids"})
MOST_TASKS = 1024
_SHARE_OF_MEMORY = 0.6
_OWN_LEAF = "journeyman-judge"


def own_group(proc: Path = Path("/proc/self")) -> Path | None:
    """The directory of this process's group in the version 2 hierarchy, if there is one."""
    try:
        mounts = (proc / "mountinfo").read_text("utf-8", "replace").splitlines()
        groups = (proc / "cgroup").read_text("utf-8", "replace").splitlines()
    except OSError:
        return None
    inside = next((line[3:] for line in groups if line.startswith("0::")), None)
    for line in mounts:
        place, _, kind = line.partition(" - ")
        if inside is not None and kind.startswith("cgroup2 "):
            root, mounted = place.split()[3:5]
            if root != "/" and not f"{inside}/".startswith(f"{root}/"):
                continue
            return Path(mounted) / inside.removeprefix(root).lstrip("/")
    return None


def delegated(own: Path | None) -> Path | None:
    """``own`` if groups with limits can be made in it, else None.

    A group that hands out controllers may hold no process itself, so this process moves into a
    group below if it is alone there.
    """
    if own is None or not _words(own / "cgroup.controllers") >= CONTROLLERS:
        return None
    if not _words(own / "cgroup.subtree_control") >= CONTROLLERS:
        try:
            _make_room(own)
            _write(own / "cgroup.subtree_control", " ".join(f"+{one}" for one in CONTROLLERS))
        except OSError:
            return None
    return own if _words(own / "cgroup.subtree_control") >= CONTROLLERS else None


def _make_room(own: Path) -> None:
    if _words(own / "cgroup.procs") == {str(os.getpid())}:
        leaf = own / _OWN_LEAF
        leaf.mkdir(exist_ok=True)
        _write(leaf / "cgroup.procs", str(os.getpid()))


def make(parent: Path, *, memory: int | None = None, tasks: int = MOST_TASKS) -> Path:
    """A new group in ``parent`` with its limits written and read back.

    Args:
        parent: A group that hands out the controllers (see ``delegated``).
        memory: Bytes for all processes of the group; most of the machine's by default.
        tasks: Processes and threads of the group.

    Raises:
        OSError: if the kernel does not take them.
    """
    if memory is None:
        machine = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
        memory = int(machine * _SHARE_OF_MEMORY) // 4096 * 4096
    group = parent / f"journeyman-{uuid4().hex[:12]}"
    group.mkdir()
    try:
        for name, value in (("memory.max", memory), ("pids.max", tasks)):
            _limit(group / name, value)
    except OSError:
        remove(group)
        raise
    return group


def _limit(file: Path, value: int) -> None:
    _write(file, str(value))
    if _words(file) != {str(value)}:
        raise OSError(f"{file.name} was not taken")


def remove(group: Path) -> None:
    """Remove a group whose processes have ended."""
    with contextlib.suppress(OSError):
        group.rmdir()


@cache
def place() -> Path | None:
    """Where this process may make groups; looked for once."""
    return delegated(own_group())


def _words(file: Path) -> set[str]:
    try:
        return set(file.read_text("ascii", "replace").split())
    except OSError:
        return set()


def _write(file: Path, text: str) -> None:
    with file.open("r+") as opened:  # the kernel's files exist; a missing one is an answer
        opened.write(text)
