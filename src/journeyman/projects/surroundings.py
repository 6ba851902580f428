"""What a run came from: data, interpreter, packages, lock file, each as a hash."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from journeyman.errors import Unavailable

LOCKS = ("requirements.lock", "uv.lock", "poetry.lock", "pylock.toml", "requirements.txt")
"""Lock files in the order in which they are taken; the last counts only with exact versions."""
MOST_FILES = 20_000
_ASK = """
import importlib.metadata, json, platform, sys
names = {d.metadata["Name"].lower(): d.version for d in importlib.metadata.distributions()
         if d.metadata["Name"]}
print(json.dumps({"python": platform.python_version(), "platform": platform.platform(),
                  "machine": platform.machine(), "packages": names}))
"""


@dataclass(frozen=True, slots=True)
class Environment:
    """The interpreter that a project runs in.

    Attributes:
        own: Whether it is the project's own, in its ``.venv``.
        packages: Versions by lower-case name.
    """

    executable: str
    own: bool
    python: str = ""
    platform: str = ""
    packages: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Plain data, with one hash over all versions."""
        text = json.dumps([self.python, dict(sorted(self.packages.items()))])
        return {
            "executable": self.executable,
            "own": self.own,
            "python": self.python,
            "platform": self.platform,
            "packages": dict(sorted(self.packages.items())),
            "sha256": hashlib.sha256(text.encode()).hexdigest(),
        }


def interpreter(folder: Path, wanted: str = "") -> tuple[str, bool]:
    """The Python that a project runs in: the one named, its own ``.venv``, or Journeyman's."""
    if wanted:
        return wanted, False
    parts = ("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")
    own = folder.joinpath(".venv", *parts)
    return (str(own), True) if own.exists() else (sys.executable, False)


def environment(folder: Path, wanted: str = "") -> Environment:
    """Ask the project's interpreter who it is.

    Raises:
        Unavailable: it does not start.
    """
    executable, own = interpreter(folder, wanted)
    try:
        done = subprocess.run(  # noqa: S603 - the interpreter that is about to run the project
            [executable, "-I", "-c", _ASK], capture_output=True, check=True, timeout=120
        )
        found = json.loads(done.stdout)
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        hint = "make its environment anew (`python -m venv --clear .venv`)" if own else "name one"
        raise Unavailable(
            f"The interpreter {executable} does not start ({type(error).__name__}); {hint}."
        ) from error
    return Environment(executable, own, found["python"], found["platform"], found["packages"])


def lock_of(folder: Path) -> dict[str, str]:
    """The project's lock file and its hash; empty where there is none."""
    for name in LOCKS:
        file = folder / name
        if not file.is_file():
            continue
        if name == "requirements.txt" and not exact(file.read_text("utf-8", "replace")):
            continue
        return {"file": name, "sha256": hashlib.sha256(file.read_bytes()).hexdigest()}
    return {}


def exact(requirements: str) -> bool:
    r"""Whether every requirement names one version.

    >>> exact("numpy==2.0.1\n# a remark\n"), exact("numpy>=2"), exact("")
    (True, False, False)
    """
    lines = [line.split("#")[0].strip() for line in requirements.splitlines()]
    wanted = [line for line in lines if line and not line.startswith("-")]
    return bool(wanted) and all("==" in line or " @ " in line for line in wanted)


def data_of(folder: Path) -> dict[str, Any]:
    """SHA-256 of each file in a data folder, and one over all of them."""
    files: dict[str, str] = {}
    for count, file in enumerate(sorted(one for one in folder.rglob("*") if one.is_file())):
        if count == MOST_FILES:
            break
        with file.open("rb") as raw:
            digest = hashlib.file_digest(raw, "sha256").hexdigest()
        files[file.relative_to(folder).as_posix()] = digest
    whole = hashlib.sha256(json.dumps(files, sort_keys=True).encode()).hexdigest()
    return {"sha256": whole if files else "", "files": dict(list(files.items())[:200])}
