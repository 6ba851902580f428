"""The verbs of the portfolio: keep what was chosen, and write the site into a folder.

Nothing is deleted or replaced that an earlier publishing did not write: :data:`MARKER` lists what
is ours, and it is written before anything else, so that a publishing that was broken off can be
done again.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from journeyman import __version__
from journeyman.errors import Conflict, Unavailable
from journeyman.portfolio import choices as choosing
from journeyman.portfolio import git
from journeyman.portfolio.choices import Choices
from journeyman.portfolio.site import Site
from journeyman.proof.bundle import ARTIFACTS, CLAIMS, KEYS, MANIFEST, seal
from journeyman.proof.canonical import sha256
from journeyman.proof.claim import SignedClaim
from journeyman.proof.keyring import Signer
from journeyman.proof.signing import fingerprint as short
from journeyman.store import attempts
from journeyman.store.session import Session

MARKER = ".journeyman-site"
PROOF = "proof"
_NEW = ".journeyman-new"
THEIRS = frozenset(
    {".git", ".github", ".gitignore", ".gitattributes", "CNAME", "README.md", "LICENSE", "LICENCE"}
)
"""Names at the top of a folder that belong to its owner and may stand beside a site."""
HIDDEN = ".nojekyll"
"""Tells a host of pages to serve the files as they are."""


@dataclass(frozen=True, slots=True)
class Sealing:
    """What a site is signed with.

    Attributes:
        at: When it says that it was signed.
        artifacts: Files that the claims pin.
    """

    signer: Signer
    claims: Sequence[SignedClaim]
    at: datetime
    artifacts: Sequence[bytes] = ()


@dataclass(frozen=True, slots=True)
class Published:
    """What came of publishing.

    Attributes:
        files: All that stand in the folder now and are the site's.
        written, removed: How many of them changed, and how many old ones went.
        claims: How many numbers are signed; 0 on an unsigned site.
        notes: Sentences that the learner should read.
    """

    out: Path
    files: tuple[str, ...]
    written: int
    removed: int
    claims: int = 0
    fingerprint: str = ""
    notes: tuple[str, ...] = ()
    commit: str = ""


def choose(session: Session, changed: Choices) -> None:
    """Keep what was chosen beside the other preferences."""
    now = attempts.own_learner(session).preferences
    attempts.change_learner(session, preferences={**now, choosing.KEY: changed.row()})


def write(site: Site, out: Path, sealing: Sealing | None = None) -> Published:
    """Write a site into ``out``, and sign it.

    Args:
        site: What to write.
        out: A new or empty folder, or one that holds an earlier site.
        sealing: What to sign with; without it the site says that it is not signed.

    Raises:
        Conflict: the folder holds files that Journeyman did not write; none of them is touched.
        Unavailable: the folder cannot be written.
    """
    try:
        refuse_foreign(out)
        return _write(site, out, sealing, owned(out))
    except OSError as error:
        raise Unavailable(
            f"The site could not be written to {out} ({error.strerror}); name another folder."
        ) from error


def refuse_foreign(out: Path) -> None:
    """Make sure that a site may be written into ``out``.

    Raises:
        Conflict: it is a file, or holds files that Journeyman did not write.
    """
    strange = foreign(out, owned(out))
    if strange:
        raise Conflict(
            f"{out} holds {strange[0]}, a file that Journeyman did not write; name an empty or a "
            "new folder, or move that file away."
        )


def put_workflow(repository: Path, folder: str) -> None:
    """Write the workflow that publishes the site from its repository.

    Raises:
        Conflict: there is another one already.
    """
    file = repository / git.WORKFLOW
    data = git.workflow(folder)
    if file.is_file() and file.read_bytes() != data:
        raise Conflict(f"{file} is there already and is another one; move it away first.")
    _put(file, data)


def owned(out: Path) -> frozenset[str]:
    """The files of ``out`` that an earlier publishing wrote.

    Raises:
        Conflict: ``out`` is a file.
    """
    if out.exists() and not out.is_dir():
        raise Conflict(f"{out} is a file; name a folder to publish into.")
    try:
        row = json.loads((out / MARKER).read_text("utf-8"))
        return frozenset(str(one) for one in row["files"]) | {MARKER}
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return frozenset()


def foreign(out: Path, ours: Collection[str]) -> list[str]:
    """The files of ``out`` that are neither the site's nor allowed beside it, in order."""
    if not out.is_dir():
        return []
    found = []
    for path in out.rglob("*"):
        relative = path.relative_to(out)
        if relative.parts[0] in THEIRS or path.is_dir():
            continue
        name = relative.as_posix()
        if name not in ours and not name.endswith(_NEW):
            found.append(name)
    return sorted(found)


def _write(site: Site, out: Path, sealing: Sealing | None, ours: Collection[str]) -> Published:
    made = {**site.files(), HIDDEN: bytes}
    wanted = {*made, MARKER}
    proof = _proof_files(sealing)
    out.mkdir(parents=True, exist_ok=True)
    _mark(out, {*ours, *wanted, *proof})
    for broken in out.rglob(f"*{_NEW}"):  # of a publishing that was killed
        broken.unlink()
    (out / MANIFEST).unlink(missing_ok=True)  # until the end, the site is not sealed
    written = 0
    for path, make in made.items():
        written += _put(out / path, make())
    gone = [path for path in ours if path not in wanted and path not in proof]
    for path in gone:
        _remove(out, path)
    if sealing is None:
        for folder in (ARTIFACTS, CLAIMS, PROOF):
            _remove_empty(out / folder)
    _mark(out, wanted | proof)
    fingerprint = ""
    if sealing is not None:
        (out / PROOF).mkdir(exist_ok=True)
        manifest = seal(
            out, sealing.claims, sealing.signer, at=sealing.at, artifacts=sealing.artifacts
        )
        fingerprint = short(manifest.subject.key)
    claims = len(sealing.claims) if sealing else 0
    return Published(out, tuple(sorted(wanted | proof)), written, len(gone), claims, fingerprint)


def _proof_files(sealing: Sealing | None) -> set[str]:
    """What signing writes."""
    if sealing is None:
        return set()
    claims = {f"{CLAIMS}/{one.claim.id}.json" for one in sealing.claims}
    return {MANIFEST, KEYS} | claims | {f"{ARTIFACTS}/{sha256(one)}" for one in sealing.artifacts}


def _mark(out: Path, files: Iterable[str]) -> None:
    row: dict[str, Any] = {
        "about": "The files of a site that Journeyman wrote; publishing again replaces them.",
        "version": __version__,
        "files": sorted(set(files) - {MARKER}),
    }
    _put(out / MARKER, (json.dumps(row, indent=0) + "\n").encode())


def _put(file: Path, data: bytes) -> bool:
    """Write a file whole or not at all, and only if it differs; whether it did."""
    if file.is_file() and not file.is_symlink() and file.read_bytes() == data:
        return False
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_name(f"{file.name}{_NEW}")
    new.write_bytes(data)
    new.replace(file)
    return True


def _remove(out: Path, path: str) -> None:
    """Remove one of our files, and folders that it leaves empty."""
    file = out / path
    if not file.resolve().is_relative_to(out.resolve()):
        return
    file.unlink(missing_ok=True)
    for folder in file.parents:
        if folder == out or not _remove_empty(folder):
            break


def _remove_empty(folder: Path) -> bool:
    """Remove a folder that holds nothing; whether it did."""
    if not folder.is_dir() or any(folder.iterdir()):
        return False
    folder.rmdir()
    return True
