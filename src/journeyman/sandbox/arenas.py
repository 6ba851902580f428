"""Keeps the small objects of a warm process together, so that huge pages can hold them."""

from __future__ import annotations

_OBJECT = bytes(440)
_PER_MEGABYTE = (1 << 20) // 480  # what an object of that length takes, with its header

kept: list[bytes] = []


def reserve(megabytes: int) -> None:
    """Have Python set up room for so many megabytes of small objects in one piece.

    It takes memory in pieces of 1 MB as needed, which otherwise come to lie between the libraries
    that are loaded meanwhile, and no huge page fits there. One object in each piece keeps it from
    being given back.

    >>> reserve(1)
    """
    objects = [_OBJECT] * (megabytes * _PER_MEGABYTE)  # whole at once: it must not grow in between
    for number in range(len(objects)):
        objects[number] = b"%b%d" % (_OBJECT, number)
    kept.extend(objects[:: _PER_MEGABYTE // 2])
