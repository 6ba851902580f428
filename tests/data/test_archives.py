import bz2
import gzip
import io
import lzma
import tarfile

import pytest

from journeyman.data.archives import members
from journeyman.errors import Unavailable
from tests.data.conftest import CSV, wheel_of


def tar_of(files, mode="w:gz"):
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode=mode) as tar:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    return made.getvalue()


def deb_of(files, name="data.tar.xz"):
    parts = {"debian-binary": b"2.0\n", "control.tar.xz": b"odd", name: tar_of(files, "w:xz")}
    made = b"!<arch>\n"
    for part, content in parts.items():
        made += f"{part:<16}{0:<12}{0:<6}{0:<6}{100644:<8}{len(content):<10}`\n".encode()
        made += content + b"\n" * (len(content) % 2)
    return made


@pytest.mark.parametrize(
    ("name", "content", "pattern"),
    [
        ("a.whl", wheel_of(CSV), "tiny_data/*.csv"),
        ("a.tgz", tar_of({"package/x.csv": CSV, "package/y.txt": b"y"}), "package/x.csv"),
        ("a.deb", deb_of({"./usr/share/x.csv": CSV}), "usr/share/x.csv"),
        ("a.csv", CSV, ""),
        ("a.csv.gz", gzip.compress(CSV, mtime=0), ""),
        ("b.whl", wheel_of(lzma.compress(CSV)), "*/people.csv"),
        ("c.tar", tar_of({"x.bz2": bz2.compress(CSV)}, "w"), "x.bz2"),
    ],
)
def test_members_of_every_kind_of_archive(tmp_path, name, content, pattern):
    file = tmp_path / name
    file.write_bytes(content)
    assert list(members(file, [pattern]).values()) == [CSV]


@pytest.mark.parametrize(
    "content",
    [
        wheel_of(CSV * 200)[:-40],
        tar_of({"x": CSV * 500})[:90],
        b"not an archive at all",
        deb_of({"x": CSV}, name="data.tar.zst"),
        b"!<arch>\n" + b"x" * 60,
        b"",
    ],
    ids=["cut wheel", "cut tarball", "text", "zstd", "bad header", "empty"],
)
def test_a_broken_archive_is_one_sentence(tmp_path, content):
    file = tmp_path / "a.whl"
    file.write_bytes(content)
    with pytest.raises(Unavailable, match=r"a\.whl is broken .* fetch it again"):
        members(file, ["x"])


def test_a_member_that_is_not_there_is_named(tmp_path):
    file = tmp_path / "a.whl"
    file.write_bytes(wheel_of(CSV))
    with pytest.raises(Unavailable, match="holds no 'other.csv'"):
        members(file, ["other.csv"])
