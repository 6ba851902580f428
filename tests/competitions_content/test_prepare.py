"""``prepare.py``, the starter and the simplest rung on the real data; needs package registries."""

import subprocess
import sys

import pandas as pd
import pytest

from journeyman.competitions.entry import load_entry
from journeyman.competitions.preparing import check, load_module
from journeyman.curriculum import builtin
from journeyman.data import fetch, tables
from journeyman.errors import Unavailable

ROOT = builtin.path() / "competitions"
NAMES = ["hotel-cancellation", "census-income", "traffic-forecast"]


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return tmp_path_factory.mktemp("data")


def fetched(dataset, store):
    """The tables, once fetched; without a network there is nothing to test here."""
    try:
        return tables(fetch(dataset, store))
    except Unavailable as error:
        if "cannot be reached" in str(error):
            pytest.skip(str(error))
        raise


def later_than_training(made, entry):
    """Whether every test row comes after every training row."""
    column = entry.split.column
    return made["train"][column].max() < made["test"][column].min()


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_a_competition_from_registry_to_submission(name, store, tmp_path):
    entry = load_entry(ROOT / name)
    found = fetched(entry.dataset, store)
    module = load_module(entry.folder / "prepare.py")
    made = module.prepare(found)
    check(entry, made)
    again = module.prepare(tables(store / entry.dataset))
    for part, table in made.items():
        pd.testing.assert_frame_equal(table, again[part])
    if entry.split.kind == "temporal":
        assert later_than_training(made, entry)
    share = (made["solution"]["usage"] == "public").mean()
    assert share == pytest.approx(entry.public_share, abs=0.06)

    for part in ("train", "test"):
        made[part].to_parquet(tmp_path / f"{part}.parquet")
    command = [sys.executable, str(entry.folder / "starter.py"), str(tmp_path)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "submission.csv is written" in done.stdout
    submission = pd.read_csv(tmp_path / "submission.csv")
    assert list(submission.columns) == [entry.id, *entry.prediction]
    assert set(submission[entry.id]) == set(made["solution"][entry.id])
    assert submission.notna().all(axis=None)

    rung = load_module(entry.folder / "house" / "dummy.py")
    predictions = rung.fit_predict(made["train"], made["test"])
    assert list(predictions.columns) == [entry.id, *entry.prediction]
    assert set(predictions[entry.id]) == set(made["solution"][entry.id])


@pytest.mark.slow
def test_people_with_equal_answers_stay_on_one_side(store):
    entry = load_entry(ROOT / "census-income")
    made = load_module(entry.folder / "prepare.py").prepare(fetched(entry.dataset, store))
    answers = [name for name in made["test"].columns if name not in ("id", "fnlwgt")]
    shared = made["train"][answers].merge(made["test"][answers], on=answers)
    assert len(shared) == 0
