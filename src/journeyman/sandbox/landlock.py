"""Landlock: which files a process may touch. Linux 5.13 or newer, no privilege needed.

See the kernel's userspace-api/landlock documentation for the numbers.
"""

from __future__ import annotations

import ctypes
import fcntl
import os
import stat
import struct
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from pathlib import Path

from journeyman.sandbox.kernel import Call, call, carry_out, libc

_CREATE, _ADD, _RESTRICT = 444, 445, 446  # the same on every processor
_PATH_BENEATH = 1
_FIRST_DESCRIPTOR = 16
(
    _EXECUTE,
    _WRITE_FILE,
    _READ_FILE,
    _READ_DIR,
    _REMOVE_DIR,
    _REMOVE_FILE,
    _MAKE_CHAR,
    _MAKE_DIR,
    _MAKE_REG,
) = (1 << bit for bit in range(9))
_MAKE_BLOCK = 1 << 11
_REFER, _TRUNCATE, _IOCTL_DEV = 1 << 13, 1 << 14, 1 << 15
READ = _READ_FILE | _READ_DIR
RUN = READ | _EXECUTE
_SCRATCH = (
    READ | _WRITE_FILE | _REMOVE_DIR | _REMOVE_FILE | _MAKE_DIR | _MAKE_REG | _REFER | _TRUNCATE
)
# All but executing and making devices.
WRITE = (((1 << 13) - 1) | _REFER | _TRUNCATE) & ~(_EXECUTE | _MAKE_CHAR | _MAKE_BLOCK)
_OF_FILES = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE | _IOCTL_DEV


@cache
def abi() -> int:
    """The kernel's Landlock version, 0 where there is none."""
    version = libc().syscall(_CREATE, None, ctypes.c_size_t(0), ctypes.c_uint(1))
    return max(int(version), 0)


class Ruleset:
    """Paths that may be read, kept open so that a child confines itself in microseconds.

    Args:
        read: Files and directories whose contents may be read; missing ones are left out.
    """

    def __init__(self, read: Iterable[str]) -> None:
        version = abi()
        self.filesystem = (1 << 13) - 1
        for needed, right in ((2, _REFER), (3, _TRUNCATE), (5, _IOCTL_DEV)):
            if version >= needed:
                self.filesystem |= right
        self.attributes = struct.pack("<Q", self.filesystem)
        if version >= 4:
            self.attributes += struct.pack("<Q", 3)  # no TCP bind, no TCP connect
        if version >= 6:
            self.attributes += struct.pack("<Q", 3)  # no abstract sockets or signals outwards
        self.rules = [self._rule(path, READ) for path in read if Path(path).exists()]

    def _rule(self, path: str, rights: int) -> tuple[int, bytes]:
        descriptor = _high(os.open(path, os.O_PATH | os.O_CLOEXEC))
        if not stat.S_ISDIR(os.fstat(descriptor).st_mode):
            rights &= _OF_FILES
        return descriptor, struct.pack("<Qi", rights & self.filesystem, descriptor)

    def create(self, write: Sequence[str]) -> int:
        """A descriptor of the rules, with the directories in ``write`` open for writing.

        Raises:
            OSError: if the kernel refuses; the caller must then not run untrusted code.
        """
        size = ctypes.c_size_t(len(self.attributes))
        made = libc().syscall(_CREATE, self.attributes, size, ctypes.c_uint(0))
        if made < 0:
            raise OSError(ctypes.get_errno(), "landlock_create_ruleset")
        rules = _high(made)
        for _, rule in self.rules:
            carry_out([_adding(rules, rule)])
        for path in write:
            self.allow(rules, path, _SCRATCH)
        return rules

    def allow(self, rules: int, path: str, rights: int) -> None:
        """Add a file or directory, with these rights, to ``rules``, as made by ``create``.

        Raises:
            OSError: as for ``create``, or if the path is not there.
        """
        descriptor, rule = self._rule(path, rights)
        carry_out([_adding(rules, rule)])
        os.close(descriptor)

    def reading(self, rules: int, directory: str, descriptor: int) -> list[Call]:
        """Open a directory for reading in ``rules``, when its path means something else here.

        Args:
            rules: As made by ``create``.
            directory: Its path, as the process that makes these calls will see it.
            descriptor: The number that it gets there: the lowest one that is free by then.
        """
        rule = struct.pack("<Qi", READ & self.filesystem, descriptor)
        path = os.fsencode(directory)
        return [call("open", path, os.O_PATH | os.O_CLOEXEC), _adding(rules, rule)]

    def restrict(self) -> None:
        """Confine this process to the ruleset.

        Raises:
            OSError: as for ``create``.
        """
        rules = self.create([])
        carry_out([restricting(rules)])
        os.close(rules)


def restricting(rules: int) -> Call:
    """Confine whoever makes this call to ``rules``, as made by ``Ruleset.create``."""
    return call("syscall", _RESTRICT, ctypes.c_int(rules), ctypes.c_uint(0))


def _high(descriptor: int) -> int:
    """Out of the way of the descriptors that a child puts in place before it is confined."""
    moved = fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, _FIRST_DESCRIPTOR)
    os.close(descriptor)
    return moved


@lru_cache(maxsize=256)  # descriptors have mostly the numbers that they had for the child before
def _adding(rules: int, rule: bytes) -> Call:
    kind, flags = ctypes.c_int(_PATH_BENEATH), ctypes.c_uint(0)
    return call("syscall", _ADD, ctypes.c_int(rules), kind, rule, flags)


def readable(roots: Iterable[str], hidden: Iterable[str]) -> list[str]:
    """``roots``, with every directory that holds something hidden replaced by its other entries.

    Landlock only allows, so what must stay out of reach (the references of the exercises, when
    they are installed beside the libraries) is left out by naming its neighbours instead.
    """
    secrets = [os.path.realpath(path) for path in hidden]
    found: list[str] = []
    pending = list(dict.fromkeys(os.path.realpath(root) for root in roots))
    while pending:
        path = pending.pop()
        if any(secret == path or path.startswith(secret + os.sep) for secret in secrets):
            continue
        inside = Path(path).is_dir() and any(
            secret.startswith(path.rstrip(os.sep) + os.sep) for secret in secrets
        )
        if inside:
            pending += [entry.path for entry in os.scandir(path) if not entry.is_symlink()]
        else:
            found.append(path)
    return _outermost(found)


def _outermost(paths: Iterable[str]) -> list[str]:
    """The paths that lie under no other one: each rule costs every child a call."""
    kept: list[str] = []
    for path in sorted(set(paths)):
        if not any(path.startswith(above.rstrip(os.sep) + os.sep) for above in kept):
            kept.append(path)
    return kept
