"""A sigmoid fitted to ten customers (the lesson's worked example)."""

import numpy as np


def draw(figure, ink):
    axes = figure.add_subplot()
    debt = np.array([0.1, 0.2, 0.25, 0.35, 0.4, 0.5, 0.6, 0.65, 0.8, 0.9])
    default = np.array([0, 0, 0, 0, 1, 0, 1, 0, 1, 1])
    columns = np.column_stack([np.ones(10), debt])
    weights = np.zeros(2)
    for _ in range(20):
        p = 1 / (1 + np.exp(-columns @ weights))
        curvature = columns.T @ (columns * (p * (1 - p))[:, None])
        weights -= np.linalg.solve(curvature, columns.T @ (p - default))
    x = np.linspace(0, 1, 120)
    axes.plot(100 * x, 1 / (1 + np.exp(-(weights[0] + weights[1] * x))), color=ink.one)
    half = -100 * weights[0] / weights[1]
    axes.plot([half, half, 0], [0, 0.5, 0.5], color=ink.faint, ls="--", lw=1.2)
    axes.plot(100 * debt[default == 1], np.ones(4), "|", color=ink.two, ms=14, mew=2)
    axes.plot(100 * debt[default == 0], np.zeros(6), "|", color=ink.three, ms=14, mew=2)
    axes.text(2, 1.0, "did not repay", color=ink.two, va="center")
    axes.text(98, 0.0, "repaid", color=ink.three, va="center", ha="right")
    axes.text(half + 2, 0.27, f"p = 0.5 at {half:.0f} %", color=ink.text)
    axes.set(
        xlabel="Debt (% of income)",
        ylabel="Probability of default",
        xlim=(0, 100),
        ylim=(-0.08, 1.08),
    )
