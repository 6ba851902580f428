"""Four summaries while one of nine values moves away."""

import numpy as np

SIZE = (6.2, 3.2)
WAIT = np.array([12, 14, 15, 17, 18, 19, 20, 21], float)


def draw(figure, ink):
    axes = figure.add_subplot()
    last = np.linspace(25, 200, 60)
    samples = np.column_stack([np.tile(WAIT, (len(last), 1)), last])
    median = np.median(samples, axis=1)
    mad = 1.4826 * np.median(np.abs(samples - median[:, None]), axis=1)
    lines = (
        (samples.std(axis=1, ddof=1), ink.bad, "-", "standard deviation"),
        (samples.mean(axis=1), ink.one, "-", "mean"),
        (median, ink.one, "--", "median"),
        (mad, ink.bad, "--", "1.4826 · MAD"),
    )
    for values, colour, style, name in lines:
        axes.plot(last, values, color=colour, ls=style)
        axes.text(203, values[-1], name, color=colour, va="center")
    axes.set(
        xlabel="largest of nine waiting times (min)",
        ylabel="summary (min)",
        xlim=(25, 200),
        ylim=(0, 64),
    )
