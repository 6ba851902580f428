"""The pipeline on made-up reviews: no file is needed."""

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import cohen_kappa_score

from solution.data import ABSENT, clean, parts
from solution.evaluate import evaluate, off_by_three, qwk
from solution.features import features
from solution.intervals import interval
from solution.predict import STARS, predictions, stars
from solution.train import candidates, cutoffs

WORDS = {1: "awful returned", 2: "poor", 3: "fine but", 4: "good", 5: "love perfect"}


@pytest.fixture
def raw_table():
    """500 reviews in raw form of 60 articles; the words tell the stars, mostly."""
    rng = np.random.default_rng(0)
    rating = rng.choice(STARS, 500, p=[0.05, 0.1, 0.15, 0.2, 0.5])
    said = np.where(rng.random(500) < 0.9, rating, rng.choice(STARS, 500))
    table = pd.DataFrame(
        {"clothing_id": rng.integers(0, 60, 500), "age": rng.integers(18, 90, 500)}
    )
    table["title"] = np.where(rng.random(500) < 0.2, None, "my dress")
    table["review_text"] = [f"{WORDS[one]} and more words" for one in said]
    table["rating"] = rating
    for name in ABSENT:
        table[name] = rating
    return table


def test_what_a_mail_does_not_bring_is_gone(raw_table):
    table = clean(raw_table)
    assert not set(ABSENT) & set(table)
    assert list(features(table)) == ["title", "review_text"]
    assert table["title"].isna().sum() == 0


def test_an_article_is_in_one_part_and_stays_there():
    articles = pd.Series(np.repeat(np.arange(500), 3))
    found = pd.Series(parts(articles))
    assert found.groupby(articles).nunique().max() == 1
    assert list(parts(articles.iloc[:30])) == list(found.iloc[:30])
    assert set(found) == {"train", "validation", "test"}


def test_kappa_by_hand_and_by_the_library():
    label, given = [1, 3, 5, 5], [2, 3, 5, 4]
    assert qwk(label, given) == pytest.approx(0.875)
    rng = np.random.default_rng(1)
    label, given = rng.integers(1, 6, 300), rng.integers(1, 6, 300)
    assert qwk(label, given) == pytest.approx(cohen_kappa_score(label, given, weights="quadratic"))
    assert off_by_three([1, 5, 3], [4, 4, 3]) == pytest.approx(1 / 3)


def test_cutoffs_undo_a_distortion():
    rng = np.random.default_rng(2)
    label = rng.choice(STARS, 2000, p=[0.05, 0.1, 0.15, 0.2, 0.5])
    expected = 3.5 + 0.4 * (label - 3.5) + rng.normal(0, 0.1, 2000)  # drawn towards the middle
    plain = qwk(label, np.clip(expected.round(), 1, 5))
    assert qwk(label, stars(expected, cutoffs(label, expected))) > plain + 0.05
    assert list(stars([1.0, 2.4, 4.9], [1.5, 2.5, 3.5, 4.5])) == [1, 2, 5]


def test_an_interval_over_articles_holds_the_value(raw_table):
    found = interval(qwk, raw_table["rating"], raw_table["rating"], groups=raw_table["clothing_id"])
    assert found["value"] == found["low"] == 1.0


def test_from_raw_rows_to_metrics(raw_table):
    table = clean(raw_table)
    table["part"] = parts(table["clothing_id"])
    early, rest = table[table["part"] == "train"], table[table["part"] != "train"]
    model = candidates(sample=True)["logistic regression, C=3.0"]
    model.fit(features(early), early["rating"])
    scored = predictions(model, [1.5, 2.5, 3.5, 4.5], rest)
    chances = scored[[f"probability_{one}" for one in STARS]]
    assert np.allclose(chances.sum(axis=1), 1)
    found = evaluate(scored, resamples=20)
    assert found["qwk"]["part"] == "test"
    assert found["qwk"]["value"] > 0.6
    new = clean(raw_table.drop(columns=["rating", *ABSENT]))
    assert list(predictions(model, [1.5, 2.5, 3.5, 4.5], new)["id"]) == list(range(500))
