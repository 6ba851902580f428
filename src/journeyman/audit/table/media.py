"""Folders of images, sounds or texts: what opens, what differs, what is there twice."""

from __future__ import annotations

import hashlib
import warnings
import wave
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from PIL import Image, UnidentifiedImageError

from journeyman.audit.finding import Finding
from journeyman.audit.table.kinds import note
from journeyman.audit.table.table import Table
from journeyman.errors import Invalid

IMAGES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp", ".tif", ".tiff"})
SOUNDS = frozenset({".wav", ".flac", ".mp3", ".ogg"})
TEXTS = frozenset({".txt", ".md", ".html", ".eml"})
MOST = 50_000


@dataclass(frozen=True)
class _File:
    path: Path
    label: str
    size: str
    look: str
    broken: str = ""


def read_folder(folder: Path) -> Table:
    """A table of a folder's media files: file, label (its folder), kind, size and length.

    Raises:
        Invalid: the folder holds no image, sound or text.
    """
    files = sorted(
        one
        for one in folder.rglob("*")
        if one.is_file()
        and one.suffix.lower() in IMAGES | SOUNDS | TEXTS
        and not any(part.startswith(".") for part in one.relative_to(folder).parts)
    )
    if not files:
        raise Invalid(f"{folder} holds no table, image, sound or text that can be audited.")
    seen = [_open(folder, one) for one in files[:MOST]]
    rows = [
        {
            "file": str(one.path),
            "label": one.label,
            "size": one.size,
            "bytes": (folder / one.path).stat().st_size,
        }
        for one in seen
        if not one.broken
    ]
    found = list(_broken(seen))
    found += _copies(seen)
    found += _sizes(seen)
    if len(files) > MOST:
        found.append(
            note(
                "sampled",
                f"The first {MOST:,} of {len(files):,} files were opened.",
                severity="note",
                count=MOST,
            )
        )
    frame = pd.DataFrame(rows, columns=["file", "label", "size", "bytes"])
    if not frame["label"].str.len().any():
        frame = frame.drop(columns="label")
    return Table(frame, folder.name, len(files), tuple(found), f"{len(files):,} files")


def _open(folder: Path, path: Path) -> _File:
    inside = path.relative_to(folder)
    label = inside.parts[-2] if len(inside.parts) > 1 else ""
    try:
        if path.stat().st_size == 0:
            return _File(inside, label, "", "", "it is empty")
        if path.suffix.lower() in IMAGES:
            return _image(path, inside, label)
        if path.suffix.lower() == ".wav":
            return _sound(path, inside, label)
        if path.suffix.lower() in TEXTS:
            data = path.read_bytes()
            text = data.decode("utf-8", errors="replace")
            broken = "it is not UTF-8 text" if "\ufffd" in text else ""
            return _File(
                inside,
                label,
                f"{len(text.split())} words",
                _digest(" ".join(text.casefold().split()).encode()),
                broken,
            )
        return _File(inside, label, "", _digest(path.read_bytes()))
    except (
        OSError,
        UnidentifiedImageError,
        wave.Error,
        EOFError,
        ValueError,
        SyntaxError,
        Image.DecompressionBombError,
        MemoryError,
    ) as error:
        return _File(
            inside, label, "", "", str(error).split("'")[0].strip(" .:") or type(error).__name__
        )


def _image(path: Path, inside: Path, label: str) -> _File:
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            with Image.open(path) as image:
                image.load()
                size = f"{image.width}x{image.height} {image.mode}"
                return _File(inside, label, size, look_of(image))
        except Image.DecompressionBombWarning:
            return _File(inside, label, "", "", "it has too many pixels")


def look_of(image: Image.Image) -> str:
    """A hash of how an image looks: 64 signs of brightness steps (difference hash)."""
    small = np.asarray(image.convert("L").resize((9, 8)), dtype=int)
    bits = (small[:, 1:] > small[:, :-1]).ravel()
    flat = small.std() < 2
    exact = _digest(np.asarray(image.convert("RGB")).tobytes())
    return f"={exact}" if flat else np.packbits(bits).tobytes().hex()


def _sound(path: Path, inside: Path, label: str) -> _File:
    with wave.open(str(path)) as sound:
        frames = sound.readframes(sound.getnframes())
        if len(frames) < sound.getnframes() * sound.getsampwidth() * sound.getnchannels():
            return _File(inside, label, "", "", "it ends too early")
        size = f"{sound.getframerate()} Hz, {sound.getnchannels()} channels"
        silent = not frames.strip(b"\0")
        return _File(inside, label, size, _digest(frames), "it is silent" if silent else "")


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:24]


def _broken(files: list[_File]) -> Iterator[Finding]:
    bad = [one for one in files if one.broken]
    if bad:
        shown = "; ".join(f"{one.path} ({one.broken})" for one in bad[:3])
        yield note(
            "broken-files",
            f"{len(bad)} of {len(files)} files: {shown}.",
            severity="fault",
            count=len(bad),
            file=str(bad[0].path),
            files=[str(one.path) for one in bad[:50]],
        )


def _copies(files: list[_File]) -> Iterator[Finding]:
    alike: dict[str, list[_File]] = defaultdict(list)
    for one in files:
        if one.look:
            alike[one.look].append(one)
    groups = [group for group in alike.values() if len(group) > 1]
    count = sum(len(group) - 1 for group in groups)
    if not count:
        return
    torn = [group for group in groups if len({one.label for one in group}) > 1]
    said = f"; {len(torn)} groups carry different labels" if torn else ""
    shown = " = ".join(str(one.path) for one in (torn or groups)[0][:3])
    yield note(
        "duplicates",
        f"{count} files look or sound the same as another{said}: {shown}.",
        severity="fault" if torn else "warning",
        count=count,
        file=str(groups[0][1].path),
    )


def _sizes(files: list[_File]) -> Iterator[Finding]:
    sizes = Counter(one.size for one in files if one.size and "words" not in one.size)
    if len(sizes) > 1:
        common = ", ".join(f"{size} ({count})" for size, count in sizes.most_common(3))
        yield note(
            "sizes",
            f"{len(sizes)} formats: {common}.",
            severity="note",
            count=sum(sizes.values()) - sizes.most_common(1)[0][1],
        )
