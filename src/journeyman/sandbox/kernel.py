"""The few Linux calls that Python does not wrap, through ctypes."""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import struct
from collections.abc import Iterable
from functools import cache
from pathlib import Path

_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_NO_NEW_PRIVS = 1, 4, 38
_CAPABILITY_VERSION_3 = 0x20080522
_SYS_CAPSET = {"x86_64": 126, "aarch64": 91}
CLONE_NEWIPC, CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET = (1 << bit for bit in range(27, 31))
_MADV_COLLAPSE = 25
HUGE_PAGE = 2 << 20
_NAMESPACES = CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWPID


@cache
def libc() -> ctypes.CDLL:
    """The C library, with errno kept."""
    library = ctypes.CDLL(None, use_errno=True)
    library.syscall.restype = ctypes.c_long
    return library


def prepare() -> None:
    """Look up every C function that a child will call, so that no child has to."""
    for name in ("prctl", "syscall", "close_range", "setns", "unshare"):
        getattr(libc(), name)


def check(result: int, what: str) -> None:
    """Raise OSError if a C call reported failure."""
    if result:
        raise OSError(ctypes.get_errno(), what)


def _prctl(option: int, value: int) -> None:
    unused = ctypes.c_ulong(0)
    check(libc().prctl(option, ctypes.c_ulong(value), unused, unused, unused), f"prctl {option}")


def die_with_parent() -> None:
    """Be killed when the parent's thread that forked us ends."""
    _prctl(_PR_SET_PDEATHSIG, 9)


def hide_memory() -> None:
    """Not dumpable: other processes of the same user cannot read our memory or attach to us."""
    _prctl(_PR_SET_DUMPABLE, 0)


def no_new_privileges() -> None:
    """Nothing that is executed from now on gains rights (setuid programs do not)."""
    _prctl(_PR_SET_NO_NEW_PRIVS, 1)


def drop_capabilities() -> None:
    """Give up every capability; matters when running as root or inside a user namespace."""
    header = struct.pack("<Ii", _CAPABILITY_VERSION_3, 0)
    number = _SYS_CAPSET[os.uname().machine]
    check(libc().syscall(number, header, bytes(24)), "capset")


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
    die_with_parent()


def fork() -> int:
    """Fork through the C library, without Python's own preparations.

    ``os.fork`` reseeds generators and renews locks that threads might hold; a process with one
    thread has no use for either, and in the child each page that this touches is copied.
    """
    pid = int(_unreleased().fork())
    if pid < 0:
        raise OSError(ctypes.get_errno(), "fork")
    return pid


@cache
def _unreleased() -> ctypes.PyDLL:
    """The C library, called without letting go of Python's lock: a fork needs that."""
    return ctypes.PyDLL(None, use_errno=True)


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


def close_all_above(last: int) -> None:
    """Close every descriptor above ``last``."""
    libc().close_range(ctypes.c_uint(last + 1), ctypes.c_uint(0xFFFFFFFF), 0)


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


def limit(cpu_seconds: float, memory: int, base: tuple[int, int]) -> None:
    """Hold this process to ``limits``."""
    hold_to(limits(cpu_seconds, memory, base))


def hold_to(wanted: Iterable[tuple[int, int]]) -> None:
    """Set resource limits, the soft and the hard one to the same value."""
    for which, value in wanted:
        resource.setrlimit(which, (value, value))
