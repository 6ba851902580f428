"""A chord above a convex curve, and one below a curve with two valleys."""

import numpy as np

SIZE = (7.0, 2.9)


def draw(figure, ink):
    left, right = figure.subplots(1, 2)
    _panel(left, np.square, (-2.3, 2.3), (-1.2, 2.0), ink, "convex: chord above")
    _panel(right, _valleys, (-1.75, 1.75), (-1.25, 1.2), ink, "not convex: chord below")
    lows = -1.0353, 0.9602  # minima of the curve, the roots of its derivative 4x^3 - 4x + 0.3
    for x, name, colour in zip(lows, ("lowest", "only local"), (ink.good, ink.bad), strict=True):
        right.plot([x], [_valleys(x)], "o", color=colour, ms=5)
        right.text(x, _valleys(x) - 0.36, name, color=colour, ha="center", fontsize=9)
    right.set(ylim=(-0.9, 2.7))
    left.set(ylim=(-0.6, 5.4))
    left.set_ylabel("f(x)")


def _valleys(x):
    return (x**2 - 1) ** 2 + 0.3 * x


def _panel(axes, function, span, ends, ink, title):
    x = np.linspace(*span, 120)
    axes.plot(x, function(x), color=ink.one)
    ends = np.array(ends)
    axes.plot(ends, function(ends), "o-", color=ink.two, ms=4)
    axes.set(title=title, xlabel="x")
