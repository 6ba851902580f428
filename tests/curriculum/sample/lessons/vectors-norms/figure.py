"""The dot product as a shadow: b projected onto a."""

import numpy as np


def draw(figure, ink):
    axes = figure.add_subplot()
    a, b = np.array([3.0, 1.0]), np.array([1.0, 2.0])
    foot = a * (a @ b) / (a @ a)
    for vector, colour, name in ((a, ink.one, "a = (3, 1)"), (b, ink.two, "b = (1, 2)")):
        axes.annotate(
            "", vector, (0, 0), arrowprops={"arrowstyle": "-|>", "color": colour, "lw": 1.8}
        )
        axes.text(vector[0] + 0.06, vector[1] + 0.05, name, color=colour)
    axes.plot([0, foot[0]], [0, foot[1]], color=ink.three, lw=4, alpha=0.5, solid_capstyle="butt")
    axes.plot([b[0], foot[0]], [b[1], foot[1]], color=ink.faint, ls="--", lw=1.2)
    axes.text(foot[0] + 0.05, foot[1] - 0.22, "shadow of b: 1.58", color=ink.text)
    axes.set(xlim=(-0.1, 3.9), ylim=(-0.1, 2.4), xticks=range(4), yticks=range(3), aspect="equal")
    axes.set(xlabel="first coordinate", ylabel="second coordinate")
