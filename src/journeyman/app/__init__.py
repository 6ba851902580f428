"""The one composition root: see :class:`journeyman.app.root.App`."""

from journeyman.app.root import App, Sat

__all__ = ["App", "Sat"]
