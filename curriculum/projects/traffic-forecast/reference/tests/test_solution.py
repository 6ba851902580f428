"""The pipeline on made-up hours: no file is needed."""

import numpy as np
import pandas as pd
import pytest

from solution.data import AHEAD, clean, counts, once, parts
from solution.evaluate import evaluate, mae, plan
from solution.features import features, naive
from solution.predict import predictions, ranges
from solution.train import candidates


@pytest.fixture
def raw_table():
    """Ten weeks of hours in raw form around July 2018, with a gap and an hour that stands twice."""
    when = pd.date_range("2018-05-01", periods=24 * 70, freq="h")
    rng = np.random.default_rng(0)
    wave = 3000 - 2500 * np.cos(2 * np.pi * when.hour / 24) + 500 * (when.day_of_week < 5)
    table = pd.DataFrame({"date_time": when, "traffic_volume": wave + rng.normal(0, 50, len(when))})
    table["holiday"] = np.where(when == "2018-07-04", "Independence Day", None)
    table["temp"] = 280.0
    table = table.drop(index=range(500, 530))
    return pd.concat([table.iloc[:8], table.iloc[7:]], ignore_index=True)


def test_each_hour_once_and_holidays_all_day(raw_table):
    table = once(clean(raw_table))
    assert table["date_time"].is_unique
    assert len(table) == len(raw_table) - 1
    free = table[table["holiday"] != "none"]
    assert len(free) == 24
    assert "temp" not in table


def test_nothing_of_the_last_seven_days_reaches_a_feature(raw_table):
    table = once(clean(raw_table))
    history = counts(table)
    asked = table.iloc[[1200]]
    moment = asked["date_time"].iloc[0]
    changed = history.copy()
    changed[changed.index > moment - pd.Timedelta(hours=AHEAD)] = 1e6
    pd.testing.assert_frame_equal(features(asked, history), features(asked, changed))
    changed[moment - pd.Timedelta(hours=AHEAD)] = 7.0
    assert features(asked, changed)["weeks_before_1"].iloc[0] == 7.0


def test_a_week_before_is_a_week_by_the_clock(raw_table):
    table = once(clean(raw_table))
    found = naive(table, counts(table))
    after_gap = table.index[table["date_time"] == table["date_time"].iloc[700]][0]
    before = table.set_index("date_time")["traffic_volume"]
    week = table["date_time"].iloc[700] - pd.Timedelta(hours=168)
    assert found[after_gap] == before[week]
    assert not np.isnan(found).any()


def test_no_test_hour_comes_before_a_training_one():
    when = pd.Series(pd.date_range("2018-03-31 23:00", "2018-07-01", freq="h"))
    found = pd.Series(parts(when))
    assert list(found.unique()) == ["train", "validation", "test"]
    assert when[found == "test"].min() == pd.Timestamp("2018-07-01")


def test_error_and_plan_by_hand():
    assert mae([100, 200], [90, 240]) == 25
    when = pd.date_range("2018-07-02 06:00", periods=16, freq="h")
    rows = pd.DataFrame({"date_time": when, "label": np.arange(16.0), "light": "day"})
    rows = rows.assign(group="one", up=np.arange(16.0), down=-np.arange(16.0))
    assert plan(rows, "up") == 0 + 1 + 2 + 3
    assert plan(rows, "down") == 12 + 13 + 14 + 15


def test_from_raw_rows_to_metrics(raw_table):
    table = once(clean(raw_table))
    history = counts(table)
    early, late = table.iloc[:1400], table.iloc[1400:]
    model = candidates(0, sample=True)["boosting, 12 leaves"]
    model.fit(features(early, history), early["traffic_volume"])
    forecast = model.predict(features(late, history))
    spread = ranges(late, forecast)
    scored = predictions(late, forecast, history, spread).assign(part="test")
    found = evaluate(scored, usual=100.0, resamples=20)
    assert found["mae"]["value"] < 300
    assert found["mase"]["value"] == pytest.approx(found["mae"]["value"] / 100, abs=1e-4)
    assert found["coverage_of_90"]["value"] > 0.8
    assert (scored["low"] <= scored["high"]).all()
    new = clean(raw_table.drop(columns="traffic_volume"))
    assert np.isfinite(model.predict(features(new, history))).all()
