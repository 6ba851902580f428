"""Which bytes of a child may be shown as a picture: a plain PNG of bounded size, nothing else."""

from __future__ import annotations

import struct
import zlib

MAX_BYTES = 512 << 10
MAX_SIDE = 4096
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_CHUNKS = frozenset(b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB pHYs sBIT bKGD tIME tEXt".split())


def safe_png(data: bytes) -> bool:
    """Whether ``data`` is a complete PNG with known chunks, right checksums and modest sides.

    >>> safe_png(b"<svg onload=...>")
    False
    """
    if not data.startswith(_SIGNATURE) or len(data) > MAX_BYTES:
        return False
    names: list[bytes] = []
    position = len(_SIGNATURE)
    while position + 12 <= len(data):
        length, name = struct.unpack_from(">I4s", data, position)
        end = position + 12 + length
        if name not in _CHUNKS or end > len(data):
            return False
        (checksum,) = struct.unpack_from(">I", data, end - 4)
        if zlib.crc32(data[position + 4 : end - 4]) != checksum:
            return False
        if not names and (name != b"IHDR" or length != 13 or not _modest(data, position + 8)):
            return False
        names.append(name)
        position = end
    return position == len(data) and names[-1:] == [b"IEND"] and names.count(b"IHDR") == 1


def _modest(data: bytes, position: int) -> bool:
    return all(0 < side <= MAX_SIDE for side in struct.unpack_from(">II", data, position))
