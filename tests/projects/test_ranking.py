"""A hold-out of a ranking: every film is asked, and only rows that can matter are kept."""

import numpy as np
import pandas as pd
import pytest

from journeyman.curriculum import builtin
from journeyman.curriculum.code import load_module
from journeyman.projects import final, holdout
from journeyman.projects.declared import Declared
from journeyman.projects.scored import Predictions
from journeyman.scoring import registry
from journeyman.scoring.evaluation import with_interval
from journeyman.scoring.metric import Truth

FILMS = load_module(builtin.path() / "projects" / "film-recommender" / "holdout.py", "films")
DECLARED = Declared.model_validate(
    {"project": {"slug": "films", "task": "ranking", "target": "seen", "metric": "ndcg@10"}}
)


@pytest.fixture
def ratings():
    rng = np.random.default_rng(0)
    rows = [
        (member, film, 3, when)
        for member in range(12)
        for when, film in enumerate(rng.permutation(80)[:20])
    ]
    return pd.DataFrame(rows, columns=["user_id", "item_id", "rating", "timestamp"])


def test_every_film_that_was_not_rated_is_asked(ratings):
    tables = {"ratings": ratings}
    asked, held = FILMS.asked(tables), FILMS.held(tables)
    films = ratings["item_id"].nunique()
    assert len(asked) == 12 * films - (~held).sum()
    assert asked["seen"].sum() == held.sum()
    known = set(ratings[~held][["user_id", "item_id"]].itertuples(index=False, name=None))
    later = asked[asked["seen"] == 1]
    assert set(later[["user_id", "item_id"]].itertuples(index=False, name=None)) == set(
        ratings[held][["user_id", "item_id"]].itertuples(index=False, name=None)
    )
    assert not known & set(asked[["user_id", "item_id"]].itertuples(index=False, name=None))
    counts = ratings[~held].groupby("item_id").size()
    assert asked.set_index("item_id")["baseline"].to_dict() == {
        film: counts.get(film, 0) for film in asked["item_id"]
    }


def test_labels_and_baseline_are_kept_apart_and_come_back_as_groups(ratings, tmp_path):
    asked = FILMS.asked({"ratings": ratings})
    place = tmp_path / "holdout"
    assert holdout.keep(place, asked, "seen", {"group": "user_id"}, ("baseline",))
    kept = holdout.opened(place)
    assert list(kept.rows) == ["user_id", "item_id"]
    answers = pd.DataFrame({"prediction": np.arange(len(asked), dtype=float), "group": 7})
    found = final._judged(answers, kept, DECLARED)
    assert len(np.unique(found.truth.groups)) == 12
    assert found.baseline.tolist() == asked["baseline"].tolist()


@pytest.mark.parametrize("ties", [False, True])
def test_rows_that_are_left_out_change_no_score(ties):
    rng = np.random.default_rng(1)
    groups = np.repeat(np.arange(9), 400)
    score = rng.normal(size=len(groups)).round(1 if ties else 9)
    truth = Truth((rng.random(len(groups)) < 0.1).astype(float), groups)
    found = Predictions(
        "ranking", truth, None, None, score, None, pd.DataFrame(index=range(len(groups))),
        baseline=rng.normal(size=len(groups)),
    )  # fmt: skip
    small = final.thinned(found)
    assert len(small) < 0.5 * len(found)
    metric = registry.get("ndcg@10")
    for name in ("numbers", "baseline"):
        whole = with_interval(metric, truth, getattr(found, name))
        part = with_interval(metric, small.truth, getattr(small, name))
        assert part.value == pytest.approx(whole.value)
        assert part.error == pytest.approx(whole.error, rel=0.2)  # other draws of the bootstrap
