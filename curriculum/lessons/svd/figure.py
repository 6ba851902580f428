"""A matrix as rotate, stretch, rotate: the unit circle after each step."""

import numpy as np

SIZE = (7.0, 2.5)


def draw(figure, ink):
    first, last = _rotation(-np.pi / 6), _rotation(np.pi / 3)
    stretch = np.diag([2.0, 0.5])
    steps = (
        ("start", np.eye(2)),
        ("rotate", first),
        ("stretch", stretch @ first),
        ("rotate", last @ stretch @ first),
    )
    angle = np.linspace(0, 2 * np.pi, 91)
    circle = np.array([np.cos(angle), np.sin(angle)])
    panels = figure.subplots(1, 4, sharex=True, sharey=True)
    for axes, (title, matrix) in zip(panels, steps, strict=True):
        axes.plot(*(matrix @ circle), color=ink.faint)
        for direction, colour in zip(first, (ink.one, ink.two), strict=True):
            axes.annotate(
                "",
                matrix @ direction,
                (0, 0),
                arrowprops={"arrowstyle": "-|>", "color": colour, "lw": 1.8},
            )
        axes.set(title=title, aspect="equal", xlim=(-2.2, 2.2), ylim=(-2.2, 2.2))
        axes.set(xticks=(-2, 0, 2), yticks=(-2, 0, 2))
    names = (((1.0, 0.55), "v1"), ((-0.95, 1.0), "v2")), (((1.2, 1.75), "2 u1"), ((-1.95, 0.6), "0.5 u2"))
    for axes, pair in zip((panels[0], panels[3]), names, strict=True):
        for (place, name), colour in zip(pair, (ink.one, ink.two), strict=True):
            axes.text(*place, name, color=colour, fontsize=9)
    panels[0].set_ylabel("second coordinate")
    figure.supxlabel("first coordinate", fontsize=10.5)


def _rotation(angle):
    c, s = np.cos(angle), np.sin(angle)
    return np.array([[c, -s], [s, c]])
