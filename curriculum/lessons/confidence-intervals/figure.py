"""Forty 95 % intervals from forty simulated samples of 20 response times (seeded)."""

import numpy as np
from scipy import stats

SIZE = (5.2, 3.8)


def draw(figure, ink):
    axes = figure.add_subplot()
    truth, size = 200, 20
    samples = np.random.default_rng(4).normal(truth, 15, size=(40, size))
    centre = samples.mean(axis=1)
    half = stats.t.ppf(0.975, size - 1) * samples.std(axis=1, ddof=1) / np.sqrt(size)
    for row, (middle, reach) in enumerate(zip(centre, half, strict=True)):
        missed = abs(middle - truth) > reach
        axes.plot([middle - reach, middle + reach], [row + 1] * 2,
                  color=ink.bad if missed else ink.one, lw=3 if missed else 1.5)
    axes.axvline(truth, color=ink.text, lw=1)
    missed = int((np.abs(centre - truth) > half).sum())
    axes.set_title(f"{missed} of 40 intervals miss the true mean of 200 ms")
    axes.set(xlabel="mean response time (ms)", ylabel="sample", ylim=(0, 41))
