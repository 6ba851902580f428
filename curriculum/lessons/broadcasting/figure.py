"""A column plus a row: which cells are repeated."""

import numpy as np
from matplotlib.patches import Rectangle

SIZE = (7.0, 2.6)


def grid(axes, values, left, real, ink, colour):
    """Cells of ``values``; those where ``real`` is false are repeats and drawn pale."""
    for (row, column), value in np.ndenumerate(values):
        own = real[row, column]
        x, y = left + column, row
        axes.add_patch(
            Rectangle((x, y), 1, 1, facecolor=colour, alpha=0.22 if own else 0.05, edgecolor="none")
        )
        axes.add_patch(Rectangle((x, y), 1, 1, facecolor="none", edgecolor=ink.faint, lw=0.7))
        axes.text(
            x + 0.5, y + 0.5, str(value), ha="center", va="center", color=ink.text if own else ink.faint
        )


def draw(figure, ink):
    axes = figure.add_subplot()
    column, row = np.array([[0], [10], [20]]), np.array([1, 2, 3, 4])
    shape = (3, 4)
    first = np.zeros(shape, bool)
    first[:, 0] = True
    top = np.zeros(shape, bool)
    top[0] = True
    grid(axes, np.broadcast_to(column, shape), 0, first, ink, ink.one)
    grid(axes, np.broadcast_to(row, shape), 5, top, ink, ink.two)
    grid(axes, column + row, 10, np.ones(shape, bool), ink, ink.three)
    for x, sign in ((4.5, "+"), (9.5, "=")):
        axes.text(x, 1.5, sign, ha="center", va="center", fontsize=14)
    for x, text, colour in ((2, "(3, 1)", ink.one), (7, "(4,)", ink.two), (12, "(3, 4)", ink.three)):
        axes.text(x, -0.45, text, ha="center", va="center", color=colour)
    axes.text(2, 3.45, "column, repeated", ha="center", va="center", color=ink.faint)
    axes.text(7, 3.45, "row, repeated", ha="center", va="center", color=ink.faint)
    axes.set(xlim=(-0.1, 14.1), ylim=(3.9, -0.9), xticks=[], yticks=[], aspect="equal")
    axes.spines[:].set_visible(False)
