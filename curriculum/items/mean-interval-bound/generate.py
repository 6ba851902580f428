"""Upper or lower end of the t interval of a mean."""

import numpy as np
from scipy import stats

STORIES = (
    ("Response times of a service were measured.", "ms", 180, 260),
    ("Waiting times at a desk were recorded.", "min", 40, 80),
    ("Baskets at a shop's till were drawn at random.", "€", 50, 90),
    ("The weights of loaves from a bakery were taken.", "g", 480, 520),
    ("Stays in a hospital ward were recorded.", "hours", 90, 140),
)


def generate(rng):
    while True:
        story, unit, low, high = STORIES[rng.integers(len(STORIES))]
        n, s, mean = int(rng.choice([9, 12, 16, 20, 25, 36])), int(rng.integers(8, 25)), int(rng.integers(low, high))
        end = ("upper", "lower")[rng.integers(2)]
        sign = 1 if end == "upper" else -1
        t = round(float(stats.t.ppf(0.975, n - 1)), 3)
        se = s / np.sqrt(n)
        answer = mean + sign * t * se
        wrong = {
            "spread-of-one-for-mean": mean + sign * t * s,
            "root-of-n-forgotten": mean + sign * t * s / n,
            "one-standard-error-only": mean + sign * se,
            "wrong-end-of-interval": mean - sign * t * se,
        }
        values = [answer, *wrong.values()]
        if min(abs(x - y) for i, x in enumerate(values) for y in values[:i]) > 0.3:
            break
    feedback = {
        "spread-of-one-for-mean": "You used the spread of single values. The mean varies less: use its standard error.",
        "root-of-n-forgotten": "You divided the standard deviation by n instead of by its root.",
        "one-standard-error-only": "One standard error gives roughly a 68 % interval. Multiply by the quantile.",
        "wrong-end-of-interval": "That is the other end.",
    }
    return {
        "params": {
            "story": story, "unit": unit, "n": n, "mean": mean, "s": s, "df": n - 1, "t": t, "end": end,
            "se": f"{se:.3f}", "reach": f"{t * se:.2f}", "answer": f"{answer:.1f}",
        },
        "answer": float(answer),
        "rtol": 0,
        "atol": 0.08,
        "unit": unit,
        "distractors": [
            {"value": float(value), "misconception": name, "feedback": feedback[name]}
            for name, value in wrong.items()
        ],
    }  # fmt: skip


def check(params):
    """Second route: a sample with exactly this mean and spread, and SciPy's interval of a t test."""
    n = params["n"]
    shape = np.arange(n) - (n - 1) / 2
    sample = params["mean"] + params["s"] * shape / shape.std(ddof=1)
    interval = stats.ttest_1samp(sample, 0).confidence_interval(0.95)
    return float(interval.high if params["end"] == "upper" else interval.low)
