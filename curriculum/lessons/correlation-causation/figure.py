"""Simpson's paradox with simulated patients: the dose helps, severity hides it (seeded)."""

import numpy as np


def draw(figure, ink):
    axes = figure.add_subplot()
    rng = np.random.default_rng(2)
    dose = np.concatenate([rng.uniform(0.5, 5, 40), rng.uniform(4.5, 9.5, 40)])
    severe = np.repeat([0, 1], 40)
    score = 62 + 3 * dose - 38 * severe + rng.normal(0, 4, 80)
    for group, colour, marker in ((0, ink.one, "o"), (1, ink.two, "s")):
        x, y = dose[severe == group], score[severe == group]
        axes.plot(x, y, marker, color=colour, ms=4, alpha=0.65)
        ends = np.array([x.min(), x.max()])
        axes.plot(ends, np.polyval(np.polyfit(x, y, 1), ends), color=colour)
    ends = np.array([0.5, 9.5])
    axes.plot(ends, np.polyval(np.polyfit(dose, score, 1), ends), color=ink.faint, ls="--")
    axes.text(0.3, 84, "mild cases", color=ink.one)
    axes.text(7.2, 32, "severe cases", color=ink.two)
    axes.text(6.7, 60, "all pooled", color=ink.text)
    axes.set(xlabel="dose (mg)", ylabel="recovery score", xlim=(0, 10), ylim=(28, 92))
