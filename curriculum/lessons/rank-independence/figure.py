"""Whole-number combinations of two vectors: a plane or a line."""

import numpy as np

SIZE = (6.4, 3.1)


def draw(figure, ink):
    panels = figure.subplots(1, 2, sharex=True, sharey=True)
    _panel(panels[0], ((2, 1), (1, 2)), "independent: rank 2", ink)
    _panel(panels[1], ((2, 1), (-1, -0.5)), "dependent: rank 1", ink)
    panels[0].set_ylabel("second coordinate")


def _panel(axes, vectors, title, ink):
    steps = np.arange(-4, 5)
    grid = np.array([[i, j] for i in steps for j in steps])
    dots = np.unique(grid @ np.array(vectors, float), axis=0)
    dots = dots[(np.abs(dots) <= 4).all(axis=1)]
    axes.plot(dots[:, 0], dots[:, 1], "o", color=ink.faint, ms=3)
    for tip, colour, name in zip(vectors, (ink.one, ink.two), "ab", strict=True):
        axes.annotate("", tip, (0, 0), arrowprops={"arrowstyle": "-|>", "color": colour, "lw": 2})
        axes.text(tip[0] + 0.15, tip[1] - 0.55, name, color=colour, weight="bold")
    axes.set(title=title, xlim=(-4.3, 4.3), ylim=(-4.3, 4.3), aspect="equal")
    axes.set(xticks=(-4, -2, 0, 2, 4), yticks=(-4, -2, 0, 2, 4), xlabel="first coordinate")
