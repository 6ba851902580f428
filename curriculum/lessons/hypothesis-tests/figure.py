"""Null and alternative distribution of a z statistic, with both error areas."""

import numpy as np
from scipy import stats


def draw(figure, ink):
    axes = figure.add_subplot()
    z, threshold, effect = np.linspace(-4, 6.5, 200), 1.96, 2.8
    null, real = stats.norm(0, 1), stats.norm(effect, 1)
    axes.plot(z, null.pdf(z), color=ink.one)
    axes.plot(z, real.pdf(z), color=ink.two)
    right, left = z[z >= threshold], z[z <= threshold]
    axes.fill_between(right, null.pdf(right), color=ink.bad, alpha=0.8, lw=0)
    axes.fill_between(left, real.pdf(left), color=ink.two, alpha=0.25, lw=0)
    axes.plot([threshold, threshold], [0, 0.445], color=ink.faint, ls="--", lw=1)
    axes.text(threshold, 0.455, "reject beyond 1.96", color=ink.text, ha="center")
    axes.text(-1.1, 0.36, "no difference", color=ink.one, ha="right")
    axes.text(3.9, 0.36, "real difference", color=ink.two, ha="left")
    axes.annotate(f"missed {100 * real.cdf(threshold):.0f} %", (1.3, 0.05), (-3.9, 0.22), color=ink.text,
                  arrowprops={"arrowstyle": "-", "color": ink.faint})
    axes.annotate(f"false alarm {100 * null.sf(threshold):.1f} %", (2.15, 0.02), (4.4, 0.22), color=ink.text,
                  arrowprops={"arrowstyle": "-", "color": ink.faint})
    axes.set(xlabel="z statistic", ylabel="density", ylim=(0, 0.49), xlim=(-4, 7.6))
