"""Weighted Gini impurity of every threshold (the lesson's worked example)."""

import numpy as np

DAYS = np.array([3, 8, 12, 20, 26, 30, 41, 48, 60, 75])
LEFT = np.array([0, 0, 0, 1, 0, 0, 1, 1, 1, 1])


def _weighted(threshold):
    total = 0.0
    for side in (LEFT[threshold >= DAYS], LEFT[threshold < DAYS]):
        if side.size:
            total += side.size * 2 * side.mean() * (1 - side.mean())
    return total / LEFT.size


def draw(figure, ink):
    axes = figure.add_subplot()
    edges = np.concatenate([[0], DAYS, [80]])
    impurity = [_weighted(t) for t in edges[:-1]]
    axes.stairs(impurity, edges, color=ink.one, lw=1.8, baseline=None)
    best = int(np.argmin(impurity))
    axes.stairs(impurity[best : best + 1], edges[best : best + 2], color=ink.good, lw=4, baseline=None)
    middle = edges[best : best + 2].mean()
    axes.text(
        middle,
        impurity[best] - 0.02,
        f"best split: {middle:g} days,\nimpurity {impurity[best]:.2f}",
        ha="center",
        va="top",
        color=ink.good,
    )
    for outcome, colour, name, x in ((0, ink.three, "stayed", 1), (1, ink.two, "left", 79)):
        spots = DAYS[outcome == LEFT]
        axes.plot(spots, np.full(spots.size, -0.03), "o", color=colour, ms=6)
        axes.text(x, -0.085, name, color=colour, va="center", ha="left" if outcome == 0 else "right")
    axes.set(
        xlabel="Threshold on days since last order",
        ylabel="Weighted Gini impurity",
        xlim=(0, 80),
        ylim=(-0.12, 0.55),
        yticks=(0, 0.1, 0.2, 0.3, 0.4, 0.5),
    )
