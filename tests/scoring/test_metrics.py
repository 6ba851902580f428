"""Each metric against its definition in plain loops, and its weighted form against repeated rows."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from journeyman.errors import NotFound
from journeyman.scoring.metric import Truth
from journeyman.scoring.registry import every, get, names
from tests.scoring import plain

QUICK = settings(max_examples=40, deadline=None)
GRID = st.integers(-20, 20).map(lambda n: n / 4)  # many ties


@st.composite
def labelled(draw, classes=2, value=None):
    """Targets with at least two classes, and something predicted for each."""
    size = draw(st.integers(2, 30))
    target = draw(st.lists(st.integers(0, classes - 1), min_size=size, max_size=size))
    assume(len(set(target)) > 1)
    value = st.integers(0, classes - 1) if value is None else value
    return target, draw(st.lists(value, min_size=size, max_size=size))


@st.composite
def numbers(draw):
    size = draw(st.integers(2, 30))
    target = draw(st.lists(GRID, min_size=size, max_size=size))
    return target, draw(st.lists(GRID, min_size=size, max_size=size))


@st.composite
def grouped(draw):
    size = draw(st.integers(1, 30))
    columns = (st.integers(0, 3), GRID, st.integers(0, 4))
    target, predicted, groups = (
        draw(st.lists(one, min_size=size, max_size=size)) for one in columns
    )
    return target, predicted, [sorted(set(groups)).index(g) for g in groups]


def score(name, target, predicted, groups=None):
    truth = Truth(np.array(target, float), None if groups is None else np.array(groups))
    return get(name).value(truth, np.array(predicted, float))


@pytest.mark.parametrize("name", ["log_loss", "brier"])
@QUICK
@given(labelled(value=st.sampled_from([0.0, 1e-9, 0.1, 0.5, 0.73, 1.0])))
def test_probabilities(name, pair):
    assert score(name, *pair) == pytest.approx(getattr(plain, name)(*pair))


@QUICK
@given(labelled(classes=3, value=st.lists(st.floats(0, 1), min_size=3, max_size=3)))
def test_log_loss_over_several_classes(pair):
    truth = Truth(np.array(pair[0]))
    found = get("multiclass_log_loss").value(truth, np.array(pair[1]))
    assert found == pytest.approx(plain.multiclass_log_loss(*pair))


@pytest.mark.parametrize("name", ["accuracy", "balanced_accuracy", "macro_f1", "qwk"])
@QUICK
@given(labelled(classes=4))
def test_labels(name, pair):
    assert score(name, *pair) == pytest.approx(getattr(plain, name)(*pair))


@QUICK
@given(labelled())
def test_f1(pair):
    assert score("f1", *pair) == pytest.approx(plain.f1(*pair))


@pytest.mark.parametrize("name", ["auc", "average_precision"])
@QUICK
@given(labelled(value=GRID))
def test_order(name, pair):
    assert score(name, *pair) == pytest.approx(getattr(plain, name)(*pair))


@pytest.mark.parametrize("rate", [0.005, 0.1, 0.5])
@QUICK
@given(labelled(value=GRID))
def test_recall_at_a_false_positive_rate(rate, pair):
    assert score(f"recall@fpr={rate}", *pair) == pytest.approx(plain.recall_at(*pair, rate))


@pytest.mark.parametrize(("name", "slow"), [("ndcg", plain.ndcg), ("map", plain.map_at)])
@pytest.mark.parametrize("k", [1, 3, 10])
@QUICK
@given(grouped())
def test_rankings(name, slow, k, rows):
    assert score(f"{name}@{k}", *rows) == pytest.approx(slow(*rows, k))


@pytest.mark.parametrize("name", ["rmse", "mae", "smape"])
@QUICK
@given(numbers())
def test_numbers(name, pair):
    assert score(name, *pair) == pytest.approx(getattr(plain, name)(*pair))


@QUICK
@given(numbers())
def test_numbers_that_need_positive_targets(pair):
    target, predicted = [abs(t) + 0.5 for t in pair[0]], pair[1]
    assert score("mape", target, predicted) == pytest.approx(plain.mape(target, predicted))
    assert score("rmsle", target, predicted) == pytest.approx(plain.rmsle(target, predicted))


@QUICK
@given(numbers())
def test_r2(pair):
    assume(len(set(pair[0])) > 1)
    assert score("r2", *pair) == pytest.approx(plain.r2(*pair))


@QUICK
@given(numbers(), st.floats(0.01, 3))
def test_mase_is_the_error_over_the_naive_forecasts_error(pair, naive):
    truth = Truth(np.array(pair[0]), weights=np.full(len(pair[0]), 1 / naive))
    found = get("mase").value(truth, np.array(pair[1]))
    assert found == pytest.approx(plain.mae(*pair) / naive)


def test_mean_return():
    assert score("mean_return", [0, 0, 0], [200, 180, 250]) == pytest.approx(210)


def sample(metric, seed, size=60):
    """A truth and predictions of the kind that ``metric`` needs."""
    rng = np.random.default_rng(seed)
    groups = np.sort(rng.integers(0, 9, size)) if metric.by_group else None
    if groups is not None:
        groups = np.unique(groups, return_inverse=True)[1]
    binary = rng.integers(0, 2, size)
    binary[:2] = 0, 1
    kinds = {
        "probability": (binary, rng.random(size).round(1)),
        "probabilities": (rng.integers(0, 3, size), rng.dirichlet(np.ones(3), size)),
        "scores": (binary, rng.normal(size=size).round(1)),
        "labels": (binary, rng.integers(0, 2, size)),
        "numbers": (rng.normal(5, 1, size), rng.normal(5, 1, size)),
        "ranking": (rng.integers(0, 3, size), rng.normal(size=size).round(1)),
        "returns": (np.zeros(size), rng.normal(200, 30, size)),
    }
    target, predicted = kinds[metric.needs]
    return Truth(target, groups), predicted


@pytest.mark.parametrize("metric", every(), ids=lambda metric: metric.name)
@pytest.mark.parametrize("seed", range(5))
def test_a_weight_of_two_is_the_row_twice(metric, seed):
    truth, predicted = sample(metric, seed)
    rng = np.random.default_rng(seed + 100)
    units = len(truth) if truth.groups is None else int(truth.groups.max()) + 1
    weights = rng.integers(0, 4, (3, units)).astype(np.uint8)
    weights[:, 0] = 1
    found = metric.spread(truth, predicted)(weights)
    for row, value in zip(weights, found, strict=True):
        assert value == pytest.approx(repeated(metric, truth, predicted, row), rel=1e-4, abs=1e-5)


def repeated(metric, truth, predicted, counts):
    if not metric.by_group:
        rows = np.repeat(np.arange(len(truth)), counts)
        return metric.value(truth.only(rows), predicted[rows])
    rows, groups = [], []
    for group, count in enumerate(counts):
        for _ in range(count):
            here = np.flatnonzero(truth.groups == group)
            rows.append(here)
            groups.append(np.full(len(here), len(groups)))
    rows, groups = np.concatenate(rows), np.concatenate(groups)
    return metric.value(Truth(truth.target[rows], groups), predicted[rows])


@pytest.mark.parametrize("metric", every(), ids=lambda metric: metric.name)
def test_weights_of_one_give_the_score_itself(metric):
    truth, predicted = sample(metric, 3)
    units = len(truth) if truth.groups is None else int(truth.groups.max()) + 1
    found = metric.spread(truth, predicted)(np.ones((1, units), np.uint8))[0]
    assert found == pytest.approx(metric.value(truth, predicted), rel=1e-5)


@pytest.mark.parametrize("metric", every(), ids=lambda metric: metric.name)
def test_better_predictions_score_better(metric):
    truth, predicted = sample(metric, 1)
    best = predicted + 1
    if metric.needs != "returns":
        best = truth.target
        if metric.needs == "probabilities":
            best = np.eye(3)[truth.target]
    assert metric.gain(metric.value(truth, best), metric.value(truth, predicted)) > 0


def test_the_log_loss_of_a_confident_mistake_is_bounded():
    assert score("log_loss", [1, 0], [0.0, 0.0]) == pytest.approx(6.9078, abs=1e-3)


def test_ties_never_help_a_ranking():
    constant = score("ndcg@1", [1, 0, 0, 0], [5, 5, 5, 5], [0, 0, 0, 0])
    assert constant == 0.0


@pytest.mark.parametrize("name", ["AUC", "ndcg", "ndcg@0", "recall@fpr=2", "map@", ""])
def test_an_unknown_metric_names_the_known_ones(name):
    with pytest.raises(NotFound, match="average_precision"):
        get(name)


def test_every_metric_has_a_worked_example():
    assert len(every()) == len(names())
    for metric in every():
        assert "=" in metric.example or "/" in metric.example, metric.name
