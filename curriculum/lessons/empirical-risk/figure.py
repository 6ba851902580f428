"""Empirical risk of one announced time under three losses."""

import numpy as np

SIZE = (5.8, 3.3)


def draw(figure, ink):
    axes = figure.add_subplot()
    took = np.array([10.0, 12, 13, 15, 40])
    announced = np.linspace(5, 40, 141)
    late = took - announced[:, None]
    losses = (
        ("absolute", abs(late), ink.one, (24, 2.35)),
        ("late costs three times", np.where(late > 0, 3 * late, -late), ink.three, (34, 0.93)),
        ("squared", late**2, ink.two, (28.6, 1.42)),
    )
    for name, loss, colour, place in losses:
        risk = loss.mean(axis=1) / loss.mean(axis=1).min()
        best = announced[risk.argmin()]
        axes.plot(announced, risk, color=colour)
        axes.plot([best], [1], "o", color=colour, ms=6)
        axes.text(best, 0.93, f"{best:.0f}", color=colour, ha="center", va="top")
        axes.text(*place, name, color=colour, va="center", ha="center")
    axes.plot(took, np.full(5, 0.15), "|", color=ink.text, ms=12, mew=1.6)
    axes.text(22, 0.15, "the five deliveries", color=ink.text, va="center")
    axes.set(xlabel="announced time (minutes)", ylabel="mean loss (lowest = 1)", ylim=(0, 3.2), xlim=(5, 41))
