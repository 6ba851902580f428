"""A made-up shop, and a project on it whose code is quick because it uses next to no library."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from journeyman.app.projects import Projects
from journeyman.projects import fresh
from journeyman.projects.fresh import Own, Room

SAMPLE = Path(__file__).parent / "sample"

TRAIN = '''
"""Counts returns by colour on the earlier rows and predicts the later ones."""
import argparse, csv, json, os, random
from pathlib import Path

parser = argparse.ArgumentParser()
parser.add_argument("--out", type=Path, required=True)
parser.add_argument("--seed", type=int, default=0)
parser.add_argument("--noise", type=float, default=0.0)
given = parser.parse_args()
rows = list(csv.DictReader((Path(os.environ["DATA_DIR"]) / "data.csv").open()))
for place, row in enumerate(rows):
    row["id"], row["returned"] = place, int(row["returned"])
rows.sort(key=lambda row: row["day"])
cut = int(0.7 * len(rows))
early, late = rows[:cut], rows[cut:]
rates = {}
for colour in {row["colour"] for row in early}:
    same = [row["returned"] for row in early if row["colour"] == colour]
    rates[colour] = (sum(same) + 1) / (len(same) + 2)
draw = random.Random(given.seed)
base = sum(row["returned"] for row in early) / len(early)
with (given.out / "predictions.csv").open("w") as out:
    out.write("id,truth,probability,baseline,colour\\n")
    for row in late:
        chance = rates[row["colour"]] * (1 - given.noise) + given.noise * draw.random()
        out.write(f"{row['id']},{row['returned']},{chance},{base},{row['colour']}\\n")
(given.out / "model.json").write_text(json.dumps(rates))
(given.out / "params.json").write_text(json.dumps({"noise": given.noise}))
'''
PREDICT = '''
"""Says the rate of each row's colour."""
import argparse, json
from pathlib import Path
import pyarrow.parquet as pq


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    rates = json.loads((given.out / "model.json").read_text())
    rows = pq.read_table(given.rows).to_pylist()
    with (given.out / "scored.csv").open("w") as out:
        out.write("probability\\n")
        for row in rows:
            out.write(f"{rates.get(row['colour'], 0.5)}\\n")


if __name__ == "__main__":
    main()
'''
README = (
    """# Which baskets come back?

The shop wants to know, when a basket is ordered, whether it will be sent back, so that it can
ask before it sends. On later baskets the model reaches an AUC of 0.75 (0.70 to 0.80); a baseline
that says the same of every basket has 0.50. """
    + ("It looks at the colour alone. " * 20)
    + """

## Decisions

Counting by colour was kept, because nothing more is in the data.

## What did not work

The price tells nothing.
"""
)
MODEL_CARD = """---
license: apache-2.0
---

# Model card

## Intended use

To ask before sending. Not to refuse anybody.

## Data

Baskets of one year.

## Evaluation

AUC on later baskets.

## Limits

New colours get one half.
"""
DATA_CARD = """---
license: cc0-1.0
---

# Data card

## Origin

Made up.

## Rows and columns

One row a basket: day, colour, price in EUR.

## Known faults

None.

## Split

By day.

## Licence and people

CC0; not about people.
"""


def git(folder: Path, *arguments: str) -> str:
    who = ("-c", "user.name=Ada", "-c", "user.email=ada@localhost", "-c", "commit.gpgsign=false")
    done = subprocess.run(
        ["git", "-C", str(folder), *who, *arguments], check=True, capture_output=True, text=True
    )
    return done.stdout


def baskets(count: int = 400, seed: int = 0) -> pd.DataFrame:
    draw = np.random.default_rng(seed)
    colour = draw.choice(["red", "green", "blue", "grey"], count)
    chance = pd.Series(colour).map({"red": 0.8, "green": 0.5, "blue": 0.3, "grey": 0.1})
    days = pd.date_range("2024-01-01", periods=count, freq="12h")
    return pd.DataFrame({
        "day": days.strftime("%Y-%m-%d %H:%M"),
        "colour": colour,
        "price": draw.normal(30, 5, count).round(2),
        "returned": (draw.random(count) < chance).astype(int),
    })  # fmt: skip


@pytest.fixture(autouse=True)
def bare(monkeypatch):
    """No git settings of this machine, and none of a hook."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", "/dev/null")


@pytest.fixture
def table():
    return baskets()


@pytest.fixture
def shop_csv(tmp_path, table):
    table.to_csv(tmp_path / "baskets.csv", index=False)
    return tmp_path / "baskets.csv"


@pytest.fixture
def projects(app):
    made = Projects(app, roots=[SAMPLE])
    app.__dict__["projects"] = made
    return made


@pytest.fixture
def fetched(monkeypatch, tmp_path, table):
    """The sample's data set, as if it had been fetched."""
    from journeyman import data

    folder = tmp_path / "fetched"
    folder.mkdir()
    table.to_parquet(folder / "baskets.parquet", index=False)
    pd.DataFrame({"colour": ["red"], "code": [1]}).to_parquet(folder / "colours.parquet")

    class Known:
        licence = "CC0"

    monkeypatch.setattr(data, "fetch", lambda *args, **more: folder)
    monkeypatch.setattr(data, "find", lambda *args, **more: Known())
    return folder


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """A project of the learner's own with quick code, committed and all cards written."""
    place = tmp_path_factory.mktemp("made")
    baskets().to_csv(place / "baskets.csv", index=False)
    folder = place / "shop"
    wanted = Own(
        str(place / "baskets.csv"), "returned", split="temporal:day", costs=(1.0, 4.0), slug="shop"
    )
    found = fresh.own(folder, "shop", wanted, Room(place / "holdout", "Ada"))
    raw = folder / "data" / "raw"
    pd.read_parquet(raw / "data.parquet").to_csv(raw / "data.csv", index=False)
    (raw / "data.parquet").unlink()
    for name in ("train", "predict"):
        text = TRAIN if name == "train" else PREDICT
        (folder / "src" / "solution" / f"{name}.py").write_text(text)
    for name in ("data", "features", "config"):
        (folder / "src" / "solution" / f"{name}.py").unlink()
    shutil.rmtree(folder / "tests")
    (folder / "tests").mkdir()
    (folder / "tests" / "test_shop.py").write_text("def test_sum():\n    assert sum([1, 2]) == 3\n")
    (folder / "README.md").write_text(README)
    (folder / "MODEL_CARD.md").write_text(MODEL_CARD)
    (folder / "DATA_CARD.md").write_text(DATA_CARD)
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "Count by colour")
    return place, found


@pytest.fixture
def repo(projects, made, tmp_path):
    """A copy of it, known to the record."""
    place, found = made
    folder = tmp_path / "work" / "shop"
    shutil.copytree(place / "shop", folder)
    shutil.copytree(place / "holdout", projects.home / "shop" / "holdout")
    projects._started(replace(found, folder=folder))
    return folder


def change(folder: Path, name: str, text: str) -> None:
    """Change a file of the project and commit that."""
    (folder / name).write_text(text)
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", f"Change {name}")
