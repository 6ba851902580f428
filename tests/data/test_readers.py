import io
import json
import struct
import wave

import numpy as np
import pytest
from PIL import Image

from journeyman.data.catalogue import Read
from journeyman.data.readers import read_table
from journeyman.errors import Unavailable


def read(kind, **given):
    plain = {
        "member": "", "labels": "", "split": "", "missing": (), "fill": "", "trim": False,
        "separator": ",", "rename": {},
    }  # fmt: skip
    return Read(format=kind, **{**plain, **given})


def wav_of(samples, channels=1, rate=8000):
    made = io.BytesIO()
    with wave.open(made, "wb") as sound:
        sound.setnchannels(channels)
        sound.setsampwidth(2)
        sound.setframerate(rate)
        sound.writeframes(samples)
    return made.getvalue()


def test_csv_keeps_every_cell_as_text_with_line_breaks_and_tabs():
    made = read_table({"a": b'x\ty\n007\t"two\nlines"\n'}, read("csv", separator="\t"))
    assert made.to_pydict() == {"x": ["007"], "y": ["two\nlines"]}


def test_idx_pictures_with_their_labels():
    images = struct.pack(">iiii", 2051, 2, 1, 2) + bytes([1, 2, 3, 4])
    labels = struct.pack(">ii", 2049, 2) + bytes([7, 9])
    made = read_table({"i": images, "l": labels}, read("idx", member="i", labels="l", split="test"))
    assert made.to_pydict() == {
        "pixels": [b"\x01\x02", b"\x03\x04"], "label": [7, 9], "split": ["test", "test"],
    }  # fmt: skip


def test_sprites_in_name_order_with_their_labels():
    sprite = np.arange(2 * 1024 * 3, dtype=np.uint32).astype(np.uint8).reshape(2, 1024, 3)
    files = {}
    for number in (2, 1):
        made = io.BytesIO()
        Image.fromarray(sprite + np.uint8(number)).save(made, "PNG")
        files[f"b{number}.png"] = made.getvalue()
    files["l.json"] = json.dumps([1, 2, 3, 4]).encode()
    made = read_table(files, read("cifar-png", member="b*.png", labels="l.json", split="train"))
    assert made["pixels"][0].as_py() == (sprite[0] + np.uint8(1)).tobytes()
    assert made["pixels"][2].as_py() == (sprite[0] + np.uint8(2)).tobytes()
    assert made["label"].to_pylist() == [1, 2, 3, 4]


def test_mails_by_folder_and_name():
    made = read_table({"package/data/spam-1/001.ab.txt": b"From: x\n\nhi"}, read("mail"))
    assert made.to_pydict() == {"batch": ["spam-1"], "file": ["001.ab"], "mail": [b"From: x\n\nhi"]}


def test_recordings_by_speaker_digit_and_take():
    files = {f"r/{name}.wav": wav_of(b"\1\0\2\0") for name in ("1_theo_10", "1_theo_9", "0_anna_3")}
    made = read_table(files, read("wav"))
    assert made["take"].to_pylist() == [3, 9, 10]
    assert made["speaker"].to_pylist() == ["anna", "theo", "theo"]
    assert made["samples"][0].as_py() == b"\1\0\2\0"
    assert set(made["rate"].to_pylist()) == {8000}


@pytest.mark.parametrize(
    ("members", "how"),
    [
        ({"a": b"PAR1 is not enough"}, read("parquet", member="a")),
        ({"a": b'x,y\n1\n"2'}, read("csv", member="a")),
        (
            {"i": struct.pack(">iiii", 1, 2, 1, 2), "l": bytes(8)},
            read("idx", member="i", labels="l"),
        ),
        ({"r/1_theo_1.wav": b"RIFF"}, read("wav", member="r/*")),
        ({"r/1_theo_1.wav": wav_of(b"\1\0\2\0", channels=2)}, read("wav", member="r/*")),
    ],
)
def test_content_that_is_not_what_it_says_is_one_sentence(members, how):
    with pytest.raises(Unavailable, match="is no usable") as caught:
        read_table(members, how)
    assert "\n" not in caught.value.message
