"""The unit square under two maps applied in both orders."""

import numpy as np

SIZE = (6.4, 2.9)
SQUARE = np.array([[0, 1, 1, 0, 0], [0, 0, 1, 1, 0]], float)


def draw(figure, ink):
    turn = np.array([[1, -1], [1, 1]]) / np.sqrt(2)
    stretch = np.array([[2.0, 0.0], [0.0, 1.0]])
    panels = figure.subplots(1, 2, sharex=True, sharey=True)
    _panel(panels[0], (stretch, turn), "stretch first, then turn", ink, ink.one)
    _panel(panels[1], (turn, stretch), "turn first, then stretch", ink, ink.two)
    panels[0].set_ylabel("second coordinate")


def _panel(axes, maps, title, ink, colour):
    first, second = maps
    middle, end = first @ SQUARE, second @ first @ SQUARE
    axes.plot(*SQUARE, color=ink.faint, lw=1.2)
    axes.plot(*middle, color=ink.faint, ls="--", lw=1.2)
    axes.fill(*end, color=colour, alpha=0.18)
    axes.plot(*end, color=colour)
    axes.set(title=title, aspect="equal", xlim=(-1.7, 2.3), ylim=(-0.15, 2.3))
    axes.set(xticks=range(-1, 3), yticks=range(3), xlabel="first coordinate")
    axes.text(-1.62, 2.0, "solid grey: start", color=ink.text, fontsize=9)
    axes.text(-1.62, 1.72, "dashed: halfway", color=ink.text, fontsize=9)
