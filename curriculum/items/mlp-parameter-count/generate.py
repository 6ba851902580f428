"""Weights and biases of a network with two hidden layers."""

import numpy as np

TASKS = (
    "reading postcodes",
    "sorting tickets",
    "grading timber",
    "telling bird calls apart",
    "forecasting load",
    "checking signatures",
    "naming fonts",
    "spotting defects",
)
FEEDBACK = {
    "biases-not-counted": "Those are the weights alone. Hidden units and outputs have a bias each.",
    "inputs-given-biases": "You gave the inputs biases. They are data, not units.",
    "layers-skip-connected": "You joined the inputs to every layer. Each layer sees only the one before.",
}


def generate(rng):
    d, h1 = int(rng.integers(4, 40)), int(rng.integers(5, 33))
    h2, m = int(rng.integers(3, 17)), int(rng.integers(2, 11))
    weights = d * h1 + h1 * h2 + h2 * m
    total = weights + h1 + h2 + m
    wrong = {
        "biases-not-counted": weights,
        "inputs-given-biases": total + d,
        "layers-skip-connected": total + d * h2 + (d + h1) * m,
    }
    return {
        "params": {
            "task": TASKS[rng.integers(len(TASKS))],
            "d": d,
            "h1": h1,
            "h2": h2,
            "m": m,
            "total": total,
        },
        "answer": f"{total}",
        "distractors": [
            {"value": f"{value}", "misconception": name, "feedback": FEEDBACK[name]}
            for name, value in wrong.items()
        ],
    }


def check(params):
    """Second route: make the arrays of the network and count their entries."""
    sizes = [params[name] for name in ("d", "h1", "h2", "m")]
    arrays = []
    for before, after in zip(sizes[:-1], sizes[1:], strict=True):
        arrays += [np.zeros((before, after)), np.zeros(after)]
    return f"{sum(array.size for array in arrays)}"
