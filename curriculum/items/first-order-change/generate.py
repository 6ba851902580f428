"""First-order change of a loss for a step against the gradient."""

import math

from journeyman.core.tex import number, vector

CASES = (
    "A model predicts the waiting time in a clinic.",
    "A model rates the risk of card fraud.",
    "A model forecasts the stock that a shop needs.",
    "A model predicts the load of a power grid.",
    "A model estimates the price of used cars.",
)


def generate(rng):
    story = CASES[rng.integers(len(CASES))]
    while True:
        g = [int(v) for v in rng.choice((-6, -5, -4, -3, -2, -1, 1, 2, 3, 4, 5, 6), size=3)]
        rate = float(rng.choice((0.01, 0.02, 0.05, 0.1)))
        gg = sum(v * v for v in g)
        answer = -rate * gg
        wrong = {
            "length-for-squared-length": -rate * math.sqrt(gg),
            "ascent-for-descent": rate * gg,
            "gradient-entries-added": -rate * sum(g),
        }
        values = sorted([answer, *wrong.values()])
        if min(v - u for u, v in zip(values, values[1:], strict=False)) > 0.005:
            break
    feedback = {
        "length-for-squared-length": "You used the length of the gradient. It enters twice: once in the slope, once in the step.",
        "ascent-for-descent": "The size is right. The step goes against the gradient: does the loss rise or fall?",
        "gradient-entries-added": "You added the entries. Each entry is multiplied by the step in its own direction.",
    }
    return {
        "params": {
            "story": story,
            "g": vector(g),
            "rate": number(rate),
            "gg": gg,
            "shown": f"{answer:.3f}",
            "numbers": [rate, g],
        },
        "answer": answer,
        "rtol": 0,
        "atol": 0.00055,
        "distractors": [
            {"value": value, "misconception": name, "feedback": feedback[name]}
            for name, value in wrong.items()
        ],
    }


def check(params):
    """Second route: a plane with this gradient, before and after the step."""
    rate, g = params["numbers"]
    plane = lambda w: 7.0 + sum(slope * x for slope, x in zip(g, w, strict=True))  # noqa: E731
    start = [0.5, -1.5, 2.0]
    end = [x - rate * slope for x, slope in zip(start, g, strict=True)]
    return plane(end) - plane(start)
