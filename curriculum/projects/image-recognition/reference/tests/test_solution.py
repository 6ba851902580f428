"""The pipeline on made-up pictures: no file is needed."""

import numpy as np
import pandas as pd
import pytest

from solution.data import clean, parts, pixels, twins
from solution.evaluate import CHANCES, accuracy, cheapest, cost, evaluate
from solution.features import features
from solution.predict import predictions
from solution.train import candidates


@pytest.fixture
def raw_table():
    """600 pictures in raw form: a bright bar whose height tells the class, with noise."""
    rng = np.random.default_rng(0)
    label = rng.integers(0, 10, 600)
    dots = rng.integers(0, 60, (600, 28, 28))
    for row, one in enumerate(label):
        dots[row, 2 * one + 2 : 2 * one + 6, 4:24] = 220
    table = pd.DataFrame(
        {"pixels": [one.astype(np.uint8).tobytes() for one in dots], "label": label}
    )
    return table.assign(split=np.where(np.arange(600) < 500, "train", "test"))


def test_dots_come_back_as_grey_levels(raw_table):
    made = pixels(raw_table)
    assert made.shape == (600, 28, 28)
    assert made[0].max() == pytest.approx(220 / 255)


def test_no_picture_is_in_two_parts_and_the_test_is_the_authors(raw_table):
    found = parts(raw_table["split"], raw_table["label"], seed=0)
    assert ((found == "test") == (raw_table["split"] == "test")).all()
    assert (found == "validation").sum() > 50
    assert list(found) == list(parts(raw_table["split"], raw_table["label"], seed=0))


def test_twins_are_counted_across_parts(raw_table):
    table = raw_table.assign(part="train")
    table = pd.concat([table, table.iloc[:3].assign(part="test"), table.iloc[[5]]])
    assert twins(table) == {"equal_an_earlier_one": 4, "across_parts": 3}


def test_edges_know_directions():
    upright, lying = np.zeros((2, 28, 28), np.float32)
    upright[:, 14:], lying[14:, :] = 1, 1
    one, other = features(np.stack([upright, lying]))[:, : 7 * 7 * 8].reshape(2, 49, 8)
    assert one.sum(axis=0).argmax() == 0  # grey levels change across
    assert other.sum(axis=0).argmax() == 4  # they change downwards
    assert np.isfinite(features(np.zeros((1, 28, 28), np.float32))).all()


def test_cost_and_asking_by_hand():
    right, asked = np.array([True, False, False]), np.array([False, False, True])
    assert cost(right, asked) == pytest.approx((1.20 + 0.15) / 3)
    assert accuracy([1, 2], [1, 3]) == 0.5


def test_from_raw_rows_to_metrics(raw_table):
    table = clean(raw_table)
    table["part"] = parts(table["split"], table["label"], 0)
    edges = pd.DataFrame(features(pixels(table)))
    edges.columns = edges.columns.astype(str)
    early, rest = table[table["part"] == "train"], table[table["part"] != "train"]
    model = candidates(0, sample=True)["linear discriminants"]
    model.fit(edges.loc[early.index], early["label"])
    scored = predictions(rest, model.predict_proba(edges.loc[rest.index]), np.zeros(len(rest), int))
    assert np.allclose(scored[CHANCES].sum(axis=1), 1)
    found = evaluate(scored, cheapest(scored), resamples=20)
    assert found["accuracy"]["part"] == "test"
    assert found["accuracy"]["value"] > 0.8 > found["accuracy_baseline"]["value"]
    assert found["accuracy_unasked"]["value"] >= found["accuracy"]["value"]
