"""Bootstrap replicates of the mean of 15 hospital stays (seeded)."""

import numpy as np


def draw(figure, ink):
    axes = figure.add_subplot()
    stays = np.array([2, 3, 3, 3, 4, 4, 4, 5, 5, 5, 6, 7, 8, 12, 16])
    rows = np.random.default_rng(3).integers(len(stays), size=(5_000, len(stays)))
    replicates = stays[rows].mean(axis=1)
    low, high = np.quantile(replicates, [0.025, 0.975])
    counts, _, _ = axes.hist(replicates, bins=np.arange(3, 10.6, 0.2), color=ink.one, alpha=0.55)
    top = counts.max()
    axes.plot([stays.mean()] * 2, [0, 1.02 * top], color=ink.text, lw=1.2)
    axes.text(stays.mean(), 1.05 * top, f"sample mean {stays.mean():.1f}", ha="center", color=ink.text)
    axes.plot([low, high], [-0.06 * top] * 2, color=ink.two, lw=5, solid_capstyle="butt")
    axes.text(high + 0.15, -0.06 * top, f"95 %: {low:.1f} to {high:.1f}", color=ink.text, va="center")
    axes.set(xlabel="mean stay (days)", ylabel="resamples", ylim=(-0.13 * top, 1.15 * top), xlim=(2.8, 10.6))
