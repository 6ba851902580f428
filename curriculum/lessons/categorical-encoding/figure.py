"""Raw and smoothed category means when every category has the same true rate."""

import numpy as np

RATE, STRENGTH = 0.3, 20


def draw(figure, ink):
    axes = figure.add_subplot()
    rng = np.random.default_rng(2)
    orders = np.round(np.logspace(0, np.log10(300), 60)).astype(int)
    returned = rng.binomial(orders, RATE)
    raw = returned / orders
    overall = returned.sum() / orders.sum()
    smooth = (returned + STRENGTH * overall) / (orders + STRENGTH)
    axes.plot(orders, raw, "o", mfc="none", mec=ink.bad, ms=5, mew=1.1)
    axes.plot(orders, smooth, "o", color=ink.one, ms=4)
    axes.axhline(RATE, color=ink.faint, ls="--", lw=1.2)
    axes.text(3.2, 0.9, "raw mean of a shop", color=ink.bad)
    axes.text(310, 0.47, "smoothed, m = 20", color=ink.one, ha="right")
    axes.set(xscale="log", xlabel="orders of the shop", ylabel="encoded return rate", ylim=(-0.05, 1.05))
    axes.set_xticks([1, 10, 100], ["1", "10", "100"])
    axes.minorticks_off()
