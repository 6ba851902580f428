"""Scratch directories, and what a process uses, as both runners need them."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import tempfile
from pathlib import Path

from journeyman.sandbox.runner import Usage

PREFIX = "journeyman-"


class Scratches:
    """Empty directories for children, used again while they stay empty.

    Making and removing a directory on a journaling file system costs more than all else that the
    judge does, and most submissions write nothing.

    Args:
        parent: Where they lie.
    """

    def __init__(self, parent: Path) -> None:
        self.parent = parent
        self.empty: list[str] = []
        self.closed = False

    def take(self) -> str:
        """An empty directory that nobody else uses."""
        try:
            return self.empty.pop()
        except IndexError:
            return tempfile.mkdtemp(prefix="run-", dir=self.parent)

    def give_back(self, directory: str) -> None:
        """Keep the directory if nothing was written into it, else remove it."""
        try:
            written = os.listdir(directory)  # noqa: PTH208 - in the measured path
        except OSError:
            written = ["unreadable"]
        if written or self.closed:
            remove(directory)
        else:
            self.empty.append(directory)

    def close(self) -> None:
        """Remove the empty ones, and from now on every one that is given back."""
        self.closed = True
        while self.empty:
            remove(self.empty.pop())


def make_root(parent: Path | None) -> Path:
    """A directory of this process for scratch files; removes those of processes that were killed.

    Args:
        parent: Where it is made; the system's place for temporary files by default.
    """
    place = Path(tempfile.gettempdir() if parent is None else parent)
    for entry in place.glob(f"{PREFIX}*-*"):
        owner = entry.name.removeprefix(PREFIX).partition("-")[0]
        if owner.isdigit() and not _alive(int(owner)) and _ours(entry):
            remove(str(entry))
    return Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=place)).resolve()


def _alive(pid: int) -> bool:
    if os.name != "posix":
        return True  # not to be asked without ending it; leave the directory alone
    try:
        os.kill(pid, 0)
    except OverflowError:
        return True
    except OSError as error:
        return not isinstance(error, ProcessLookupError)
    return True


def _ours(entry: Path) -> bool:
    """A directory of this user's own, and no link that somebody put there."""
    try:
        state = entry.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(state.st_mode) and state.st_uid == os.getuid()


def remove(directory: str) -> None:
    """Remove a scratch directory, whatever rights its contents have."""
    shutil.rmtree(directory, ignore_errors=True)


def directory_bytes(directory: str) -> int:
    """Bytes of the files under ``directory``; what disappears meanwhile counts nothing."""
    total = 0
    with contextlib.suppress(OSError):
        for entry in os.scandir(directory):
            if entry.is_dir(follow_symlinks=False):
                total += directory_bytes(entry.path)
            else:
                with contextlib.suppress(OSError):
                    total += entry.stat(follow_symlinks=False).st_size
    return total


def usage_of(pid: int) -> Usage | None:
    """What a process has used, summed over its threads, from ``/proc/<pid>/task/*/schedstat``."""
    cpu = waiting = 0
    try:
        for task in os.listdir(f"/proc/{pid}/task"):  # noqa: PTH208 - in the measured path
            with open(f"/proc/{pid}/task/{task}/schedstat", "rb") as file:  # noqa: PTH123
                on_cpu, on_queue, _ = file.read().split()
            cpu, waiting = cpu + int(on_cpu), waiting + int(on_queue)
    except (OSError, ValueError):
        return None
    return Usage(cpu / 1e9, waiting / 1e9)
