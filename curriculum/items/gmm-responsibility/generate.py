"""Share of one weighted normal density in the sum of two."""

import math
from itertools import combinations

from journeyman.core.tex import number

STORIES = (
    "Lengths of calls in minutes.",
    "Weights of parcels in kilograms.",
    "Ages of visitors in years.",
    "Times between failures in days.",
    "Widths of leaves in millimetres.",
    "Speeds on a cycle path in km/h.",
)
FEEDBACK = {
    "mixture-weights-ignored": "You compared the bare densities. Multiply each by its weight.",
    "density-width-factor-dropped": "You left out the factor 1/sigma: a narrow component is higher.",
    "other-component-reported": "That is the share of the other component.",
}


def _bell(x, mean, sd):
    return math.exp(-((x - mean) ** 2) / (2 * sd**2)) / sd


def generate(rng):
    while True:
        w1 = float(rng.choice((0.2, 0.3, 0.4, 0.6, 0.7, 0.8)))
        w2 = round(1 - w1, 1)
        m1, s1, s2 = int(rng.integers(5, 30)), int(rng.integers(1, 4)), int(rng.integers(2, 7))
        m2 = m1 + int(rng.integers(4, 12))
        x = int(rng.integers(m1, m2 + 1))
        one, two = w1 * _bell(x, m1, s1), w2 * _bell(x, m2, s2)
        answer = two / (one + two)
        bare1, bare2 = _bell(x, m1, s1), _bell(x, m2, s2)
        wrong = {
            "mixture-weights-ignored": bare2 / (bare1 + bare2),
            "density-width-factor-dropped": two * s2 / (one * s1 + two * s2),
            "other-component-reported": 1 - answer,
        }
        apart = all(abs(a - b) > 0.03 for a, b in combinations([answer, *wrong.values()], 2))
        if apart and s1 != s2 and min(one, two) > 0.001:
            break
    return {
        "params": {
            "story": STORIES[rng.integers(len(STORIES))],
            "w1": number(w1),
            "m1": m1,
            "s1": s1,
            "w2": number(w2),
            "m2": m2,
            "s2": s2,
            "x": x,
            "joint1": f"{one:.4f}",
            "joint2": f"{two:.4f}",
            "answer": f"{answer:.2f}",
            "components": [[w1, m1, s1], [w2, m2, s2]],
        },
        "answer": answer,
        "rtol": 0,
        "atol": 0.0051,
        "distractors": [
            {"value": value, "misconception": name, "feedback": FEEDBACK[name]}
            for name, value in wrong.items()
        ],
    }


def check(params):
    """Second route: SciPy's log densities and a sigmoid of the difference."""
    from scipy.special import expit
    from scipy.stats import norm

    first, second = (math.log(w) + norm.logpdf(params["x"], m, s) for w, m, s in params["components"])
    return float(expit(second - first))
