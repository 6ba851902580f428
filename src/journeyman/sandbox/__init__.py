"""Runs untrusted code and grades it: judge, warm processes, jail, wire, likely causes.

``Sandbox`` is what the rest of the program uses; docs/explanation/grading.md tells how trust
works here. Importing this package brings in nothing: each warm process imports it, and what lies in
a warm process costs every submission.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from journeyman.sandbox.engine import Sandbox
    from journeyman.sandbox.isolation import Isolation

__all__ = ["Isolation", "Sandbox"]
_HOME = {"Isolation": "journeyman.sandbox.isolation", "Sandbox": "journeyman.sandbox.engine"}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)
