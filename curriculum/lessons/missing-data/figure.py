"""Bias of two ways of treating blanks under three mechanisms, simulated 200 times."""

import numpy as np

SIZE = (6.2, 3.3)
REPEATS, PEOPLE = 200, 600
TRUTH = 38.0


def estimates(rng, mechanism):
    old = rng.random(PEOPLE) < 0.5
    income = np.where(old, 43.0, 33.0) + rng.normal(0, 6, PEOPLE)
    chance = {
        "at random": np.full(PEOPLE, 0.4),
        "depends on age": np.where(old, 0.2, 0.6),
        "depends on income": np.where(income > 40, 0.6, 0.25),
    }[mechanism]
    seen = rng.random(PEOPLE) >= chance
    by_age = sum((old == age).mean() * income[seen & (old == age)].mean() for age in (True, False))
    return income[seen].mean(), by_age


def draw(figure, ink):
    axes = figure.add_subplot()
    rng = np.random.default_rng(11)
    names = ("at random", "depends on age", "depends on income")
    for x, name in enumerate(names):
        runs = np.array([estimates(rng, name) for _ in range(REPEATS)])
        for column, shift, colour in ((0, -0.12, ink.bad), (1, 0.12, ink.one)):
            low, middle, high = np.quantile(runs[:, column], (0.025, 0.5, 0.975))
            axes.plot([x + shift] * 2, [low, high], color=colour, lw=1.6)
            axes.plot(x + shift, middle, "o", color=colour, ms=6)
    axes.axhline(TRUTH, color=ink.faint, ls="--", lw=1.2)
    axes.text(2.45, TRUTH + 0.12, "true mean", color=ink.faint, ha="right", va="bottom")
    axes.text(0.8, 39.6, "rows left out", color=ink.bad, ha="right", va="center")
    axes.text(1.2, 38.3, "filled by age group", color=ink.one)
    axes.set(xlim=(-0.5, 2.5), ylabel="mean income (thousand euros)", xlabel="why values are missing")
    axes.set_xticks(range(3), names)
