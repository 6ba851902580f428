"""Delivery: a model that others can use, and the proof that its author understands it.

``export`` writes a folder (``model.onnx``, ``schema.json``, ``parity.json``, ``held-out.json``);
``serve``, ``monitor``, ``rollback`` and ``demo`` take it. ``cards`` writes model and data cards,
``viva`` asks about a run. Importing this package brings in nothing else.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from journeyman.delivery.exporting import Exported, adopt, export
    from journeyman.delivery.monitoring import Monitor, Watched, monitor
    from journeyman.delivery.serving import container, create, serve
    from journeyman.delivery.shaping import About
    from journeyman.delivery.shelf import earlier, rollback
    from journeyman.delivery.showing import Demo, demo
    from journeyman.delivery.sounds import Cepstra

__all__ = [
    "About",
    "Cepstra",
    "Demo",
    "Exported",
    "Monitor",
    "Watched",
    "adopt",
    "container",
    "create",
    "demo",
    "earlier",
    "export",
    "monitor",
    "rollback",
    "serve",
]
_HOME = {
    "About": "shaping",
    "Cepstra": "sounds",
    "Demo": "showing",
    "Exported": "exporting",
    "Monitor": "monitoring",
    "Watched": "monitoring",
    "adopt": "exporting",
    "container": "serving",
    "create": "serving",
    "demo": "showing",
    "earlier": "shelf",
    "export": "exporting",
    "monitor": "monitoring",
    "rollback": "shelf",
    "serve": "serving",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
