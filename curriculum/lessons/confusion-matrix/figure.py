"""Precision of one detector as fraud gets rarer."""

import numpy as np


def draw(figure, ink):
    axes = figure.add_subplot()
    share = np.geomspace(0.001, 0.5, 120)
    recall, false_alarms = 15 / 20, 45 / 980
    precision = recall * share / (recall * share + false_alarms * (1 - share))
    axes.semilogx(100 * share, precision, color=ink.two)
    axes.axhline(recall, color=ink.one, ls="--", lw=1.4)
    axes.plot([2], [0.25], "o", color=ink.two, ms=6)
    axes.text(2.3, 0.22, "the example: 2 % fraud", color=ink.text, va="top")
    axes.text(0.11, recall + 0.02, "recall", color=ink.one, va="bottom")
    axes.text(8.5, 0.55, "precision", color=ink.two, ha="left", va="center")
    axes.set(xlabel="share of fraud among all payments (%)", ylabel="precision, recall", ylim=(0, 1.02), xlim=(0.1, 50))
    axes.set_xticks([0.1, 1, 10, 50], ["0.1", "1", "10", "50"])
    axes.tick_params(which="minor", bottom=False)
