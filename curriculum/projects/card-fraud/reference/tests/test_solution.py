"""The pipeline on made-up payments: no file is needed."""

import numpy as np
import pandas as pd
import pytest

from solution.data import clean, once, parts
from solution.evaluate import cheapest, cost, evaluate, precision_first
from solution.features import COMPONENTS, features
from solution.intervals import interval
from solution.predict import predictions
from solution.train import candidates


@pytest.fixture
def raw_table():
    """600 payments in raw form, one in ten a fraud with a large first component."""
    rng = np.random.default_rng(0)
    table = pd.DataFrame(rng.normal(size=(600, 28)), columns=COMPONENTS)
    table["class"] = (rng.random(600) < 0.1).astype(int)
    table["v1"] += 3 * table["class"]
    table.insert(0, "time", np.linspace(0, 172_792, 600).round())
    table["amount"] = rng.gamma(1.0, 80.0, 600)
    return table


def test_no_test_payment_comes_before_a_training_one():
    time = pd.Series([0, 95_035, 95_036, 120_954, 120_955, 172_792])
    wanted = ["train", "train", "validation", "validation", "test", "test"]
    assert list(parts(time)) == wanted


def test_repeats_are_dropped_where_they_would_be_learnt_twice(raw_table):
    table = clean(pd.concat([raw_table, raw_table.iloc[:5]]))
    assert len(table) == 605
    assert len(once(table)) == 600


def test_the_model_sees_neither_the_outcome_nor_the_clock(raw_table):
    made = features(clean(raw_table))
    assert not {"class", "time", "id", "part"} & set(made)
    assert made["hour"].between(0, 24).all()
    alone = features(clean(raw_table).iloc[[7]])
    pd.testing.assert_frame_equal(alone, made.iloc[[7]])


def test_cost_threshold_and_top_by_hand():
    label, score = np.array([1, 1, 0, 0]), np.array([0.9, 0.04, 0.5, 0.01])
    assert cost(label, score >= 0.3) == 6 + 122
    assert cost(label, score >= cheapest(label, score)) == 6  # a call costs less than a fraud
    assert precision_first(label, score, 2) == 0.5


def test_few_frauds_make_a_wide_interval():
    rng = np.random.default_rng(0)
    label = (np.arange(2000) % 100 == 0).astype(float)
    few = interval(lambda y: y.mean(), label)
    many = interval(lambda y: y.mean(), (rng.random(2000) < 0.5).astype(float))
    assert (few["high"] - few["low"]) / few["value"] > 3 * (many["high"] - many["low"]) / many[
        "value"
    ]


def test_from_raw_rows_to_metrics(raw_table):
    table = clean(raw_table)
    table["part"] = parts(table["time"])
    early, rest = table[table["part"] == "train"], table[table["part"] != "train"]
    model = candidates(0, sample=True)["logistic regression"]
    model.fit(features(early), early["class"])
    scored = predictions(model, rest).assign(baseline=0.5)
    found = evaluate(scored, resamples=20)
    assert found["average_precision"]["part"] == "test"
    assert found["average_precision"]["value"] > 0.5 > found["average_precision_baseline"]["value"]
    assert found["average_precision_gain"]["low"] > 0
    new = clean(raw_table.drop(columns="class"))
    assert list(predictions(model, new)["id"]) == list(range(600))
