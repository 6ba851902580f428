"""Two linear equations: one, no, or infinitely many common points."""

import numpy as np

SIZE = (7.0, 2.7)


def draw(figure, ink):
    x = np.array([0.0, 4.0])
    first = 3 - 0.5 * x
    cases = (
        ("one solution", x, "-"),
        ("no solution", 1.5 - 0.5 * x, "-"),
        ("infinitely many", first, (0, (3, 3))),
    )
    panels = figure.subplots(1, 3, sharex=True, sharey=True)
    for axes, (title, second, dashes) in zip(panels, cases, strict=True):
        axes.plot(x, first, color=ink.one, lw=3 if title == "infinitely many" else 1.8)
        axes.plot(x, second, color=ink.two, ls=dashes)
        axes.set(title=title, xlim=(0, 4), ylim=(-0.6, 4), xlabel="x")
        axes.set(xticks=range(4), yticks=range(5))
    panels[0].plot([2], [2], "o", color=ink.text, ms=6)
    panels[0].text(1.75, 1.15, "(2, 2)", color=ink.text)
    panels[0].set_ylabel("y")
