"""What the jail lets a process ask of the kernel, and the assembler that turns it into BPF.

An allow-list: what is not named is refused with EPERM. The filter must hold against native code,
because a learner can reach machine code through ``ctypes``; it never relies on Python.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable

from journeyman.sandbox.filters.numbers import ALLOWED, SPECIAL

PROCESSORS = ("x86_64", "aarch64")
AUDIT_ARCH = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
# ``seccomp.Filter`` puts the process's own id here; no process id is this large.
PLACEHOLDER_PID = 0x5A5A5A5A

# Instructions of classic BPF: load a word of seccomp_data, compare, shift, jump, return.
LOAD, EQUAL, AT_LEAST, ANY_BIT, AND, RETURN = 0x20, 0x15, 0x35, 0x45, 0x54, 0x06
CONSTANT, TO_INDEX, SHIFT, SHIFT_BY_INDEX, JUMP = 0x00, 0x07, 0x74, 0x7C, 0x05
ALLOW, KILL, ERROR = 0x7FFF0000, 0x80000000, 0x00050000
EPERM, ENOTTY, ENOSYS, ENOTSUP = 1, 25, 38, 95
PRETEND = ERROR  # errno 0: the call returns success and does nothing
NUMBER, ARCH = 0, 4

CLONE_THREAD, O_TRUNC, O_ACCMODE, AF_UNIX = 0x10000, 0o1000, 3, 1
X32 = 0x40000000
# Above this, calls that a newer library may probe for: it must hear "unknown", not "refused".
NEWEST = 448

IOCTLS = (
    0x5401,
    0x5413,
    0x541B,
    0x5421,
    0x5450,
    0x5451,
)  # TCGETS GWINSZ FIONREAD FIONBIO FIO(N)CLEX
PRCTLS = (15, 16)  # PR_SET_NAME, PR_GET_NAME
# F_SETOWN, F_SETSIG, F_SETOWN_EX, F_SETLEASE, F_NOTIFY, F_SETPIPE_SZ: signals to others, big pipes.
FCNTLS_REFUSED = (8, 10, 15, 1024, 1026, 1031)
OWN_PID_ONLY = (
    "prlimit64",
    "sched_setaffinity",
    "sched_getaffinity",
    "sched_getparam",
    "sched_getscheduler",
)
ATTRIBUTES = ("getxattr", "lgetxattr", "fgetxattr", "listxattr", "llistxattr", "flistxattr")
PRETENDED = ("chmod", "fchmod", "fchmodat", "utime", "utimensat")

Instruction = tuple[int, int, int, int]


def argument(position: int, high: bool = False) -> int:
    """Offset of a call's argument in ``struct seccomp_data`` (both processors: little-endian)."""
    return 16 + 8 * position + (4 if high else 0)


def program(processor: str) -> bytes:
    """The whole filter for ``processor``, with the process id left open.

    Its length counts: the kernel translates it anew for every child.

    >>> len(program("x86_64")) % 8
    0
    """
    lines: list[Instruction] = [
        (LOAD, 0, 0, ARCH),
        (EQUAL, 1, 0, AUDIT_ARCH[processor]),
        (RETURN, 0, 0, KILL),
        (LOAD, 0, 0, NUMBER),
    ]
    if processor == "x86_64":
        lines += [(AT_LEAST, 0, 1, X32), (RETURN, 0, 0, KILL)]
    lines += _allowed(ALLOWED[processor].values())
    lines.append((LOAD, 0, 0, NUMBER))
    for body, names in _by_body().items():
        numbers = [SPECIAL[processor][name] for name in names if name in SPECIAL[processor]]
        for left, number in zip(range(len(numbers) - 1, -1, -1), numbers, strict=True):
            lines.append((EQUAL, left, 0 if left else len(body), number))
        lines += body if numbers else ()
    lines += [(AT_LEAST, 0, 1, NEWEST), (RETURN, 0, 0, ERROR | ENOSYS)]
    lines += [(RETURN, 0, 0, ERROR | EPERM)]
    return b"".join(struct.pack("<HBBI", *line) for line in lines)


def _allowed(numbers: Iterable[int]) -> list[Instruction]:
    """Allow the calls of these numbers, by a table of bits; go on behind the table with others."""
    words: dict[int, int] = {}
    for number in numbers:
        words[number >> 5] = words.get(number >> 5, 0) | 1 << (number & 31)
    lines: list[Instruction] = [
        (AND, 0, 0, 31),
        (TO_INDEX, 0, 0, 0),
        (LOAD, 0, 0, NUMBER),
        (SHIFT, 0, 0, 5),
    ]
    for left, (word, bits) in zip(
        range(len(words) - 1, -1, -1), sorted(words.items()), strict=True
    ):
        # To the test of the bit, over what is left of the table and the way out of it.
        lines += [(EQUAL, 0, 2, word), (CONSTANT, 0, 0, bits), (JUMP, 0, 0, 3 * left + 1)]
    return [
        *lines,
        (JUMP, 0, 0, 3),
        (SHIFT_BY_INDEX, 0, 0, 0),
        (ANY_BIT, 0, 1, 1),
        (RETURN, 0, 0, ALLOW),
    ]


def _by_body() -> dict[tuple[Instruction, ...], list[str]]:
    """The calls that are decided alike, together."""
    found: dict[tuple[Instruction, ...], list[str]] = {}
    for name, body in _bodies().items():
        found.setdefault(tuple(body), []).append(name)
    return found


def _bodies() -> dict[str, list[Instruction]]:
    """For each call that depends on its arguments, the instructions that decide."""
    bodies = {
        "clone": _only_with_bit(0, CLONE_THREAD),
        "clone3": [(RETURN, 0, 0, ERROR | ENOSYS)],  # its flags lie in memory; libc then uses clone
        "openat2": [(RETURN, 0, 0, ERROR | ENOSYS)],
        "fchmodat2": [(RETURN, 0, 0, ERROR | ENOSYS)],
        "open": _open(1),
        "openat": _open(2),
        "ioctl": _one_of(1, IOCTLS, ERROR | ENOTTY),
        "prctl": _one_of(0, PRCTLS, ERROR | EPERM),
        "fcntl": _none_of(1, FCNTLS_REFUSED),
        "tgkill": _one_of(0, (PLACEHOLDER_PID,), ERROR | EPERM),
        # asyncio wakes itself through a pair; without an address it reaches nobody else.
        "socketpair": _one_of(0, (AF_UNIX,), ERROR | EPERM),
        "sendto": _null(4),
    }
    # 0 means oneself; so may the own number. Landlock and the user's id do not stop these.
    for name in OWN_PID_ONLY:
        bodies[name] = _one_of(0, (0, PLACEHOLDER_PID), ERROR | EPERM)
    # Landlock does not cover these, and the files of the same user are within reach of them.
    for name in PRETENDED:
        bodies[name] = [(RETURN, 0, 0, PRETEND)]
    for name in ATTRIBUTES:  # shutil.copy takes this for a file system without attributes
        bodies[name] = [(RETURN, 0, 0, ERROR | ENOTSUP)]
    return bodies


def _one_of(position: int, values: tuple[int, ...], otherwise: int) -> list[Instruction]:
    lines: list[Instruction] = [(LOAD, 0, 0, argument(position))]
    for index, value in enumerate(values):
        lines.append((EQUAL, len(values) - index, 0, value))
    return [*lines, (RETURN, 0, 0, otherwise), (RETURN, 0, 0, ALLOW)]


def _none_of(position: int, values: tuple[int, ...]) -> list[Instruction]:
    lines: list[Instruction] = [(LOAD, 0, 0, argument(position))]
    for index, value in enumerate(values):
        lines.append((EQUAL, len(values) - index, 0, value))
    return [*lines, (RETURN, 0, 0, ALLOW), (RETURN, 0, 0, ERROR | EPERM)]


def _only_with_bit(position: int, bit: int) -> list[Instruction]:
    return [
        (LOAD, 0, 0, argument(position)),
        (ANY_BIT, 0, 1, bit),
        (RETURN, 0, 0, ALLOW),
        (RETURN, 0, 0, ERROR | EPERM),
    ]


def _null(position: int) -> list[Instruction]:
    return [
        (LOAD, 0, 0, argument(position)),
        (EQUAL, 0, 3, 0),
        (LOAD, 0, 0, argument(position, high=True)),
        (EQUAL, 0, 1, 0),
        (RETURN, 0, 0, ALLOW),
        (RETURN, 0, 0, ERROR | EPERM),
    ]


def _open(position: int) -> list[Instruction]:
    """Refuse to truncate through a file opened for reading: Landlock before ABI 3 allows it."""
    return [
        (LOAD, 0, 0, argument(position)),
        (ANY_BIT, 0, 3, O_TRUNC),
        (AND, 0, 0, O_ACCMODE),
        (EQUAL, 0, 1, 0),
        (RETURN, 0, 0, ERROR | EPERM),
        (RETURN, 0, 0, ALLOW),
    ]
