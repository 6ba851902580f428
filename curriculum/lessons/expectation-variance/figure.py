"""Standard deviation of a sum as a function of the correlation of its two parts."""

import numpy as np


def draw(figure, ink):
    axes = figure.add_subplot()
    first, second = 3.0, 4.0
    correlation = np.linspace(-1, 1, 121)
    spread = np.sqrt(first**2 + second**2 + 2 * correlation * first * second)
    axes.plot(correlation, spread, color=ink.one)
    axes.axhline(first + second, color=ink.faint, ls="--", lw=1)
    axes.text(-0.95, first + second - 0.15, "adding standard deviations: 7", color=ink.text, va="top")
    for at, name, dx, dy, ha in (
        (-1, "errors cancel: 1", 0.06, 0.0, "left"),
        (0, "uncorrelated: 5", 0.05, -0.35, "left"),
        (0.5, "0.5: 6.08", 0.05, -0.35, "left"),
    ):
        value = np.sqrt(first**2 + second**2 + 2 * at * first * second)
        axes.plot(at, value, "o", color=ink.two)
        axes.text(at + dx, value + dy, name, color=ink.text, ha=ha, va="center")
    axes.set(xlabel="correlation of the two parts", ylabel="standard deviation of the sum (min)")
    axes.set(xlim=(-1.05, 1.1), ylim=(0, 7.6), xticks=[-1, -0.5, 0, 0.5, 1])
