"""Standard streams of a process that runs learner code."""

from __future__ import annotations

import sys
from typing import Any


def prepare_streams() -> None:
    """Text streams on descriptors 0 to 2, whatever these will be when they are used."""
    options: dict[str, Any] = {"encoding": "utf-8", "errors": "replace", "closefd": False}
    sys.stdin = open(0, **options)  # noqa: SIM115
    sys.stdout = open(1, "w", **options)  # noqa: SIM115
    sys.stderr = open(2, "w", buffering=1, **options)  # noqa: SIM115
