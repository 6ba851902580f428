"""Softmax of the same scores at three scales."""

import numpy as np


def draw(figure, ink):
    axes = figure.add_subplot()
    scores = np.array([1.0, 2.0, 0.5])
    names, colours = ("bicycle", "car", "bus"), (ink.three, ink.one, ink.two)
    for group, scale in enumerate((0.5, 1.0, 2.0)):
        p = np.exp(scale * scores) / np.exp(scale * scores).sum()
        for k in range(3):
            x = group + 0.27 * (k - 1)
            axes.bar(x, p[k], width=0.25, color=colours[k])
            axes.text(x, p[k] + 0.02, f"{p[k]:.2f}", ha="center", color=ink.text, fontsize=9)
            axes.text(x, -0.035, names[k], ha="center", va="top", color=colours[k], fontsize=8)
    axes.set(ylabel="Probability", ylim=(0, 1), xlim=(-0.5, 2.5))
    axes.set_xticks(
        range(3), ["scores halved", "scores 1, 2, 0.5", "scores doubled"], fontsize=10
    )
    axes.tick_params(axis="x", length=0, pad=16)
