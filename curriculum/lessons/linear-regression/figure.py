"""Least squares: a line through six clinic days with its residuals."""

import numpy as np


def draw(figure, ink):
    axes = figure.add_subplot()
    patients = np.array([10, 14, 18, 22, 28, 32.0])
    wait = np.array([12, 19, 18, 27, 33, 41.0])
    slope, intercept = np.polyfit(patients, wait, 1)
    fitted = intercept + slope * patients
    axes.vlines(patients, np.minimum(wait, fitted), np.maximum(wait, fitted), color=ink.two, lw=2)
    span = np.array([8, 34])
    axes.plot(span, intercept + slope * span, color=ink.one)
    axes.plot(patients, wait, "o", color=ink.text, ms=6)
    axes.text(25.5, 22, f"fitted line:\n{slope:.2f} min more\nper patient", color=ink.one, va="center")
    axes.annotate(
        "residual",
        (18, (wait[2] + fitted[2]) / 2),
        (19.5, 12),
        color=ink.two,
        arrowprops={"arrowstyle": "-", "color": ink.two, "lw": 1},
    )
    axes.set(
        xlabel="Patients booked on the day",
        ylabel="Mean wait (minutes)",
        xlim=(7, 36),
        ylim=(0, 45),
    )
