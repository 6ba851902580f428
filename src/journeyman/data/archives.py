"""Reads members out of wheels, tarballs and Debian packages without installing anything."""

from __future__ import annotations

import bz2
import fnmatch
import gzip
import io
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path

from journeyman.errors import Unavailable

LARGEST_MEMBER = 1 << 30  # bytes; the largest that the catalogue needs has 151 million
_AR_MAGIC, _AR_HEADER = b"!<arch>\n", 60
_DECOMPRESS: tuple[tuple[bytes, Callable[[bytes], bytes]], ...] = (
    (b"\x1f\x8b", gzip.decompress),
    (b"\xfd7zXZ\x00", lzma.decompress),
    (b"BZh", bz2.decompress),
)


def members(archive: Path, patterns: Iterable[str]) -> dict[str, bytes]:
    """The members of ``archive`` that match one of ``patterns``, in name order, decompressed.

    Args:
        archive: A wheel or other zip, a tarball, a ``.deb``, or a plain file (pattern ``""``).
        patterns: Paths in which ``*`` stands for any text.

    Raises:
        Unavailable: the archive is broken, or a pattern matches nothing.
    """
    wanted = list(patterns)
    try:
        found = _read(archive, wanted)
        plain = {name: _plain(content) for name, content in sorted(found.items())}
    except (
        zipfile.BadZipFile, tarfile.TarError, EOFError, lzma.LZMAError, zlib.error,
        gzip.BadGzipFile, ValueError,
    ) as error:  # fmt: skip
        said = "it is no zip, tarball or Debian package, or a cut one"
        if not isinstance(error, tarfile.ReadError):
            said = " ".join(str(error).split())
        raise Unavailable(
            f"The archive {archive.name} is broken ({said}); delete it and fetch it again."
        ) from error
    for pattern in wanted:
        if not any(fnmatch.fnmatchcase(name, pattern) for name in plain):
            raise Unavailable(f"The archive {archive.name} holds no {pattern!r}.")
    return plain


def _read(archive: Path, patterns: list[str]) -> dict[str, bytes]:
    if patterns == [""]:
        return {"": archive.read_bytes()}
    if zipfile.is_zipfile(archive):
        return _from_zip(archive, patterns)
    with archive.open("rb") as file:
        if file.read(len(_AR_MAGIC)) == _AR_MAGIC:
            return _from_tar(io.BytesIO(_deb_data(archive.read_bytes())), patterns)
    with archive.open("rb") as file:
        return _from_tar(file, patterns)


def _wanted(name: str, size: int, patterns: list[str]) -> bool:
    if not any(fnmatch.fnmatchcase(name, pattern) for pattern in patterns):
        return False
    if size > LARGEST_MEMBER:
        raise ValueError(f"{name} has {size:,} bytes, more than any set of the catalogue")
    return True


def _from_zip(archive: Path, patterns: list[str]) -> dict[str, bytes]:
    with zipfile.ZipFile(archive) as file:
        return {
            info.filename: file.read(info)
            for info in file.infolist()
            if not info.is_dir() and _wanted(info.filename, info.file_size, patterns)
        }


def _from_tar(file: io.BufferedReader | io.BytesIO, patterns: list[str]) -> dict[str, bytes]:
    found = {}
    with tarfile.open(fileobj=file, mode="r:*") as tar:
        for info in tar:
            name = info.name.removeprefix("./")
            if info.isfile() and _wanted(name, info.size, patterns):
                content = tar.extractfile(info)
                found[name] = content.read() if content else b""
    return found


def _deb_data(package: bytes) -> bytes:
    """The ``data.tar`` of a Debian package; the format is the ``ar`` of deb(5)."""
    place = len(_AR_MAGIC)
    while place + _AR_HEADER <= len(package):
        header = package[place : place + _AR_HEADER]
        name = header[:16].decode("ascii", "replace").strip().rstrip("/")
        size = int(header[48:58])
        place += _AR_HEADER
        if name.startswith("data.tar"):
            if name.endswith(".zst"):
                raise ValueError("it is compressed with zstd, which this Python cannot read")
            return package[place : place + size]
        place += size + size % 2
    raise ValueError("it has no data part")


def _plain(content: bytes) -> bytes:
    for magic, decompress in _DECOMPRESS:
        if content.startswith(magic):
            return decompress(content)
    return content
