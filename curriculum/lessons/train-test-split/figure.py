"""The same 24 visits held out at random, by patient and by time."""

import numpy as np
from matplotlib.patches import Rectangle

SIZE = (6.4, 2.9)


def draw(figure, ink):
    axes = figure.add_subplot()
    rng = np.random.default_rng(3)
    patients = rng.permutation(np.repeat(list("abcdef"), 4))
    held = {
        "random": np.isin(np.arange(24), rng.choice(24, 8, replace=False)),
        "by patient": np.isin(patients, ["b", "e"]),
        "by time": np.arange(24) >= 16,
    }
    for row, (name, test) in enumerate(held.items()):
        y = 2.4 - 1.2 * row
        axes.text(-0.6, y + 0.4, name, ha="right", va="center", color=ink.text)
        for i, patient in enumerate(patients):
            colour = ink.two if test[i] else ink.one
            axes.add_patch(Rectangle((i, y), 0.9, 0.8, facecolor=colour, alpha=0.75 if test[i] else 0.18, lw=0))
            axes.text(i + 0.45, y + 0.38, patient, ha="center", va="center", fontsize=9, color=ink.text)
    axes.annotate("", (24, -0.25), (0, -0.25), arrowprops={"arrowstyle": "->", "color": ink.faint})
    axes.text(12, -0.4, "time of the visit", ha="center", va="top", color=ink.text)
    axes.add_patch(Rectangle((0, 3.55), 0.9, 0.5, facecolor=ink.one, alpha=0.18, lw=0))
    axes.text(1.2, 3.8, "training", va="center", color=ink.text)
    axes.add_patch(Rectangle((6, 3.55), 0.9, 0.5, facecolor=ink.two, alpha=0.75, lw=0))
    axes.text(7.2, 3.8, "held out (letters: six patients)", va="center", color=ink.text)
    axes.set(xlim=(-4.6, 24.3), ylim=(-1.0, 4.2))
    axes.set_axis_off()
