"""Every mishap that a file of predictions can suffer, alone and all at once."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journeyman.competitions.entry import load_entry
from journeyman.competitions.validating import Known, positions, validate
from journeyman.errors import NotFound
from tests.competitions.conftest import SAMPLE, SLUG

IDS = pa.array([11, 12, 13, 14, 15])
TEXT = "order,returned\n11,0.1\n12,0.2\n13,0.3\n14,0.4\n15,0.5\n"


@pytest.fixture(scope="module")
def entry():
    return load_entry(SAMPLE / "competitions" / SLUG)


def changed(entry, folder, *lines):
    """The same competition with other lines in its entry."""
    text = (SAMPLE / "competitions" / SLUG / "competition.toml").read_text()
    for old, new in lines:
        assert old in text
        text = text.replace(old, new)
    (folder / "competition.toml").write_text(text)
    return load_entry(folder)


@pytest.fixture
def check(entry, tmp_path):
    def run(data, ids=IDS, classes=(), of=entry, **known):
        file = tmp_path / "given.csv"
        file.write_bytes(data.encode() if isinstance(data, str) else data)
        return validate(file, of, ids, classes, **known)

    return run


def kinds(report):
    return [one.kind for one in report.errors]


def test_a_right_file_comes_back_in_the_order_of_the_test_rows(check):
    report = check("order,returned\n13,0.3\n11,0.1\n15,0.5\n12,0.2\n14,0.4\n")
    assert report.valid
    assert report.given.tolist() == [0.1, 0.2, 0.3, 0.4, 0.5]


@pytest.mark.parametrize(
    ("data", "warning"),
    [
        (b"\xef\xbb\xbf" + TEXT.encode(), None),
        (TEXT.encode("utf-16"), "encoding"),
        (TEXT.encode("utf-16-le"), "encoding"),
        (TEXT.replace("\n", "\r\n").encode(), None),
        (TEXT.replace(",", ";").encode(), "separator"),
        (TEXT.replace(",", "\t").encode(), "separator"),
        (TEXT.replace(",", ";").replace(".", ",").encode(), "decimals"),
        (TEXT.replace("order,returned", '"order","returned"').encode(), None),
        (TEXT.replace("order,returned", " Order , RETURNED").encode(), "column name"),
        (TEXT.replace("1,", "1.0,").replace("2,", "2.0,").encode(), "ids"),
        (TEXT.rstrip("\n").encode(), None),
        (TEXT.replace("\n", "\n\n").encode(), None),
        (("," + TEXT.replace("\n", "\n0,")[:-2]).encode(), "further columns"),
        (TEXT.replace("11,0.1", '11,"0.1"').encode(), None),
        (TEXT.replace("11,0.1", "11, 0.1 ").encode(), None),
        (TEXT.replace("0.1", "1e-1").encode(), None),
    ],
)
def test_ways_of_writing_that_do_no_harm(check, data, warning):
    report = check(data)
    assert report.valid, report.errors
    assert report.given.tolist() == [0.1, 0.2, 0.3, 0.4, 0.5]
    found = {one.kind for one in report.warnings}
    assert (warning in found) if warning else not found, report.warnings


def test_everything_wrong_is_named_at_once_with_its_line(check):
    report = check("order,returned\n11,0.1\n\n12,abc\n99,0.2\n12,0.3\n13,\n14,inf\nx,0.5\n1,2,3\n")
    found = {one.kind: one for one in report.errors}
    assert set(found) == {
        "type", "id", "nan", "infinite", "unknown", "duplicate", "missing", "line"
    }  # fmt: skip
    assert found["type"].lines == (4,)
    assert found["unknown"].lines == (5,)
    assert found["duplicate"].lines == (6,)
    assert found["nan"].lines == (7,)
    assert found["infinite"].lines == (8,)
    assert found["id"].lines == (9,)
    assert found["line"].lines == (10,)
    assert "abc" in found["type"].message
    assert "99" in found["unknown"].message
    assert "15" in found["missing"].message
    assert report.given is None


def test_lines_are_right_in_the_quick_way_of_reading_too(check):
    report = check("order,returned\n11,0.1\n\n\n12,nan\n13,0.3\n14,0.4\n15,0.5\n")
    (error,) = report.errors
    assert (error.kind, error.lines) == ("nan", (5,))


def test_counts_are_whole_and_lines_the_first_few(check):
    ids = pa.array(np.arange(100))
    report = check("order,returned\n" + "".join(f"{n},\n" for n in range(100)), ids)
    (error,) = report.errors
    assert error.count == 100
    assert error.lines == (2, 3, 4, 5, 6)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("", "is empty"),
        ("11,0.1\n12,0.2\n", "lacks the columns 'order', 'returned'"),
        ("order,prediction\n11,0.1\n", "lacks the column 'returned'"),
        ("order,returned,returned\n11,0.1,0.2\n", "stands there 2 times"),
        (b"PK\x03\x04 and so on", "spreadsheet"),
        (b"PAR1 and so on", "damaged Parquet"),
        ("order,returned\n", "5 of 5 ids are missing"),
    ],
)
def test_files_that_are_something_else(check, data, words):
    report = check(data)
    assert not report.valid
    assert words in report.errors[0].message


def test_a_file_that_is_not_there_is_no_error_of_the_file(entry, tmp_path):
    for place in (tmp_path / "nowhere.csv", tmp_path):
        with pytest.raises(NotFound):
            validate(place, entry, IDS)


def test_parquet_names_rows(entry, tmp_path):
    table = pd.DataFrame({"order": [11, 12, 13, 14, 14], "returned": [0.1, 0.2, np.nan, 0.4, 0.5]})
    table.to_parquet(tmp_path / "x.parquet")
    report = validate(tmp_path / "x.parquet", entry, IDS)
    assert {one.kind: one.lines for one in report.errors} == {
        "nan": (3,), "duplicate": (5,), "missing": ()
    }  # fmt: skip


def test_ids_of_text(check):
    ids = pa.array(["a 1", "b", "ü"])
    assert check("order,returned\nü,3\na 1,1\nb,2\n", ids).given.tolist() == [1, 2, 3]
    report = check("order,returned\nü,3\nA 1,1\nb,2\n".encode("latin-1"), ids)
    assert [one.kind for one in report.warnings] == ["encoding"]
    assert kinds(report) == ["unknown", "missing"]


def test_probabilities_lie_between_0_and_1(entry, check, tmp_path):
    brier = changed(entry, tmp_path, ('metric = "auc"', 'metric = "brier"'))
    report = check(TEXT.replace("0.3", "1.3").replace("0.4", "-2"), of=brier)
    (error,) = report.errors
    assert (error.kind, error.count, error.lines) == ("range", 2, (4, 5))
    assert check(TEXT.replace("0.3", "1").replace("0.4", "0"), of=brier).valid


def test_probabilities_of_classes_sum_to_1(entry, check, tmp_path):
    several = changed(
        entry, tmp_path, ('metric = "auc"', 'metric = "multiclass_log_loss"'),
        ('prediction = ["returned"]', 'prediction = ["p_a", "p_b"]'),
        ('task = "binary"', 'task = "multiclass"'),
    )  # fmt: skip
    ids = pa.array([1, 2, 3])
    report = check("order,p_a,p_b\n1,0.4,0.6\n2,0.4,0.4\n3,1.5,-0.5\n", ids, of=several)
    assert {one.kind: one.lines for one in report.errors} == {"sum": (3,), "range": (4,)}
    good = check("p_b,order,p_a\n0.6,1,0.4\n0.5,2,0.5\n0,3,1\n", ids, of=several)
    assert good.given.tolist() == [[0.4, 0.6], [0.5, 0.5], [1.0, 0.0]]


def test_labels_are_those_of_the_solution(entry, check, tmp_path):
    labels = changed(
        entry, tmp_path, ('metric = "auc"', 'metric = "macro_f1"'),
        ('task = "binary"', 'task = "multiclass"'),
    )  # fmt: skip
    ids, classes = pa.array([1, 2, 3]), ("cat", "dog", "3")
    report = check("order,returned\n1,dog\n2, cat\n3,3.0\n", ids, classes, of=labels)
    assert report.given.tolist() == [1, 0, 2]
    report = check("order,returned\n1,Dog\n2,\n3,3\n", ids, classes, of=labels)
    assert [(one.kind, one.lines) for one in report.errors] == [("label", (2, 3))]


def test_constant_predictions_are_a_warning(check):
    report = check("order,returned\n11,1\n12,1\n13,1\n14,1\n15,1\n")
    assert report.valid
    assert [one.kind for one in report.warnings] == ["constant"]


def test_shuffled_predictions_are_a_warning(check):
    ids = pa.array(np.arange(500))
    values = np.random.default_rng(0).random(500).round(6)
    body = "order,returned\n" + "".join(f"{n},{v}\n" for n, v in enumerate(values[::-1]))
    known = Known("the first one", values)
    assert [one.kind for one in check(body, ids, earlier=[known]).warnings] == ["shuffled"]
    assert [one.kind for one in check(body, ids, baseline=known).warnings] == ["shuffled"]
    same = "order,returned\n" + "".join(f"{n},{v}\n" for n, v in enumerate(values))
    assert [one.kind for one in check(same, ids, earlier=[known]).warnings] == ["repeated"]
    assert check(same, ids, baseline=known).warnings == ()


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.binary(max_size=300))
def test_any_bytes_at_all_are_answered_with_a_report(check, data):
    report = check(data)
    assert not report.valid
    report = check(b"order,returned\n11,0.1\n" + data)
    assert report.errors


def test_a_hundred_thousand_bad_lines_are_told_in_one_sentence_each(check):
    ids = pa.array(np.arange(100_000))
    body = "order,returned\n" + "".join(f"{n},x{n}\n" for n in range(100_000))
    (error,) = check(body, ids).errors
    assert error.count == 100_000
    assert len(error.message) < 300


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.integers(-(2**62), 2**62) | st.integers(0, 40), unique=True, min_size=1),
    st.lists(st.none() | st.integers(-(2**62), 2**62) | st.integers(-5, 45)),
)
def test_ids_are_found_wherever_they_lie(ids, found):
    places = {one: n for n, one in enumerate(ids)}
    expected = [places.get(one, -1) for one in found]
    given_ids = pa.array(found, pa.int64())
    assert positions(given_ids, pa.array(ids, pa.int64())).tolist() == expected
    text = pa.array([None if one is None else str(one) for one in found], pa.string())
    assert positions(text, pa.array([str(one) for one in ids])).tolist() == expected
