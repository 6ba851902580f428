"""Contours of three quadratic forms: bowl, trough and saddle."""

import numpy as np

SIZE = (7.0, 2.8)
FORMS = (
    ("positive definite", [[2, 1], [1, 2]]),
    ("semidefinite", [[1, 1], [1, 1]]),
    ("indefinite", [[0.5, 1.5], [1.5, 0.5]]),
)


def draw(figure, ink):
    grid = np.linspace(-2, 2, 41)
    x, y = np.meshgrid(grid, grid)
    panels = figure.subplots(1, 3, sharex=True, sharey=True)
    for axes, (title, matrix), colour in zip(
        panels, FORMS, (ink.one, ink.three, ink.two), strict=True
    ):
        (a, b), (_, c) = matrix
        form = a * x**2 + 2 * b * x * y + c * y**2
        axes.contour(x, y, form, levels=(0.5, 2, 4.5), colors=[colour], linewidths=1.3)
        if form.min() < -0.1:
            axes.contour(
                x, y, form, levels=(-2, -0.5), colors=[colour], linewidths=1.3, linestyles="--"
            )
        if title == "semidefinite":
            axes.plot([-2, 2], [2, -2], color=ink.text, lw=1.2)
        else:
            axes.plot([0], [0], "o", color=ink.text, ms=4)
        low, high = np.linalg.eigvalsh(matrix)
        axes.set(title=f"{title}\neigenvalues {round(high)} and {round(low)}")
        axes.set(aspect="equal", xticks=(-2, 0, 2), yticks=(-2, 0, 2), xlabel="first coordinate")
    panels[0].set_ylabel("second coordinate")
