"""The warm process of a tier: imports its libraries once, then forks one child per submission.

It is exec'd clean with an empty environment, holds no secret, runs no numeric code and stays
single-threaded, because forking a process with threads can hang the child. The judge talks to it
over a message socket; the outcome of each child goes to a socket of that child's own.

Started as ``python -I -c "...main(descriptor, configuration)"`` by ``forked``.
"""

from __future__ import annotations

import array
import contextlib
import gc
import importlib
import json
import os
import select
import signal
import socket
import sys
from collections.abc import Callable
from typing import Any

from journeyman.sandbox import kernel, seccomp
from journeyman.sandbox.confine import Jail, run_child
from journeyman.sandbox.landlock import Ruleset
from journeyman.sandbox.rehearsal import rehearse
from journeyman.sandbox.streams import prepare_streams

_DESCRIPTORS = 3  # channel, output, status
_HELLO = b"{}"


def main(descriptor: int, configuration: str) -> None:
    """Warm up, report, and serve until the judge closes the socket."""
    settings = json.loads(configuration)
    control = socket.socket(fileno=descriptor)
    try:
        zygote = Zygote(control, settings)
    except Exception as error:  # noqa: BLE001 - the judge turns it into one sentence
        _report(control, {"error": f"{type(error).__name__}: {error}"})
        return
    _report(control, {"ready": os.getpid()})
    zygote.serve()


def _report(control: socket.socket, message: dict[str, Any]) -> None:
    control.send(json.dumps(message).encode())


class Zygote:
    """One warm process.

    Args:
        control: Message socket to the judge.
        settings: ``modules``, ``layers``, ``read`` (paths) and ``forget`` (entry of ``sys.path``
            that only the engine needs).
    """

    def __init__(self, control: socket.socket, settings: dict[str, Any]) -> None:
        self.control = control
        layers = frozenset(settings["layers"])
        self.fork: Callable[[], int] = os.fork
        if "namespaces" in layers:
            kernel.enter_namespaces()
            self.fork = kernel.OwnProcessSpace().fork
        for name in settings["modules"]:
            importlib.import_module(name)
        sys.path[:] = [entry for entry in sys.path if entry != settings["forget"]]
        if kernel.threads() != 1:
            raise RuntimeError("a library started a thread, so that forking would be unsafe")
        prepare_streams()
        rehearse()
        kernel.prepare()
        kernel.hide_memory()
        if "seccomp" in layers:
            seccomp.template()  # the child cannot read the file any more
        ruleset = Ruleset(settings["read"]) if "landlock" in layers else None
        self.jail = Jail(layers, ruleset, kernel.memory_in_use())
        self.living: dict[int, tuple[str, int]] = {}
        self.wake, self.waker = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        gc.collect()
        gc.freeze()  # a collection in a child would copy every page that it marks
        gc.disable()

    def serve(self) -> None:
        """Answer the judge and reap children; ends the children and returns when it closes."""
        signal.set_wakeup_fd(self.waker, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        control = self.control.fileno()
        while True:
            ready, _, _ = select.select([control, self.wake], [], [])
            if self.wake in ready:
                self.reap()
            if control in ready and not self.obey():
                break
        for pid in self.living:
            os.kill(pid, signal.SIGKILL)

    def obey(self) -> bool:
        """Carry out one message; False once the judge has gone."""
        data, ancillary, _, _ = self.control.recvmsg(1 << 16, socket.CMSG_SPACE(4 * _DESCRIPTORS))
        if not data:
            return False
        message = json.loads(data)
        if "kill" in message:
            for pid, (name, _) in self.living.items():  # not reaped yet: the number is its own
                if name == message["kill"]:
                    os.kill(pid, signal.SIGKILL)
            return True
        channel, output, status = array.array("i", ancillary[0][2])
        pid = self.fork()
        if pid == 0:
            os.write(status, _HELLO)  # the kernel adds our process id as the judge sees it
            run_child(self.jail, message, channel, output)
        os.close(channel)
        os.close(output)
        self.living[pid] = (message["name"], status)
        return True

    def reap(self) -> None:
        """Report every child that has ended."""
        with contextlib.suppress(BlockingIOError):
            os.read(self.wake, 4096)
        with contextlib.suppress(ChildProcessError):
            while True:
                pid, code, usage = os.wait4(-1, os.WNOHANG)
                if pid == 0:
                    return
                _, status = self.living.pop(pid)
                cpu = usage.ru_utime + usage.ru_stime
                with contextlib.suppress(OSError):  # that judge has given up on it
                    os.write(status, json.dumps({"code": code, "cpu": cpu}).encode())
                os.close(status)
