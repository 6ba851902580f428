"""The audit of tables: one test for each kind of finding, and for each kind of bad input."""

import json
import sqlite3
import wave
import xml.etree.ElementTree as ET

import duckdb
import numpy as np
import pandas as pd
import pytest
from PIL import Image

from journeyman.audit import audit, open_table
from journeyman.audit.table import databases
from journeyman.audit.table.labels import confident_errors
from journeyman.errors import Invalid, NotFound, Unavailable


def found(frame, **options):
    return {(one.kind, one.place.columns): one for one in audit(frame, **options).findings}


def kinds(frame, **options):
    return {one.kind for one in audit(frame, **options).findings}


@pytest.fixture
def rng():
    return np.random.default_rng(3)


def clean(rng, n=400):
    return pd.DataFrame(
        {
            "size": rng.normal(50, 9, n).round(2),
            "weight": rng.gamma(3, 2, n).round(3),
            "town": rng.choice(["Oslo", "Bergen", "Tromsø"], n),
        }
    )


def test_a_clean_table_gives_nothing(rng):
    assert kinds(clean(rng)) == set()


def test_gaps_alone_together_and_by_target(rng):
    table = clean(rng).assign(y=rng.integers(0, 2, 400), fee=1.0 * rng.integers(1, 99, 400))
    gone = rng.random(400) < 0.2
    table.loc[gone, ["size", "weight"]] = np.nan
    table.loc[(table["y"] == 1) & (rng.random(400) < 0.6), "fee"] = np.nan
    result = found(table, target="y")
    assert result["missing-together", ("size", "weight")].count == gone.sum()
    assert ("missing-by-target", ("fee",)) in result
    assert ("missing-by-target", ("size",)) not in result
    assert result["missing", ("size",)].count == gone.sum()


def test_outliers_and_codes_for_missing(rng):
    table = clean(rng)
    table.loc[7, "size"] = 5_000.0
    table.loc[10:29, "weight"] = -999.0
    result = found(table)
    assert result["outliers", ("size",)].place.rows == (7,)
    assert result["stand-in-values", ("weight",)].count == 20


def test_spellings_case_blanks_and_one_letter(rng):
    table = clean(rng)
    table.loc[:3, "town"] = ["bergen", "Bergen ", "BERGEN", "Bregen"]
    groups = found(table)["categories-inconsistent", ("town",)].numbers["groups"]
    assert {"Bergen", "bergen", "Bergen ", "BERGEN"} in [set(one) for one in groups]
    assert ["Bergen", "Bregen"] in groups


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (
            [f"2024-01-{1 + i % 28:02d}" for i in range(60)]
            + [f"{1 + i % 12}/{1 + i % 28}/2024" for i in range(60)],
            "dates-mixed",
        ),
        ([f"{1 + i % 12:02d}/{1 + i % 12:02d}/2024" for i in range(120)], "dates-as-text"),
        ([str(i) for i in range(100)] + ["broken"] * 20, "mixed-types"),
        ([f"{i}.5 kg" for i in range(60)] + [f"{i * 1000} g" for i in range(60)], "units-mixed"),
        ([f"${i},000" for i in range(120)], "numbers-as-text"),
        ([f"user{i * 7919:09d}" for i in range(120)], "id-like"),
        (["a"] * 120, "constant"),
    ],
)
def test_columns_of_text(values, kind):
    assert kind in kinds(pd.DataFrame({"c": values, "n": np.arange(120) % 7}))


def test_duplicates_near_duplicates_and_equal_columns(rng):
    table = clean(rng, 300)
    table["copy"] = table["size"]
    again = table.iloc[:9]
    near = table.iloc[20:30].assign(town=lambda one: one["town"].str.upper() + " ")
    result = found(pd.concat([table, again, near], ignore_index=True))
    assert result["duplicates", ()].count == 9
    assert result["near-duplicates", ()].count == 10
    assert ("duplicate-columns", ("size", "copy")) in result


def test_time_order_gaps_and_repeats():
    day = list(pd.date_range("2024-01-01", periods=200))
    del day[90:120]
    table = pd.DataFrame({"day": [*day, *day[-5:]], "v": np.arange(175) % 11})
    result = found(table)
    assert result["time-gaps", ("day",)].count == 1
    assert result["time-repeats", ("day",)].count == 5
    assert ("time-order", ("day",)) in found(table.iloc[:170])


def test_repeated_entities(rng):
    table = clean(rng).assign(patient_id=np.repeat([f"p{i}" for i in range(80)], 5))
    assert ("repeated-entities", ("patient_id",)) in found(table)


def test_class_balance_and_one_class(rng):
    table = clean(rng).assign(y=[1] * 12 + [0] * 388, z=1)
    assert ("class-balance", ("y",)) in found(table, target="y")
    assert found(table, target="z")["one-class", ("z",)].severity == "fault"


def test_wrong_labels_are_found_and_random_labels_are_not_accused(rng):
    x = rng.normal(size=(600, 4))
    y = (x[:, 0] + 0.5 * x[:, 1] > 0).astype(int)
    sure = np.flatnonzero(np.abs(x[:, 0] + 0.5 * x[:, 1]) > 1)[:25]
    table = pd.DataFrame(x, columns=list("abcd")).assign(y=y)
    table.loc[sure, "y"] = 1 - table.loc[sure, "y"]
    one = found(table, target="y")["label-quality", ("y",)]
    assert set(one.place.rows) <= set(sure.tolist())
    noise = table.assign(y=rng.integers(0, 2, 600))
    assert "label-quality" not in kinds(noise, target="y")


def test_confident_errors_follow_the_thresholds_of_the_classes():
    chances = np.array([[0.6, 0.4], [0.7, 0.3], [0.4, 0.6], [0.35, 0.65], [0.8, 0.2]])
    assert confident_errors(chances, np.array([0, 0, 1, 1, 1])).tolist() == [False] * 4 + [True]


def test_drift_is_found_and_chance_is_not(rng):
    first, second = clean(rng, 800), clean(rng, 800)
    assert not {one.kind for one in audit(first, against=_table(second)).findings} & {"drift"}
    second["size"] += 6
    second.loc[:20, "town"] = "Bodø"
    result = audit(first, against=_table(second.drop(columns="weight"))).findings
    said = {(one.kind, one.place.columns) for one in result}
    assert {
        ("drift", ("size",)),
        ("drift", ()),
        ("new-categories", ("town",)),
        ("schema", ("weight",)),
    } <= said


def _table(frame):
    from journeyman.audit import Table

    return Table(frame, "second", len(frame))


def test_many_categories(rng):
    table = pd.DataFrame(
        {
            "c": [f"c{i:05d}x" for i in rng.integers(0, 100_000, 120_000)],
            "n": rng.normal(size=120_000),
        }
    )
    assert ("many-categories", ("c",)) in found(table)


def test_cells_that_hold_lists_do_not_stop_it():
    table = pd.DataFrame({"tags": [["a"], ["b"], None, {"k": 1}] * 20, "n": np.arange(80) % 9})
    assert audit(table).read == 80


@pytest.mark.parametrize(
    ("text", "delimiter", "decimal"),
    [
        ("a,b\n1.5,2\n3,4\n", ",", "."),
        ("a;b\n1,5;2\n3,5;4\n", ";", ","),
        ("a\tb\n1\t2\n", "\t", "."),
        ("a|b|c\nx,y|1|2\nz,w|3|4\n", "|", "."),
    ],
)
def test_delimiter_and_decimal_are_found_out(tmp_path, text, delimiter, decimal):
    file = tmp_path / "t.csv"
    file.write_text(text)
    table = open_table(file)
    assert f"delimiter {delimiter!r}" in table.how
    assert f"decimal {decimal!r}" in table.how
    assert pd.api.types.is_numeric_dtype(table.frame["b"])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_encodings(tmp_path, encoding):
    file = tmp_path / "t.csv"
    file.write_text("name,n\nJosé,1\nZoë,2\n", encoding=encoding)
    table = open_table(file)
    assert list(table.frame["name"]) == ["José", "Zoë"]
    assert list(table.frame.columns) == ["name", "n"]


def test_mixed_encodings_ragged_rows_and_duplicate_names_are_findings(tmp_path):
    file = tmp_path / "t.csv"
    file.write_bytes(
        "name,n,n\nJosé,1,2\n".encode() + "Zoë,2,3\n".encode("cp1252") + b"x,1\ny,2,2\n"
    )
    table = open_table(file)
    assert {one.kind for one in table.found} == {"encoding-mixed", "duplicate-names", "ragged-rows"}
    assert "Zoë" in list(table.frame["name"])
    assert list(table.frame.columns) == ["name", "n", "n (2)"]


def test_quoted_newlines_and_a_heading_alone(tmp_path):
    file = tmp_path / "t.csv"
    file.write_text('a,b\n"two\nlines",1\nx,2\n')
    assert len(open_table(file).frame) == 2
    file.write_text("a,b\n")
    assert [one.kind for one in audit(open_table(file)).findings] == ["empty"]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("empty.csv", b""),
        ("blank.csv", b"\n\n \n"),
        ("zero.csv", b"\0\0\0\1\2"),
        ("no.parquet", b"PAR1 but not really"),
    ],
)
def test_what_is_no_table_is_one_sentence(tmp_path, name, data):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(Invalid) as said:
        open_table(tmp_path / name)
    assert said.value.message.endswith(".")
    assert "\n" not in said.value.message


def test_missing_file_wrong_target_and_several_tables(tmp_path):
    with pytest.raises(NotFound):
        open_table(tmp_path / "none.csv")
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text("x,y\n1,2\n")
    with pytest.raises(Invalid, match="several tables"):
        open_table(tmp_path)
    with pytest.raises(Invalid, match="no column"):
        audit(open_table(tmp_path / "a.csv"), target="z")


def test_sampling_a_huge_csv(tmp_path, monkeypatch, rng):
    from journeyman.audit.table import reading

    monkeypatch.setattr(reading, "LARGEST", 1_000)
    monkeypatch.setattr(reading, "SAMPLE", 50)
    file = tmp_path / "huge.csv"
    clean(rng).to_csv(file, index=False)
    table = open_table(file)
    assert table.rows == 400
    assert 20 < len(table.frame) < 100  # every row has the same chance of 50 in 400
    assert f"{len(table.frame)} of 400 rows" in table.found[0].what
    assert [one.kind for one in table.found] == ["sampled"]
    assert pd.api.types.is_numeric_dtype(table.frame["size"])


def test_a_sample_with_a_row_beyond_a_block_is_read(tmp_path, monkeypatch):
    from journeyman.audit.table import reading

    file = tmp_path / "huge.csv"
    said = [*["short"] * 300, "long " * 5_000]
    pd.DataFrame({"said": said, "n": range(301)}).to_csv(file, index=False)
    monkeypatch.setattr(reading, "LARGEST", 1_000)
    monkeypatch.setattr(reading, "BLOCK", 2_000)
    found = open_table(file).frame
    assert sorted(found["said"].str.len()) == sorted(map(len, said))
    assert found["n"].sum() == sum(range(301))


@pytest.mark.parametrize("decimal", [".", ","])
def test_a_sample_has_the_types_of_the_whole(tmp_path, monkeypatch, rng, decimal):
    from journeyman.audit.table import reading

    frame = pd.DataFrame({
        "day": pd.date_range("2026-01-01", periods=300).astype(str),
        "price": rng.normal(size=300).round(2),
        "count": np.where(rng.random(300) < 0.1, np.nan, 3),
        "said": ['two\nlines, "quoted"; é', "NA", "x"] * 100,
    })  # fmt: skip
    file = tmp_path / "huge.csv"
    delimiter = ";" if decimal == "," else ","
    frame.to_csv(file, index=False, sep=delimiter, decimal=decimal)
    whole = open_table(file).frame
    monkeypatch.setattr(reading, "LARGEST", 1_000)
    monkeypatch.setattr(reading, "SAMPLE", 1_000)
    sample = open_table(file).frame.sort_values("day", ignore_index=True)
    pd.testing.assert_frame_equal(sample, whole)


def test_databases_draw_nothing_on_standard_output():
    with databases.opened() as database:
        shown = database.execute("SELECT current_setting('enable_progress_bar')").fetchone()
    assert shown == (False,)


def test_databases(tmp_path, rng):
    lite = sqlite3.connect(tmp_path / "a.db")
    clean(rng).to_sql("rows", lite, index=False)
    lite.close()
    assert open_table(f"sqlite:///{tmp_path / 'a.db'}").rows == 400
    assert open_table(tmp_path / "a.db").rows == 400
    with pytest.raises(Invalid, match="rows"):
        open_table(f"sqlite:///{tmp_path / 'a.db'}#other")
    duck = duckdb.connect(str(tmp_path / "b.duckdb"))
    duck.execute("CREATE TABLE t AS SELECT range AS i FROM range(30)")
    duck.close()
    assert open_table(f"duckdb:///{tmp_path / 'b.duckdb'}#t").rows == 30
    with pytest.raises(NotFound):
        open_table(f"duckdb:///{tmp_path / 'none.duckdb'}")
    with pytest.raises((Unavailable, Invalid)) as said:
        open_table("postgresql://me:secret@127.0.0.1:1/none#t")
    assert "secret" not in said.value.message


def test_a_folder_of_images_sounds_and_texts(tmp_path, rng):
    for label in ("cat", "dog"):
        (tmp_path / label).mkdir()
        for at in range(3):
            pixels = rng.integers(0, 255, (32, 32, 3), dtype=np.uint8)
            Image.fromarray(pixels).save(tmp_path / label / f"{at}.png")
    (tmp_path / "dog" / "copy.png").write_bytes((tmp_path / "cat" / "0.png").read_bytes())
    (tmp_path / "cat" / "broken.png").write_bytes((tmp_path / "cat" / "0.png").read_bytes()[:90])
    (tmp_path / "cat" / "empty.jpg").write_bytes(b"")
    with wave.open(str(tmp_path / "dog" / "a.wav"), "wb") as sound:
        sound.setparams((1, 2, 8000, 0, "NONE", ""))
        sound.writeframes(rng.integers(-99, 99, 800, dtype=np.int16).tobytes())
    (tmp_path / "dog" / "b.wav").write_bytes(b"RIFF")
    (tmp_path / "dog" / "t.txt").write_text("words and words")
    result = {one.kind: one for one in audit(open_table(tmp_path)).findings}
    assert result["broken-files"].count == 3
    assert result["duplicates"].severity == "fault"
    assert "different labels" in result["duplicates"].what


def test_the_drawing_is_a_picture_with_labelled_axes_and_the_report_is_json(rng):
    report = audit(clean(rng).assign(y=rng.integers(0, 2, 400)), target="y")
    tree = ET.fromstring(report.svg())
    assert tree.tag.endswith("svg")
    assert "missing, % of rows" in report.svg()
    assert json.loads(json.dumps(report.to_json()))["rows"] == 400
    assert "400 rows, 4 columns" in report.text()
