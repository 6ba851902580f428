"""A week of bread against two baselines."""

import numpy as np

SIZE = (5.8, 3.2)


def draw(figure, ink):
    axes = figure.add_subplot()
    first = np.array([52, 48, 50, 55, 71, 96, 88])
    second = np.array([54, 47, 53, 57, 74, 99, 85])
    days = np.arange(7)
    axes.axhline(first.mean(), color=ink.two, ls="--", lw=1.4)
    axes.plot(days, first, color=ink.three, lw=1.6)
    axes.plot(days, second, "o", color=ink.text, ms=5)
    axes.text(-0.2, first.mean() + 1.5, "mean of last week: off by 16.1", color=ink.two, va="bottom")
    axes.text(1.1, 42.5, "same weekday last week: off by 2.4", color=ink.three, va="top")
    axes.text(5.15, 100, "sold", color=ink.text, va="bottom")
    axes.set(xticks=days, xticklabels="Mon Tue Wed Thu Fri Sat Sun".split(), ylabel="loaves a day", ylim=(0, 112), xlim=(-0.4, 6.4))
