"""The pipeline on made-up flights: no file is needed."""

import numpy as np
import pandas as pd
import pytest

from solution.data import OF_THE_DAY, WEATHER, join, parts
from solution.evaluate import auc, cheapest, cost, evaluate
from solution.features import NUMBERS, WORDS, features
from solution.predict import predictions
from solution.train import candidates


@pytest.fixture
def tables():
    """1,500 flights of a year, late more often after noon; 40 aeroplanes; weather with gaps."""
    rng = np.random.default_rng(0)
    when = pd.Timestamp("2013-01-01") + pd.to_timedelta(
        np.sort(rng.integers(0, 365 * 24, 1500)), "h"
    )
    flights = pd.DataFrame({"id": range(1500), "year": 2013, "month": when.month, "day": when.day})
    flights["sched_dep_time"] = when.hour * 100 + 30
    flights["sched_arr_time"] = (when.hour + 2) % 24 * 100 + 10
    flights["carrier"] = rng.choice(["AA", "MQ"], 1500)
    flights["origin"] = rng.choice(["JFK", "LGA"], 1500)
    flights["dest"] = rng.choice(["BOS", "MIA"], 1500)
    flights["tailnum"] = rng.choice([f"N{number}" for number in range(50)], 1500)
    flights["distance"] = 500
    flights["time_hour"] = when
    flights["late"] = (rng.random(1500) < np.where(when.hour > 12, 0.6, 0.1)).astype(int)
    planes = pd.DataFrame({"tailnum": [f"N{number}" for number in range(40)], "year": 2000})
    planes = planes.assign(type="jet", engines=2, seats=100)
    hours = pd.MultiIndex.from_product([["JFK", "LGA"], when.unique()[:-20]])
    weather = hours.to_frame(index=False, name=["origin", "time_hour"])
    weather[WEATHER] = rng.normal(size=(len(weather), len(WEATHER)))
    return flights, planes, weather


def test_the_joins_keep_every_flight_and_its_place(tables):
    made = join(*tables)
    assert list(made["id"]) == list(range(1500))
    assert made["year"].eq(2013).all()
    assert set(made["built"].dropna()) == {2000}
    assert 0 < made["seats"].isna().mean() < 0.4
    assert made["temp"].isna().any()


def test_a_key_that_is_not_unique_is_an_error(tables):
    flights, planes, weather = tables
    with pytest.raises(pd.errors.MergeError):
        join(flights, pd.concat([planes, planes.iloc[:1]]), weather)


def test_nothing_of_the_day_is_a_feature(tables):
    made = features(join(*tables))
    assert list(made) == [*WORDS, *NUMBERS]
    assert not {*OF_THE_DAY, "late", "tailnum"} & set(made)
    assert made["minutes_planned"].between(0, 24 * 60).all()
    assert made["departure"].iloc[0] == tables[0]["sched_dep_time"].iloc[0] // 100 + 0.5


def test_no_test_flight_leaves_before_a_training_one():
    found = parts(pd.Series(range(1, 13)))
    assert list(found) == ["train"] * 7 + ["validation"] * 2 + ["test"] * 3


def test_measures_by_hand():
    label, score = np.array([1, 1, 0, 0]), np.array([0.9, 0.2, 0.5, 0.1])
    assert auc(label, score) == 0.75
    assert cost(label, score >= 0.3) == (8 + 35) / 4
    assert cost(label, score >= cheapest(label, score)) == 8 / 4


def test_from_joined_rows_to_metrics(tables):
    table = join(*tables)
    table["part"] = parts(table["month"])
    early, rest = table[table["part"] == "train"], table[table["part"] != "train"]
    model = candidates(0, sample=True)["boosting, 8 leaves"]
    model.fit(features(early), early["late"])
    scored = predictions(model, rest).assign(baseline=0.5)
    found = evaluate(scored, resamples=20)
    assert found["auc"]["part"] == "test"
    assert found["auc"]["value"] > 0.65
    assert found["auc_gain"]["low"] > 0
    assert {"auc_month_10", "auc_month_12", "auc_validation"} <= set(found)
    assert "label" not in predictions(model, rest.drop(columns=["late", "part"]))
