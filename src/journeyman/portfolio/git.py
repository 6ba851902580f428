"""Commits a published site into a repository of the learner's own; nothing is ever pushed."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

from journeyman.errors import Conflict, Invalid, Unavailable

SECONDS = 120


def require_clean(repository: Path) -> None:
    """Make sure that a commit would hold the site and nothing else.

    Raises:
        Invalid: the folder is no working tree of git.
        Conflict: it has changes that are not committed.
        Unavailable: git is not installed.
    """
    if not repository.is_dir():
        raise Invalid(f"There is no folder {repository}; `git init {repository}` makes one.")
    top = _run(repository, "rev-parse", "--show-toplevel")
    if top is None:
        raise Invalid(f"{repository} is no git repository; `git init {repository}` makes it one.")
    if Path(top).resolve() != repository.resolve():
        raise Invalid(f"{repository} lies inside of the repository {top}; name that one.")
    if _run(repository, "status", "--porcelain", "--untracked-files=all"):
        raise Conflict(
            f"{repository} has changes that are not committed; commit or stash them first, so that "
            "the portfolio is a commit of its own."
        )


def commit(repository: Path, message: str) -> str:
    """Commit everything that changed; the short name of the commit, empty if nothing did.

    Raises:
        Invalid: git does not know who commits.
        Unavailable: git failed.
    """
    _must(repository, "add", "--all", "--force", ".")
    if not _run(repository, "status", "--porcelain"):
        return ""
    _must(repository, "commit", "--quiet", "--message", message)
    return _must(repository, "rev-parse", "--short", "HEAD")


def _run(repository: Path, *arguments: str) -> str | None:
    done = _call(repository, arguments)
    return done.stdout.strip() if done.returncode == 0 else None


def _must(repository: Path, *arguments: str) -> str:
    done = _call(repository, arguments)
    if done.returncode == 0:
        return done.stdout.strip()
    said = (done.stderr.strip() or done.stdout.strip()).splitlines()
    if any("user.email" in line or "identity" in line.lower() for line in said):
        raise Invalid(
            "git does not know who you are: run `git config user.name NAME` and "
            f"`git config user.email ADDRESS` in {repository}, then publish again."
        )
    last = said[-1] if said else "it said nothing"
    raise Unavailable(f"git {arguments[0]} failed in {repository}: {last}.")


def _call(repository: Path, arguments: Sequence[str]) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(  # noqa: S603 - fixed arguments, no shell
            ["git", "-C", str(repository), *arguments],  # noqa: S607 - the learner's own git
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
    except FileNotFoundError as error:
        raise Unavailable("git is not installed here; publish with --out instead.") from error
    except subprocess.TimeoutExpired as error:
        raise Unavailable(f"git did not answer in {SECONDS} s in {repository}.") from error


WORKFLOW = ".github/workflows/pages.yml"


def workflow(folder: str = ".") -> bytes:
    """A workflow that puts the committed site on GitHub Pages, unchanged.

    Args:
        folder: Where the site lies in the repository.
    """
    return f"""\
# Puts this portfolio on GitHub Pages as it was committed. In the repository's settings, under
# Pages, choose "GitHub Actions" as the source.
name: Publish the portfolio
on:
  push:
    branches: [main, master]
  workflow_dispatch:
permissions:
  contents: read
  pages: write
  id-token: write
concurrency:
  group: pages
  cancel-in-progress: true
jobs:
  publish:
    runs-on: ubuntu-latest
    environment:
      name: github-pages
      url: ${{{{ steps.deployment.outputs.page_url }}}}
    steps:
      - uses: actions/checkout@v4
      - uses: actions/configure-pages@v5
      - uses: actions/upload-pages-artifact@v3
        with:
          path: {folder}
      - id: deployment
        uses: actions/deploy-pages@v4
""".encode()
