"""Monitoring: silence where nothing changed, an alert with column and size where something did."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from journeyman.delivery import export, monitor
from journeyman.delivery.monitoring import ANSWER, Monitor
from journeyman.errors import Invalid, NotFound
from tests.delivery import making

REFERENCE = making.customers(800, 1).drop(columns="left")


def stream(rows=2000, seed=9):
    return making.customers(rows, seed).drop(columns="left")


def test_rows_like_the_reference_raise_no_alert():
    watched = monitor(REFERENCE, stream())
    assert len(watched.windows) == 4
    assert watched.alerts == ()
    assert "No column changed in 2,000 rows" in watched.text()


@pytest.mark.parametrize(
    ("spoil", "column", "says"),
    [
        (lambda t: t.assign(spent=t.spent * 1.6), "spent", "median went from"),
        (lambda t: t.assign(city=t.city.replace("Oslo", "Bern")), "city", "went from"),
        (lambda t: t.assign(city=t.city.replace("Oslo", "Rome")), "city", "went from"),
        (lambda t: t.assign(member=True), "member", "went from"),
        (lambda t: t.assign(spent=t.spent.where(t.index % 2 == 0)), "spent", "missing values from"),
    ],
)
def test_a_change_is_found_with_its_column_and_size(spoil, column, says):
    table = stream()
    table = pd.concat([table.head(1000), spoil(table.tail(1000))], ignore_index=True)
    watched = monitor(REFERENCE, table)
    assert {(at, one.column) for at, one in watched.alerts} == {(3, column), (4, column)}
    assert all(one.psi >= 0.1 and says in one.says for _, one in watched.alerts)
    assert f"Window 3 (rows 1,001 to 1,500): “{column}” changed" in watched.text()


def test_a_sure_but_small_change_is_no_alert():
    rng = np.random.default_rng(0)
    reference = pd.DataFrame({"x": rng.normal(size=20_000)})
    watched = monitor(reference, pd.DataFrame({"x": rng.normal(0.1, 1, 20_000)}), window=20_000)
    (change,) = watched.windows[0].changes
    assert change.p < 1e-10
    assert change.psi < 0.1
    assert watched.alerts == ()


@pytest.mark.slow
def test_false_alarms_stay_below_the_level_however_many_windows_and_columns():
    """With size left out of the rule: 100 streams of 6 windows and 8 columns without change."""
    false = 0
    for seed in range(100):
        rng = np.random.default_rng(seed)
        reference = pd.DataFrame(rng.normal(size=(400, 8)))
        new = pd.DataFrame(rng.normal(size=(600, 8)))
        false += bool(monitor(reference, new, window=100, level=0.1, large=0.0).alerts)
    # 10 are allowed on average; more than 19 of 100 would come by chance in 1 of 500 cases.
    assert false <= 19


def test_the_models_answer_is_watched_and_refused_rows_are_told(tmp_path):
    pipeline, rows = making.leaving()
    export(pipeline, rows, tmp_path / "export")
    new = stream(500)
    quiet = monitor(tmp_path / "export", new, window=500)
    assert ANSWER in {one.column for one in quiet.windows[0].changes}
    assert quiet.alerts == ()
    new["visits"] += 30
    new.loc[7, "city"] = "Paris"
    watched = monitor(tmp_path / "export", new, window=500)
    assert {"visits", ANSWER} <= {one.column for _, one in watched.alerts}
    assert watched.windows[0].unusable == 1
    assert "refuses 1 rows, such as: Row 1, column “city” is “Paris”" in watched.text()


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
def test_a_file_is_a_stream(tmp_path, ending):
    table, file = stream(1100), tmp_path / f"new.{ending}"
    if ending == "csv":
        table.to_csv(file, index=False)
    elif ending == "jsonl":
        table.to_json(file, orient="records", lines=True)
    else:
        table.to_parquet(file)
    watched = monitor(REFERENCE, file)
    assert [one.rows for one in watched.windows] == [500, 500]
    assert watched.left == 100
    whole = monitor(REFERENCE, table)
    for one, other in zip(watched.windows, whole.windows, strict=True):
        assert [c.column for c in one.changes] == [c.column for c in other.changes]
        np.testing.assert_allclose([c.psi for c in one.changes], [c.psi for c in other.changes])


def test_a_monitor_goes_on_where_it_stands():
    watcher = Monitor(REFERENCE)
    table = stream(1000)
    seen = [watcher.see(table.iloc[at : at + 250]) for at in range(0, 1000, 250)]
    assert [(one.number, one.first) for one in seen] == [(1, 0), (2, 250), (3, 500), (4, 750)]


@pytest.mark.parametrize(
    ("call", "error", "said"),
    [
        (lambda p: monitor(REFERENCE, stream().drop(columns="city")), Invalid, "no column “city”"),
        (lambda p: monitor(REFERENCE, stream(90)), Invalid, "90 rows, and a window takes 500"),
        (lambda p: monitor(REFERENCE.head(9), stream()), Invalid, "reference has 9 rows"),
        (lambda p: monitor(REFERENCE, stream(), window=3), Invalid, "at least 50"),
        (lambda p: monitor(REFERENCE, stream(), level=2), Invalid, "between 0 and 1"),
        (lambda p: monitor(REFERENCE, p / "gone.csv"), NotFound, "no file"),
        (lambda p: monitor(p, stream()), NotFound, "no export"),
        (lambda p: monitor(REFERENCE, p / "empty.csv"), Invalid, "cannot be read as rows"),
    ],
)
def test_bad_input_gets_one_sentence(tmp_path, call, error, said):
    (tmp_path / "empty.csv").write_text("")
    with pytest.raises(error, match=said):
        call(tmp_path)
