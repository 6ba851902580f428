"""For whoever writes an entry: what an archive really holds, measured.

``python -m journeyman.data.measure ENTRY.toml ARCHIVE`` reads the archive with the first source of
the entry whose file has that name, and prints the archive's size and hash, and for each table the
rows and the hash of its values. With ``--write`` it puts them into the entry.
"""

from __future__ import annotations

import argparse
import hashlib
import re
from pathlib import Path

from journeyman.data.catalogue import Dataset, Source, read_entry
from journeyman.data.fetching import build
from journeyman.data.values import content_sha256
from journeyman.errors import Invalid


def measured(dataset: Dataset, archive: Path) -> tuple[Source, dict[str, tuple[int, str]]]:
    """The source that ``archive`` belongs to, and rows and hash of each table in it.

    Raises:
        Invalid: no source of the entry has a file of that name.
    """
    for source in dataset.sources:
        if source.file == archive.name:
            found = {}
            for name, table in dataset.tables.items():
                built = build(table, source.reads[name], archive)
                found[name] = (built.num_rows, content_sha256(built))
            return source, found
    raise Invalid(f"No source of {dataset.id!r} names the file {archive.name}.")


def stamped(text: str, found: dict[str, tuple[int, str]], source: Source, archive: Path) -> str:
    """The entry's text with the measured numbers in place of what stood there."""
    for name, (rows, sha256) in found.items():
        head = rf"(\[tables\.{re.escape(name)}\][^\[]*?)"
        text = re.sub(head + r"rows = \d+", rf"\g<1>rows = {rows}", text, count=1)
        text = re.sub(head + r'sha256 = "\w*"', rf'\g<1>sha256 = "{sha256}"', text, count=1)
    start = text.index(f'file = "{source.file}"')
    before, after = text[:start], text[start:]
    content = archive.read_bytes()
    after = re.sub(r"bytes = \d+", f"bytes = {len(content)}", after, count=1)
    if source.sha256:
        digest = hashlib.sha256(content).hexdigest()
        after = re.sub(r'sha256 = "\w*"', f'sha256 = "{digest}"', after, count=1)
    return before + after


def main() -> None:
    """Measure, print, and on request write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("entry", type=Path)
    parser.add_argument("archive", type=Path)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    source, found = measured(read_entry(given.entry), given.archive)
    for name, (rows, sha256) in found.items():
        print(f"{name}: {rows} rows, values {sha256}")  # noqa: T201 - a command for authors
    if given.write:
        text = given.entry.read_text("utf-8")
        given.entry.write_text(stamped(text, found, source, given.archive), "utf-8")


if __name__ == "__main__":
    main()
