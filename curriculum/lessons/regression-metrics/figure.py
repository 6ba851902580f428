"""Four errors of 2 minutes and one that grows."""

import numpy as np


def draw(figure, ink):
    axes = figure.add_subplot()
    largest = np.linspace(0, 20, 81)
    errors = np.column_stack([np.full((81, 4), 2.0), largest])
    mae, rmse = np.abs(errors).mean(axis=1), np.sqrt((errors**2).mean(axis=1))
    axes.plot(largest, mae, color=ink.one)
    axes.plot(largest, rmse, color=ink.two)
    axes.text(15.2, np.interp(15.2, largest, mae) - 0.35, "MAE", color=ink.one, va="top")
    axes.text(14.6, np.interp(14.6, largest, rmse) + 0.35, "RMSE", color=ink.two, ha="right")
    axes.set(xlabel="size of the fifth error (minutes)", ylabel="score (minutes)", xlim=(0, 20), ylim=(0, 10), xticks=range(0, 21, 4))
