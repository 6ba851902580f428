"""ROC and precision-recall curves of one scorer, for two shares of positives."""

import numpy as np
from scipy.stats import norm

SIZE = (6.8, 3.2)
SHIFT = 1.5  # positives score higher by this many standard deviations


def draw(figure, ink):
    left, right = figure.subplots(1, 2)
    threshold = np.linspace(-4, 6, 160)
    recall, false_rate = norm.sf(threshold - SHIFT), norm.sf(threshold)
    left.plot([0, 1], [0, 1], color=ink.faint, ls=":", lw=1.2)
    left.plot(false_rate, recall, color=ink.one)
    left.text(0.97, 0.24, f"AUC {norm.cdf(SHIFT / np.sqrt(2)):.2f},\nhowever rare", color=ink.one, ha="right", va="top")
    left.set(xlabel="false positive rate", ylabel="true positive rate", xlim=(0, 1), ylim=(0, 1.02))
    for share, colour, place in ((0.5, ink.three, (0.22, 0.74)), (0.01, ink.two, (0.24, 0.25))):
        precision = share * recall / (share * recall + (1 - share) * false_rate)
        right.plot(recall, precision, color=colour)
        right.text(*place, f"{share:.0%} positives".replace("%", " %"), color=colour)
    right.set(xlabel="recall", ylabel="precision", xlim=(0, 1), ylim=(0, 1.02))
    for axes in (left, right):
        axes.set_xticks([0, 0.5, 1])
        axes.set_yticks([0, 0.5, 1])
