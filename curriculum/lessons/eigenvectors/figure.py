"""The unit circle and its image under a symmetric matrix, with the eigenvectors."""

import numpy as np

SIZE = (4.6, 4.2)


def draw(figure, ink):
    axes = figure.add_subplot()
    matrix = np.array([[2.0, 1.0], [1.0, 2.0]])
    angle = np.linspace(0, 2 * np.pi, 121)
    circle = np.array([np.cos(angle), np.sin(angle)])
    axes.plot(*circle, color=ink.faint, ls="--", lw=1.2)
    axes.plot(*(matrix @ circle), color=ink.faint)
    values, vectors = np.linalg.eigh(matrix)
    for value, vector, colour, place in zip(
        values, vectors.T, (ink.two, ink.one), ((0.85, -1.05), (1.15, 2.35)), strict=True
    ):
        vector = vector * np.sign(vector[0])
        _arrow(axes, value * vector, colour)
        axes.text(*place, f"stretched by {value:.0f}", color=colour, ha="left" if value < 2 else "right")
    other = np.array([1.0, 0.0])
    _arrow(axes, other, ink.three)
    _arrow(axes, matrix @ other, ink.three)
    axes.text(2.15, 0.45, "(1, 0) is\nturned to\n(2, 1)", color=ink.three)
    axes.text(-0.45, -0.45, "circle", color=ink.text, ha="center", fontsize=9)
    axes.set(xlim=(-2.7, 3.5), ylim=(-2.5, 2.7), aspect="equal")
    axes.set(xlabel="first coordinate", ylabel="second coordinate")


def _arrow(axes, tip, colour):
    axes.annotate("", tip, (0, 0), arrowprops={"arrowstyle": "-|>", "color": colour, "lw": 1.8})
