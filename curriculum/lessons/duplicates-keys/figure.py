"""Accuracy on coin-toss labels as copies cross the split: 40 seeded simulations."""

import numpy as np

ROWS, REPEATS = 100, 40


def accuracy(rng, share):
    x, y = rng.normal(size=(ROWS, 5)), rng.integers(0, 2, ROWS)
    test_x, test_y = rng.normal(size=(ROWS, 5)), rng.integers(0, 2, ROWS)
    copied = round(share * ROWS)
    test_x[:copied], test_y[:copied] = x[:copied], y[:copied]
    distance = ((test_x[:, None, :] - x) ** 2).sum(axis=2)
    return (y[distance.argmin(axis=1)] == test_y).mean()


def draw(figure, ink):
    axes = figure.add_subplot()
    rng = np.random.default_rng(3)
    shares = np.linspace(0, 1, 11)
    runs = np.array([[accuracy(rng, share) for _ in range(REPEATS)] for share in shares])
    low, high = np.quantile(runs, (0.05, 0.95), axis=1)
    axes.fill_between(shares, low, high, color=ink.bad, alpha=0.15, lw=0)
    axes.plot(shares, runs.mean(axis=1), color=ink.bad)
    axes.axhline(0.5, color=ink.faint, ls="--", lw=1.2)
    axes.text(1, 0.485, "what is honest: 0.5", color=ink.faint, ha="right", va="top")
    axes.text(0.42, 0.8, "measured on\nthe test rows", color=ink.bad, ha="right")
    axes.set(
        xlabel="share of test rows with a copy in training",
        ylabel="accuracy",
        xlim=(0, 1),
        ylim=(0.35, 1.02),
    )
