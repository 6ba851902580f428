"""Reliability of simulated overconfident forecasts."""

import numpy as np
from scipy.special import expit, logit

SIZE = (4.6, 3.6)


def draw(figure, ink):
    axes = figure.add_subplot()
    rng = np.random.default_rng(0)
    forecast = rng.uniform(0.005, 0.995, 4000)
    happened = rng.random(4000) < expit(0.5 * logit(forecast))  # half as sure as the model says
    index = np.minimum((10 * forecast).astype(int), 9)
    size = np.bincount(index)
    said, seen = np.bincount(index, forecast) / size, np.bincount(index, happened) / size
    half = 1.96 * np.sqrt(seen * (1 - seen) / size)
    axes.plot([0, 1], [0, 1], color=ink.faint, ls=":", lw=1.4)
    axes.errorbar(said, seen, half, color=ink.two, fmt="o-", ms=4.5, lw=1.4, elinewidth=1.2)
    axes.text(0.04, 0.52, "happens more often\nthan forecast", color=ink.text, va="bottom")
    axes.text(0.98, 0.36, "happens less often\nthan forecast", color=ink.text, ha="right", va="top")
    axes.text(0.30, 0.275, "calibrated", color=ink.faint, rotation=40, rotation_mode="anchor", va="top")
    axes.set(xlabel="mean forecast of the bin", ylabel="share in which it happened", xlim=(0, 1), ylim=(0, 1))
