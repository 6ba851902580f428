"""Variance of an average of correlated predictions."""

import numpy as np


def draw(figure, ink):
    axes = figure.add_subplot()
    trees = np.arange(1, 101)
    for rho, colour in ((0.6, ink.two), (0.3, ink.one), (0.0, ink.three)):
        axes.plot(trees, rho + (1 - rho) / trees, color=colour)
        axes.axhline(rho, color=colour, ls=":", lw=1)
        axes.text(99, rho + 0.035, f"correlation {rho:g}", color=colour, ha="right", va="bottom")
    axes.set(
        xlabel="Trees averaged",
        ylabel="Variance relative to one tree",
        xlim=(0, 100),
        ylim=(-0.01, 1.02),
    )
