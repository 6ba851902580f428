"""Three ReLU units and their sum."""

import numpy as np

SIZE = (6.6, 2.9)


def draw(figure, ink):
    x = np.linspace(-3, 3, 121)
    units = ((1.0, 2.0, 1.0), (1.0, 0.5, -2.2), (1.0, -1.0, 2.4))  # weight, bias, outgoing weight
    left, right = figure.subplots(1, 2, sharex=True)
    total = np.full_like(x, 0.5)
    spots = ((0.4, 3.3), (1.5, -5.6), (1.9, 0.9))  # beside each line
    marks = zip(units, (ink.one, ink.two, ink.three), spots, strict=True)
    for number, ((weight, bias, out), colour, spot) in enumerate(marks, 1):
        hinge = out * np.maximum(0, weight * x + bias)
        left.plot(x, hinge, color=colour)
        left.text(*spot, f"unit {number}", color=colour, ha="right" if number < 3 else "left")
        right.axvline(-bias / weight, color=colour, ls=":", lw=1.2)
        total += hinge
    right.plot(x, total, color=ink.text)
    left.set(title="Three hidden units, weighted", xlabel="Input x", ylabel="Contribution")
    right.set(title="Network output: their sum", xlabel="Input x", ylabel="Output z")
