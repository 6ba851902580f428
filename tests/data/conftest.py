"""A small bank with one data set, and a web made of a dictionary."""

import hashlib
import io
import zipfile

import httpx
import pytest

from journeyman.data.catalogue import read_entry
from journeyman.data.fetching import build
from journeyman.data.values import content_sha256

CSV = b"Name,Size,When\nAnna,1.5,2020-01-02\nBert,NULL,2020-01-03\n,2,2020-01-04\n"
ENTRY = """
id = "tiny"
title = "Three people"
summary = "Three people and their size."
origin = "Made up for the tests."
citation = "Nobody (2020)."
licence = "CC0"
licence_checked = "made here"
may_ship = "yes"
faults = ["one name is missing"]

[tables.people]
says = "One row a person."
rows = 3
sha256 = "{values}"
columns = [
  {{ name = "name", type = "text", says = "Name" }},
  {{ name = "size", type = "number", unit = "m", says = "Size" }},
  {{ name = "when", type = "time", says = "Day" }},
]

[[sources]]
kind = "url"
file = "people.csv"
address = "https://canonical.example/people.csv"
bytes = {csv_bytes}
sha256 = "{csv}"
[[sources.reads.people]]
format = "csv"
missing = ["NULL"]

[[sources]]
kind = "pypi"
package = "tiny-data"
version = "1.0"
file = "tiny_data-1.0-py3-none-any.whl"
bytes = {wheel_bytes}
sha256 = "{wheel}"
[[sources.reads.people]]
format = "csv"
member = "tiny_data/people.csv"
missing = ["NULL"]
"""


def wheel_of(content):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(zipfile.ZipInfo("tiny_data/people.csv"), content)
        archive.writestr(zipfile.ZipInfo("tiny_data/__init__.py"), "raise SystemExit('imported')")
    return made.getvalue()


WHEEL = wheel_of(CSV)


def sha256(content):
    return hashlib.sha256(content).hexdigest()


@pytest.fixture
def bank(tmp_path):
    """A bank whose entry holds true hashes."""
    root = tmp_path / "bank"
    (root / "datasets").mkdir(parents=True)
    file = root / "datasets" / "tiny.toml"
    known = {
        "csv": sha256(CSV),
        "csv_bytes": len(CSV),
        "wheel": sha256(WHEEL),
        "wheel_bytes": len(WHEEL),
    }
    file.write_text(ENTRY.format(values="0" * 64, **known))
    (tmp_path / "people.csv").write_bytes(CSV)
    dataset = read_entry(file)
    table = build(
        dataset.tables["people"], dataset.sources[0].reads["people"], tmp_path / "people.csv"
    )
    file.write_text(ENTRY.format(values=content_sha256(table), **known))
    return root


class Web:
    """Answers from a dictionary of addresses; what is not in it cannot be reached."""

    def __init__(self, files):
        self.files = files
        self.asked = []
        self.client = httpx.Client(transport=httpx.MockTransport(self.answer))

    def answer(self, request):
        self.asked.append(request)
        found = self.files.get(str(request.url))
        if found is None:
            raise httpx.ConnectError("Name or service not known", request=request)
        if callable(found):
            return found(request)
        return whole_or_rest(request, found)


def whole_or_rest(request, content):
    asked = request.headers.get("range")
    if asked is None:
        return sent(200, content)
    start = int(asked.removeprefix("bytes=").rstrip("-"))
    if start >= len(content):
        return httpx.Response(416)
    return sent(206, content[start:])


class Blocks(httpx.SyncByteStream):
    """A body that comes in blocks of 256 KiB."""

    def __init__(self, content):
        self.content = content

    def __iter__(self):
        for start in range(0, len(self.content), 1 << 18):
            yield self.content[start : start + (1 << 18)]


def sent(status, content):
    """An answer whose body is still to come, as from a real server."""
    length = {"content-length": str(len(content))}
    return httpx.Response(status, headers=length, stream=Blocks(content))


@pytest.fixture
def web(monkeypatch):
    """Builds a web; pip is told to use an index of its own."""
    monkeypatch.setenv("PIP_INDEX_URL", "https://index.example/simple/")
    return Web
