"""The published table of data sets says what the catalogue says."""

from pathlib import Path

import pytest

from journeyman.data import catalogue, sha256_of

PAGE = (Path(__file__).parents[2] / "docs/reference/datasets.md").read_text()
ROWS = {line.split("`")[1]: line for line in PAGE.splitlines() if line.startswith("| `")}


@pytest.mark.parametrize("dataset", catalogue().values(), ids=lambda dataset: dataset.id)
def test_the_table_agrees_with_the_entry(dataset):
    cells = [cell.strip() for cell in ROWS[dataset.id].strip("|").split("|")]
    counts = "; ".join(f"{table.name} {table.rows:,}" for table in dataset.tables.values())
    assert cells[1] == counts
    assert cells[2] == f"{dataset.download_bytes / 1e6:.1f}"
    assert cells[3:5] == [dataset.licence, dataset.may_ship]
    assert cells[6] == f"`{sha256_of(dataset)[:12]}`"


def test_the_table_has_no_row_too_many():
    assert set(ROWS) == set(catalogue())
