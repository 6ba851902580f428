"""The few Linux calls that Python does not wrap, through ctypes."""

from __future__ import annotations

import contextlib
import ctypes
import mmap
import os
import resource
import struct
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_NO_NEW_PRIVS = 1, 4, 38
_CAPABILITY_VERSION_3 = 0x20080522
_SYS_CAPSET = {"x86_64": 126, "aarch64": 91}
CLONE_NEWIPC, CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET = (1 << bit for bit in range(27, 31))
_MADV_COLLAPSE = 25
HUGE_PAGE = 2 << 20
_NAMESPACES = CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWPID
_LAST_DESCRIPTOR = 0xFFFFFFFF

Call = tuple[Callable[..., int], tuple[Any, ...], str]
"""A C function, its arguments and its name: a call that only has to be made."""


@cache
def libc() -> ctypes.CDLL:
    """The C library, with errno kept."""
    library = ctypes.CDLL(None, use_errno=True)
    library.syscall.restype = ctypes.c_long
    return library


@cache
def _unreleased() -> ctypes.PyDLL:
    """The C library, called without letting go of Python's lock: a fork needs that."""
    return ctypes.PyDLL(None, use_errno=True)


def call(name: str, *arguments: Any) -> Call:
    """A call of the C library, looked up and with its arguments made ready."""
    return getattr(_unreleased(), name), arguments, name


def carry_out(calls: Iterable[Call]) -> None:
    """Make calls that were made ready before.

    A freshly forked child does all that confines it in this one loop: each line of Python that it
    ran instead would touch objects on further pages, and every page touched has to be copied.

    Raises:
        OSError: at the first one that fails.
    """
    for function, arguments, name in calls:
        if function(*arguments) < 0:
            raise OSError(ctypes.get_errno(), name)


def check(result: int, what: str) -> None:
    """Raise OSError if a C call reported failure."""
    if result:
        raise OSError(ctypes.get_errno(), what)


def control(option: int, value: Any) -> Call:
    """A call of prctl with one argument."""
    unused = ctypes.c_ulong(0)
    return call("prctl", option, value, unused, unused, unused)


def dying_with_parent() -> Call:
    """To be killed when the parent's thread that forked us ends."""
    return control(_PR_SET_PDEATHSIG, ctypes.c_ulong(9))


def hide_memory() -> None:
    """Not dumpable: other processes of the same user cannot read our memory or attach to us."""
    carry_out([control(_PR_SET_DUMPABLE, ctypes.c_ulong(0))])


def no_new_privileges() -> Call:
    """Nothing that is executed from then on gains rights (setuid programs do not)."""
    return control(_PR_SET_NO_NEW_PRIVS, ctypes.c_ulong(1))


def no_capabilities() -> Call:
    """Give up every capability; matters when running as root or inside a user namespace."""
    header = struct.pack("<Ii", _CAPABILITY_VERSION_3, 0)
    return call("syscall", _SYS_CAPSET[os.uname().machine], header, bytes(24))


def join_group(directory: str) -> None:
    """Move this process, and all that it will fork, into a control group."""
    (Path(directory) / "cgroup.procs").write_text("0")


def enter_namespaces() -> None:
    """Move into an own user, network, IPC and process namespace.

    No network device, no shared memory, and no process outside in sight. The caller itself keeps
    waiting outside; this function returns in a new process, the first of the namespace, which is
    killed when the one outside is. Must run while the process has one thread.

    Raises:
        OSError: where the system forbids it.
    """
    user, group = os.getuid(), os.getgid()
    check(libc().unshare(_NAMESPACES), "unshare")
    own = Path("/proc/self")
    (own / "setgroups").write_text("deny")
    (own / "uid_map").write_text(f"{user} {user} 1")
    (own / "gid_map").write_text(f"{group} {group} 1")
    inside = os.fork()
    if inside:
        _, code = os.waitpid(inside, 0)
        os._exit(os.waitstatus_to_exitcode(code) & 0xFF)
    carry_out([dying_with_parent()])


def fork() -> int:
    """Fork through the C library, without Python's own preparations.

    ``os.fork`` reseeds generators and renews locks that threads might hold; a process with one
    thread has no use for either, and in the child each page that this touches is copied.
    """
    pid = int(_unreleased().fork())
    if pid < 0:
        raise OSError(ctypes.get_errno(), "fork")
    return pid


def release_free_memory() -> None:
    """Give pages that the allocator holds without need back to the system."""
    with contextlib.suppress(AttributeError):  # a C library other than glibc
        libc().malloc_trim(ctypes.c_size_t(0))


def collapse() -> None:
    """Put this process's heap on huge pages, as far as the kernel has them to give.

    A fork then copies one entry for each 2 MB instead of 512, and the end of the child undoes one:
    of a child with 150 MB of imported libraries that is most of the cost. Where the kernel cannot
    (before 6.1, or without huge pages), nothing changes.
    """
    with open("/proc/self/maps", encoding="ascii", errors="replace") as file:  # noqa: PTH123
        lines = [line.split(None, 5) for line in file]
    for line in lines:
        if line[1] != "rw-p" or line[5:] not in ([], ["[heap]\n"]):
            continue
        start, end = (int(part, 16) for part in line[0].split("-"))
        start, end = -(-start // HUGE_PAGE) * HUGE_PAGE, end // HUGE_PAGE * HUGE_PAGE
        for place in range(start, end, HUGE_PAGE):
            libc().madvise(ctypes.c_void_p(place), ctypes.c_size_t(HUGE_PAGE), _MADV_COLLAPSE)


@dataclass(frozen=True, slots=True)
class _Mapping:
    """One line of ``/proc/self/maps``."""

    start: int
    end: int
    rights: str
    offset: int
    file: str

    @classmethod
    def of(cls, line: str) -> _Mapping:
        place, rights, offset, device, inode, *name = line.split(None, 5)
        start, end = (int(part, 16) for part in place.split("-"))
        return cls(start, end, rights, int(offset, 16), f"{device} {inode}" if name else "")

    def goes_on_in(self, other: _Mapping) -> bool:
        """Whether ``other`` is the next part of the same file."""
        return (
            bool(self.file)
            and (self.file, self.end) == (other.file, other.start)
            and self.offset + self.end - self.start == other.offset
        )


def join_libraries() -> None:
    """Let the kernel keep each loaded library as two or three mappings instead of five.

    Every fork copies each mapping and every end undoes it, which for a process with 350 libraries
    costs more than its memory does. Constants before and after a library's code become executable
    as the code is, and those that the loader had to relocate writable as the variables after them
    are. It weakens nothing here: code that runs in a child may change its own mappings anyway.
    Where the kernel refuses, nothing changes.
    """
    with open("/proc/self/maps", encoding="ascii", errors="replace") as file:  # noqa: PTH123
        found = [_Mapping.of(line) for line in file]
    for before, one, after in zip([None, *found], found, [*found[1:], None], strict=False):
        if one.rights != "r--p":
            continue
        rights = 0
        if before is not None and before.rights == "r-xp" and before.goes_on_in(one):
            rights = mmap.PROT_READ | mmap.PROT_EXEC
        elif after is not None and one.goes_on_in(after):
            wanted = {"r-xp": mmap.PROT_EXEC, "rw-p": mmap.PROT_WRITE}.get(after.rights)
            rights = 0 if wanted is None else mmap.PROT_READ | wanted
        if rights:
            size = ctypes.c_size_t(one.end - one.start)
            libc().mprotect(ctypes.c_void_p(one.start), size, rights)


class OwnProcessSpace:
    """Forks each child as the only process of a namespace of its own.

    Whatever the child forks dies with it and can see nobody else. Needs ``enter_namespaces``.
    """

    def __init__(self) -> None:
        self.own = os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC)

    def fork(self) -> int:
        """``fork`` into a new process namespace; the parent stays in its own."""
        check(libc().unshare(CLONE_NEWPID), "unshare")
        pid = fork()
        if pid:
            check(libc().setns(self.own, CLONE_NEWPID), "setns")
        return pid


def close_from(first: int, but: int = -1) -> list[Call]:
    """Close every descriptor from ``first`` on, but one."""
    parts = [(first, _LAST_DESCRIPTOR)]
    if but >= first:
        parts = [(first, but - 1), (but + 1, _LAST_DESCRIPTOR)]
    return [
        call("close_range", ctypes.c_uint(low), ctypes.c_uint(high), 0)
        for low, high in parts
        if low <= high
    ]


def memory_in_use() -> tuple[int, int]:
    """Address space and data segment of this process, in bytes: (VmSize, VmData)."""
    found = dict.fromkeys(("VmSize", "VmData"), 0)
    for line in Path("/proc/self/status").read_text("ascii", "replace").splitlines():
        name, _, rest = line.partition(":")
        if name in found:
            found[name] = int(rest.split()[0]) * 1024
    return found["VmSize"], found["VmData"]


def threads() -> int:
    """Number of threads of this process, as the kernel counts them."""
    return sum(1 for _ in os.scandir("/proc/self/task"))


def limits(cpu_seconds: float, memory: int, base: tuple[int, int]) -> tuple[tuple[int, int], ...]:
    """Resource limits; ``memory`` bytes come on top of ``base`` (see ``memory_in_use``)."""
    cpu = int(cpu_seconds) + 2  # the judge stops it at the exact time; this is the backstop
    return (
        (resource.RLIMIT_AS, base[0] + memory),
        (resource.RLIMIT_DATA, base[1] + memory),
        (resource.RLIMIT_FSIZE, 16 << 20),
        (resource.RLIMIT_NOFILE, 64),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_MEMLOCK, 0),
        (resource.RLIMIT_MSGQUEUE, 0),
        (resource.RLIMIT_CPU, cpu),
    )


def hold_to(wanted: Sequence[tuple[int, int]]) -> list[Call]:
    """Set resource limits, the soft and the hard one to the same value."""
    return [call("setrlimit", which, (ctypes.c_ulong * 2)(value, value)) for which, value in wanted]


def limit(cpu_seconds: float, memory: int, base: tuple[int, int]) -> None:
    """Hold this process to ``limits``."""
    carry_out(hold_to(limits(cpu_seconds, memory, base)))
