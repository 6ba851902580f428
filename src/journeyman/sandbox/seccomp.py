"""Loads the checked-in system-call filter into the calling process."""

from __future__ import annotations

import ctypes
import os
import platform
import struct
from functools import cache
from pathlib import Path

from journeyman.sandbox.filters import rules
from journeyman.sandbox.filters.rules import EQUAL, PLACEHOLDER_PID, PROCESSORS
from journeyman.sandbox.kernel import libc

_PR_SET_SECCOMP, _MODE_FILTER = 22, 2
_INSTRUCTION = struct.Struct("<HBBI")


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


@cache
def template() -> tuple[bytes, tuple[int, ...]]:
    """The filter for this processor, and where in it the process id belongs.

    Raises:
        OSError: if there is no filter for this processor.
    """
    processor = platform.machine()
    if processor not in PROCESSORS:
        raise OSError(f"no system-call filter for {processor}")
    code = Path(rules.__file__).with_name(f"{processor}.bpf").read_bytes()
    places = tuple(
        offset + 4
        for offset in range(0, len(code), _INSTRUCTION.size)
        if _INSTRUCTION.unpack_from(code, offset)[::3] == (EQUAL, PLACEHOLDER_PID)
    )
    return code, places


def load() -> None:
    """Filter this process's system calls from now on; needs ``no_new_privs``.

    Raises:
        OSError: if the kernel does not take the filter.
    """
    code, places = template()
    own = bytearray(code)
    for place in places:
        struct.pack_into("<I", own, place, os.getpid())
    program = _Program(len(own) // _INSTRUCTION.size, bytes(own))
    if libc().prctl(_PR_SET_SECCOMP, _MODE_FILTER, ctypes.byref(program), 0, 0):
        raise OSError(ctypes.get_errno(), "the system-call filter was not accepted")
