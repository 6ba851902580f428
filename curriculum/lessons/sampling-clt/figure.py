"""Means of simulated exponential waiting times for three sample sizes (seeded)."""

import numpy as np

SIZE = (5.4, 4.2)


def draw(figure, ink):
    rng = np.random.default_rng(11)
    panels = figure.subplots(3, 1, sharex=True)
    edges = np.linspace(0, 25, 51)
    for axes, size, colour in zip(panels, (1, 5, 40), (ink.one, ink.two, ink.three), strict=True):
        means = rng.exponential(8, size=(4_000, size)).mean(axis=1)
        axes.hist(means, bins=edges, color=colour, alpha=0.6, density=True)
        axes.axvline(8, color=ink.faint, ls="--", lw=1)
        spread = 8 / np.sqrt(size)
        people = "single waits" if size == 1 else f"means of {size}"
        axes.text(0.98, 0.75, f"{people}: spread {spread:.2f} min", color=ink.text,
                  transform=axes.transAxes, ha="right")
        axes.set(ylabel="density", xlim=(0, 25), ylim=0)
    panels[-1].set_xlabel("minutes (dashed: the true mean, 8)")
