"""The thin layer around learner code, inside the confined process.

It answers one request at a time. Everything that it says can be forged by the code that it runs,
so the judge treats each reply as a claim about an output and nothing more. The one reply that
cannot be forged is that to ``parse``: it is sent before any learner code runs.
"""

from __future__ import annotations

import ast
import linecache
import os
import sys
import types
from collections.abc import Callable
from typing import Any

from journeyman.sandbox import wire
from journeyman.sandbox.encode import encode, type_name
from journeyman.sandbox.names import defined, inner_line, uses
from journeyman.sandbox.revive import revive

FILE = "<submission>"
MAX_FIGURES = 4
SETUP_FAILED = 113  # exit status: no jail could be built, which is never the learner's fault


def error_claim(error: BaseException) -> dict[str, Any]:
    """What a learner may be told about an exception: its type, its text and their own lines."""
    frames: list[tuple[int, str, str]] = []
    trace = error.__traceback__
    while trace is not None and len(frames) < 2000:  # a recursion may be long
        if trace.tb_frame.f_code.co_filename == FILE:
            line = trace.tb_lineno or 0
            text = linecache.getline(FILE, line).strip()[:200]
            frames.append((line, trace.tb_frame.f_code.co_name[:80], text))
        trace = trace.tb_next
    if isinstance(error, SyntaxError) and error.filename == FILE:
        text = error.text or linecache.getline(FILE, error.lineno or 0)
        frames.append((error.lineno or 0, "", text.strip()[:200]))
    try:
        message = error.msg if isinstance(error, SyntaxError) else str(error)
    except BaseException:  # noqa: BLE001 - a learner's __str__ may do anything
        message = ""
    bases = [base.__name__ for base in type(error).__mro__ if base.__module__ == "builtins"]
    return {
        "error": type(error).__name__[:80],
        "bases": bases[:10],
        "message": str(message)[:2000],
        "frames": frames[-8:],
    }


class Harness:
    """Answers requests until the channel closes.

    Args:
        receive: Returns exactly that many bytes, or raises EOFError when the judge has gone.
        send: Sends all of the bytes.
    """

    def __init__(self, receive: Callable[[int], bytes], send: Callable[[bytes], None]) -> None:
        self.receive = receive
        self.send = send
        self.module = types.ModuleType("submission")
        self.source = ""
        self.code: types.CodeType | None = None
        self.kept: dict[str, Any] = {}
        self.arguments: Any = None
        self.sent = wire.pack(None)

    def serve(self) -> None:
        """Answer each request in turn; return when the judge closes the channel."""
        while True:
            try:
                prefix = self.receive(wire.PREFIX.size)
                _, header, blobs = wire.PREFIX.unpack(prefix)
                body = self.receive(header + blobs)
            except EOFError:
                return
            request, value = wire.read(prefix + body)
            tree = body[body.index(b"\n") + 1 : header]
            self.sent = wire.Packed(tree, body[header:])
            self.send(self.answer(request, value))

    def answer(self, request: dict[str, Any], value: Any) -> bytes:
        """The reply to one request: what it asked for, or what was raised."""
        meta: dict[str, Any]
        try:
            meta, result = _ANSWERS[request["op"]](self, request, value)
            flush()
            meta["turn"] = request["turn"]
            return wire.frame(meta, result)
        except BaseException as error:  # noqa: BLE001 - SystemExit and KeyboardInterrupt as well
            flush()
            return wire.frame({**error_claim(error), "turn": request["turn"]})

    def parse(self, request: dict[str, Any], _value: Any) -> tuple[dict[str, Any], Any]:
        """Compile the source; report the forbidden names that it uses."""
        self.source = source = request["source"]
        linecache.cache[FILE] = (len(source), None, source.splitlines(keepends=True), FILE)
        self.code = compile(source, FILE, "exec", dont_inherit=True)
        forbidden = request["forbidden"]
        if request.get("quick") and not forbidden:  # a tree costs more than all else here
            return {}, None
        tree = ast.parse(source, FILE)
        return {"names": defined(tree), "found": uses(tree, forbidden)}, None

    def names(self, request: dict[str, Any], _value: Any) -> tuple[dict[str, Any], Any]:
        """What the source defines, for a file without the name that was asked for."""
        tree = ast.parse(self.source, FILE)
        return {"names": defined(tree), "inside": inner_line(tree, request["entry"])}, None

    def run(self, request: dict[str, Any], _value: Any) -> tuple[dict[str, Any], Any]:
        """Execute the module body; say whether it defines the entry point."""
        sys.modules["submission"] = self.module
        self.module.__file__ = FILE
        assert self.code is not None
        exec(self.code, self.module.__dict__)  # noqa: S102 - this is what the sandbox is for
        names = self.module.__dict__
        if request["entry"] not in names:
            return {"has": False}, None
        return {"has": True, **kind_of(names[request["entry"]])}, None

    def call(self, request: dict[str, Any], value: Any) -> tuple[dict[str, Any], Any]:
        """Call the entry point, or a method of an object that was kept."""
        args, kwargs = self.arguments = revive(value)
        target = self.target(request)
        result = target(*args, **kwargs) if callable(target) else target
        if type(result) is types.CoroutineType:
            result.close()  # or it would complain later, in words that are not the learner's
        changed = self.changed(value) if request.get("watch") else []
        if request.get("drop"):  # only its time matters, and a large result would cost some
            return {}, None
        keep = request.get("keep")
        if keep is not None:
            self.kept[keep] = result
            return {"changed": changed, "kept": type_name(result)}, None
        if request.get("of") is not None and result is self.kept[request["of"]]:
            return {"changed": changed, "itself": True}, None
        return {"changed": changed}, result

    def target(self, request: dict[str, Any]) -> Any:
        """What is to be called: a name of the module, or a member of a kept object."""
        if request.get("of") is not None:
            return getattr(self.kept[request["of"]], request["name"])
        names = self.module.__dict__
        if request["name"] not in names:
            raise NameError(f"your file no longer defines {request['name']!r}")
        return names[request["name"]]

    def changed(self, value: Any) -> list[str]:
        """Names or positions of the arguments that are no longer what the judge sent."""
        if wire.pack(list(self.arguments)) == self.sent:
            return []
        (args, kwargs), (sent, named) = self.arguments, revive(value)
        found = [
            str(position)
            for position, pair in enumerate(zip(args, sent, strict=True))
            if not same(*pair)
        ]
        return found + [key for key in named if not same(kwargs.get(key), named[key])]

    def last_arguments(self, _request: dict[str, Any], _value: Any) -> tuple[dict[str, Any], Any]:
        """The arguments of the last call as they are now, for functions that work in place."""
        return {}, self.arguments

    def figures(self, _request: dict[str, Any], _value: Any) -> tuple[dict[str, Any], Any]:
        """Every open matplotlib figure, as PNG."""
        plots = sys.modules.get("matplotlib.pyplot")
        found = []
        if plots is not None:
            import io  # noqa: PLC0415 - only with a figure

            for number in plots.get_fignums()[:MAX_FIGURES]:
                buffer = io.BytesIO()
                plots.figure(number).savefig(buffer, format="png", dpi=80)
                found.append(buffer.getvalue())
        return {}, found


# Not kept in each harness: a cycle would need the collector, and the warm process has it off.
_ANSWERS: dict[str, Callable[[Harness, dict[str, Any], Any], tuple[dict[str, Any], Any]]] = {
    "parse": Harness.parse,
    "run": Harness.run,
    "names": Harness.names,
    "call": Harness.call,
    "arguments": Harness.last_arguments,
    "figures": Harness.figures,
}


def kind_of(value: Any) -> dict[str, Any]:
    """How an entry point may be called: ``class``, ``function`` (anything callable) or neither."""
    if isinstance(value, type):
        return {"kind": "class"}
    if callable(value):
        return {"kind": "function"}
    shown = repr(value)[:60] if type(value) in {int, float, bool, str, type(None)} else ""
    return {"kind": "value", "type": type_name(value), "shown": shown}


def same(left: Any, right: Any) -> bool:
    """Whether two arguments would be written on the wire in the same way."""
    return encode(left) == encode(right)


def flush() -> None:
    """Hand over what was printed, so that the judge knows before which reply it was."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except BaseException:  # noqa: BLE001 - a learner may have replaced or closed them
        return


def receive_from(descriptor: int) -> Callable[[int], bytes]:
    """Read exactly n bytes from a descriptor."""

    def receive(count: int) -> bytes:
        parts = []
        while count:
            part = os.read(descriptor, min(count, 1 << 20))
            if not part:
                raise EOFError
            parts.append(part)
            count -= len(part)
        return b"".join(parts)

    return receive


def send_to(descriptor: int) -> Callable[[bytes], None]:
    """Write all bytes to a descriptor."""

    def send(data: bytes) -> None:
        view = memoryview(data)
        while view:
            view = view[os.write(descriptor, view) :]

    return send
