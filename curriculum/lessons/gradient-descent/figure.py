"""Gradient descent in a narrow bowl: a path, and the loss for three step sizes."""

import numpy as np

SIZE = (7.0, 3.0)
CURVATURE = np.array([1.0, 10.0])
START = np.array([4.0, 1.0])


def draw(figure, ink):
    left, right = figure.subplots(1, 2)
    x, y = np.meshgrid(np.linspace(-1, 4.5, 56), np.linspace(-1.4, 1.4, 41))
    loss = (CURVATURE[0] * x**2 + CURVATURE[1] * y**2) / 2
    left.contour(x, y, loss, levels=(0.5, 2, 4.5, 8), colors=[ink.faint], linewidths=1)
    path = _path(0.18, 15)
    left.plot(*path.T, "o-", color=ink.one, ms=3, lw=1.3)
    left.plot([0], [0], "o", color=ink.good, ms=5)
    left.set(xlabel="first weight", ylabel="second weight", title="path with step size 0.18")
    for rate, colour, place in (
        (0.02, ink.three, (22, 6)),
        (0.18, ink.one, (17, 0.05)),
        (0.21, ink.bad, (10, 150)),
    ):
        path = _path(rate, 30)
        right.semilogy((path**2 @ CURVATURE) / 2, color=colour)
        right.text(*place, f"{rate}", color=colour)
    right.set(xlabel="step", ylabel="loss", title="three step sizes", ylim=(1e-5, 1e4))
    right.set_yticks([1e-4, 1e-2, 1, 1e2, 1e4], ["0.0001", "0.01", "1", "100", "10000"])


def _path(rate, steps):
    return START * (1 - rate * CURVATURE) ** np.arange(steps + 1)[:, None]
