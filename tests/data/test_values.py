import hashlib
import struct

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeyman.data.catalogue import Column, Read, Table
from journeyman.data.values import content_sha256, dataset_sha256, normal_form, snake
from journeyman.errors import Unavailable

PLAIN = Read("csv", "", "", "", ("NULL",), "", False, ",", {})


def table(**types):
    columns = tuple(Column(name, kind, "", "says") for name, kind in types.items())
    return Table("t", "says", 1, "", columns)


def texts(**columns):
    return pa.table({name: pa.array(cells, pa.string()) for name, cells in columns.items()})


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("Clothing ID", "clothing_id"),
        ("X1st.Flr.SF", "x1st_flr_sf"),
        ("user_id:token", "user_id_token"),
    ],
)
def test_names_become_snake_case(name, made):
    assert snake(name) == made


def test_cells_become_values_of_their_type():
    raw = texts(
        a=["1", "2.0", "NULL"], b=["1e-3", "", "nan"], c=["x", "", " y"], d=["2020-01-02"] * 3
    )
    made = normal_form(raw, table(a="integer", b="number", c="text", d="time"), PLAIN)
    assert made["a"].to_pylist() == [1, 2, None]
    assert made["b"].to_pylist() == [0.001, None, None]
    assert made["c"].to_pylist() == ["x", None, " y"]
    assert str(made["d"][0].as_py()) == "2020-01-02 00:00:00"


def test_trim_fill_and_rename_belong_to_the_source():
    read = Read("csv", "", "", "", (), "?", True, ",", {"old": "c"})
    made = normal_form(texts(Old=[" x ", ""]), table(c="text"), read)
    assert made["c"].to_pylist() == ["x", "?"]


def test_zones_are_read_as_utc():
    made = normal_form(texts(d=["2013-01-01T10:00:00Z"]), table(d="time"), PLAIN)
    assert str(made["d"][0].as_py()) == "2013-01-01 10:00:00"


@pytest.mark.parametrize(
    ("cells", "kind"), [(["1.5"], "integer"), (["x"], "number"), (["soon"], "time")]
)
def test_what_is_not_of_its_type_is_refused_by_name(cells, kind):
    with pytest.raises(Unavailable, match="'a' of t is not all"):
        normal_form(texts(a=cells), table(a=kind), PLAIN)


def test_a_missing_column_is_named():
    with pytest.raises(Unavailable, match="no column 'a'"):
        normal_form(texts(b=["1"]), table(a="integer"), PLAIN)


def by_hand(rows):
    """The published definition for one integer and one text column, written anew."""
    numbers, words = [row[0] for row in rows], [row[1] for row in rows]
    made = f"{len(rows)}\n".encode() + b"n\0integer\0"
    made += bytes(value is not None for value in numbers)
    made += b"".join(struct.pack("<q", value or 0) for value in numbers)
    made += b"w\0text\0" + bytes(value is not None for value in words)
    coded = [(value or "").encode() for value in words]
    made += b"".join(struct.pack("<q", len(value)) for value in coded) + b"".join(coded)
    return hashlib.sha256(made).hexdigest()


cell = st.tuples(
    st.none() | st.integers(-(2**63), 2**63 - 1),
    st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=5),
)


@given(st.lists(cell, min_size=1, max_size=20))
def test_the_hash_follows_its_published_definition(rows):
    made = pa.table(
        {
            "n": pa.array([row[0] for row in rows], pa.int64()),
            "w": pa.array([row[1] for row in rows], pa.string()),
        }
    )
    assert content_sha256(made) == by_hand(rows)


def test_the_hash_sees_values_order_names_and_gaps_but_not_the_layout():
    plain = pa.table({"a": [1.0, None, 3.0]})
    chunked = pa.table({"a": pa.chunked_array([[1.0], [None, 3.0]])})
    assert content_sha256(plain) == content_sha256(chunked)
    others = [
        pa.table({"a": [1.0, 0.0, 3.0]}),
        pa.table({"a": [3.0, None, 1.0]}),
        pa.table({"b": [1.0, None, 3.0]}),
        pa.table({"a": pa.array([1, None, 3], pa.int64())}),
    ]
    assert len({content_sha256(one) for one in [plain, *others]}) == 5


def test_the_hash_of_a_set_does_not_depend_on_the_order_of_its_tables():
    assert dataset_sha256({"a": "1", "b": "2"}) == dataset_sha256({"b": "2", "a": "1"})
    assert dataset_sha256({"a": "1", "b": "2"}) != dataset_sha256({"a": "2", "b": "1"})
