"""Lloyd's algorithm: the trails of three centres."""

import numpy as np


def draw(figure, ink):
    rng = np.random.default_rng(5)
    middles = np.array([[2.0, 14.0], [5.5, 30.0], [8.5, 12.0]])
    points = np.vstack([rng.normal(m, (0.75, 3.0), size=(30, 2)) for m in middles])
    scale = points.std(axis=0)
    centres = np.array([[1.0, 20.0], [2.2, 20.0], [1.6, 24.0]])
    trail = [centres]
    for _ in range(12):
        squared = (((points[:, None] - centres) / scale) ** 2).sum(axis=-1)
        group = squared.argmin(axis=1)
        centres = np.array([points[group == k].mean(axis=0) for k in range(3)])
        trail.append(centres)
    trail = np.array(trail)
    axes = figure.add_subplot()
    for k, (colour, marker) in enumerate(zip((ink.one, ink.two, ink.three), "os^", strict=True)):
        axes.plot(*points[group == k].T, marker, color=colour, ms=4, alpha=0.55)
        axes.plot(*trail[:, k].T, "-", color=ink.text, lw=1.1)
        axes.plot(*trail[:-1, k].T, ".", color=ink.text, ms=4)
        axes.plot(*trail[-1, k], "X", color=ink.text, ms=9)
    axes.text(0.3, 25.5, "start", color=ink.text)
    axes.set(
        xlabel="Customers per week (thousands)",
        ylabel="Mean purchase (euros)",
        xlim=(0, 11),
        ylim=(0, 40),
    )
