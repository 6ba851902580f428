"""Inputs only: the expected values come from reference.py, on the trusted side."""

import numpy as np

from journeyman.core.exercise import Case


def example():
    label = np.array([0, 0, 1, 0, 1, 1])
    score = np.array([0.1, 0.3, 0.35, 0.6, 0.7, 0.9])
    return [
        Case((label, score, 1, 1), label="both mistakes cost the same"),
        Case((label, score, 1, 20), label="misses are dear: a low threshold"),
        Case((label, score, 20, 1), label="false alarms are dear: a high threshold"),
    ]


def hidden(rng):
    label = (rng.random(150) < 0.2).astype(int)
    score = rng.normal(size=150) + 1.5 * label
    coarse = score.round(0)
    return [
        Case((label, score, 5, 95), label="fraud at 5 and 95"),
        Case((label, score, 3.5, 2.25), label="costs with decimals"),
        Case((label, coarse, 2, 7), label="tied scores are flagged together", edge="ties"),
        Case((label, coarse, 7, 2), label="tied scores, dear alarms", edge="ties"),
        Case((label, -score, 1, 1), label="a score that ranks the wrong way: flag nothing or little"),
        Case((np.array([0, 1, 0, 1]), np.array([0.2, 0.4, 0.6, 0.8]), 1, 1), label="two thresholds cost the same: the higher", edge="equal costs"),
        Case((label, score, 0, 0), label="nothing costs anything", edge="equal costs"),
        Case((label, score, 0, 4), label="alarms are free: how high may the threshold be?", edge="cost 0"),
        Case((label, score, 4, 0), label="misses are free", edge="cost 0"),
        Case((np.zeros(6, int), rng.random(6), 1, 10), label="no positive: flag nothing", edge="one class"),
        Case((np.ones(6, int), rng.random(6), 1, 10), label="only positives: flag all", edge="one class"),
        Case((rng.integers(0, 4, 60), rng.integers(0, 9, 60), 2, 3), label="labels 0 to 3, whole-number scores", edge="dtype"),
        Case((rng.random(40) < 0.5, rng.random(40), 1, 2), label="labels True and False", edge="dtype"),
        Case((np.array([1]), np.array([0.3]), 2, 5), label="a single positive", edge="n=1"),
        Case((np.array([], int), np.array([]), 2, 5), label="no cases", edge="empty"),
    ]  # fmt: skip
