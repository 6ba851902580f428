"""Ensemble selection finds the mean that errs least, and its honest loss is honest."""

import numpy as np

from journeyman.house.blend import honest_loss, select


def squares(truth):
    return lambda p: float(np.mean((p - truth) ** 2))


def test_independent_errors_are_averaged_by_their_precision():
    rng = np.random.default_rng(0)
    truth = rng.normal(size=4000)
    good = truth + 0.5 * rng.normal(size=4000)
    fair = truth + 1.0 * rng.normal(size=4000)
    weights = select([good, fair], squares(truth))
    assert abs(weights[0] - 0.8) < 0.05  # 1/0.25 against 1/1
    assert np.isclose(weights.sum(), 1)


def test_a_useless_model_gets_nothing():
    rng = np.random.default_rng(1)
    truth = rng.normal(size=500)
    assert select([truth, rng.normal(size=500)], squares(truth)).tolist() == [1, 0]


def test_stopping_leaves_a_usable_mean():
    truth = np.arange(10.0)
    weights = select([truth + 1, truth - 1], squares(truth), stop=lambda: True)
    assert sorted(weights) == [0, 1]


def test_selection_among_noise_flatters_and_halves_show_it():
    rng = np.random.default_rng(2)
    truth = rng.normal(size=100)
    noise = [rng.normal(size=100) for _ in range(30)]
    weights = select(noise, squares(truth))
    chosen = squares(truth)(sum(w * p for w, p in zip(weights, noise, strict=True)))
    honest = honest_loss(noise, lambda rows, p: squares(truth[rows])(p), 100, 0)
    assert honest > 1.05 * chosen
