"""The Ladder, and the adversary that climbs any other board with random labels."""

import math

import numpy as np
import pytest

from journeyman.scoring.ladder import error_of_means, release
from journeyman.scoring.metric import Truth
from journeyman.scoring.registry import get
from journeyman.scoring.resampling import paired, replicates

ACCURACY, AUC = get("accuracy"), get("auc")


class Board:
    """A public board of coin flips: the truth that no submission can know."""

    def __init__(self, rows, seed, metric, honest=True):
        self.rng = np.random.default_rng(seed)
        self.metric, self.honest = metric, honest
        self.truth = Truth(self.rng.integers(0, 2, rows))
        self.shown = self.best = self.draws = None

    def submit(self, given):
        score = self.metric.value(self.truth, given)
        if not self.honest:
            return score
        draws = None
        error = 0.0
        if self.best is not None:
            error, draws = self._error(given, score)
        released = release(self.metric, score, best=self.shown, error=error, rows=len(self.truth))
        if released.climbed:
            self.shown, self.best, self.raw = released.score, given, score
            self.draws = draws if draws is not None else self._draws(given)
        return released.score

    def _draws(self, given):
        if self.metric.losses is not None:
            return None
        return replicates(self.metric, self.truth, given, seed=5, resamples=200)

    def _error(self, given, score):
        exact = error_of_means(self.metric, self.truth, given, self.best)
        if exact is not None:
            return exact, None
        draws = self._draws(given)
        return paired(self.metric, score, draws, self.raw, self.draws).error, draws


def attack(board, submissions):
    """Random labels; those that the board likes vote. Returns the last score shown, and the true
    score of the vote on the public rows."""
    rows = len(board.truth)
    kept, seen = [], []
    for _ in range(submissions):
        given = board.rng.integers(0, 2, rows)
        score = board.submit(given)
        # Where the score did not move, nothing was learnt.
        if not seen or score != seen[-1]:
            kept.append(given if score > 0.5 else 1 - given)
        seen.append(score)
    vote = (np.mean(kept, axis=0) + 1e-9 * board.rng.random(rows) > 0.5).astype(int)
    return board.submit(vote), board.metric.value(board.truth, vote)


@pytest.mark.parametrize(("rows", "submissions"), [(300, 200), (1000, 500)])
def test_random_labels_do_not_climb(rows, submissions):
    shown, voted = zip(
        *(attack(Board(rows, seed, ACCURACY), submissions) for seed in range(6)), strict=True
    )
    assert np.mean(shown) < 0.56
    assert np.mean(voted) < 0.56


@pytest.mark.parametrize(("rows", "submissions"), [(300, 200), (1000, 500)])
def test_the_same_adversary_does_climb_a_board_that_tells_every_score(rows, submissions):
    shown = [attack(Board(rows, seed, ACCURACY, honest=False), submissions)[0] for seed in range(6)]
    assert np.mean(shown) > 0.62


def test_random_labels_do_not_climb_a_board_of_auc():
    shown = [attack(Board(300, seed, AUC), 60)[0] for seed in range(3)]
    assert np.mean(shown) < 0.56


@pytest.mark.slow
def test_random_labels_do_not_climb_a_board_of_auc_in_200_submissions():
    shown = [attack(Board(300, seed, AUC), 200)[0] for seed in range(10)]
    assert np.mean(shown) < 0.56


def test_a_real_improvement_is_released():
    truth = Truth(np.arange(1000) % 2)
    first = np.where(np.arange(1000) < 700, truth.target, 1 - truth.target)
    second = np.where(np.arange(1000) < 800, truth.target, 1 - truth.target)
    error = error_of_means(ACCURACY, truth, second, first)
    assert error == pytest.approx(math.sqrt(0.1 * 0.9 / 1000), rel=0.01)
    assert release(ACCURACY, 0.8, best=0.7, error=error, rows=1000).climbed


def test_losses_are_released_downwards():
    released = release(get("rmse"), 1.0, best=2.0, error=0.25, rows=100)
    assert (released.score, released.climbed) == (1.0, True)
    assert release(get("rmse"), 1.9, best=2.0, error=0.25, rows=100).score == 2.0


def test_a_score_that_is_no_number_never_stands_first():
    assert release(AUC, float("nan"), best=0.7, error=0.0, rows=100).score == 0.7


def test_released_scores_carry_no_more_digits_than_the_rows_have():
    assert release(ACCURACY, 0.123456, best=None, error=0, rows=100).score == pytest.approx(0.12)


def test_auc_has_no_mean_over_rows():
    truth = Truth(np.array([0, 1]))
    assert error_of_means(AUC, truth, truth.target, truth.target) is None
