"""Fate of gradient descent on two curvatures for a given step size."""

import numpy as np

from journeyman.core.tex import number

CURVATURES = (0.5, 1.0, 2.0, 4.0, 5.0, 8.0, 10.0, 20.0, 40.0)
RATES = (0.01, 0.02, 0.04, 0.05, 0.08, 0.1, 0.15, 0.2, 0.25, 0.4, 0.5)
SMOOTH = "both weights approach 0 without changing sign"
SWINGS = "both weights approach 0, one of them changing sign"
ONE_GROWS = "one weight grows without limit, one approaches 0"
BOTH_GROW = "both weights grow without limit, changing sign"


def generate(rng):
    wanted = (SMOOTH, SWINGS, ONE_GROWS)[rng.integers(3)]
    while True:
        low, high = sorted(float(h) for h in rng.choice(CURVATURES, size=2, replace=False))
        rate = float(rng.choice(RATES))
        steep = rate * high
        clear = min(abs(steep - 1), abs(steep - 2)) > 0.15 and rate * low < 0.9 and steep < 5
        if clear and _fate(steep) == wanted:
            break
    h = [low, high] if rng.integers(2) else [high, low]
    factors = [1 - rate * v for v in h]
    return {
        "params": {
            "h1": number(h[0]),
            "form": " + ".join(f"{'' if v == 1 else number(v)}\\,w_{i}^2" for i, v in enumerate(h, 1)),
            "h2": number(h[1]),
            "rate": number(rate),
            "f1": number(factors[0]),
            "f2": number(factors[1]),
            "answer": wanted,
            "numbers": [*h, rate],
        },
        "answer": wanted,
        "distractors": [
            _wrong(option, wanted)
            for option in (SMOOTH, SWINGS, ONE_GROWS, BOTH_GROW)
            if option != wanted
        ],
    }


def _fate(steep):
    if steep > 2:
        return ONE_GROWS
    return SWINGS if steep > 1 else SMOOTH


def _wrong(option, kind):
    if option == SMOOTH and kind == SWINGS:
        slug, feedback = "overshoot-unnoticed", "Compute the factor of the steeper direction: what sign has it?"
    elif option == BOTH_GROW or kind == SMOOTH:
        slug, feedback = "overshoot-is-divergence", "Compute the factor of each weight by itself: 1 minus rate times curvature."
    elif option == ONE_GROWS:
        slug, feedback = "overshoot-is-divergence", "Jumping to the other side is no divergence as long as the distance shrinks."
    else:
        slug, feedback = "limit-from-flat-direction", "The rate suits the flatter direction. Check the steeper one too."
    return {"value": option, "misconception": slug, "feedback": feedback}


def check(params):
    """Second route: take 200 steps and look at the weights."""
    *h, rate = params["numbers"]
    w, flips = np.ones(2), np.zeros(2, bool)
    for _ in range(200):
        new = w - rate * np.array(h) * w
        flips |= new * w < 0
        w = np.clip(new, -1e100, 1e100)
    grows = np.abs(w) > 1
    if grows.all():
        return BOTH_GROW
    if grows.any():
        return ONE_GROWS
    return SWINGS if flips.any() else SMOOTH
