"""A learner's own folder of pictures, sounds or texts as one table that holds what is in the files.

So the rows that are kept back have their pictures with them, a clone needs no folder beside it, and
the data's hash covers them.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from journeyman.audit.table.media import IMAGES, SOUNDS
from journeyman.errors import Invalid

MOST_BYTES = 1 << 30
CONTENT, TEXT = "content", "text"
TOLD = ("size", "bytes")
"""Columns about the files that are left out: how a file was made often knows its label."""


@dataclass(frozen=True, eq=False)
class Media:
    """What was read.

    Attributes:
        kind: image, sound or text.
        frame: ``file`` and ``label``, with ``content`` (the file's bytes) or ``text``.
        remarks: What a person should know about it.
    """

    kind: str
    frame: pd.DataFrame
    remarks: tuple[str, ...]


def read(folder: Path, frame: pd.DataFrame) -> Media:
    """The files that a table of a folder names, read.

    Args:
        folder: Where they lie.
        frame: With their paths in ``file``, as ``journeyman.audit.open_table`` gives it.

    Raises:
        Invalid: they are too much for one table.
    """
    kinds = frame["file"].map(_kind)
    kind = str(kinds.mode().iloc[0])
    chosen = frame[kinds == kind].drop(columns=[one for one in TOLD if one in frame])
    chosen = chosen.reset_index(drop=True)
    files = [folder / one for one in chosen["file"]]
    total = sum(one.stat().st_size for one in files)
    if total > MOST_BYTES:
        raise Invalid(
            f"The files of {folder} are {total / 2**30:.1f} GiB together, and a project holds at "
            f"most {MOST_BYTES >> 30} GiB of them; make them smaller, or start from a table of "
            "features of your own."
        )
    if kind == "text":
        chosen[TEXT] = [one.read_text("utf-8", errors="replace") for one in files]
    else:
        chosen[CONTENT] = [one.read_bytes() for one in files]
    column = TEXT if kind == "text" else CONTENT
    remarks = [f"The {len(chosen):,} files themselves are in the table, in its column {column}."]
    if len(chosen) < len(frame):
        remarks.append(f"{len(frame) - len(chosen):,} files of another kind were left out.")
    return Media(kind, chosen, tuple(remarks))


def hashed(frame: pd.DataFrame) -> pd.DataFrame:
    """The same table with the hash of each file in the place of its bytes, to be compared."""
    if CONTENT not in frame or not isinstance(frame[CONTENT].iloc[0], bytes):
        return frame
    return frame.assign(**{CONTENT: [hashlib.sha256(one).hexdigest() for one in frame[CONTENT]]})


def _kind(name: str) -> str:
    suffix = Path(name).suffix.lower()
    return "image" if suffix in IMAGES else "sound" if suffix in SOUNDS else "text"
