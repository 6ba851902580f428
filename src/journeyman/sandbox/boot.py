"""Starts a warm process: what must be done before anything large is imported.

Run as ``python -I -c "...main(descriptor, configuration)"`` by ``forked``.
"""

from __future__ import annotations

import json
import os
import socket
from typing import Any

from journeyman.sandbox import kernel
from journeyman.sandbox.arenas import reserve


def main(descriptor: int, configuration: str) -> None:
    """Warm up, report, and serve until the judge closes the socket.

    Args:
        descriptor: Message socket to the judge.
        configuration: JSON with ``modules``, ``layers``, ``read`` (paths), ``forget`` (entry of
            ``sys.path`` that only the engine needs), ``reserve`` (megabytes of small objects) and
            ``group`` (directory of the control group to join, or "").
    """
    settings = json.loads(configuration)
    control = socket.socket(fileno=descriptor)
    try:
        if settings["group"]:
            kernel.join_group(settings["group"])
        if "namespaces" in settings["layers"]:
            kernel.enter_namespaces()  # while small: the process outside keeps what there is now
        reserve(settings["reserve"])
        from journeyman.sandbox.zygote import Zygote  # noqa: PLC0415 - brings the libraries

        zygote = Zygote(control, settings)
    except Exception as error:  # noqa: BLE001 - the judge turns it into one sentence
        _report(control, {"error": f"{type(error).__name__}: {error}"})
        return
    _report(control, {"ready": os.getpid()})
    zygote.serve()


def _report(control: socket.socket, message: dict[str, Any]) -> None:
    control.send(json.dumps(message).encode())
