"""Two weighted normal densities and the responsibility of the second."""

import numpy as np
from scipy.optimize import brentq
from scipy.stats import norm

SIZE = (5.2, 4.0)
WEIGHT, MEAN, SD = (0.6, 0.4), (4.0, 11.0), (1.3, 2.6)


def _parts(x):
    return [w * norm.pdf(x, m, s) for w, m, s in zip(WEIGHT, MEAN, SD, strict=True)]


def draw(figure, ink):
    above, below = figure.subplots(2, 1, sharex=True, height_ratios=(3, 2))
    x = np.linspace(0, 20, 241)
    first, second = _parts(x)
    above.plot(x, first + second, color=ink.faint, lw=4, alpha=0.6)
    above.plot(x, first, color=ink.one)
    above.plot(x, second, color=ink.two)
    above.text(5.3, 0.15, "short calls, weight 0.6", color=ink.one)
    above.text(6.7, 0.06, "sum", color=ink.faint)
    above.text(12.2, 0.07, "long calls, weight 0.4", color=ink.two)
    above.set(ylabel="Density (per minute)", ylim=(0, 0.2))
    below.plot(x, second / (first + second), color=ink.two)
    half = brentq(lambda t: _parts(t)[0] - _parts(t)[1], 5, 9)
    below.plot([half, half, 0], [0, 0.5, 0.5], color=ink.faint, ls="--", lw=1.2)
    below.text(half + 0.5, 0.15, f"one half at {half:.1f} min", color=ink.text)
    below.set(
        xlabel="Length of the call (minutes)",
        ylabel="Responsibility\nof long calls",
        ylim=(0, 1.04),
        xlim=(0, 20),
    )
