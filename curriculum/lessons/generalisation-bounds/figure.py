"""Hoeffding's gap for one model and for the best of many, and simulated gaps."""

import numpy as np

SIZE = (5.8, 3.5)


def draw(figure, ink):
    axes = figure.add_subplot()
    rng = np.random.default_rng(0)
    rows = np.geomspace(100, 100_000, 40)
    for models, colour in ((1, ink.one), (100, ink.two), (10_000, ink.three)):
        gap = np.sqrt(np.log(2 * models / 0.05) / (2 * rows))
        axes.loglog(rows, gap, color=colour)
        axes.text(112_000, gap[-1] * {1: 0.97, 100: 0.97, 10_000: 1.08}[models], f"{models:,} model{'s' * (models > 1)}", color=colour, va="center", fontsize=9)
        if models > 100:
            continue
        for n in (100, 1000, 10_000, 100_000):
            off = np.abs(rng.binomial(n, 0.2, size=(2000, models)) / n - 0.2).max(axis=1)
            axes.plot([n], [np.quantile(off, 0.95)], "o", color=colour, ms=5, clip_on=False)
    axes.text(120, 0.0026, "lines: guaranteed\ndots: simulated", color=ink.text, fontsize=9)
    axes.set(xlabel="rows", ylabel="gap of the error rate", xlim=(100, 100_000), ylim=(0.002, 0.4))
    axes.set_xticks([100, 1000, 10_000, 100_000], ["100", "1,000", "10,000", "100,000"])
    axes.set_yticks([0.003, 0.01, 0.03, 0.1, 0.3], ["0.003", "0.01", "0.03", "0.1", "0.3"])
    axes.tick_params(which="minor", left=False, bottom=False)
