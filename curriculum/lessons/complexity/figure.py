"""Steps of three ways to find duplicates, from their exact counts."""

import numpy as np

SIZE = (6.4, 3.2)


def draw(figure, ink):
    axes = figure.add_subplot()
    n = np.logspace(1, 6, 60)
    ways = (
        (n * (n - 1) / 2, ink.bad, "all pairs: n(n − 1)/2"),
        (n * np.log2(n), ink.two, "sort first: n log n"),
        (n, ink.one, "one pass with a set: n"),
    )
    for steps, colour, name in ways:
        axes.loglog(n, steps, color=colour)
        axes.text(1.25e6, steps[-1], name, color=colour, va="center")
    axes.set(xlabel="rows n", ylabel="steps", xlim=(10, 1e6), ylim=(5, 2e12))
    axes.set_yticks([1e1, 1e4, 1e7, 1e10])
    axes.set_yticklabels(["10", "10 thousand", "10 million", "10 billion"])
    axes.set_xticks([10, 1e3, 1e5])
    axes.set_xticklabels(["10", "1,000", "100,000"])
    axes.minorticks_off()
