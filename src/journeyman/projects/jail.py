"""A re-run's jail: what the code of a clone may touch, and whether that really holds here.

Landlock names the files, a filter of system calls takes the network away; both are the kernel's,
need no rights, and leave processes and threads possible (joblib, torch). Linux only.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import journeyman

Level = Literal["good", "limits-only"]
"""``full`` is not reached: no Landlock so far governs sockets that other programs put into the file
system (a database's, a desktop's), which threads and processes cannot do without being able to
open."""
SYSTEM_RUN = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/opt", "/nix/store", "/snap")
SYSTEM_READ = (
    "/proc", "/sys/devices/system", "/sys/fs/cgroup", "/sys/kernel/mm/transparent_hugepage",
    "/dev/urandom", "/dev/random", "/dev/zero", "/etc/ld.so.cache", "/etc/ld.so.conf",
    "/etc/ld.so.conf.d", "/etc/localtime", "/etc/timezone", "/etc/passwd", "/etc/group",
    "/etc/nsswitch.conf", "/etc/os-release", "/etc/mime.types", "/etc/fonts", "/etc/alternatives",
    "/etc/hosts", "/var/cache/fontconfig", "/etc/locale.alias", "/etc/debian_version",
)  # fmt: skip
SYSTEM_WRITE = ("/dev/null", "/dev/shm")  # noqa: S108 - where semaphores of processes lie
KEPT = ("PATH", "LANG", "LANGUAGE", "TZ", "SYSTEMROOT")
ENOUGH_SECONDS = 120
_BOOT = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from journeyman.projects.jailed import main; main()"
)
_WHO = (
    "import json, sys; print(json.dumps([sys.prefix, sys.base_prefix, sys.exec_prefix, "
    "sys.base_exec_prefix, *sys.path]))"
)
_TRY = """
import json, os, socket, subprocess, sys, threading

def refused(action):
    try:
        action()
    except OSError:
        return True
    return False

outside, inside = sys.argv[1:]
found = {
    "files": refused(lambda: open(outside).read()),
    "writing": refused(lambda: open(outside, "a").write("x")),
    "network": all(refused(lambda: socket.socket(family, kind))
                   for family in (socket.AF_INET, socket.AF_INET6)
                   for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM)),
}
open(os.path.join(inside, "written"), "w").write("x")
thread = threading.Thread(target=int)
thread.start()
thread.join()
child = subprocess.run([sys.executable, "-c", "import math"], check=True)
print(json.dumps(found))
"""


@dataclass(frozen=True, slots=True)
class Jail:
    """How strongly a clone's code is confined, and what starts it so.

    Attributes:
        level: ``good`` where every layer held when it was tried, else ``limits-only``.
        why: One sentence on what holds, or on what does not.
        before: Words to put before a command; none where it is not confined.
        environment: The variables that it sees of ours, and where its scratch is.
    """

    level: Level
    why: str
    before: tuple[str, ...] = ()
    environment: Mapping[str, str] | None = None

    def command(self, words: Sequence[str]) -> list[str]:
        """A command that runs confined."""
        return [*self.before, *words]


def jail(python: str, read: Sequence[Path], write: Sequence[Path], scratch: Path) -> Jail:
    """A jail for one interpreter, tried with it.

    Args:
        python: The interpreter that will run inside.
        read: Folders that may be read: the data.
        write: Folders that may be read and written: the clone.
        scratch: An empty folder for its home and temporary files.
    """
    if not sys.platform.startswith("linux"):
        return Jail("limits-only", "This system has no Landlock: only Linux confines a re-run.")
    scratch.mkdir(parents=True, exist_ok=True)
    try:
        roots = _roots(python)
        spec = {
            "read": [*SYSTEM_READ, *map(str, read)],
            "run": [*SYSTEM_RUN, *roots],
            "write": [*SYSTEM_WRITE, *map(str, write), str(scratch)],
        }
        package = str(Path(journeyman.__file__).resolve().parent.parent)
        before = (sys.executable, "-I", "-B", "-c", _BOOT, package, json.dumps(spec))
        made = Jail("good", _HOLDS, before, _environment(scratch))
        lacking = _tried(made, python, scratch)
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        said = getattr(error, "stderr", b"") or str(error).encode()
        last = said.decode("utf-8", "replace").strip().splitlines()[-1:] or [type(error).__name__]
        return Jail("limits-only", f"It could not be confined here: {last[0][:200].rstrip('.')}.")
    if lacking:
        return Jail("limits-only", f"This system does not confine {' and '.join(lacking)}.")
    return made


_HOLDS = (
    "Confined: it reads its clone, its data and its environment only, writes to its clone and a "
    "scratch folder only, and has no network."
)


def _roots(python: str) -> list[str]:
    """Where an interpreter's own code and libraries lie."""
    done = subprocess.run(  # noqa: S603 - the interpreter that is about to run the clone
        [python, "-I", "-c", _WHO], capture_output=True, check=True, timeout=ENOUGH_SECONDS
    )
    named = [one for one in json.loads(done.stdout) if one and Path(one).is_dir()]
    real = str(Path(python).resolve().parent)
    found = dict.fromkeys(os.path.realpath(one) for one in (*named, real))
    return [one for one in found if one != "/"]


def _environment(scratch: Path) -> dict[str, str]:
    """What a stranger's shell would hold too, and a home that is empty."""
    ours = {
        name: value
        for name, value in os.environ.items()
        if name in KEPT or name.startswith("LC_") or name.endswith("_NUM_THREADS")
    }
    home = str(scratch)
    return {**ours, "HOME": home, "TMPDIR": home, "XDG_CACHE_HOME": home, "MPLCONFIGDIR": home,
            "MPLBACKEND": "Agg"}  # fmt: skip


def _tried(made: Jail, python: str, scratch: Path) -> list[str]:
    """What does not hold; raises where the interpreter does not even start inside."""
    with tempfile.TemporaryDirectory(prefix="journeyman-outside-") as name:
        outside = Path(name) / "secret"
        outside.write_text("secret", "utf-8")
        done = subprocess.run(  # noqa: S603 - our own few lines, in the clone's interpreter
            made.command([python, "-I", "-B", "-c", _TRY, str(outside), str(scratch)]),
            capture_output=True, check=True, timeout=ENOUGH_SECONDS, env=made.environment,
            cwd=scratch,
        )  # fmt: skip
        (scratch / "written").unlink()
        found = json.loads(done.stdout)
    names = {"files": "reading files", "writing": "writing files", "network": "the network"}
    return [said for name, said in names.items() if found.get(name) is not True]
