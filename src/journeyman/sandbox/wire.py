"""Frames on the channel between the judge and the process that runs learner code.

A frame is ``<mark><u32 header bytes><u64 blob bytes><header><blobs>``. The header is two lines of
JSON: what the frame is, and a value whose arrays point into the blobs. No pickle: a reply can only
ever become numbers, text and the small records of ``values``.
"""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass
from typing import Any

from journeyman.sandbox.decode import Malformed, decode
from journeyman.sandbox.encode import encode

PREFIX = struct.Struct("<4sIQ")
MARK = b"\x93JM1"  # tells a frame from stray bytes at once
MAX_HEADER = 8 << 20
MAX_BLOBS = 64 << 20


@dataclass(frozen=True, slots=True)
class Packed:
    """A value in the form in which it travels: made once, sent as often as needed."""

    tree: bytes
    blobs: bytes

    def read(self) -> Any:
        """The value as it arrives on the other side."""
        return decode(json.loads(self.tree.decode()), memoryview(self.blobs))


def pack(value: Any) -> Packed:
    """The form in which ``value`` travels.

    >>> pack([1, 2.5]).read()
    [1, 2.5]
    """
    tree, blobs = encode(value)
    return Packed(json.dumps(tree).encode(), b"".join(blobs))


def frame(meta: dict[str, Any], value: Any = None) -> bytes:
    """One frame that carries ``meta`` and ``value`` (any value, or a ``Packed`` one).

    >>> header, value = read(frame({"op": "call"}, [1, 2.5]))
    >>> header["op"], value
    ('call', [1, 2.5])
    """
    packed = value if isinstance(value, Packed) else pack(value)
    header = json.dumps(meta).encode() + b"\n" + packed.tree
    return PREFIX.pack(MARK, len(header), len(packed.blobs)) + header + packed.blobs


def missing_bytes(received: bytes | bytearray) -> int:
    """How many bytes the frame that begins ``received`` still lacks (negative: there are extra).

    Raises:
        Malformed: if it does not begin a frame, or announces more than a frame may hold.
    """
    if not MARK.startswith(received[: len(MARK)]):
        raise Malformed("not a frame")
    if len(received) < PREFIX.size:
        return PREFIX.size - len(received)
    _, header, blobs = PREFIX.unpack_from(received)
    if header > MAX_HEADER or blobs > MAX_BLOBS:
        raise Malformed("a reply larger than the limit")
    return int(PREFIX.size + header + blobs - len(received))


def read(received: bytes | bytearray) -> tuple[dict[str, Any], Any]:
    """Decode one whole frame that an untrusted process sent.

    Allocates nothing that was not actually received.

    Raises:
        Malformed: if anything about it is not exactly as it should be.
    """
    if missing_bytes(received) != 0:
        raise Malformed("the length is wrong")
    _, header, _ = PREFIX.unpack_from(received)
    split = PREFIX.size + header
    try:
        first, _, second = received[PREFIX.size : split].decode().partition("\n")
        meta, tree = json.loads(first), json.loads(second)
    except (ValueError, RecursionError) as error:
        raise Malformed("not JSON") from error
    if type(meta) is not dict:
        raise Malformed("no header")
    return meta, decode(tree, memoryview(received)[split:])
