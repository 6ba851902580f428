"""Five deliveries, the least-squares line and its residuals."""

import numpy as np

KM = np.array([1.0, 2.0, 3.0, 4.0, 5.0])
MINUTES = np.array([7.0, 13.0, 17.0, 19.0, 24.0])


def draw(figure, ink):
    axes = figure.add_subplot()
    columns = np.column_stack([np.ones(5), KM])
    fit = np.linalg.lstsq(columns, MINUTES)[0]
    fitted = columns @ fit
    ends = np.array([0.5, 5.6])
    axes.plot(ends, fit[0] + fit[1] * ends, color=ink.one)
    axes.vlines(KM, fitted, MINUTES, color=ink.bad, lw=2)
    axes.plot(KM, MINUTES, "o", color=ink.text, ms=5)
    for x, y, residual in zip(KM, MINUTES, MINUTES - fitted, strict=True):
        above = residual > 0.5
        place = (x - 0.08, y + 0.5) if above else (x + 0.1, y - 1.7)
        name = f"{residual:+.0f}" if abs(residual) > 0.5 else "0"
        axes.text(*place, name, color=ink.bad, ha="right" if above else "left")
    axes.text(2.95, 11.2, f"minutes = {fit[0]:.0f} + {fit[1]:.0f} × km", color=ink.one)
    axes.set(xlabel="distance (km)", ylabel="time on the road (minutes)", xlim=(0, 6), ylim=(0, 29))
