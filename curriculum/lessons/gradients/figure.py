"""Contours of a mean squared error with arrows of steepest descent."""

import numpy as np

X = np.column_stack([np.ones(3), [0.0, 1.0, 2.0]])


def draw(figure, ink):
    axes = figure.add_subplot()
    hessian = 2 * X.T @ X / 3
    values, vectors = np.linalg.eigh(hessian)
    turn = np.linspace(0, 2 * np.pi, 121)
    for level in (1, 2.25, 4, 6.25):
        # The loss is 0 at (1, 2), so its contours are exact ellipses along the eigenvectors.
        axes_lengths = np.sqrt(2 * level / values)[:, None]
        c, s = np.array([[1.0], [2.0]]) + vectors @ (axes_lengths * [np.cos(turn), np.sin(turn)])
        axes.plot(c, s, color=ink.faint, lw=1.1)
    for angle in np.arange(0, 2 * np.pi, np.pi / 4) + 0.3:
        # A point of the contour where the loss is 4.
        offset = vectors @ (np.sqrt(8 / values) * [np.cos(angle), np.sin(angle)])
        start = np.array([1.0, 2.0]) + offset
        slope = hessian @ offset
        axes.annotate(
            "",
            start - 0.13 * slope,
            start,
            arrowprops={"arrowstyle": "-|>", "color": ink.one, "lw": 1.6, "shrinkA": 0},
        )
    axes.plot([1], [2], "o", color=ink.good, ms=6)
    axes.text(0.65, 1.62, "minimum", color=ink.good, fontsize=9)
    axes.set(xlabel="intercept c", ylabel="slope s", aspect="equal", xlim=(-2.5, 4.5), ylim=(-0.5, 4.5))
