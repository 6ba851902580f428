"""Calibration, slices, fairness, thresholds and learning curves with planted truths."""

import json
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from journeyman.errors import Conflict, Invalid
from journeyman.scoring.calibration import (
    choose_calibrator,
    fit_calibrator,
    reliability,
    wilson,
)
from journeyman.scoring.curves import choose_threshold, cost_of, extrapolate, measure_curve
from journeyman.scoring.metric import Truth
from journeyman.scoring.registry import get
from journeyman.scoring.slices import benjamini_hochberg, fairness_gaps, find_slices


def chances(rows=3000, seed=0, sharp=1.0):
    """Labels drawn from probabilities, and what a model says that is ``sharp`` times as sure."""
    rng = np.random.default_rng(seed)
    odds = rng.normal(0, 1.5, rows)
    truth = (rng.random(rows) < 1 / (1 + np.exp(-odds))).astype(int)
    return truth, 1 / (1 + np.exp(-sharp * odds))


def test_perfect_probabilities_are_not_called_off_though_their_error_is_not_zero():
    called = 0
    for seed in range(20):
        found = reliability(*chances(500, seed), seed=seed)
        assert found.ece > 0
        called += found.p < 0.05
    assert called <= 3
    assert (
        abs(
            np.mean([reliability(*chances(500, s)).ece for s in range(20)])
            - reliability(*chances(500)).by_chance
        )
        < 0.01
    )


def test_too_sure_probabilities_are_called_off_and_mended():
    truth, given = chances(3000, 1, sharp=3.0)
    found = reliability(truth, given)
    assert found.p < 0.01
    assert "are off" in found.verdict()
    assert found.excess > 0.05
    fresh, fresh_given = chances(3000, 2, sharp=3.0)
    for kind in ("platt", "isotonic"):
        made = fit_calibrator(kind, truth, given)
        assert reliability(fresh, made(fresh_given)).ece < 0.5 * reliability(fresh, fresh_given).ece
    platt = fit_calibrator("platt", truth, given)
    assert abs(platt.slope - 1 / 3) < 0.05
    json.dumps(found.to_json())
    json.dumps(platt.to_json())


def test_the_choice_leaves_good_probabilities_alone():
    assert choose_calibrator(*chances(2000, 3)).chosen.kind == "none"
    assert choose_calibrator(*chances(2000, 3, sharp=3.0)).chosen.kind == "platt"
    truth, given = chances(4000, 4)
    bent = np.where(given > 0.5, 0.9, 0.5 * given)  # no line mends this
    assert choose_calibrator(truth, bent).chosen.kind == "isotonic"


def test_calibration_says_what_it_needs():
    with pytest.raises(Invalid, match="labels 0 and 1"):
        reliability(np.array([1, 2]), np.array([0.1, 0.2]))
    with pytest.raises(Invalid, match="outside"):
        reliability(np.array([0, 1]), np.array([0.1, 1.2]))
    with pytest.raises(Invalid, match="of one class"):
        fit_calibrator("platt", np.ones(10), np.full(10, 0.5))
    with pytest.raises(Invalid, match="5 validation rows"):
        choose_calibrator(np.array([0] * 9 + [1]), np.full(10, 0.5))


def test_wilson_covers():
    rng = np.random.default_rng(0)
    hits = rng.binomial(30, 0.1, 2000)
    held = np.mean([low <= 0.1 <= high for low, high in (wilson(h, 30) for h in hits)])
    assert 0.93 < held < 0.99


def test_benjamini_hochberg_by_hand():
    assert np.allclose(
        benjamini_hochberg(np.array([0.04, 0.01, 0.03, 0.5])), [0.16 / 3, 0.04, 0.16 / 3, 0.5]
    )


def sliced(seed, planted):
    rng = np.random.default_rng(seed)
    table = pd.DataFrame(
        {
            "city": rng.choice(list("abcdefgh"), 2000),
            "age": rng.integers(18, 90, 2000),
            "pay": np.where(rng.random(2000) < 0.1, np.nan, rng.gamma(2, 3, 2000)),
        }
    )
    wrong = np.where((table.city == "c") & planted, 0.35, 0.1)
    truth = rng.integers(0, 2, 2000)
    given = np.where(rng.random(2000) < wrong, 1 - truth, truth)
    return table, Truth(truth), given


def test_a_planted_slice_is_found_and_others_are_left_alone():
    table, truth, given = sliced(0, planted=True)
    found = find_slices(get("accuracy"), truth, given, table)
    assert [one.name for one in found.worse] == ["city = c"]
    assert found.worse[0].gap < -0.15
    assert "pay is missing" in [one.name for one in found.looked]
    assert len(found.looked) == 8 + 4 + 4 + 1
    json.dumps(found.to_json())


def test_looking_in_many_places_does_not_find_what_is_not_there():
    found = [
        find_slices(get("accuracy"), *sliced(seed, False)[1:], sliced(seed, False)[0])
        for seed in range(12)
    ]
    assert sum(bool(one.worse) for one in found) <= 2


def test_slices_of_a_metric_that_is_no_mean_of_rows():
    table, truth, _ = sliced(1, planted=False)
    rng = np.random.default_rng(1)
    blur = np.where(table.city == "c", 2.0, 0.5)
    given = truth.target + blur * rng.normal(size=2000)
    found = find_slices(get("auc"), truth, given, table)
    assert [one.name for one in found.worse] == ["city = c"]
    with pytest.raises(Invalid, match="5 rows for 2000"):
        find_slices(get("auc"), truth, given, table.head(5))


def test_fairness_gaps_find_the_planted_one():
    rng = np.random.default_rng(0)
    group = rng.choice(["p", "q"], 4000)
    truth = rng.integers(0, 2, 4000)
    chance = np.where(truth == 1, np.where(group == "p", 0.8, 0.6), 0.2)
    gaps = fairness_gaps(truth, (rng.random(4000) < chance).astype(int), group)
    by = {(gap.group, gap.measure): gap for gap in gaps}
    found = by["p", "found"]
    assert found.low <= 0.2 <= found.high
    assert found.q < 0.001
    assert by["p", "false alarms"].q > 0.01
    assert by["p", "false alarms"].low <= 0 <= by["p", "false alarms"].high
    assert np.isclose(by["p", "found"].gap, -by["q", "found"].gap)
    json.dumps([gap.to_json() for gap in gaps])
    assert fairness_gaps(truth[:10], truth[:10], group[:10]) == ()
    with pytest.raises(Invalid):
        fairness_gaps(truth, truth[:5], group)


def test_the_threshold_follows_the_costs():
    truth, given = chances(6000, 5)
    found = choose_threshold(truth, given, false_alarm=1, miss=4)
    assert found.by_rule == 0.2
    assert abs(found.value - 0.2) < 0.08
    assert found.low <= found.value <= found.high
    fresh, fresh_given = chances(6000, 6)
    cost = cost_of(found, fresh, fresh_given)
    half = np.where(fresh_given >= 0.5, 1 - fresh, 4 * fresh).mean()
    assert cost.value < half
    assert cost.low < cost.value < cost.high
    json.dumps(found.to_json())


def test_costs_by_hand_and_ties():
    truth = np.array([0, 1, 0, 1])
    given = np.array([0.5, 0.5, 0.1, 0.9])
    found = choose_threshold(truth, given, false_alarm=1, miss=3)
    assert found.cost == 0.25  # the pair at 0.5 goes together: one false alarm
    assert 0.1 < found.value <= 0.5
    costs = dict(found.curve)
    assert costs[1.0] == 1.5  # nobody
    assert min(costs.values()) == 0.25


def test_a_threshold_cannot_be_judged_where_it_was_chosen():
    truth, given = chances(100)
    found = choose_threshold(truth, given, false_alarm=1, miss=1)
    with pytest.raises(Conflict, match="these very rows"):
        cost_of(found, truth, given)
    with pytest.raises(Invalid, match="cost above 0"):
        choose_threshold(truth, given, false_alarm=0, miss=1)


def curve(steep, noise, seed=0, repeats=5):
    rng = np.random.default_rng(seed)
    sizes = np.array([100, 200, 400, 800, 1600])
    means = 0.9 - steep * (sizes / 100) ** -0.5
    return sizes.tolist(), means[:, None] + noise * rng.normal(size=(5, repeats))


def test_a_steep_curve_promises_more_and_a_flat_one_nothing():
    steep = extrapolate(*curve(0.3, 0.002), better="higher", worth=0.01)
    assert steep.verdict == "more data would help"
    true = 0.3 * (16**-0.5 - 32**-0.5)
    assert steep.low <= true <= steep.high
    flat = extrapolate(*curve(0.0, 0.002), better="higher", worth=0.01)
    assert flat.verdict == "more data would not help"
    vague = extrapolate(*curve(0.1, 0.03), better="higher", worth=0.01)
    assert vague.verdict == "cannot tell"
    assert "2 times the rows" in vague.sentence()
    json.dumps(steep.to_json())


def test_errors_that_fall_are_gains():
    sizes, scores = curve(0.3, 0.002)
    found = extrapolate(sizes, 1 - scores, better="lower", worth=0.01)
    assert found.verdict == "more data would help"
    assert found.gain > 0
    assert found.fitted[-1][0] == 3200
    assert found.fitted[-1][1] < found.fitted[0][1]


def test_the_interval_of_the_gain_holds_the_truth():
    true = 0.2 * (16**-0.5 - 32**-0.5)
    held = 0
    for seed in range(25):
        found = extrapolate(*curve(0.2, 0.01, seed, 4), better="higher")
        held += found.low <= true <= found.high
    assert held >= 21


def test_measuring_uses_nested_samples_and_rows_kept_apart():
    seen = []

    def score(train, test):
        seen.append((set(train), set(test)))
        return float(len(train))

    sizes, scores = measure_curve(score, 200, repeats=2)
    assert sizes == (9, 18, 37, 75, 150)
    assert scores.shape == (5, 2)
    assert scores[:, 0].tolist() == list(sizes)
    for (small, _), (large, test) in pairwise(seen[:5]):
        assert small < large
        assert not large & test
    assert seen[0][1] != seen[5][1]
    with pytest.raises(Invalid, match="60 rows"):
        measure_curve(score, 30)
    with pytest.raises(Invalid, match="between 2 and 150"):
        measure_curve(score, 200, sizes=[10, 180])
    with pytest.raises(Invalid, match="four sizes"):
        extrapolate([1, 2], np.ones((2, 3)), better="higher")
    with pytest.raises(Invalid, match="guessing"):
        extrapolate([1, 2, 3, 4], np.ones((4, 3)), better="higher", factor=10)
