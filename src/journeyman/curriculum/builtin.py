"""Where the built-in bank lies: inside the wheel, or beside ``src`` in a checkout."""

from __future__ import annotations

from pathlib import Path


def path() -> Path:
    """Folder of the built-in bank (the entry point ``journeyman.curriculum`` names this)."""
    package = Path(__file__).parent.parent
    packed = package / "_bank"
    return packed if packed.is_dir() else package.parent.parent / "curriculum"
