"""The best of m equally good settings, on 200 validation rows."""

import numpy as np


def draw(figure, ink):
    axes = figure.add_subplot()
    rng = np.random.default_rng(0)
    tries = np.unique(np.geomspace(1, 1000, 25).astype(int))
    scores = rng.binomial(200, 0.80, size=(1000, 1000)) / 200
    best = np.maximum.accumulate(scores, axis=1)[:, tries - 1]
    low, high = np.quantile(best, (0.05, 0.95), axis=0)
    axes.fill_between(tries, low, high, color=ink.two, alpha=0.2, lw=0)
    axes.semilogx(tries, best.mean(axis=0), color=ink.two)
    axes.axhline(0.80, color=ink.one, ls="--", lw=1.4)
    axes.text(1000, 0.797, "true accuracy of every setting", color=ink.one, ha="right", va="top")
    axes.text(1.15, 0.892, "best validation score\n(mean, 90 % of runs)", color=ink.two, va="bottom")
    axes.set(xlabel="settings tried", ylabel="accuracy", xlim=(1, 1000), ylim=(0.74, 0.92))
    axes.set_xticks([1, 10, 100, 1000], ["1", "10", "100", "1,000"])
    axes.tick_params(which="minor", bottom=False)
