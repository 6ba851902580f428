"""Prior, scaled likelihood and posterior of a click rate: 3 clicks in 20 views, Beta(4, 96)."""

import numpy as np
from scipy import stats


def draw(figure, ink):
    axes = figure.add_subplot()
    rate = np.linspace(0, 0.4, 240)
    for a, b, colour, name, at, shift in (
        (4, 96, ink.one, "prior: 100 earlier views", 0.038, 0.2),
        (4, 18, ink.two, "likelihood of 3 in 20", 0.2, 0.6),
        (7, 113, ink.three, "posterior", 0.071, 0.4),
    ):
        density = stats.beta(a, b)
        axes.plot(rate, density.pdf(rate), color=colour)
        axes.text(at + 0.006, density.pdf(at) + shift, name, color=colour)
    axes.set(xlabel="click rate", ylabel="density", ylim=0, xlim=(0, 0.4))
