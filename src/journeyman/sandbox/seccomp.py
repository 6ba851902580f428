"""Loads the checked-in system-call filter into the calling process."""

from __future__ import annotations

import ctypes
import os
import platform
import struct
from functools import cache
from pathlib import Path

from journeyman.sandbox import kernel
from journeyman.sandbox.filters import rules
from journeyman.sandbox.filters.rules import EQUAL, PLACEHOLDER_PID, PROCESSORS

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


def loading(code: bytearray) -> kernel.Call:
    """Filter the system calls of whoever makes this call by ``code``, classic BPF."""
    pointer = ctypes.cast((ctypes.c_char * len(code)).from_buffer(code), ctypes.c_char_p)
    program = _Program(len(code) // _INSTRUCTION.size, pointer)
    mode = ctypes.c_ulong(_MODE_FILTER)
    return kernel.call("prctl", _PR_SET_SECCOMP, mode, ctypes.byref(program))


class Filter:
    """The filter of one process, made ready before there is one: only its id is missing.

    Raises:
        OSError: if there is no filter for this processor.
    """

    def __init__(self) -> None:
        code, places = template()
        own = bytearray(code)
        self.ids = [ctypes.c_uint32.from_buffer(own, place) for place in places]
        self.calls = [loading(own)]

    def load(self) -> None:
        """Filter this process's system calls from now on; needs ``no_new_privileges``.

        Raises:
            OSError: if the kernel does not take the filter.
        """
        for one in self.ids:  # both processors are little-endian, as the filter is
            one.value = os.getpid()
        kernel.carry_out(self.calls)
