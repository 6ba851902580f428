"""The prepare step: where code makes the target, others can still learn from, and judge, its table."""

import pandas as pd
import pytest

from journeyman.errors import Invalid
from journeyman.projects import declared, preparing
from journeyman.projects.evaluating import Wanted
from tests.projects.conftest import change

PREPARE = """
import argparse, os
from pathlib import Path
import pandas as pd

parser = argparse.ArgumentParser()
parser.add_argument("--out", type=Path, required=True)
given = parser.parse_args()
with open(Path(os.environ["DATA_DIR"]).parent / "made", "a") as log:
    log.write("x")
table = pd.read_csv(Path(os.environ["DATA_DIR"]) / "data.csv")
table["returned"] = (table.pop("state") == "back").astype(int)
{step}
table.to_parquet(given.out / "prepared.parquet", index=False)
"""


@pytest.fixture
def made_by_code(repo):
    """The shop's repository, with a target that its code makes of a column of words."""

    def make(step=""):
        data = repo / "data" / "raw" / "data.csv"
        table = pd.read_csv(data)
        table["state"] = table.pop("returned").map({0: "kept", 1: "back"})
        table.to_csv(data, index=False)
        train = (repo / "src" / "solution" / "train.py").read_text()
        (repo / "src" / "solution" / "train.py").write_text(
            train.replace('int(row["returned"])', 'int(row["state"] == "back")')
        )
        toml = (repo / "journeyman.toml").read_text()
        line = 'prepare = "python -m solution.prepare --out {out}"\n'
        (repo / "journeyman.toml").write_text(toml.replace("[entry]\n", "[entry]\n" + line))
        change(repo, "src/solution/prepare.py", PREPARE.replace("{step}", step))
        return repo

    return make


def test_slices_and_rivals_see_the_prepared_table(projects, made_by_code):
    repo = made_by_code()
    run = projects.run(repo)
    said = declared.read(repo)
    whole = preparing.main_table(repo, said, run)
    assert set(whole["returned"]) == {0, 1}
    assert "state" in whole  # the raw table, with the target beside
    learnable = preparing.learnable(repo, said, run)
    assert "state" not in learnable
    found, _ = projects.evaluate(repo)
    assert "columns were looked at" in found.parts["Slices"][0]
    log = repo / "data" / "made"
    assert log.read_text() == "x"  # asked three times, made once
    change(repo, "src/solution/more.py", "x = 1\n")
    preparing.learnable(repo, said, run)
    assert log.read_text() == "xx"  # the code may be another now


@pytest.mark.slow
def test_the_house_runs_on_the_prepared_table(projects, made_by_code):
    repo = made_by_code()
    projects.run(repo)
    found, _ = projects.evaluate(repo, wanted=Wanted(house=15))
    assert found.data["against_the_house"]["score"]["rows"] == found.run.main.rows


def test_rows_may_be_named_instead_of_kept_in_order(projects, made_by_code):
    repo = made_by_code('table["id"] = table.index; table = table.iloc[::-1].head(len(table) - 3)')
    run = projects.run(repo)
    found = preparing.learnable(repo, declared.read(repo), run)
    raw = pd.read_csv(repo / "data" / "raw" / "data.csv")
    assert found["price"].tolist()[3:] == raw["price"].tolist()[3:]
    assert found["returned"].isna().tolist() == [True] * 3 + [False] * (len(raw) - 3)
    assert "id" not in found


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ("table = table.head(5)", "writes 5 rows for the"),
        ('table = table.drop(columns="returned")', "no column 'returned'"),
        ('table["id"] = 0', "does not name rows of the main table"),
        (
            "raise ValueError('no such state')",
            "does not come to its end: ValueError: no such state",
        ),
        ("raise SystemExit(0)", "wrote no prepared.parquet"),
    ],
)
def test_a_step_that_fails_is_told(projects, made_by_code, step, said):
    repo = made_by_code(step)
    run = projects.run(repo)
    with pytest.raises(Invalid, match=said):
        preparing.learnable(repo, declared.read(repo), run)
