"""One file over HTTP: with progress, resumed after a break, checked, and moved into place whole."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import httpx

from journeyman.errors import JourneymanError, Unavailable

Stage = Literal["looking", "downloading", "checking", "converting"]
_BLOCK = 1 << 22
_BREAKS = 4  # a connection that breaks more often within one call is given up; the part is kept
_ROOM = 16 << 20  # bytes that stay free beside the download


class Stopped(JourneymanError):  # noqa: N818 - what happened
    """The person cancelled; what was downloaded is kept and continued the next time."""

    status = 409
    exit_code = 130


class NoRoom(Unavailable):
    """The disk is too small: another source would not help."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a fetch is: ``done`` of ``total`` bytes (or tables, while converting)."""

    stage: Stage
    done: int
    total: int
    source: str


Report = Callable[[Progress], None]
Cancel = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a download must turn out to be.

    Attributes:
        sha256: Empty where the place makes the file anew for each request.
        bytes: Expected length, for the progress bar and the room on the disk.
        source: Name for people.
    """

    sha256: str
    bytes: int
    source: str


def download(
    web: httpx.Client, url: str, target: Path, wanted: Wanted, *, report: Report, cancel: Cancel
) -> Path:
    """Bring ``url`` into the file ``target``, or leave ``target`` as it was.

    Bytes collect in ``target`` with ``.part`` behind its name. A broken connection is taken up
    again with a Range request, in this call and in later ones; a server that does not know Range
    starts over.

    Raises:
        Stopped: ``cancel`` said so.
        Unavailable: no connection, a full disk, or another content than expected.
    """
    part = target.with_name(target.name + ".part")
    room(target.parent, wanted.bytes - _size(part))
    for fresh in (False, True):
        if fresh:
            part.unlink(missing_ok=True)  # what an earlier call left may have been damaged
        resumed = _size(part) > 0
        _receive(web, url, part, wanted, report, cancel)
        if not wanted.sha256 or file_sha256(part, wanted, report, cancel) == wanted.sha256:
            part.replace(target)
            return target
        if not resumed:
            break
    part.unlink(missing_ok=True)
    raise Unavailable("the file that came is not the one that the catalogue describes (sha256)")


def file_sha256(file: Path, wanted: Wanted, report: Report, cancel: Cancel) -> str:
    """Hash of a file, with progress.

    Raises:
        Stopped: ``cancel`` said so.
    """
    digest, done, total = hashlib.sha256(), 0, _size(file)
    with file.open("rb") as content:
        while block := content.read(_BLOCK):
            digest.update(block)
            done += len(block)
            report(Progress("checking", done, total, wanted.source))
            stop(cancel)
    return digest.hexdigest()


def room(folder: Path, needed: int) -> None:
    """Make sure that ``needed`` bytes fit.

    Raises:
        NoRoom: they do not.
    """
    free = shutil.disk_usage(folder).free
    if needed + _ROOM > free:
        raise NoRoom(
            f"The disk that holds {folder} has {free / 1e6:.0f} MB free and needs "
            f"{(needed + _ROOM) / 1e6:.0f} MB; free some space and run it again."
        )


def stop(cancel: Cancel) -> None:
    """Raise ``Stopped`` if the person cancelled."""
    if cancel():
        raise Stopped("Stopped; what was downloaded is kept and will be continued.")


@contextlib.contextmanager
def disk(folder: Path) -> Iterator[None]:
    """Turn what a disk can do wrong into one sentence."""
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise NoRoom(
                f"The disk that holds {folder} is full; free some space and run it again."
            ) from error
        raise Unavailable(
            f"{folder} cannot be written or read ({error.strerror or error}); look at the folder's "
            "rights, or choose another data directory with JOURNEYMAN_HOME."
        ) from error


def _receive(
    web: httpx.Client, url: str, part: Path, wanted: Wanted, report: Report, cancel: Cancel
) -> None:
    for attempt in range(_BREAKS):
        before = _size(part)
        try:
            _stream(web, url, part, wanted, report, cancel)
        except httpx.HTTPStatusError as error:
            raise Unavailable(f"the server answered {error.response.status_code}") from error
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
            if _size(part) == before or attempt == _BREAKS - 1:
                said = str(error).splitlines()[0] if str(error) else type(error).__name__
                raise Unavailable(f"the connection failed ({said}); the part is kept") from error
        else:
            return


def _stream(
    web: httpx.Client, url: str, part: Path, wanted: Wanted, report: Report, cancel: Cancel
) -> None:
    have = _size(part)
    headers = {"Accept-Encoding": "identity"}
    if have:
        headers["Range"] = f"bytes={have}-"
    with web.stream("GET", url, headers=headers) as answer:
        if answer.status_code == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE:
            return  # nothing is left to come: the checksum tells whether it is whole
        answer.raise_for_status()
        resumed = answer.status_code == httpx.codes.PARTIAL_CONTENT
        done = have if resumed else 0
        total = done + int(answer.headers.get("content-length") or max(wanted.bytes - done, 0))
        with part.open("ab" if resumed else "wb") as file:
            for block in answer.iter_raw():
                stop(cancel)
                file.write(block)
                done += len(block)
                report(Progress("downloading", done, total, wanted.source))


def _size(file: Path) -> int:
    return file.stat().st_size if file.exists() else 0
