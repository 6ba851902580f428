"""The bootstrap against closed forms, and pairs, ties and rungs."""

import math

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from journeyman.scoring import ranking, resampling
from journeyman.scoring.metric import Truth
from journeyman.scoring.registry import get
from journeyman.scoring.resampling import Paired, delong_error, interval, paired, replicates
from journeyman.scoring.ties import rungs, tie_groups


def binary(rows=4000, seed=0, strength=1.0):
    rng = np.random.default_rng(seed)
    target = (rng.random(rows) < 0.3).astype(int)
    return Truth(target), strength * target + rng.normal(size=rows)


def test_the_bootstrap_of_auc_agrees_with_delong():
    truth, given = binary()
    draws = replicates(get("auc"), truth, given, seed=1)
    assert draws.std(ddof=1) == pytest.approx(delong_error(truth, given), rel=0.12)
    assert np.mean(draws) == pytest.approx(roc_auc_score(truth.target, given), abs=0.002)


def test_the_quick_bootstrap_of_auc_agrees_with_the_exact_one(monkeypatch):
    truth, given = binary(rows=3000)
    given = given.round(1)
    exact = replicates(get("auc"), truth, given, seed=1)
    monkeypatch.setattr(ranking, "MANY_ROWS", 100)
    quick = replicates(get("auc"), truth, given, seed=1)
    assert np.abs(quick - exact).max() < 0.1 * exact.std()
    assert quick.std() == pytest.approx(exact.std(), rel=0.02)


def test_the_bootstrap_of_a_mean_agrees_with_the_textbook():
    rng = np.random.default_rng(1)
    truth, given = Truth(rng.normal(size=3000)), rng.normal(size=3000)
    draws = replicates(get("mae"), truth, given, seed=1)
    errors = np.abs(truth.target - given)
    assert draws.std(ddof=1) == pytest.approx(errors.std() / math.sqrt(3000), rel=0.12)


def test_groups_that_agree_inside_widen_the_interval():
    rng = np.random.default_rng(2)
    groups = np.repeat(np.arange(50), 20)
    off = rng.normal(size=50)[groups]
    alone = replicates(get("mae"), Truth(np.zeros(1000)), off, seed=1).std()
    together = replicates(get("mae"), Truth(np.zeros(1000), groups), off, seed=1).std()
    assert together == pytest.approx(alone * math.sqrt(20), rel=0.25)


def test_many_rows_are_measured_on_a_part(monkeypatch):
    truth, given = binary(rows=20_000)
    whole = replicates(get("auc"), truth, given, seed=1)
    monkeypatch.setattr(resampling, "LARGEST", 2_000)
    part = replicates(get("auc"), truth, given, seed=1)
    assert part.std() == pytest.approx(whole.std(), rel=0.2)
    assert part.mean() == pytest.approx(get("auc").value(truth, given), abs=0.002)


def test_many_groups_are_measured_on_a_part(monkeypatch):
    rng = np.random.default_rng(2)
    groups = np.repeat(np.arange(2000), 5)
    truth, off = Truth(np.zeros(10_000), groups), rng.normal(size=2000)[groups]
    whole = replicates(get("mae"), truth, off, seed=1)
    monkeypatch.setattr(resampling, "LARGEST", 3_000)
    assert replicates(get("mae"), truth, off, seed=1).std() == pytest.approx(whole.std(), rel=0.25)


def test_the_interval_covers_the_truth_about_as_often_as_it_says():
    covered = 0
    for seed in range(100):
        truth, given = binary(rows=300, seed=seed)
        draws = replicates(get("auc"), truth, given, seed=seed, resamples=200)
        found = interval(get("auc"), get("auc").value(truth, given), draws)
        covered += found.low <= 0.7602 <= found.high  # Phi(1 / sqrt(2))
    assert 88 <= covered <= 99


def test_pairing_tells_apart_what_two_intervals_cannot():
    truth, given = binary(rows=2000)
    rng = np.random.default_rng(3)
    worse = given + 0.5 * rng.normal(size=2000)
    metric = get("auc")
    one, two = (replicates(metric, truth, p, seed=9) for p in (given, worse))
    a, b = metric.value(truth, given), metric.value(truth, worse)
    difference = paired(metric, a, one, b, two)
    assert difference.ahead
    assert not difference.tied
    assert difference.error < 0.6 * math.hypot(one.std(), two.std())
    assert interval(metric, a, one).low < b + 2 * two.std()
    assert paired(metric, b, two, a, one).behind


def test_the_gain_is_positive_for_a_smaller_loss():
    draws = np.random.default_rng(0).normal(1, 0.1, 50)
    assert paired(get("rmse"), 1.0, draws, 2.0, draws + 1).gain == 1.0


def test_a_resample_without_positives_does_not_spoil_the_interval():
    truth = Truth(np.r_[1, np.zeros(30)])
    draws = replicates(get("auc"), truth, np.linspace(1, 0, 31), seed=1)
    assert np.isnan(draws).any()
    found = interval(get("auc"), 1.0, draws)
    assert found.low <= found.value <= found.high


def test_one_row_has_a_score_and_no_interval_that_pretends():
    draws = replicates(get("mae"), Truth(np.array([1.0])), np.array([3.0]), seed=1)
    assert interval(get("mae"), 2.0, draws).value == 2.0
    assert math.isnan(interval(get("mae"), 2.0, np.array([np.nan, np.nan])).error)


def by_gap(a, b):
    return Paired(a - b, 1.0)


def test_ties_share_a_rank_and_the_next_group_skips_it():
    assert tie_groups([10, 9, 8.5, 5, 4, 0], by_gap) == [(1, [10, 9, 8.5]), (4, [5, 4]), (6, [0])]


def test_rungs_are_never_closer_than_two_errors():
    assert rungs([5, 3.5, 2.5, 1, 0], by_gap) == [0, 2.5, 5]
    assert rungs([], by_gap) == []
