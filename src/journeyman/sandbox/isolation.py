"""How strongly code is confined here: probed by really trying, in throw-away processes."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from journeyman.sandbox import groups
from journeyman.sandbox.tiers import package_root

Level = Literal["full", "good", "limits-only"]
FULL_LANDLOCK = 6  # from this version on, Landlock also scopes signals and abstract sockets
_PROBE_SECONDS = 30.0
_BOOT = (
    "import sys; sys.path.insert(0, sys.argv[1]); from journeyman.sandbox.probe import main; main()"
)


@dataclass(frozen=True, slots=True)
class Isolation:
    """The confinement in force.

    Attributes:
        level: ``full``, ``good`` or ``limits-only``.
        layers: For each layer, whether it really held when it was tried.
        sentences: The same for people, for the settings page.
    """

    level: Level
    layers: Mapping[str, bool]
    sentences: tuple[str, ...]


_LAYERS = {
    "rlimits": ("memory, processor time and file size are limited", "there are no resource limits"),
    "no_new_privs": (
        "all privileges are given up for good",
        "privileges cannot be given up on this system",
    ),
    "landlock": (
        "only Python's libraries and an own scratch directory can be read (Landlock)",
        "the code can read the files that you can read: this system has no Landlock",
    ),
    "landlock_scope": (
        "signals and abstract sockets cannot reach other programs",
        "this Landlock is older than version 6 and does not scope signals and abstract sockets",
    ),
    "seccomp": (
        "no network, no new processes: other system calls are refused (seccomp)",
        "system calls are not filtered: the code can start processes and use the network",
    ),
    "namespaces": (
        "the code sees no other process and no network device (namespaces)",
        "this system does not allow namespaces to ordinary users; the other layers hold without",
    ),
    "cgroup": (
        "memory and threads of all code together are limited as well (control group)",
        "no control group is delegated to this program; each process is limited on its own",
    ),
}
_OPENINGS = {
    "full": "Code is confined as strongly as Journeyman can: safe to grade other people's work.",
    "good": "Code is confined well; a newer kernel would close the last gaps.",
    "limits-only": "Code is only limited, not confined: grade nobody's code here but your own.",
}


def level_of(layers: Mapping[str, bool]) -> Level:
    """The level that a set of working layers amounts to.

    >>> level_of({"landlock": True, "seccomp": True})
    'good'
    """
    if not (layers.get("landlock") and layers.get("seccomp") and layers.get("no_new_privs", True)):
        return "limits-only"
    return "full" if layers.get("landlock_scope") else "good"


def describe(layers: Mapping[str, bool]) -> Isolation:
    """The level of ``layers``, with a sentence for each."""
    level = level_of(layers)
    sentences = [_OPENINGS[level]]
    for name, (holds, lacks) in _LAYERS.items():
        held = bool(layers.get(name))
        text = holds if held else lacks
        sentences.append(f"{'Yes' if held else 'No'}: {text}.")
    return Isolation(level, dict(layers), tuple(sentences))


@cache
def probe() -> Mapping[str, bool]:
    """Which layers hold on this machine, tried once in a process that is thrown away.

    A layer counts only if the thing that it should prevent really failed.
    """
    if sys.platform != "linux":
        return {**dict.fromkeys(_LAYERS, False), "rlimits": sys.platform == "darwin"}
    command = [sys.executable, "-I", "-B", "-c", _BOOT, str(package_root().parent)]
    parent = groups.place()
    group: Path | None = None
    try:
        if parent is not None:
            with contextlib.suppress(OSError):
                group = groups.make(parent, tasks=1)
        command.append("" if group is None else str(group))
        done = subprocess.run(  # noqa: S603 - our own interpreter
            command, capture_output=True, timeout=_PROBE_SECONDS, check=True, cwd="/"
        )
        found = json.loads(done.stdout)
    except (OSError, ValueError, subprocess.SubprocessError):
        return dict.fromkeys(_LAYERS, False)
    finally:
        if group is not None:
            groups.remove(group)
    return {name: found.get(name) is True for name in _LAYERS}
