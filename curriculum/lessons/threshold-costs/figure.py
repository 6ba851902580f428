"""Cost per payment against the threshold, with calibrated probabilities."""

import numpy as np

ALARM, MISS = 5.0, 95.0


def draw(figure, ink):
    axes = figure.add_subplot()
    rng = np.random.default_rng(0)
    p = rng.beta(0.4, 3.6, 40_000)  # calibrated: the true chance of each payment
    thresholds = np.linspace(0, 0.8, 161)
    held = p >= thresholds[:, None]
    cost = np.where(held, ALARM * (1 - p), MISS * p).mean(axis=1)
    best = ALARM / (ALARM + MISS)
    axes.plot(thresholds, cost, color=ink.one)
    for threshold, colour, name, shift in ((best, ink.good, "0.05", (0.03, -0.3)), (0.5, ink.bad, "0.5", (0.02, -0.5))):
        value = np.interp(threshold, thresholds, cost)
        axes.plot([threshold], [value], "o", color=colour, ms=6)
        axes.text(threshold + shift[0], value + shift[1], f"threshold {name}: £{value:.2f}", color=colour, va="top")
    axes.set(xlabel="threshold", ylabel="mean cost per payment (£)", ylim=(0, 10), xlim=(-0.01, 0.8))
