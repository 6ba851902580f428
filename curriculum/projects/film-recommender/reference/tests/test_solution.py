"""The pipeline on made-up ratings: no file is needed."""

import numpy as np
import pandas as pd
import pytest

from solution.data import clean, grid, parts
from solution.evaluate import evaluate, mean_ndcg, ndcg
from solution.features import popularity, recent
from solution.predict import top
from solution.train import choose, linear, scored


@pytest.fixture
def raw_table():
    """60 members of two tastes, 20 ratings each among the 40 films of their taste, of 120."""
    rng = np.random.default_rng(0)
    rows = []
    for member in range(1, 61):
        films = rng.permutation(40)[:20] + 40 * (member % 2) + 1
        rows += [(member, film, 3, 1000 + at) for at, film in enumerate(films)]
    rows += [(member, 81 + member % 40, 5, 999) for member in range(1, 61)]
    table = pd.DataFrame(rows, columns=["user_id", "item_id", "rating", "timestamp"])
    return table.sample(frac=1.0, random_state=1)


def test_the_test_part_is_the_last_of_each_member(raw_table):
    table = clean(raw_table)
    table["part"] = parts(table)
    times = table.groupby(["user_id", "part"])["timestamp"].agg(["min", "max"]).unstack()
    assert (times["max"]["train"] < times["min"]["validation"]).all()
    assert (times["max"]["validation"] < times["min"]["test"]).all()
    assert (table["part"] == "test").mean() == pytest.approx(0.2, abs=0.03)


def test_ndcg_by_hand_and_ties_in_the_worse_order():
    found = ndcg([1, 1, 1, 2, 2], [1, 0, 1, 0, 1], [0.9, 0.8, 0.7, 0.5, 0.5])
    assert found[0] == pytest.approx((1 + 0.5) / (1 + 1 / np.log2(3)))
    assert found[1] == pytest.approx(1 / np.log2(3))


def test_no_film_is_predicted_from_itself(raw_table):
    members, films = np.unique(raw_table["user_id"]), np.unique(raw_table["item_id"])
    weights = linear(grid(raw_table, members, films), 10.0)
    assert np.diag(weights).max() == np.diag(weights).min() == 0


def test_what_was_rated_last_weighs_most(raw_table):
    table = clean(raw_table)
    members, films = np.unique(table["user_id"]), np.unique(table["item_id"])
    made = recent(table, members, films)
    mine = table[table["user_id"] == 1]
    weights = made[0, np.searchsorted(films, mine["item_id"])]
    assert (np.diff(weights) > 0).all()
    assert weights[-1] == pytest.approx(1.0)
    assert ((made > 0) == (grid(table, members, films) > 0)).all()


def test_taste_beats_popularity_from_ratings_to_metrics(raw_table):
    table = clean(raw_table)
    table["part"] = parts(table)
    members, films = np.unique(table["user_id"]), np.unique(table["item_id"])
    early, late = table[table["part"] == "train"], table[table["part"] == "validation"]
    best, scores = choose(early, late, members, films)
    assert scores[best] > scores["popular films"]
    found = scored(early, late, members, films, best).assign(part="validation")
    assert found["label"].sum() == len(late)
    whole = mean_ndcg(
        popularity(early, members, films), grid(early, members, films), grid(late, members, films)
    )
    made = evaluate(found, resamples=20)
    assert made["ndcg@10_baseline"]["value"] == pytest.approx(whole, abs=1e-4)
    assert made["ndcg@10"]["rows"] == 60


def test_a_list_holds_nothing_that_the_member_rated(raw_table):
    table = clean(raw_table)
    members, films = np.unique(table["user_id"]), np.unique(table["item_id"])
    model = {"members": members, "films": films, "recent": recent(table, members, films)}
    model["weights"] = linear(grid(table, members, films), 10.0)
    found = top(model, 7)
    assert len(found) == 10
    assert not set(found) & set(table.loc[table["user_id"] == 7, "item_id"])
