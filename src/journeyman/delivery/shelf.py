"""Exports in their folder, the earlier ones beside it, and the way back.

``export`` is what is served. Placing a new one moves the old to ``export.earlier/0001`` and so on,
each by one rename, so that a crash leaves every export whole.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from journeyman.errors import Conflict, Invalid, NotFound

FILES = ("model.onnx", "schema.json", "parity.json", "held-out.json")


def place(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write an export; an earlier one is kept.

    Raises:
        Conflict: the folder holds something else.
        Invalid: it cannot be written.
    """
    folder = folder.absolute()
    if folder.exists() and not _is_export(folder):
        raise Conflict(f"{folder} holds files that are no export; name another folder.")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as room:
            new = Path(room) / "new"
            new.mkdir()
            for name, data in files.items():
                (new / name).write_bytes(data)
            _put_away(folder)
            new.rename(folder)
    except OSError as error:
        raise Invalid(f"{folder} cannot be written: {error.strerror}.") from None


def earlier(folder: Path) -> list[Path]:
    """The earlier exports, the oldest first."""
    room = _room(folder.absolute())
    return sorted(one for one in room.glob("[0-9]*") if _is_export(one)) if room.is_dir() else []


def rollback(folder: Path) -> Path:
    """Put the newest earlier export back; the present one is set aside in ``export.withdrawn``.

    A running server takes it up by itself.

    Returns:
        Where the withdrawn export now lies.

    Raises:
        NotFound: there is no earlier export.
        Invalid: the folders cannot be moved.
    """
    folder = folder.absolute()
    found = earlier(folder)
    if not found:
        raise NotFound(f"There is no earlier export of {folder} to go back to.")
    withdrawn = folder.with_name(f"{folder.name}.withdrawn")
    try:
        if folder.exists():
            withdrawn.mkdir(exist_ok=True)
            withdrawn = withdrawn / f"{_next(withdrawn):04d}"
            folder.rename(withdrawn)
        found[-1].rename(folder)
    except OSError as error:
        raise Invalid(f"{folder} cannot be moved: {error.strerror}.") from None
    return withdrawn


def _put_away(folder: Path) -> None:
    if not folder.exists():
        return
    if not any(folder.iterdir()):
        folder.rmdir()
        return
    room = _room(folder)
    room.mkdir(exist_ok=True)
    folder.rename(room / f"{_next(room):04d}")


def _next(room: Path) -> int:
    return 1 + max((int(one.name) for one in room.iterdir() if one.name.isdigit()), default=0)


def _room(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.earlier")


def _is_export(folder: Path) -> bool:
    if not folder.is_dir():
        return False
    names = {one.name for one in folder.iterdir()}
    return not names or "schema.json" in names


def copy(source: Path, target: Path) -> None:
    """Copy the files that run: the model and its schema, without the held-out rows."""
    target.mkdir(parents=True, exist_ok=True)
    for name in FILES[:3]:
        if (source / name).is_file():
            shutil.copyfile(source / name, target / name)
