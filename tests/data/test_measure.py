import sys

import pytest

from journeyman.data import measure
from journeyman.data.catalogue import read_entry
from journeyman.errors import Invalid
from tests.data.conftest import CSV, WHEEL, sha256


def test_measured_numbers_replace_those_in_the_entry(bank, tmp_path, monkeypatch, capsys):
    entry, archive = bank / "datasets" / "tiny.toml", tmp_path / "tiny_data-1.0-py3-none-any.whl"
    true = read_entry(entry)
    archive.write_bytes(WHEEL)
    text = entry.read_text().replace(true.tables["people"].sha256, "2" * 64)
    text = text.replace(sha256(WHEEL), "3" * 64).replace("rows = 3", "rows = 7")
    entry.write_text(text)
    monkeypatch.setattr(sys, "argv", ["measure", str(entry), str(archive), "--write"])
    measure.main()
    assert read_entry(entry) == true
    assert true.tables["people"].sha256 in capsys.readouterr().out


def test_a_file_that_no_source_names(bank, tmp_path):
    (tmp_path / "other.csv").write_bytes(CSV)
    with pytest.raises(Invalid, match=r"other\.csv"):
        measure.measured(read_entry(bank / "datasets" / "tiny.toml"), tmp_path / "other.csv")
