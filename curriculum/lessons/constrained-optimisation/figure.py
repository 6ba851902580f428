"""Contours of total sales touched by the budget line."""

import numpy as np

SIZE = (5.2, 3.9)


def draw(figure, ink):
    axes = figure.add_subplot()
    x = np.linspace(0, np.sqrt(130), 90) ** 2  # denser where the contours are steep
    for level in (800, 900, 1000, 1100):
        y = ((level - 60 * np.sqrt(x)) / 80) ** 2
        axes.plot(x, y, color=ink.faint, lw=1.2)
        height = y[-1]
        axes.text(132, height, f"{level} sales", color=ink.text, fontsize=9, va="center")
    axes.plot([0, 100], [100, 0], color=ink.one)
    axes.text(4, 7, "budget: x + y = 100", color=ink.one)
    axes.plot([36], [64], "o", color=ink.good, ms=6)
    axes.text(4, 19, "best: (36, 64)", color=ink.good)
    axes.annotate(
        "", (54, 82), (36, 64), arrowprops={"arrowstyle": "-|>", "color": ink.two, "lw": 1.8}
    )
    axes.text(56, 84, "sales rise fastest", color=ink.two)
    axes.set(xlim=(0, 160), ylim=(0, 110), xticks=range(0, 121, 20), aspect="equal")
    axes.set(xlabel="hours x for campaign A", ylabel="hours y for campaign B")
