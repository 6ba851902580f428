"""Log-likelihood of an exponential rate for 5 and for 50 gaps with the same mean of 4 minutes."""

import numpy as np


def draw(figure, ink):
    axes = figure.add_subplot()
    mean = 4.0
    for count, colour, at in ((5, ink.one, 0.52), (50, ink.two, 0.33)):
        rate = np.linspace(0.03, 0.75, 240)
        drop = count * (np.log(rate * mean) - rate * mean + 1)
        rate, drop = rate[drop > -6], drop[drop > -6]
        axes.plot(rate, drop, color=colour)
        height = count * (np.log(at * mean) - at * mean + 1)
        axes.text(at + 0.015, height + 0.1, f"{count} gaps", color=colour, va="bottom")
    axes.axvline(1 / mean, color=ink.faint, ls="--", lw=1)
    axes.set_title("both samples have a mean gap of 4 minutes: estimate 0.25")
    axes.set(xlabel="rate (calls per minute)", ylabel="log-likelihood below its peak")
    axes.set(xlim=(0, 0.76), ylim=(-6, 0.4))
