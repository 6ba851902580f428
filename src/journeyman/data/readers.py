"""Reads each file format into a raw table; ``values.normal_form`` does the rest."""

from __future__ import annotations

import io
import json
import re
import wave
from collections.abc import Callable, Mapping

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from journeyman.data.catalogue import Format, Read
from journeyman.data.pickles import table_of_pickle
from journeyman.errors import Unavailable

_IMAGES, _LABELS = (
    2051,
    2049,
)  # the magic numbers of idx files: unsigned bytes in 3 and 1 dimensions
_MAIL = re.compile(r"(?P<group>[^/]+)/(?P<file>[^/]+)\.txt$")
_SPOKEN = re.compile(r"(?P<digit>\d)_(?P<speaker>[a-z]+)_(?P<take>\d+)\.wav$")


def read_table(members: Mapping[str, bytes], read: Read) -> pa.Table:
    """One part of a table, as it stands in the source.

    Raises:
        Unavailable: the content is not what its format says.
    """
    try:
        return READERS[read.format](members, read)
    except (pa.ArrowException, ValueError, KeyError, EOFError, wave.Error) as error:
        said = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise Unavailable(
            f"{read.member or 'The file'} is no usable {read.format} file: {said}."
        ) from error


def _only(members: Mapping[str, bytes]) -> bytes:
    (content,) = members.values()
    return content


def _csv(members: Mapping[str, bytes], read: Read) -> pa.Table:
    """Every cell as text: the normal form decides what is a number."""
    content = _only(members)
    end = content.find(b"\n")
    delimiter = read.separator
    first = pa.csv.read_csv(
        io.BytesIO(content[: end + 1]), parse_options=pa.csv.ParseOptions(delimiter=delimiter)
    )
    return pa.csv.read_csv(
        io.BytesIO(content),
        read_options=pa.csv.ReadOptions(use_threads=False, block_size=16 << 20),
        parse_options=pa.csv.ParseOptions(delimiter=delimiter, newlines_in_values=True),
        convert_options=pa.csv.ConvertOptions(
            column_types=dict.fromkeys(first.column_names, pa.string()), strings_can_be_null=False
        ),
    )


def _parquet(members: Mapping[str, bytes], read: Read) -> pa.Table:
    del read
    return pq.read_table(pa.BufferReader(_only(members)), use_threads=False)


def _pickle(members: Mapping[str, bytes], read: Read) -> pa.Table:
    del read
    return table_of_pickle(_only(members))


def _idx(members: Mapping[str, bytes], read: Read) -> pa.Table:
    images = _one(members, read.member)
    labels = _one(members, read.labels)
    magic, count, height, width = np.frombuffer(images, ">i4", 4)
    label_magic, label_count = np.frombuffer(labels, ">i4", 2)
    if (magic, label_magic, count) != (_IMAGES, _LABELS, label_count):
        raise ValueError("the headers of images and labels do not fit")
    pixels = np.frombuffer(images, np.uint8, offset=16).reshape(count, height * width)
    return _image_table(pixels, np.frombuffer(labels, np.uint8, offset=8), read.split)


def _cifar_png(members: Mapping[str, bytes], read: Read) -> pa.Table:
    """Sprites: one image a row, its 1,024 pixels side by side, red, green and blue together."""
    from PIL import Image  # noqa: PLC0415 - only this set needs it, and it is slow to import

    sprites = []
    for name in sorted(name for name in members if name.endswith(".png")):
        with Image.open(io.BytesIO(members[name])) as image:
            sprites.append(np.asarray(image, np.uint8).reshape(image.height, -1))
    labels = np.asarray(json.loads(_one(members, read.labels)))
    pixels = np.concatenate(sprites)
    if len(pixels) != len(labels):
        raise ValueError(f"there are {len(pixels)} images but {len(labels)} labels")
    return _image_table(pixels, labels, read.split)


def _image_table(pixels: np.ndarray, labels: np.ndarray, split: str) -> pa.Table:
    return pa.table(
        {
            "pixels": pa.array([row.tobytes() for row in pixels], pa.binary()),
            "label": pa.array(labels.astype(np.int64)),
            "split": pa.array([split] * len(labels), pa.string()),
        }
    )


def _mail(members: Mapping[str, bytes], read: Read) -> pa.Table:
    """One mail a file: its folder, its file name and its raw bytes."""
    del read
    found = [(match, content) for name, content in members.items() if (match := _MAIL.search(name))]
    return pa.table(
        {
            "batch": [match["group"] for match, _ in found],
            "file": [match["file"] for match, _ in found],
            "mail": pa.array([content for _, content in found], pa.binary()),
        }
    )


def _wav(members: Mapping[str, bytes], read: Read) -> pa.Table:
    """One recording a file: what its name says, and its 16-bit samples."""
    del read
    rows = []
    for name, content in members.items():
        match = _SPOKEN.search(name)
        if match is None:
            continue
        with wave.open(io.BytesIO(content)) as sound:
            if (sound.getnchannels(), sound.getsampwidth()) != (1, 2):
                raise ValueError(f"{name} is not mono with 16 bits a sample")
            samples = sound.readframes(sound.getnframes())
        rows.append((match, sound.getframerate(), samples))
    rows.sort(key=lambda row: (row[0]["speaker"], int(row[0]["digit"]), int(row[0]["take"])))
    return pa.table(
        {
            "speaker": [match["speaker"] for match, _, _ in rows],
            "digit": [int(match["digit"]) for match, _, _ in rows],
            "take": [int(match["take"]) for match, _, _ in rows],
            "rate": [rate for _, rate, _ in rows],
            "samples": pa.array([samples for _, _, samples in rows], pa.binary()),
        }
    )


def _one(members: Mapping[str, bytes], name: str) -> bytes:
    return members[name]


READERS: Mapping[Format, Callable[[Mapping[str, bytes], Read], pa.Table]] = {
    "csv": _csv,
    "parquet": _parquet,
    "pickle": _pickle,
    "idx": _idx,
    "cifar-png": _cifar_png,
    "mail": _mail,
    "wav": _wav,
}
