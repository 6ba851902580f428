"""Tables as people keep them become arrays, and what depends on the target stays in its fold."""

import numpy as np
import pandas as pd
import pytest

from journeyman.errors import Invalid
from journeyman.house.encoding import (
    MOST_CLASSES,
    NATIVE,
    Distances,
    TargetMeans,
    Trees,
    _scores,
)
from journeyman.house.reading import Cells, Reader
from tests.house.worlds import messy


def test_every_kind_of_column_is_recognised():
    table, _ = messy()
    roles = {column.name: column.role for column in Reader.of(table).columns}
    assert roles == {
        "colour": "category",
        "size": "number",
        "price": "number",
        "day": "date",
        "text": "text",
        "id": "left out",
        "same": "left out",
        "flag": "number",
    }


def test_reading_keeps_rows_in_place_and_missing_cells_missing():
    table, _ = messy()
    cells = Reader.of(table).read(table)
    assert cells.numbers.shape == (300, 1 + 1 + 5 + 1)
    assert np.array_equal(np.isnan(cells.numbers[:, 0]), table["size"].isna())
    assert np.array_equal(cells.codes[:, 0] == -1, table["colour"].isna())
    part = cells.rows(np.array([5, 3]))
    assert len(part) == 2
    assert part.texts[0] == (table.text[5], table.text[3])


def test_dates_become_parts_that_mean_what_they_say():
    table = pd.DataFrame(
        {"when": pd.to_datetime(["2024-02-29 06:30", "2023-12-31 18:00"]), "x": [1, 2]}
    )
    reader = Reader.of(table)
    row = dict(zip(reader.numbers, reader.read(table).numbers[0], strict=True))
    assert row["when: year"] == 2024
    assert row["when: month"] == 2
    assert row["when: day of the month"] == 29
    assert row["when: weekday"] == 3
    assert row["when: hour"] == 6.5


def test_values_never_seen_are_missing_and_extra_columns_do_not_matter():
    table, _ = messy()
    reader = Reader.of(table)
    changed = table.assign(colour="violet", more=1)[["more", *reversed(table.columns)]]
    assert (reader.read(changed).codes == -1).all()
    assert np.allclose(reader.read(changed).numbers, reader.read(table).numbers, equal_nan=True)


@pytest.mark.parametrize(
    ("table", "says"),
    [
        (pd.DataFrame([[1, 2], [3, 4]], columns=["a", "a"]), "two columns named 'a'"),
        (pd.DataFrame({"a": [1, 1], "b": [None, None]}), "No column varies"),
    ],
)
def test_hopeless_tables_get_one_sentence(table, says):
    with pytest.raises(Invalid, match=says):
        Reader.of(table)


def test_a_missing_column_is_named():
    table, _ = messy()
    with pytest.raises(Invalid, match="first 'size'"):
        Reader.of(table).read(table.drop(columns="size"))


def test_infinite_numbers_count_as_missing():
    table = pd.DataFrame({"a": [1.0, np.inf, 2.0]})
    assert np.isnan(Reader.of(table).read(table).numbers[1, 0])


def test_target_means_of_training_rows_leave_out_the_row_itself():
    # Every row a category of its own: a mean that held the row's own target would give it away.
    rng = np.random.default_rng(0)
    target = rng.normal(size=(200, 1))
    codes = np.arange(200, dtype=np.int32)
    means = TargetMeans(200)
    own = means.fit_rows(codes, target, np.arange(200) % 5)
    assert abs(np.corrcoef(own[:, 0], target[:, 0])[0, 1]) < 0.3
    assert np.corrcoef(means.rows(codes)[:, 0], target[:, 0])[0, 1] > 0.99
    assert np.isclose(means.rows(np.array([-1], dtype=np.int32))[0, 0], target.mean())


def test_normal_scores_go_by_rank_and_share_ties():
    ladder = np.quantile(np.array([0.0] * 50 + list(range(1, 51))), np.linspace(0, 1, 201))
    found = _scores(np.array([0.0, 0.0, 25.0, 1e9]), ladder)
    assert found[0] == found[1]
    assert found[0] < 0 < found[2] < found[3] < 4


@pytest.mark.parametrize("make", [Trees, lambda s: Distances(s, 0, "both")])
def test_codings_give_new_rows_the_same_columns(make):
    table, score = messy()
    reader = Reader.of(table)
    cells = reader.read(table)
    made = make(tuple(len(c.values) for c in reader.categories))
    train, valid = np.arange(200), np.arange(200, 300)
    matrix = made.fit_rows(cells.rows(train), score[train, None])
    assert made.rows(cells.rows(valid)).shape == (100, matrix.shape[1])
    if isinstance(made, Distances):
        assert np.isfinite(matrix).all()
        assert np.isfinite(made.rows(cells.rows(valid))).all()


def test_a_column_that_is_empty_in_a_fold_does_no_harm():
    cells = Cells(np.array([[np.nan, 1.0]] * 10), np.zeros((10, 0), np.int32), ())
    made = Distances((), 0, "both")
    assert np.isfinite(made.fit_rows(cells, np.ones((10, 1)))).all()
    assert np.isfinite(made.rows(Cells(np.array([[3.0, np.nan]]), cells.codes[:1], ()))).all()


@pytest.mark.parametrize("classes", [1, MOST_CLASSES + 1])
def test_a_category_of_very_many_values_is_a_mean_where_there_can_be_one(classes):
    sizes, rng = (3, NATIVE + 1), np.random.default_rng(0)
    codes = np.column_stack([rng.integers(0, size, 600) for size in sizes]).astype(np.int32)
    cells = Cells(rng.normal(size=(600, 1)), codes, ())
    made = Trees(sizes)
    matrix = made.fit_rows(cells, np.eye(classes)[rng.integers(0, classes, 600)])
    means_or_codes = (False, True) if classes == 1 else (True, True)
    assert made.categorical == (False, *means_or_codes)  # the number, then these
    assert made.rows(cells).shape == matrix.shape
