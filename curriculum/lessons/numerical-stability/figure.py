"""Error of numerical derivatives of exp at 1 for many step sizes."""

import numpy as np


def draw(figure, ink):
    axes = figure.add_subplot()
    steps = np.logspace(-13, -0.5, 101)
    true = np.exp(1.0)
    forward = (np.exp(1 + steps) - true) / steps
    central = (np.exp(1 + steps) - np.exp(1 - steps)) / (2 * steps)
    for estimate, colour, name, place in (
        (forward, ink.two, "forward difference", (3e-6, 3e-4)),
        (central, ink.one, "central difference", (2.5e-5, 3e-12)),
    ):
        # An error of exactly zero has no place on a logarithmic axis.
        error = np.maximum(np.abs(estimate - true), 1e-13)
        axes.loglog(steps, error, color=colour, lw=1.4)
        axes.text(*place, name, color=colour, ha="right" if colour == ink.two else "left")
    axes.text(1e-13, 2e-7, "rounding", color=ink.text)
    axes.text(0.6, 1e-7, "formula", color=ink.text, ha="right")
    ticks = (1e-12, 1e-9, 1e-6, 1e-3)
    axes.set_xticks(ticks, ["1e-12", "1e-9", "1e-6", "1e-3"])
    axes.set_yticks((*ticks, 1), ["1e-12", "1e-9", "1e-6", "1e-3", "1"])
    axes.minorticks_off()
    axes.set(xlabel="step h", ylabel="absolute error of the derivative")
