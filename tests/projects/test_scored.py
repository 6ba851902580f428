"""Predictions as learners write them."""

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import accuracy_score, f1_score, roc_auc_score

from journeyman.errors import Invalid, NotFound
from journeyman.projects import measured, scored
from journeyman.projects.declared import Declared


def told(**project):
    return Declared(project={"slug": "a", **project})


@pytest.fixture
def write(tmp_path):
    def made(**columns):
        file = tmp_path / "predictions.parquet"
        pd.DataFrame(columns).to_parquet(file)
        return file

    return made


@pytest.fixture
def draw():
    return np.random.default_rng(0)


def test_yes_and_no_in_any_words(write, draw):
    truth = draw.integers(0, 2, 200)
    chance = np.clip(0.4 * truth + 0.6 * draw.random(200), 0, 1)
    words = np.where(truth == 1, "yes", "no")
    for given in (truth, truth.astype(bool), words):
        found = scored.read(write(truth=given, probability=chance), told(metric="auc"))
        (first, *_) = measured.score(found, told(metric="auc"))
        assert first.value == pytest.approx(roc_auc_score(truth, chance))
    flipped = scored.read(write(truth=words, probability=1 - chance), told(positive="no"))
    assert flipped.truth.classes == ("yes", "no")


def test_several_classes_by_their_columns(write, draw):
    truth = draw.choice(["a", "b", "c"], 300)
    raw = draw.random((300, 3)) + 2.0 * (truth[:, None] == np.array(["a", "b", "c"]))
    columns = {f"probability_{name}": raw[:, at] for at, name in enumerate("abc")}
    found = scored.read(write(truth=truth, **columns), told(metric="macro_f1"))
    (first, *rest) = measured.score(found, told(metric="macro_f1"))
    said = np.array(["a", "b", "c"])[raw.argmax(axis=1)]
    assert first.value == pytest.approx(f1_score(truth, said, average="macro"))
    assert {one.name for one in rest} == {"accuracy", "multiclass_log_loss"}


def test_labels_alone(write, draw):
    truth = draw.integers(1, 6, 100)
    said = np.where(draw.random(100) < 0.7, truth, 3)
    found = scored.read(write(label=truth, prediction=said), told(metric="accuracy"))
    assert measured.score(found, told(metric="accuracy"))[0].value == accuracy_score(truth, said)
    with pytest.raises(Invalid, match="needs probabilities"):
        measured.score(found, told(metric="multiclass_log_loss"))


def test_numbers_with_a_baseline(write, draw):
    truth = draw.normal(size=100)
    file = write(truth=truth, prediction=truth + 1, baseline=truth + 2)
    (first, *_) = measured.score(scored.read(file, told()), told(metric="rmse"))
    assert (first.value, first.baseline) == (pytest.approx(1.0), pytest.approx(2.0))


def test_the_most_honest_part_counts(write, draw):
    truth = draw.integers(0, 2, 90)
    part = ["validation"] * 50 + ["test"] * 30 + ["train"] * 10
    file = write(truth=truth, score=draw.random(90), part=part)
    found = scored.read(file, told())
    assert (found.part, len(found)) == ("test", 30)
    assert list(scored.parts(file)) == ["test", "validation"]


def test_rows_of_one_group_are_resampled_together(write, draw):
    group = np.repeat(np.arange(20), 10)
    truth = np.repeat(draw.normal(size=20), 10)
    alone = measured.score(scored.read(write(truth=truth, prediction=0 * truth), told()), told())[0]
    file = write(truth=truth, prediction=0 * truth, group=group)
    grouped = measured.score(scored.read(file, told()), told())[0]
    assert grouped.high - grouped.low > 1.5 * (alone.high - alone.low)


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"probability": [0.1] * 30}, "no column truth"),
        ({"truth": [0, 1, None] * 10, "probability": [0.1] * 30}, "10 rows have no truth"),
        ({"truth": [0, 1] * 15}, "no column probability"),
        ({"truth": [0, 1] * 15, "probability": [0.1, None] * 15}, "row 1 has no finite number"),
        (
            {"truth": ["a", "b", "c"] * 10, "prediction": ["a", "b", "d"] * 10},
            "none of the classes",
        ),
        ({"truth": [], "probability": []}, "no rows"),
        ({"truth": ["a", "b", "c"] * 10, "p_a": [0.1] * 30, "p_b": [0.1] * 30}, "probability_c"),
    ],
)
def test_faults_of_the_file_are_named(write, columns, said):
    with pytest.raises(Invalid, match=said):
        scored.read(write(**columns), told())


def test_an_unknown_metric_is_named(write, draw):
    file = write(truth=draw.integers(0, 2, 50), probability=draw.random(50))
    with pytest.raises(NotFound, match="no metric"):
        measured.score(scored.read(file, told()), told(metric="aucc"))
