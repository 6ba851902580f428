"""A 3 by 4 array with its sums along both axes."""

import numpy as np
from matplotlib.patches import Rectangle

SIZE = (5.6, 3.2)


def cells(axes, values, corner, ink, colour):
    for (row, column), value in np.ndenumerate(values):
        x, y = corner[0] + column, corner[1] + row
        axes.add_patch(
            Rectangle((x, y), 1, 1, facecolor=colour, alpha=0.16, edgecolor="none")
        )
        axes.add_patch(Rectangle((x, y), 1, 1, facecolor="none", edgecolor=ink.faint, lw=0.8))
        axes.text(x + 0.5, y + 0.5, str(value), ha="center", va="center")


def draw(figure, ink):
    axes = figure.add_subplot()
    a = np.arange(1, 13).reshape(3, 4)
    cells(axes, a, (0, 0), ink, ink.faint)
    cells(axes, a.sum(axis=0)[None, :], (0, 3.9), ink, ink.one)
    cells(axes, a.sum(axis=1)[:, None], (4.9, 0), ink, ink.two)
    down = {"arrowstyle": "-|>", "lw": 1.6}
    axes.annotate("", (2, 3.85), (2, 3.05), arrowprops={**down, "color": ink.one})
    axes.annotate("", (4.85, 1.5), (4.05, 1.5), arrowprops={**down, "color": ink.two})
    axes.text(2, 5.4, "a.sum(axis=0), shape (4,)", color=ink.one, ha="center", va="center")
    axes.text(6.1, 1.5, "a.sum(axis=1)\nshape (3,)", color=ink.two, va="center")
    axes.text(2, -0.4, "a, shape (3, 4)", ha="center", va="center")
    axes.set(xlim=(-0.2, 8.6), ylim=(5.8, -0.8), xticks=[], yticks=[], aspect="equal")
    axes.spines[:].set_visible(False)
