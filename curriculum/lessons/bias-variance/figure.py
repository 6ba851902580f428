"""Bias, variance and noise of k nearest neighbours, from the exact formulas.

The design is fixed: 60 evenly spaced inputs on a sine wave. With fixed inputs the expectation of
the prediction is the mean of the true values of the neighbours, and its variance is the noise
variance over k.
"""

import numpy as np

NOISE = 0.25


def draw(figure, ink):
    x = np.linspace(0, 2 * np.pi, 60)
    at = np.linspace(0.4, 2 * np.pi - 0.4, 200)
    order = np.abs(at[:, None] - x).argsort(axis=1)
    neighbours = np.arange(1, 41)
    squared_bias = np.array(
        [np.mean((np.sin(x[order[:, :k]]).mean(axis=1) - np.sin(at)) ** 2) for k in neighbours]
    )
    variance = NOISE / neighbours
    total = squared_bias + variance + NOISE
    best = int(total.argmin())
    axes = figure.add_subplot()
    axes.plot(neighbours, total, color=ink.text, lw=2.4)
    axes.plot(neighbours, variance, color=ink.one)
    axes.plot(neighbours, squared_bias, color=ink.two)
    axes.axhline(NOISE, color=ink.faint, ls=":")
    axes.plot(neighbours[best], total[best], "o", color=ink.good, ms=7)
    axes.text(neighbours[best], total[best] + 0.02, f"best: k = {neighbours[best]}", color=ink.good)
    axes.text(21, 0.385, "expected squared error", color=ink.text, ha="right")
    axes.text(3.2, 0.11, "variance", color=ink.one)
    axes.text(30, 0.09, "squared bias", color=ink.two, ha="right")
    axes.text(40, NOISE + 0.006, "noise", color=ink.text, ha="right")
    axes.set(xlabel="Neighbours k", ylabel="Mean squared error", xlim=(0, 41), ylim=(0, 0.52))
