"""Starting a project: the repository, the rows that are kept back, and what is refused."""

import ast
import json
import shutil
import sqlite3
import subprocess
import sys
import tomllib
import wave

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from journeyman.curriculum.project_form import Split
from journeyman.errors import Conflict, Invalid, NotFound, Unavailable
from journeyman.projects import declared, holdout, media, starting, taking
from journeyman.projects.fresh import Own
from tests.projects.conftest import baskets, git


def test_a_guided_project_is_a_repository_that_stands_alone(projects, fetched, tmp_path, table):
    found = projects.new("tiny-shop", tmp_path / "mine")
    folder = found.folder
    assert git(folder, "status", "--porcelain") == ""
    names = set(git(folder, "ls-files").split())
    assert names >= {
        "pyproject.toml", "README.md", "MODEL_CARD.md", "DATA_CARD.md", "BRIEF.md", "EXCELLENT.md",
        "journeyman.toml", "requirements.lock", ".gitignore", ".github/workflows/check.yml",
        "src/solution/data.py", "src/solution/features.py", "src/solution/train.py",
        "src/solution/predict.py", "tests/test_project.py", "notebooks/01-look.ipynb",
    }  # fmt: skip
    assert not any(name.startswith("data/") for name in names)
    for name in names:
        text = (folder / name).read_text()
        assert "{{" not in text
        assert "{%" not in text
        if name.endswith(".py"):
            ast.parse(text)
            assert "journeyman" not in {
                one.names[0].name.split(".")[0]
                for one in ast.walk(ast.parse(text))
                if isinstance(one, ast.Import)
            }
    json.loads((folder / "notebooks" / "01-look.ipynb").read_text())
    tomllib.loads((folder / "pyproject.toml").read_text())
    said = declared.read(folder)
    assert (said.project.metric, said.split.column, said.costs.false_negative) == ("auc", "day", 4)
    assert (folder / "data" / "raw" / "colours.parquet").is_file()


def test_the_latest_rows_are_kept_back_out_of_the_repository(projects, fetched, tmp_path, table):
    found = projects.new("tiny-shop", tmp_path / "mine")
    open_rows = pd.read_parquet(found.folder / "data" / "raw" / "baskets.parquet")
    kept = holdout.opened(projects.home / "tiny-shop" / "holdout")
    assert found.held == len(kept.rows) == 60
    assert len(open_rows) + len(kept.rows) == len(table)
    assert open_rows["day"].max() < kept.rows["day"].min()
    assert "returned" not in kept.rows
    built = projects.built("tiny-shop")
    assert built.version == 2
    assert built.holdout["rows"] == 60
    assert built.holdout["looks"] == []


def test_started_again_the_same_rows_are_kept_back_and_looks_stay(projects, fetched, tmp_path):
    first = projects.new("tiny-shop", tmp_path / "one")
    second = projects.new("tiny-shop", tmp_path / "two")
    assert first.holdout.fingerprint == second.holdout.fingerprint
    (line,) = projects.lines()
    assert line.folder.endswith("two")


@given(
    st.sampled_from(["temporal", "group", "random", "stratified"]),
    st.integers(0, 50),
    st.floats(0.05, 0.4),
)
def test_what_belongs_together_stands_on_one_side(kind, seed, share):
    table = baskets(300, seed)
    table["who"] = np.arange(300) % 30
    table.loc[::7, "returned"] = np.nan
    column = {"temporal": "day", "group": "who"}.get(kind, "")
    held = holdout.carve(table, "returned", Split(kind=kind, column=column, share=share), seed)
    assert not table["returned"][held].isna().any()
    assert 0 < held.sum() <= 0.7 * len(table)
    known = table["returned"].notna()
    if kind == "temporal":
        assert table["day"][held].min() > table["day"][~held & known].max()
    if kind == "group":
        assert not set(table["who"][held]) & set(table["who"][~held & known])


def test_own_data_from_a_csv_advise_their_split(projects, shop_csv, tmp_path):
    found = projects.new_own(tmp_path / "My Shop", Own(str(shop_csv), "returned"))
    assert (found.slug, found.task, found.metric) == ("my-shop", "binary", "auc")
    assert (found.split.kind, found.split.column) == ("temporal", "day")
    assert "baskets.csv" in (found.folder / "README.md").read_text()
    assert str(tmp_path) not in (found.folder / "journeyman.toml").read_text()


def test_own_data_from_a_database(projects, table, tmp_path):
    with sqlite3.connect(tmp_path / "shop.db") as database:
        table.to_sql("baskets", database, index=False)
    source = f"sqlite:///{tmp_path / 'shop.db'}#baskets"
    found = projects.new_own(tmp_path / "sql", Own(source, "price", split="random"))
    assert (found.task, found.metric) == ("regression", "rmse")
    assert "Ridge" in (found.folder / "src" / "solution" / "train.py").read_text()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"target": "back"}, "no column 'back'"),
        ({"target": ""}, "--target"),
        ({"target": "same"}, "nothing to learn"),
        ({"target": "gap"}, "needs 40"),
        ({"target": "many"}, "different values"),
        ({"split": "by time"}, "temporal:COLUMN"),
        ({"split": "group:nobody"}, "no column 'nobody'"),
        ({"split": "temporal:colour"}, "does not read as dates"),
        ({"metric": "rmse2"}, "no metric 'rmse2'"),
    ],
)
def test_what_cannot_be_used_is_refused_in_one_sentence(projects, table, tmp_path, changes, said):
    table["same"], table["gap"] = 1, np.nan
    table["many"] = [f"v{place}" for place in range(len(table))]
    table.to_csv(tmp_path / "b.csv", index=False)
    wanted = {"source": str(tmp_path / "b.csv"), "target": "returned", **changes}
    with pytest.raises((Invalid, NotFound), match=said) as caught:
        projects.new_own(tmp_path / "new", Own(**wanted))
    assert "\n" not in caught.value.message
    assert not (tmp_path / "new").exists()
    assert not list(tmp_path.glob(".new*"))
    assert projects.lines()[-1].slug == "tiny-shop"


def test_few_rows_have_no_hold_out_and_are_told(projects, tmp_path):
    baskets(60).to_csv(tmp_path / "b.csv", index=False)
    found = projects.new_own(tmp_path / "new", Own(str(tmp_path / "b.csv"), "returned"))
    assert (found.held, found.open) == (0, 60)
    assert any("nested" in one for one in found.remarks)


def test_a_folder_that_holds_something_is_not_touched(projects, shop_csv, tmp_path):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "thesis.txt").write_text("years of work")
    with pytest.raises(Conflict, match="nothing of it is touched"):
        projects.new_own(tmp_path / "full", Own(str(shop_csv), "returned"))
    assert (tmp_path / "full" / "thesis.txt").read_text() == "years of work"


def test_a_second_project_of_one_name_is_refused(projects, shop_csv, tmp_path):
    projects.new_own(tmp_path / "shop", Own(str(shop_csv), "returned"))
    with pytest.raises(Conflict, match="--slug"):
        projects.new_own(tmp_path / "other" / "shop", Own(str(shop_csv), "returned"))


def test_without_git_nothing_is_made(projects, shop_csv, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Unavailable, match="git is not installed"):
        projects.new_own(tmp_path / "new", Own(str(shop_csv), "returned"))
    assert not (tmp_path / "new").exists()


def test_the_target_may_be_made_by_code_and_then_no_rows_are_kept(
    projects, fetched, tmp_path, table
):
    table.drop(columns="returned").to_parquet(fetched / "baskets.parquet", index=False)
    found = projects.new("tiny-shop", tmp_path / "mine")
    assert found.held == 0
    assert any("your code makes it" in one for one in found.remarks)


def test_an_entry_may_say_itself_what_is_kept_back(projects, fetched, tmp_path, monkeypatch):
    entry = projects.entry("tiny-shop")
    folder = tmp_path / "entry"
    folder.mkdir()
    (folder / "holdout.py").write_text(
        "def held(tables):\n    return tables['baskets']['price'] > 33\n"
    )
    monkeypatch.setattr(
        type(projects),
        "entry",
        lambda self, slug: entry.model_copy(update={"folder": folder}),
    )
    found = projects.new("tiny-shop", tmp_path / "mine")
    rows = pd.read_parquet(found.folder / "data" / "raw" / "baskets.parquet")
    assert rows["price"].max() <= 33
    (folder / "holdout.py").write_text("def held(tables):\n    return tables['nothing']\n")
    with pytest.raises(Unavailable, match="holdout.py fails"):
        projects.new("tiny-shop", tmp_path / "second")


def test_lost_data_come_back_without_the_rows_that_are_kept(projects, fetched, tmp_path):
    found = projects.new("tiny-shop", tmp_path / "mine")
    file = found.folder / "data" / "raw" / "baskets.parquet"
    before = file.read_bytes()
    file.unlink()
    assert projects.bring_data(found.folder) == found.open
    assert file.read_bytes() == before


def test_the_lock_names_exact_versions():
    text = starting.lock_text()
    assert "scikit-learn==" in text
    from journeyman.projects.surroundings import exact

    assert exact(text)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("target", "metric"), [("returned", "auc"), ("price", "rmse"), ("colour", "macro_f1")]
)
def test_the_first_code_runs_and_its_tests_pass(projects, shop_csv, tmp_path, target, metric):
    found = projects.new_own(tmp_path / "new", Own(str(shop_csv), target))
    run = projects.run(found.folder)
    assert run.state == "done", run.message
    assert run.main.name == metric
    final = projects.final(found.folder)
    assert final.look.number == 1
    assert projects.explain(found.folder).parts["What it leans on"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"],
        cwd=found.folder,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_a_csv_that_is_too_large_is_taken_as_a_sample_and_that_is_told(
    projects, shop_csv, tmp_path, monkeypatch
):
    from journeyman.audit.table import reading

    monkeypatch.setattr(reading, "LARGEST", 1000)
    monkeypatch.setattr(reading, "SAMPLE", 300)
    found = projects.new_own(tmp_path / "new", Own(str(shop_csv), "returned"))
    taken = found.open + found.held
    assert 250 < taken < 350  # every row has the same chance of 300 in 400
    assert any(f"{taken} of 400 rows" in one for one in found.remarks)


def test_an_entry_makes_its_target_and_hides_what_is_known_afterwards(
    projects, fetched, tmp_path, monkeypatch, table
):
    entry = projects.entry("tiny-shop")
    (tmp_path / "entry").mkdir()
    (tmp_path / "entry" / "holdout.py").write_text(
        "AFTERWARDS = ['refund']\n"
        "def target(tables):\n    return (tables['baskets']['refund'] > 0).astype(float)\n"
        "def held(tables):\n    return tables['baskets']['price'] > 30\n"
    )
    table.drop(columns="returned").assign(refund=table["returned"] * 9.5).to_parquet(
        fetched / "baskets.parquet", index=False
    )
    changed = entry.model_copy(update={"folder": tmp_path / "entry"})
    monkeypatch.setattr(type(projects), "entry", lambda self, slug: changed)
    found = projects.new("tiny-shop", tmp_path / "mine")
    kept = holdout.opened(projects.home / "tiny-shop" / "holdout")
    assert set(kept.labels) == {0.0, 1.0}
    assert list(kept.rows.columns) == ["day", "colour", "price"]
    assert found.held == (table["price"] > 30).sum()


def folder_of(kind, place):
    """Thirty small files of each of two labels that a simple model can tell apart."""
    rng = np.random.default_rng(0)
    for label, level in (("low", 60), ("high", 180)):
        (place / label).mkdir(parents=True)
        for at in range(30):
            file = place / label / f"{at:02}"
            if kind == "image":
                pixels = rng.normal(level, 40, (12, 12, 3)).clip(0, 255).astype("uint8")
                Image.fromarray(pixels).save(file.with_suffix(".png"))
            elif kind == "text":
                words = rng.choice(["one", "two", label], 8)
                file.with_suffix(".txt").write_text(" ".join(words))
            else:
                tone = np.sin(np.arange(1600) * level / 200) + rng.normal(0, 0.3, 1600)
                with wave.open(str(file.with_suffix(".wav")), "wb") as sound:
                    sound.setnchannels(1)
                    sound.setsampwidth(2)
                    sound.setframerate(8000)
                    sound.writeframes((tone * 8000).astype("<i2").tobytes())
    return place


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["image", "sound", "text"])
def test_a_folder_of_files_runs_from_the_first_code_to_the_hold_out(projects, tmp_path, kind):
    source = folder_of(kind, tmp_path / "files")
    found = projects.new_own(tmp_path / "project", Own(str(source), "label"))
    assert (found.task, found.split.kind) == ("binary", "stratified")
    assert any("files themselves are in the table" in one for one in found.remarks)
    shutil.rmtree(source)  # the project holds what it needs
    run = projects.run(tmp_path / "project")
    assert run.state == "done", run.message
    assert run.main.value > 0.9
    assert projects.audit(tmp_path / "project").findings is not None
    if found.held:
        assert projects.final(tmp_path / "project").scores[0].value > 0.8


def test_a_folder_of_pictures_becomes_a_table_that_holds_them(tmp_path):
    source = folder_of("image", tmp_path / "files")
    (source / "low" / "00.png").write_bytes(b"no picture")
    (source / "low" / "note.txt").write_text("left out")
    taken = taking.own(str(source), "label")
    assert list(taken.rows) == ["file", "label", "content"]
    assert (taken.media, len(taken.rows)) == ("image", 59)
    assert taken.rows["content"].map(lambda one: one[:4]).eq(b"\x89PNG").all()
    assert any("1 of 61 files: low/00.png" in one for one in taken.remarks)
    assert any("1 files of another kind" in one for one in taken.remarks)


def test_files_that_are_too_much_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(media, "MOST_BYTES", 1000)
    with pytest.raises(Invalid, match="GiB together"):
        taking.own(str(folder_of("image", tmp_path / "files")), "label")
