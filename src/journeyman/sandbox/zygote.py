"""The warm process of a tier: imports its libraries once, then forks one child per submission.

It is exec'd clean with an empty environment, holds no secret, runs no numeric code and stays
single-threaded, because forking a process with threads can hang the child. The judge talks to it
over a message socket; the outcome of each child goes to a socket of that child's own.

Whatever a child needs is made ready here, where memory is warm: each page that a child writes has
to be copied first, and that is most of what a submission costs.
"""

from __future__ import annotations

import array
import contextlib
import gc
import importlib
import os
import select
import signal
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from journeyman.sandbox import kernel
from journeyman.sandbox.confine import Jail, prepare, run_child
from journeyman.sandbox.landlock import Ruleset
from journeyman.sandbox.rehearsal import rehearse
from journeyman.sandbox.seccomp import Filter
from journeyman.sandbox.streams import prepare_streams
from journeyman.sandbox.wire import read_json, write_json

_DESCRIPTORS = 3  # channel, output, status
_HELLO = b"{}"
_BLIND_MS = 5


@dataclass(frozen=True, slots=True)
class _Child:
    """A living child: its process, the judge's name for it, and where its end is reported."""

    pid: int
    name: str
    status: int


class Zygote:
    """One warm process.

    Args:
        control: Message socket to the judge.
        settings: As for ``boot.main``, which has entered the namespaces.
    """

    def __init__(self, control: socket.socket, settings: dict[str, Any]) -> None:
        self.control = control
        self.news = select.poll()
        layers = frozenset(settings["layers"])
        self.fork: Callable[[], int] = kernel.fork
        if "namespaces" in layers:
            self.fork = kernel.OwnProcessSpace().fork
        for name in settings["modules"]:
            importlib.import_module(name)
        sys.path[:] = [entry for entry in sys.path if entry != settings["forget"]]
        if kernel.threads() != 1:
            raise RuntimeError("a library started a thread, so that forking would be unsafe")
        prepare_streams()
        rehearse()
        kernel.hide_memory()
        ruleset = Ruleset(settings["read"]) if "landlock" in layers else None
        program = Filter() if "seccomp" in layers else None
        self.jail = Jail(layers, ruleset, program, kernel.memory_in_use())
        # By the descriptor that tells of the child's end, or by -pid where there is none.
        self.living: dict[int, _Child] = {}
        self.blind = False
        gc.collect()
        gc.freeze()  # a collection in a child would copy every page that it marks
        gc.disable()
        kernel.release_free_memory()
        kernel.join_libraries()
        kernel.collapse()

    def serve(self) -> None:
        """Answer the judge and reap children; ends the children and returns when it closes."""
        control = self.control.fileno()
        self.news.register(control, select.POLLIN)
        going = True
        while going:
            for descriptor, _ in self.news.poll(_BLIND_MS if self.blind else None):
                if descriptor == control:
                    going = self.obey()
                elif descriptor in self.living:
                    self.reap(descriptor)
            for key in [key for key in self.living if key < 0]:
                self.reap(key)
            self.blind = any(key < 0 for key in self.living)
        for child in self.living.values():
            os.kill(child.pid, signal.SIGKILL)

    def obey(self) -> bool:
        """Carry out one message; False once the judge has gone."""
        data, ancillary, _, _ = self.control.recvmsg(1 << 16, socket.CMSG_SPACE(4 * _DESCRIPTORS))
        if not data:
            return False
        message = read_json(data.decode())
        if "kill" in message:
            for child in self.living.values():  # not reaped yet: the number is its own
                if child.name == message["kill"]:
                    os.kill(child.pid, signal.SIGKILL)
            return True
        channel, output, status = array.array("i", ancillary[0][2])
        ready = prepare(self.jail, message, channel, output)
        pid = self.fork()
        if pid == 0:
            os.write(status, _HELLO)  # the kernel adds our process id as the judge sees it
            run_child(ready)
        os.close(channel)
        os.close(output)
        if ready.rules >= 0:
            os.close(ready.rules)
        try:
            key = os.pidfd_open(pid)
            self.news.register(key, select.POLLIN)
        except OSError:  # an old kernel or a strict container: look again and again instead
            key = -pid
        self.living[key] = _Child(pid, message["name"], status)
        self.blind = self.blind or key < 0
        return True

    def reap(self, key: int) -> None:
        """Report the end of a child, if it has ended."""
        child = self.living[key]
        pid, code, usage = os.wait4(child.pid, os.WNOHANG)
        if pid == 0:
            return
        del self.living[key]
        if key >= 0:
            self.news.unregister(key)
            os.close(key)
        cpu = usage.ru_utime + usage.ru_stime
        with contextlib.suppress(OSError):  # that judge has given up on it
            os.write(child.status, write_json({"code": code, "cpu": cpu}))
        os.close(child.status)
