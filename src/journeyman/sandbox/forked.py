"""The Linux runner: a warm process per tier that forks a confined child for each submission."""

from __future__ import annotations

import contextlib
import json
import os
import select
import socket
import struct
import subprocess
import sys
from collections.abc import Collection
from pathlib import Path
from typing import Any

from journeyman.core.exercise import Limits, Tier
from journeyman.sandbox import groups
from journeyman.sandbox.landlock import readable
from journeyman.sandbox.runner import Ending, Gone, Step, Usage
from journeyman.sandbox.scratch import Scratches, directory_bytes, usage_of
from journeyman.sandbox.tiers import (
    MODULES,
    SMALL_OBJECTS_MB,
    environment,
    package_root,
    readable_roots,
)
from journeyman.sandbox.wire import read_json, write_json

START_SECONDS = 120.0
ANSWER_SECONDS = 10.0  # for a fork or a reaping; more means that the warm process is gone
_CREDENTIALS = struct.Struct("iII")  # process, user, group
_BOOT = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from journeyman.sandbox.boot import main; main(int(sys.argv[2]), sys.argv[3])"
)


class ForkRunner:
    """A warm process and the children that it forks.

    Args:
        tier: Which libraries are imported ahead.
        layers: Which layers of the jail to build; one that cannot be built is an error, never a
            silent weakening.
        scratch: Directory under which each child gets its own.

    Raises:
        Gone: if the warm process does not come up.
    """

    def __init__(self, tier: Tier, layers: Collection[str], scratch: Path) -> None:
        self.tier = tier
        self.layers = frozenset(layers)
        self.scratch = scratch
        self.scratches = Scratches(scratch)
        self.group = self._group()
        self.control, theirs = message_pair()
        with theirs:
            self.process = subprocess.Popen(  # noqa: S603 - our own interpreter and arguments
                self._command(theirs.fileno()),
                pass_fds=[theirs.fileno()],
                env=environment(self._cache()),
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C in the terminal is the judge's matter
            )
        self._await_ready()

    def _group(self) -> Path | None:
        """A control group of its own, where that layer is wanted."""
        if "cgroup" not in self.layers:
            return None
        parent = groups.place()
        try:
            if parent is None:
                raise FileNotFoundError("no control group is delegated")
            return groups.make(parent)
        except OSError as error:
            raise Gone(f"The {self.tier} sandbox has no control group ({error}).") from error

    def _cache(self) -> Path:
        cache = self.scratch / "cache"
        cache.mkdir(exist_ok=True)
        return cache

    def _command(self, descriptor: int) -> list[str]:
        source = str(package_root().parent)
        settings = {
            "modules": MODULES[self.tier],
            "layers": sorted(self.layers),
            "read": readable([*readable_roots(), str(self._cache())], [str(package_root())]),
            "forget": source,
            "reserve": SMALL_OBJECTS_MB[self.tier],
            "group": "" if self.group is None else str(self.group),
        }
        code = [source, str(descriptor), json.dumps(settings)]
        return [sys.executable, "-I", "-B", "-c", _BOOT, *code]

    def _await_ready(self) -> None:
        message, self.pid = hear(self.control, START_SECONDS)
        if "ready" not in message:
            self.close()
            why = message.get("error", "it ended without a word")
            raise Gone(f"The {self.tier} sandbox did not start ({why}); nothing is counted.")

    @property
    def alive(self) -> bool:
        """Whether the warm process is still there."""
        return self.process.poll() is None

    def start(self, limits: Limits) -> ForkLink:
        """Fork a confined child.

        Raises:
            Gone: if the warm process has died or does not answer.
        """
        return ForkLink(self, limits)

    def request(self, message: dict[str, Any], descriptors: list[int]) -> None:
        """Send one message to the warm process."""
        try:
            socket.send_fds(self.control, [write_json(message)], descriptors)
        except OSError as error:
            raise Gone(f"The {self.tier} sandbox has stopped; nothing is counted.") from error

    def close(self) -> None:
        """End the warm process and with it all of its children."""
        self.control.close()
        try:
            self.process.wait(2)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.scratches.close()
        if self.group is not None:
            groups.remove(self.group)


def message_pair() -> tuple[socket.socket, socket.socket]:
    """A socket that keeps messages apart and tells the sender's process id, and its other end."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    ours.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
    return ours, theirs


def hear(connection: socket.socket, seconds: float) -> tuple[dict[str, Any], int]:
    """The next message and its sender's process id; ({}, 0) if there is none."""
    ready, _, _ = select.select([connection], [], [], seconds)
    if not ready:
        return {}, 0
    data, ancillary, _, _ = connection.recvmsg(1 << 16, socket.CMSG_SPACE(_CREDENTIALS.size))
    if not data:
        return {}, 0
    pid, _, _ = _CREDENTIALS.unpack(ancillary[0][2])
    return read_json(data.decode()), pid


class ForkLink:
    """The judge's ends of one forked child."""

    def __init__(self, runner: ForkRunner, limits: Limits) -> None:
        self.runner = runner
        self.ending: Ending | None = None
        self.scratch = runner.scratches.take()
        self.channel, theirs = socket.socketpair()
        self.output, their_output = os.pipe2(os.O_CLOEXEC | os.O_NONBLOCK)
        self.status, their_status = message_pair()
        os.set_blocking(their_output, True)
        self.channel.setblocking(False)
        self.printing = True
        self.news = select.poll()
        self.news.register(self.output, select.POLLIN)
        request = {
            "name": self.scratch,
            "scratch": self.scratch,
            "cpu_seconds": limits.cpu_seconds,
            "memory_mb": limits.memory_mb,
        }
        try:
            runner.request(request, [theirs.fileno(), their_output, their_status.fileno()])
        except Gone:
            self._release()
            raise
        finally:
            theirs.close()
            os.close(their_output)
            their_status.close()
        _, self.pid = self._told()

    def _told(self) -> tuple[dict[str, Any], int]:
        """The next thing that is said about this child, and by which process."""
        released = self.status.fileno() < 0
        message, pid = ({}, 0) if released else hear(self.status, ANSWER_SECONDS)
        if not pid:
            self._release()
            raise Gone(f"The {self.runner.tier} sandbox has stopped; nothing is counted.")
        return message, pid

    def step(self, outgoing: memoryview, seconds: float) -> Step:
        """Send what fits and wait for news, at most ``seconds``."""
        sent = self._send(outgoing) if outgoing else 0  # without waiting: mostly there is room
        if sent is None:
            return Step(0, b"")
        wanted = select.POLLIN | (select.POLLOUT if sent < len(outgoing) else 0)
        self.news.register(self.channel, wanted)
        ready = [descriptor for descriptor, _ in self.news.poll(seconds * 1e3)]
        printed = self._printed() if self.output in ready else b""
        received = None
        if self.channel.fileno() in ready:
            received = self._received()
        return Step(sent, received, printed)

    def _send(self, outgoing: memoryview) -> int | None:
        try:
            return self.channel.send(outgoing)
        except BlockingIOError:
            return 0
        except OSError:
            return None

    def _received(self) -> bytes | None:
        try:
            return self.channel.recv(1 << 16)
        except BlockingIOError:  # only room to send
            return None
        except OSError:
            return b""

    def _printed(self) -> bytes:
        parts: list[bytes] = []
        with contextlib.suppress(BlockingIOError):
            while len(parts) < 64:
                part = os.read(self.output, 1 << 16)
                if not part:
                    self.printing = False
                    self.news.unregister(self.output)
                    break
                parts.append(part)
        return b"".join(parts)

    def settle(self) -> bytes:
        """What was printed before the last reply (it shares the kernel's order with replies)."""
        return self._printed() if self.printing else b""

    def usage(self) -> Usage | None:
        """CPU seconds and run-queue seconds of all threads of the child, from the kernel."""
        return usage_of(self.pid)

    def scratch_bytes(self) -> int:
        """Bytes in the child's scratch directory."""
        return directory_bytes(self.scratch)

    def end(self) -> Ending:
        """Kill the child, wait for its end, clear its scratch."""
        if self.ending is None:
            try:
                self.runner.request({"kill": self.scratch}, [])
                told, _ = self._told()
            finally:
                self._release()
            code = int(told["code"])
            by_signal = os.WTERMSIG(code) if os.WIFSIGNALED(code) else None
            status = os.WEXITSTATUS(code) if os.WIFEXITED(code) else None
            self.ending = Ending(status, by_signal, float(told["cpu"]))
        return self.ending

    def _release(self) -> None:
        if self.status.fileno() < 0:
            return
        self.channel.close()
        os.close(self.output)
        self.status.close()
        self.runner.scratches.give_back(self.scratch)
