"""Scratch directories, and what a process uses, as both runners need them."""

from __future__ import annotations

import contextlib
import os
import shutil

from journeyman.sandbox.runner import Usage


def remove(directory: str) -> None:
    """Remove a scratch directory, whatever rights its contents have."""
    try:
        os.rmdir(directory)  # noqa: PTH106 - nearly always empty, and then this is all
    except OSError:
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
