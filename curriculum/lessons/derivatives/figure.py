"""Order size against yearly cost, with two tangents."""

import numpy as np


def draw(figure, ink):
    axes = figure.add_subplot()
    size = np.linspace(8.5, 40, 120)
    axes.plot(size, _cost(size), color=ink.one)
    for at, reach, colour, name, place in (
        (12.0, 3.5, ink.two, "slope -3.6", (16.2, 84.5)),
        (20.0, 6.0, ink.good, "slope 0: lowest cost", (17.0, 76.3)),
    ):
        slope = 2 - 800 / at**2
        ends = np.array([at - reach, at + reach])
        axes.plot(ends, _cost(at) + slope * (ends - at), color=colour)
        axes.plot([at], [_cost(at)], "o", color=colour, ms=5)
        axes.text(*place, name, color=colour)
    axes.set(xlabel="order size (units)", ylabel="cost (per year)", ylim=(70, 112), xlim=(8, 41))


def _cost(size):
    return 2 * size + 800 / size
