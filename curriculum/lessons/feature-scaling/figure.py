"""The nearest neighbour of a new flat before and after standardising."""

import numpy as np

SIZE = (6.8, 3.1)
FLATS = np.array(
    [[45.0, 210], [62, 560], [84, 330], [122, 450], [98, 760], [70, 905]]
)
NEW = np.array([74.0, 440])


def panel(axes, points, new, ink, labels):
    nearest = ((points - new) ** 2).sum(axis=1).argmin()
    axes.plot(*zip(new, points[nearest], strict=True), color=ink.two, lw=1.6)
    axes.plot(*points.T, "o", color=ink.one, ms=6)
    axes.plot(*new, "s", color=ink.bad, ms=7)
    axes.set(xlabel=labels[0], ylabel=labels[1])
    return nearest


def draw(figure, ink):
    left, right = figure.subplots(1, 2)
    panel(left, FLATS, NEW, ink, ("area (m²)", "distance to station (m)"))
    centre, spread = FLATS.mean(axis=0), FLATS.std(axis=0)
    panel(
        right,
        (FLATS - centre) / spread,
        (NEW - centre) / spread,
        ink,
        ("area (standardised)", "distance (standardised)"),
    )
    left.set_title("raw: metres decide")
    right.set_title("standardised: both count")
    left.text(70, 418, "new flat", color=ink.bad, ha="right", va="top")
