"""Frames on the channel between the judge and the process that runs learner code.

A frame is ``<mark><u32 header bytes><u64 blob bytes><header><blobs>``. The header is two lines of
JSON: what the frame is, and a value whose arrays point into the blobs. No pickle: a reply can only
ever become numbers, text and the small records of ``values``.
"""

from __future__ import annotations

import json.encoder
import struct
from dataclasses import dataclass
from typing import Any

from journeyman.sandbox.decode import Malformed, decode
from journeyman.sandbox.encode import encode

PREFIX = struct.Struct("<4sIQ")
MARK = b"\x93JM1"  # tells a frame from stray bytes at once
MAX_HEADER = 8 << 20
MAX_BLOBS = 64 << 20


def _writer() -> Any:
    """What ``json.dumps`` makes anew for each call, with no look for cycles."""
    plain = json.JSONEncoder(check_circular=False, separators=(",", ":"))
    make = getattr(json.encoder, "c_make_encoder", None)
    if make is None:  # a Python without that part in C
        return plain.iterencode
    text = json.encoder.encode_basestring_ascii
    return make(None, plain.default, text, None, ":", ",", False, False, True)


# Both take a place to begin or an indent as well; several functions of the standard library lie
# between them and ``json.loads`` and ``dumps``, and a child would copy the pages of each.
_WRITE = _writer()
_SCAN = json.JSONDecoder().scan_once  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Packed:
    """A value in the form in which it travels: made once, sent as often as needed."""

    tree: bytes
    blobs: bytes

    def read(self) -> Any:
        """The value as it arrives on the other side."""
        return decode(read_json(self.tree.decode()), memoryview(self.blobs))


def write_json(tree: Any) -> bytes:
    """JSON of ``tree``, which holds no cycle.

    >>> write_json({"a": [1, None]})
    b'{"a":[1,null]}'
    """
    return "".join(_WRITE(tree, 0)).encode()


def read_json(text: str) -> Any:
    """What a JSON text says, without any space around it.

    Raises:
        ValueError, StopIteration: if it is none.
    """
    tree, end = _SCAN(text, 0)
    if end != len(text):
        raise ValueError("more than one value")
    return tree


def pack(value: Any) -> Packed:
    """The form in which ``value`` travels.

    >>> pack([1, 2.5]).read()
    [1, 2.5]
    """
    tree, blobs = encode(value)
    return Packed(write_json(tree), b"".join(blobs))


def frame(meta: dict[str, Any], value: Any = None) -> bytes:
    """One frame that carries ``meta`` and ``value`` (any value, or a ``Packed`` one).

    >>> header, value = read(frame({"op": "call"}, [1, 2.5]))
    >>> header["op"], value
    ('call', [1, 2.5])
    """
    packed = value if isinstance(value, Packed) else pack(value)
    header = write_json(meta) + b"\n" + packed.tree
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
        meta, tree = read_json(first), read_json(second)
    except (ValueError, StopIteration, RecursionError) as error:
        raise Malformed("not JSON") from error
    if type(meta) is not dict:
        raise Malformed("no header")
    return meta, decode(tree, memoryview(received)[split:])
