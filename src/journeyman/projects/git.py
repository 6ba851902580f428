"""What is asked of git, and the sentences for when it cannot answer."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from journeyman.errors import Invalid, Unavailable

SECONDS = 120
_QUIET = {"GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
_FOREIGN = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE")  # a hook's, which mean another repository


@dataclass(frozen=True, slots=True)
class Code:
    """Which code there is.

    Attributes:
        commit: Of HEAD; empty where the folder is no repository or has no commit.
        dirty: Whether files differ from it or are not in it.
        difference: SHA-256 over those differences; empty where there are none.
        files: How many files differ.
    """

    commit: str = ""
    dirty: bool = False
    difference: str = ""
    files: int = 0

    @property
    def told(self) -> str:
        """For a person: short commit, and whether more was changed."""
        if not self.commit:
            return "not in git"
        return self.commit[:10] + (f" + {self.files} changed" if self.dirty else "")


def is_there() -> bool:
    """Whether git is installed."""
    return shutil.which("git") is not None


def run(folder: Path, *arguments: str, check: bool = True) -> str:
    """What git prints.

    Raises:
        Unavailable: git is not installed, or does not answer in time.
        Invalid: git refuses, with its own first line.
    """
    environment = {name: value for name, value in os.environ.items() if name not in _FOREIGN}
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program; arguments are never a shell's
            ["git", "-C", str(folder), *arguments],  # noqa: S607 - the learner's own git
            capture_output=True,
            check=False,
            timeout=SECONDS,
            env={**environment, **_QUIET},
        )
    except FileNotFoundError:
        raise Unavailable(
            "git is not installed; install it (its package is called git everywhere) and try again."
        ) from None
    except subprocess.TimeoutExpired:
        raise Unavailable(f"git did not answer within {SECONDS} seconds in {folder}.") from None
    if check and done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise Invalid(f"git refuses in {folder}: {said[0][:300] if said else 'no reason given'}.")
    return done.stdout.decode("utf-8", "replace")


def code_of(folder: Path) -> Code:
    """Which code lies in ``folder``; what is ignored by git does not count."""
    if not is_there() or not is_repository(folder):
        return Code()
    commit = run(folder, "rev-parse", "--verify", "-q", "HEAD", check=False).strip()
    if not re.fullmatch(r"[0-9a-f]{40,64}", commit):
        return Code()
    listed = run(folder, "status", "--porcelain", "-z", "--untracked-files=all", "--", ".")
    if not listed.strip("\0 \n"):
        return Code(commit)
    digest = hashlib.sha256(run(folder, "diff", "HEAD", "--binary", "--", ".").encode())
    untracked = run(folder, "ls-files", "--others", "--exclude-standard", "-z").split("\0")
    for name in sorted(filter(None, untracked)):
        digest.update(name.encode())
        file = folder / name
        if file.is_file() and not file.is_symlink():
            with file.open("rb") as raw:
                digest.update(hashlib.file_digest(raw, "sha256").digest())
    return Code(commit, dirty=True, difference=digest.hexdigest(), files=listed.count("\0"))


def is_repository(folder: Path) -> bool:
    """Whether ``folder`` is the top of a repository of its own, or lies in one."""
    return run(folder, "rev-parse", "--is-inside-work-tree", check=False).strip() == "true"


def tracked(folder: Path) -> list[str]:
    """Every file that git keeps, relative to ``folder``; none where it is no repository."""
    if not is_there() or not is_repository(folder):
        return []
    return [name for name in run(folder, "ls-files", "-z").split("\0") if name]


def start(folder: Path, author: str) -> None:
    """Make a repository with everything in ``folder`` in its first commit."""
    run(folder, "init", "-q", "-b", "main")
    run(folder, "add", "-A")
    given = run(folder, "config", "user.email", check=False).strip()
    name = re.sub(r"[<>\n]", " ", author).strip() or "Learner"
    who = [] if given else ["-c", f"user.name={name}", "-c", "user.email=learner@localhost"]
    run(folder, *who, "-c", "commit.gpgsign=false", "commit", "-q", "-m", "Start the project")


def clone(source: str, commit: str, folder: Path) -> str:
    """Clone ``source`` and put ``commit`` (its newest, if empty) into ``folder``.

    Returns:
        The commit.
    """
    run(folder.parent, "clone", "-q", "--no-hardlinks", "--", source, str(folder))
    if commit:
        run(folder, "checkout", "-q", "--detach", commit)
    return run(folder, "rev-parse", "HEAD").strip()
