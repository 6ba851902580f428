"""The pipeline on made-up bookings: no file is needed."""

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import roc_auc_score

from solution.data import AFTERWARDS, clean, parts
from solution.evaluate import auc, cheapest, cost, evaluate
from solution.features import CATEGORIES, NUMBERS, features
from solution.intervals import interval
from solution.predict import predictions
from solution.train import candidates


@pytest.fixture
def raw_table():
    """400 bookings in raw form; those made long before are cancelled more often."""
    rng = np.random.default_rng(0)
    rows = 400
    day = pd.Timestamp("2016-06-01") + pd.to_timedelta(rng.integers(0, 400, rows), "D")
    lead = rng.integers(0, 300, rows)
    text = {
        "hotel": ["City Hotel", "Resort Hotel"],
        "meal": ["BB", "HB"],
        "market_segment": ["Direct", "Groups"],
        "distribution_channel": ["Direct", "TA/TO"],
        "reserved_room_type": ["A", "D"],
        "deposit_type": ["No Deposit", "Non Refund"],
        "customer_type": ["Transient", "Group"],
    }
    table = pd.DataFrame({name: rng.choice(words, rows) for name, words in text.items()})
    table["arrival_date_year"] = day.year
    table["arrival_date_month"] = day.strftime("%B")
    table["arrival_date_day_of_month"] = day.day
    table["lead_time"] = lead
    table["adr"] = rng.normal(100, 30, rows)
    table.loc[0, "adr"] = 5400.0
    for name in ("stays_in_weekend_nights", "stays_in_week_nights", "children", "babies"):
        table[name] = rng.integers(0, 3, rows)
    table["adults"] = 2
    for name in NUMBERS[9:]:
        table[name] = rng.integers(0, 2, rows)
    table["agent"] = rng.choice([9.0, 240.0, np.nan], rows)
    table["company"] = np.nan
    for name in AFTERWARDS:
        table[name] = "later"
    table["is_canceled"] = (rng.random(rows) < lead / 300).astype(int)
    return table


def test_what_is_written_afterwards_is_gone(raw_table):
    table = clean(raw_table)
    assert not set(AFTERWARDS) & set(table)
    assert not set(AFTERWARDS) & set(features(table))
    assert list(table["lead_time"]) == list(raw_table["lead_time"])  # the order is kept
    assert table["adr"].max() < 1000


def test_no_test_booking_arrives_before_a_training_one():
    days = pd.Series(pd.date_range("2016-12-30", "2017-04-02"))
    found = pd.Series(parts(days))
    assert list(found.unique()) == ["train", "validation", "test"]
    assert days[found == "train"].max() < days[found == "validation"].min()
    assert days[found == "test"].min() == pd.Timestamp("2017-04-01")


def test_features_of_a_booking_do_not_depend_on_other_bookings(raw_table):
    table = clean(raw_table)
    alone = features(table.iloc[[7]])
    pd.testing.assert_frame_equal(alone, features(table).iloc[[7]])
    assert list(alone.columns) == [*NUMBERS, *CATEGORIES]


def test_cost_and_threshold_by_hand():
    label, score = np.array([1, 1, 0, 0]), np.array([0.9, 0.4, 0.5, 0.1])
    assert cost(label, score >= 0.45) == pytest.approx((110 + 180) / 4)
    assert cost(label, score >= cheapest(label, score)) == pytest.approx(110 / 4)


def test_auc_by_ranks_is_that_of_the_library():
    rng = np.random.default_rng(1)
    label, score = rng.integers(0, 2, 200), rng.integers(0, 9, 200) / 9
    assert auc(label, score) == pytest.approx(roc_auc_score(label, score))


def test_an_interval_over_groups_is_wider_than_over_rows():
    days = np.repeat(np.arange(40), 25)
    label = np.repeat(np.random.default_rng(0).random(40) < 0.5, 25).astype(float)
    rows = interval(lambda y: y.mean(), label)
    grouped = interval(lambda y: y.mean(), label, groups=days)
    assert grouped["low"] < rows["low"] < label.mean() < rows["high"] < grouped["high"]


def test_from_raw_rows_to_metrics(raw_table):
    table = clean(raw_table)
    early, late = table.iloc[:250].assign(part="validation"), table.iloc[250:].assign(part="test")
    model = candidates(0, sample=True)["boosting, 15 leaves"]
    model.fit(features(early), early["is_canceled"])
    scored = predictions(model, pd.concat([early, late])).assign(baseline=0.5)
    assert scored["score"].between(0, 1).all()
    found = evaluate(scored, resamples=20)
    assert found["auc"]["part"] == "test"
    assert found["auc"]["value"] > 0.6
    assert found["auc"]["low"] <= found["auc"]["value"] <= found["auc"]["high"]
    assert found["auc_baseline"]["value"] == 0.5
    assert found["auc_validation"]["value"] > found["auc"]["value"]  # learnt by heart
    alone = evaluate(scored[scored["part"] == "validation"], resamples=20)
    assert alone["auc"]["part"] == "validation"


def test_rows_without_the_outcome_are_scored(raw_table):
    model = candidates(0, sample=True)["logistic regression"]
    table = clean(raw_table)
    model.fit(features(table), table["is_canceled"])
    new = clean(raw_table.drop(columns=["is_canceled", *AFTERWARDS]))
    assert list(predictions(model, new)["id"]) == list(range(len(raw_table)))
