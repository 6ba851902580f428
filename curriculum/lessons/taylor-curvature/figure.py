"""A function with its tangent line and parabola, and Newton's step."""

import numpy as np

AT = 1.3


def draw(figure, ink):
    axes = figure.add_subplot()
    x = np.linspace(-0.6, 2.05, 120)
    h = x - AT
    value, slope, bend = np.exp(AT) - 2 * AT, np.exp(AT) - 2, np.exp(AT)
    axes.plot(x, np.exp(x) - 2 * x, color=ink.text)
    near = np.abs(h) < 0.75
    axes.plot(x[near], value + slope * h[near], color=ink.two, ls="--")
    parabola = value + slope * h + bend * h**2 / 2
    axes.plot(x[x > 0.15], parabola[x > 0.15], color=ink.one)
    step = AT - slope / bend
    bottom = value - slope**2 / bend / 2
    axes.plot([AT], [value], "o", color=ink.text, ms=5)
    axes.plot([step], [bottom], "o", color=ink.one, ms=5)
    axes.plot([np.log(2)], [2 - 2 * np.log(2)], "o", color=ink.good, ms=5)
    axes.annotate(
        "", (step, 0.1), (AT, 0.1), arrowprops={"arrowstyle": "-|>", "color": ink.one, "lw": 1.5}
    )
    axes.vlines([AT, step], 0.1, [value, bottom], color=ink.shade, lw=1)
    axes.text(AT + 0.08, -0.2, f"Newton's step\nto {step:.3f}", color=ink.one)
    axes.text(-0.55, 2.05, "f(x) = exp(x) - 2x", color=ink.text)
    axes.text(0.25, 1.6, "parabola", color=ink.one)
    axes.text(0.6, -0.4, "tangent line", color=ink.two, ha="right")
    axes.text(0.62, 0.32, "minimum", color=ink.good, ha="right", fontsize=9)
    axes.set(xlabel="x", ylabel="f(x)", ylim=(-0.6, 2.9), xlim=(-0.6, 2.2))
