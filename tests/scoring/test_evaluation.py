"""Comparisons, galleries and the hold-out, on rows whose truth is known."""

import json
from datetime import UTC, datetime

import numpy as np
import pytest

from journeyman.errors import Conflict, Invalid
from journeyman.scoring.evaluation import (
    Holdout,
    compare,
    error_gallery,
    expected_best,
    with_interval,
)
from journeyman.scoring.metric import Truth
from journeyman.scoring.registry import get

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def world(rows=800, seed=0):
    rng = np.random.default_rng(seed)
    signal = rng.normal(size=rows)
    truth = (signal + rng.normal(size=rows) > 0).astype(int)
    return truth, signal, rng


def test_intervals_hold_the_truth_about_as_often_as_they_say():
    held = 0
    for seed in range(60):
        rng = np.random.default_rng(seed)
        truth = rng.normal(size=200)
        found = with_interval(get("mae"), Truth(truth), np.zeros(200), seed=seed)
        held += found.low <= np.sqrt(2 / np.pi) <= found.high
    assert 51 <= held <= 60


def test_an_interval_needs_fitting_predictions():
    with pytest.raises(Invalid, match="3 predictions for 2 rows"):
        with_interval(get("mae"), Truth(np.zeros(2)), np.zeros(3))
    with pytest.raises(Invalid, match="one class only"):
        with_interval(get("auc"), Truth(np.zeros(9, int)), np.arange(9.0))


def test_a_paired_comparison_sees_what_two_intervals_hide():
    truth, signal, rng = world()
    blurred = signal + 0.4 * rng.normal(size=800)
    auc, rows = get("auc"), Truth(truth)
    found = compare(auc, rows, signal, blurred, names=("sharp", "blurred"))
    assert found.low > 0
    assert "Sharp is better than blurred" in found.verdict
    one, two = (with_interval(auc, rows, given) for given in (signal, blurred))
    assert one.low < two.high  # the two intervals overlap
    back = compare(auc, rows, blurred, signal, names=("blurred", "sharp"))
    assert np.isclose(back.gain, -found.gain)
    assert back.p < 0.05
    assert "Sharp is better" in back.verdict


def test_equal_models_are_not_told_apart():
    truth, signal, rng = world()
    apart = 0
    for seed in range(20):
        rng = np.random.default_rng(seed)
        pair = [signal + rng.normal(size=800) for _ in range(2)]
        found = compare(get("auc"), Truth(truth), *pair, seed=seed)
        apart += "cannot tell" not in found.verdict
    assert apart <= 4
    same = compare(get("auc"), Truth(truth), signal, signal)
    assert (same.gain, same.p) == (0, 1)


def test_a_lower_metric_keeps_the_sign_of_merit():
    truth = np.random.default_rng(0).normal(size=300)
    found = compare(get("rmse"), Truth(truth), truth + 0.1, truth + 1.0)
    assert found.gain > 0.85
    assert found.verdict.startswith("Your model is better")


def test_the_gallery_shows_a_wrong_label_first():
    truth = np.array([1] * 50 + [0] * 50)
    given = np.where(truth == 1, 0.9, 0.1)
    truth[7] = 0  # labelled wrongly
    given[60:63] = 0.6
    found = error_gallery(truth, given, count=3)
    assert [one.row for one in found.worst] == [7, 60, 61]
    assert found.worst[0].given == 0.9
    assert found.share > 0.2
    assert len(error_gallery(truth, given, count=2).typical) == 2
    json.dumps(found.to_json())


def test_the_gallery_reads_numbers_and_several_classes():
    numbers = error_gallery(np.array([1.0, 2.0, 30.0]), np.array([1.0, 2.5, 3.0]))
    assert [one.row for one in numbers.worst] == [2, 1]
    assert numbers.typical == ()
    several = error_gallery(
        np.array([0, 1, 2]), np.array([[0.8, 0.1, 0.1], [0.9, 0.05, 0.05], [0.2, 0.2, 0.6]])
    )
    assert [(one.row, one.given) for one in several.worst] == [(1, 0.0)]
    with pytest.raises(Invalid):
        error_gallery(np.zeros(3), np.zeros(2))


def test_each_look_is_counted_and_widens_the_interval():
    truth, signal, rng = world()
    auc, rows = get("auc"), Truth(truth)
    holdout = Holdout.seal("kept", rows, auc)
    widths, flattery = [], []
    for turn in range(4):
        given = signal + 0.1 * turn * rng.normal(size=800)
        holdout, look = holdout.look(auc, rows, given, what=f"try {turn}", at=NOON)
        widths.append((look.high - look.low) / look.score.error)
        flattery.append(look.flattery / look.score.error)
        assert look.number == turn + 1
    assert widths == sorted(widths)
    assert np.allclose(flattery, [expected_best(k) for k in (1, 2, 3, 4)])
    assert "only one whose interval" in holdout.looks[0].told
    assert "Look 4 of 4" in holdout.looks[-1].told


def test_the_same_predictions_again_are_no_new_look():
    truth, signal, _ = world()
    auc, rows = get("auc"), Truth(truth)
    holdout = Holdout.seal("kept", rows, auc)
    holdout, _ = holdout.look(auc, rows, signal, what="first", at=NOON)
    holdout, again = holdout.look(auc, rows, signal, what="again", at=NOON)
    assert (holdout.opened, again.number, len(holdout.looks)) == (1, 1, 2)


def test_a_holdout_survives_being_written_down():
    truth, signal, _ = world()
    auc, rows = get("auc"), Truth(truth)
    holdout, _ = Holdout.seal("kept", rows, auc).look(auc, rows, signal, what="x", at=NOON)
    assert Holdout.from_json(json.loads(json.dumps(holdout.to_json()))) == holdout


def test_other_rows_or_another_metric_are_refused():
    truth, signal, _ = world()
    rows = Truth(truth)
    holdout = Holdout.seal("kept", rows, get("auc"))
    with pytest.raises(Conflict, match="not the rows"):
        holdout.look(get("auc"), Truth(1 - truth), signal, what="x", at=NOON)
    with pytest.raises(Conflict, match="sealed for auc"):
        holdout.look(get("average_precision"), rows, signal, what="x", at=NOON)


def test_the_flattery_told_is_what_picking_the_best_of_random_tries_brings():
    rng = np.random.default_rng(0)
    best = rng.normal(size=(4000, 8)).max(axis=1).mean()
    assert abs(expected_best(8) - best) < 0.05
