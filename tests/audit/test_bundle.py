"""Reviewing a project folder: discovery, bad input, and single checks with known numbers."""

import json

import numpy as np
import pandas as pd
import pytest

from journeyman.audit import Bundle, bundle_from, review
from journeyman.audit.bundle.cutoffs import expected_error
from journeyman.audit.bundle.nearness import dimension
from journeyman.errors import Invalid, NotFound


@pytest.fixture
def rng():
    return np.random.default_rng(0)


def test_nothing_to_review_is_one_sentence(tmp_path):
    with pytest.raises(NotFound):
        bundle_from(tmp_path / "none")
    with pytest.raises(Invalid, match="no .py"):
        bundle_from(tmp_path)
    (tmp_path / "train.csv").write_text("a,b\n" + "1,2\n" * 20)
    with pytest.raises(Invalid, match="no column"):
        bundle_from(tmp_path, "z")


def test_target_metric_threshold_and_claims_are_found(tmp_path, rng):
    table = pd.DataFrame(rng.normal(size=(60, 3)), columns=list("abc"))
    table["bought"] = rng.integers(0, 2, 60)
    (tmp_path / "data").mkdir()
    table.iloc[:40].to_csv(tmp_path / "data/train.csv", index=False)
    table.iloc[40:].to_csv(tmp_path / "data/test.csv", index=False)
    pd.DataFrame({"y_true": table["bought"][40:], "y_prob": rng.random(20)}).to_csv(
        tmp_path / "predictions.csv", index=False
    )
    (tmp_path / "metrics.json").write_text(json.dumps({"f1": 0.5, "threshold": 0.37}))
    (tmp_path / "train.py").write_text(
        "import pandas as pd\nfrom sklearn.svm import SVC\ndf = pd.read_csv('data/train.csv')\n"
        "SVC().fit(df.drop(columns='bought'), df['bought'])\n"
    )
    (tmp_path / "README.md").write_text("# Buyers\n\nThe new model beats the old one.\n")
    bundle = bundle_from(tmp_path)
    assert (bundle.target, bundle.metric, bundle.reported, bundle.threshold) == (
        "bought",
        "f1",
        0.5,
        0.37,
    )
    assert list(bundle.predictions.columns) == ["truth", "probability"]
    assert any("beats" in one for one in bundle.claims)


def test_broken_files_in_the_folder_do_not_stop_the_review(tmp_path):
    (tmp_path / "work.py").write_text("x = = 1")
    (tmp_path / "config.json").write_text("{broken")
    (tmp_path / "runs.jsonl").write_text("{broken\n")
    (tmp_path / "model.ipynb").write_text("[]")
    (tmp_path / "pyproject.toml").write_text("[[broken")
    (tmp_path / "round").symlink_to(tmp_path)
    assert {one.kind for one in review(bundle_from(tmp_path))} == {"unreadable-code"}


@pytest.mark.parametrize(
    "table",
    [
        pd.DataFrame({"y": []}),
        pd.DataFrame({"y": [1] * 30}),
        pd.DataFrame({"y": [None] * 30}),
        pd.DataFrame({"a": [np.nan] * 40, "y": [0, 1] * 20}),
        pd.DataFrame({"a": ["x"] * 40, "y": [0, 1] * 20}),
        pd.DataFrame({"a": [np.inf, -np.inf] * 20, "y": [0, 1] * 20}),
        pd.DataFrame({"a": range(40), "y": [f"class {i}" for i in range(40)]}),
        pd.DataFrame({"a": range(40), "y": [0] * 38 + [1] * 2}),
        pd.DataFrame({"when": ["2024-01-01"] * 40, "y": np.arange(40) / 7}),
    ],
)
def test_strange_tables_give_findings_or_nothing(table):
    assert isinstance(review(Bundle(train=table, target="y")), list)
    half = len(table) // 2
    both = Bundle(train=table.iloc[:half], test=table.iloc[half:], target="y")
    assert isinstance(review(both), list)


def test_the_cost_of_a_leak_is_measured(rng):
    table = pd.DataFrame(rng.normal(size=(400, 4)), columns=list("abcd"))
    table["y"] = (table["a"] + rng.normal(size=400) > 0).astype(int)
    table["copy"] = np.where(rng.random(400) < 0.03, 1 - table["y"], table["y"])
    (one,) = review(Bundle(train=table, target="y"))
    assert one.place.columns == ("copy",)
    assert one.numbers["with"] > 0.95
    assert one.numbers["without"] < 0.85


def test_a_strong_honest_feature_is_not_accused(rng):
    size = rng.normal(size=600)
    table = pd.DataFrame(
        {
            "size": size,
            "weight": size + rng.normal(0, 0.3, 600),
            "height": size + rng.normal(0, 0.4, 600),
            "noise": rng.normal(size=600),
        }
    )
    table["y"] = (size + rng.normal(0, 0.15, 600) > 0).astype(int)
    assert review(Bundle(train=table, target="y")) == []


def test_the_dimension_of_a_plane_is_two(rng):
    from sklearn.neighbors import NearestNeighbors

    flat = np.column_stack([rng.random((3_000, 2)), np.zeros(3_000)])
    distances = NearestNeighbors(n_neighbors=20).fit(flat).kneighbors()[0]
    assert 1.8 < dimension(distances) < 2.3


def test_calibration_error_of_true_probabilities_is_small(rng):
    p = rng.random(4_000)
    y = (rng.random(4_000) < p).astype(float)
    assert expected_error(p, y) < 0.02
    assert 0.2 < expected_error(np.full(4_000, 0.9), y) < 0.5


def test_code_and_table_together_find_a_group_leak(rng):
    who = np.repeat(np.arange(80), 6)
    taste = rng.normal(size=80)
    table = pd.DataFrame(
        {
            "user_id": who,
            "a": taste[who] + rng.normal(0, 0.1, 480),
            "b": rng.normal(size=480),
            "y": (rng.random(80) < 0.5).astype(int)[who],
        }
    )
    code = (
        "import pandas as pd\nfrom sklearn.model_selection import train_test_split\n"
        "df = pd.read_csv('t.csv')\n{}"
        "parts = train_test_split(df.drop(columns=['y', 'user_id']), df['y'], random_state=0)\n"
    )
    random = Bundle(train=table, target="y", sources={"a.py": code.format("")})
    found = [one for one in review(random) if one.kind == "group-leak"]
    assert found[0].place.columns == ("user_id",)
    assert found[0].numbers["easy"] > found[0].numbers["honest"]
    assert review(Bundle(train=table, target="y")) == []
