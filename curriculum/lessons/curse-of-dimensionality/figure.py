"""How wide a neighbourhood is, and how alike distances become."""

import numpy as np

SIZE = (6.9, 3.1)


def draw(figure, ink):
    left, right = figure.subplots(1, 2)
    d = np.arange(1, 51)
    for share, colour, height in ((0.1, ink.three, 0.99), (0.01, ink.one, 0.91), (0.001, ink.two, 0.83)):
        edge = share ** (1 / d)
        left.plot(d, edge, color=colour)
        left.text(51, height, f"{100 * share:g} %", color=colour, va="center", fontsize=9.5)
    left.text(62, 0.74, "of the data", color=ink.text, ha="right", va="center", fontsize=9.5)
    left.set(xlabel="dimensions", ylabel="edge of the cube", ylim=(0, 1.05), xlim=(0, 63), xticks=range(0, 51, 10))
    rng = np.random.default_rng(0)
    dimensions = [2, 5, 10, 20, 50, 100, 200, 500, 1000]
    ratio = np.empty((20, len(dimensions)))
    for j, k in enumerate(dimensions):
        for i in range(20):
            distance = np.linalg.norm(rng.random((500, k)) - rng.random(k), axis=1)
            ratio[i, j] = distance.min() / distance.max()
    right.fill_between(dimensions, ratio.min(axis=0), ratio.max(axis=0), color=ink.four, alpha=0.25, lw=0)
    right.semilogx(dimensions, ratio.mean(axis=0), "o-", color=ink.four, ms=4)
    right.set(xlabel="dimensions", ylabel="nearest / farthest distance", ylim=(0, 1.05))
    right.set_xticks([2, 10, 100, 1000], ["2", "10", "100", "1,000"])
    right.tick_params(which="minor", bottom=False)
