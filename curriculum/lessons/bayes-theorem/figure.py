"""Posterior probability of fraud after an alarm, as the base rate changes (exact formula)."""

import numpy as np


def posterior(base_rate, caught=0.90, false_alarm=0.03):
    return base_rate * caught / (base_rate * caught + (1 - base_rate) * false_alarm)


def draw(figure, ink):
    axes = figure.add_subplot()
    rates = np.geomspace(3e-5, 0.5, 120)
    axes.plot(rates, posterior(rates), color=ink.one)
    for rate, dx, dy, name in (
        (0.002, -0.1, 0.07, "0.2 % fraud: {:.0f} % real"),
        (0.02, -0.1, 0.07, "2 % fraud: {:.0f} % real"),
        (0.5, -0.45, 0.0, "50 % fraud: {:.0f} % real"),
    ):
        value = posterior(rate)
        axes.plot(rate, value, "o", color=ink.two)
        label = name.format(100 * value)
        axes.text(rate * 10**dx, value + dy, label, ha="right", va="center", color=ink.text)
    axes.set(xscale="log", xlabel="share of payments that are fraud (log scale)", ylabel="share of alarms that are real")
    axes.set(xticks=[1e-4, 1e-3, 1e-2, 1e-1, 0.5], xticklabels=["0.01 %", "0.1 %", "1 %", "10 %", "50 %"])
    axes.set(ylim=(0, 1.02), xlim=(3e-5, 0.6))
    axes.minorticks_off()
