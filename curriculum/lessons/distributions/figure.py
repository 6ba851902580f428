"""Four families, each with the parameters of the lesson's example."""

import numpy as np
from scipy import stats

SIZE = (6.6, 4.2)


def draw(figure, ink):
    (counts, open_counts), (waits, sums) = figure.subplots(2, 2)
    k = np.arange(0, 10)
    counts.bar(k, stats.binom(20, 0.1).pmf(k), color=ink.one, width=0.75)
    counts.set(title="Binomial: 20 devices, p = 0.1", xlabel="failures", ylabel="probability")
    open_counts.bar(k, stats.poisson(3).pmf(k), color=ink.two, width=0.75)
    open_counts.set(title="Poisson: 3 arrivals a night", xlabel="arrivals", ylabel="probability")
    for axes in (counts, open_counts):
        axes.set(xticks=range(0, 10, 2), ylim=(0, 0.31))
    hours = np.linspace(0, 12, 100)
    waits.fill_between(hours, stats.expon(scale=8 / 3).pdf(hours), color=ink.three, alpha=0.25, lw=0)
    waits.plot(hours, stats.expon(scale=8 / 3).pdf(hours), color=ink.three)
    waits.set(title="Exponential: gaps, mean 2.67 h", xlabel="hours", ylabel="density", ylim=0, xlim=(0, 12))
    height = np.linspace(142, 198, 100)
    sums.fill_between(height, stats.norm(170, 8).pdf(height), color=ink.four, alpha=0.25, lw=0)
    sums.plot(height, stats.norm(170, 8).pdf(height), color=ink.four)
    sums.set(title="Normal: heights, 170 ± 8 cm", xlabel="cm", ylabel="density", ylim=0)
