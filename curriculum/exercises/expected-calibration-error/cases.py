"""Inputs only: the expected values come from reference.py, on the trusted side.

Forecasts on the border between bins are multiples of 1/4 or 1/8, so that no rounding decides.
"""

import numpy as np

from journeyman.core.exercise import Case


def example():
    return [
        Case((np.array([0, 0, 1, 1, 1, 0]), np.array([0.12, 0.18, 0.14, 0.85, 0.83, 0.87])), label="two bins in use"),
        Case((np.array([1, 0, 1, 1]), np.array([0.25, 0.1, 0.75, 0.5])), {"bins": 4}, label="forecasts on borders", edge="border"),
        Case((np.array([0, 1, 1]), np.array([1.0, 1.0, 0.9375])), {"bins": 8}, label="a forecast of 1 belongs to the last bin", edge="border"),
    ]


def hidden(rng):
    p = rng.random(400)
    honest = (rng.random(400) < p).astype(int)
    bold = np.where(p > 0.5, 0.9, 0.1) + rng.uniform(-0.04, 0.04, 400)
    return [
        Case((honest, p), label="a calibrated model, ten bins by default"),
        Case((honest, bold), label="an overconfident model"),
        Case((honest, 1 - p), label="forecasts turned round"),
        Case((honest, p), {"bins": 5}, label="five bins"),
        Case((honest, p), {"bins": 1}, label="a single bin", edge="bins=1"),
        Case((honest, p), {"bins": 200}, label="many bins, some of them empty", edge="empty bin"),
        Case((honest.astype(bool), p), label="outcomes True and False", edge="dtype"),
        Case(([1, 0, 0, 1], [0.33, 0.36, 0.91, 0.97]), label="plain lists", edge="dtype"),
        Case((honest.astype(np.uint8), p), label="outcomes as unsigned bytes", edge="dtype"),
        Case((rng.integers(0, 2, 100), rng.integers(0, 9, 100) / 8), {"bins": 8}, label="all forecasts on borders", edge="border"),
        Case((np.array([0, 0, 1, 1]), np.array([0.0, 0.0, 1.0, 1.0])), label="certain and right"),
        Case((np.array([1, 1, 0, 0]), np.array([0.0, 0.0, 1.0, 1.0])), label="certain and wrong"),
        Case((np.array([1]), np.array([0.62])), label="a single case", edge="n=1"),
        Case((np.array([], int), np.array([])), label="no cases", edge="empty"),
    ]  # fmt: skip


def performance(rng, n):
    p = rng.random(n)
    return Case(((rng.random(n) < p).astype(int), p), {"bins": 1000}, label="many cases and bins")
