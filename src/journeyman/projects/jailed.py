"""Gives up what a stranger's code should not have, then becomes that code. Linux.

``python -I -B -c BOOT FOLDER SPEC COMMAND...``: ``journeyman.projects.jail`` starts it. Unlike the
jail of graded code, processes, threads and whole libraries stay possible; network does not.
"""

from __future__ import annotations

import errno
import json
import os
import platform
import struct
import sys
from collections.abc import Iterable, Mapping

from journeyman.sandbox import kernel
from journeyman.sandbox.filters.rules import (
    AF_UNIX,
    ALLOW,
    ANY_BIT,
    ARCH,
    AT_LEAST,
    AUDIT_ARCH,
    EQUAL,
    ERROR,
    KILL,
    LOAD,
    NUMBER,
    RETURN,
    X32,
    argument,
)
from journeyman.sandbox.landlock import READ, RUN, WRITE, Ruleset, restricting
from journeyman.sandbox.seccomp import loading

REFUSED: Mapping[str, tuple[int, ...]] = {
    "x86_64": (
        101, 155, 161, 165, 166, 167, 169, 175, 176, 246, 248, 249, 250, 272, 298, 308, 310, 311,
        313, 321, 323, 425, 426, 427, 428, 429, 430, 431, 432, 433, 438, 442,
    ),
    "aarch64": (
        117, 41, 51, 40, 39, 224, 142, 105, 106, 104, 217, 218, 219, 97, 241, 268, 270, 271,
        273, 280, 282, 425, 426, 427, 428, 429, 430, 431, 432, 433, 438, 442,
    ),
}  # fmt: skip
"""Calls that reach into other processes or change the machine: ptrace, pivot_root, chroot, mount,
umount2, swapon, reboot, init_module, delete_module, kexec_load, add_key, request_key, keyctl,
unshare, perf_event_open, setns, process_vm_readv, process_vm_writev, finit_module, bpf,
userfaultfd, io_uring (whose operations no filter sees), the new mount calls and pidfd_getfd."""
SOCKETS: Mapping[str, tuple[int, int]] = {"x86_64": (41, 53), "aarch64": (198, 199)}
CLONES: Mapping[str, tuple[int, int]] = {"x86_64": (56, 435), "aarch64": (220, 435)}
NEW_SPACES = 0x7E020080  # CLONE_NEW*: with a user namespace all privileges would come back
NOT_STARTED = 126


def filtered(processor: str) -> bytes:
    """The system-call filter of one processor, as classic BPF.

    >>> len(filtered("x86_64")) % 8
    0
    """
    clone, clone3 = CLONES[processor]
    lines = [(LOAD, 0, 0, ARCH), (EQUAL, 1, 0, AUDIT_ARCH[processor]), (RETURN, 0, 0, KILL),
             (LOAD, 0, 0, NUMBER)]  # fmt: skip
    if processor == "x86_64":
        lines += [(AT_LEAST, 0, 1, X32), (RETURN, 0, 0, KILL)]
    for number in REFUSED[processor]:
        lines += [(EQUAL, 0, 1, number), (RETURN, 0, 0, ERROR | errno.EPERM)]
    for number in SOCKETS[processor]:
        lines += [
            (EQUAL, 0, 4, number), (LOAD, 0, 0, argument(0)), (EQUAL, 0, 1, AF_UNIX),
            (RETURN, 0, 0, ALLOW), (RETURN, 0, 0, ERROR | errno.EAFNOSUPPORT),
        ]  # fmt: skip
    # The flags of clone3 lie in memory, where no filter looks; the C library then takes clone.
    lines += [
        (EQUAL, 0, 1, clone3), (RETURN, 0, 0, ERROR | errno.ENOSYS),
        (EQUAL, 0, 3, clone), (LOAD, 0, 0, argument(0)), (ANY_BIT, 0, 1, NEW_SPACES),
        (RETURN, 0, 0, ERROR | errno.EPERM), (RETURN, 0, 0, ALLOW),
    ]  # fmt: skip
    return b"".join(struct.pack("<HBBI", *line) for line in lines)


def _files(allowed: Mapping[int, Iterable[str]]) -> None:
    """Only these paths, each with its rights; no TCP; no signals to other programs."""
    ruleset = Ruleset([])
    rules = ruleset.create([])
    for rights, paths in allowed.items():
        for path in filter(os.path.exists, paths):
            ruleset.allow(rules, path, rights)
    kernel.carry_out([restricting(rules)])
    os.close(rules)


def main() -> None:
    """Confine this process and become the command; ends with 126 where either fails."""
    spec, command = json.loads(sys.argv[2]), sys.argv[3:]
    try:
        kernel.carry_out([kernel.no_capabilities(), kernel.no_new_privileges()])
        _files({READ: spec["read"], RUN: spec["run"], WRITE: spec["write"]})
        kernel.carry_out([loading(bytearray(filtered(platform.machine())))])
        os.execv(command[0], command)  # noqa: S606 - what this program is for
    except (OSError, KeyError) as error:
        sys.stderr.write(f"It could not be confined: {error}.\n")
        sys.exit(NOT_STARTED)
