"""MAD of seven values with one extreme; the second route is SciPy's."""

import statistics


CASES = (
    ("Seven waiting times in minutes:", 10, 40),
    ("Seven baskets in euros:", 20, 90),
    ("Seven delivery times in hours:", 15, 60),
    ("Seven pulse readings in beats a minute:", 55, 95),
    ("Seven daily stock counts:", 30, 80),
)


def generate(rng):
    while True:
        text, low, high = CASES[rng.integers(len(CASES))]
        values = [int(v) for v in rng.choice(range(low, high), size=6, replace=False)]
        values.append(int(rng.integers(2, 5)) * high)
        rng.shuffle(values)
        centre = statistics.median(values)
        distances = [abs(v - centre) for v in values]
        answer = statistics.median(distances)
        mean = statistics.fmean(values)
        wrong = {
            "mean-for-median": statistics.fmean(abs(v - mean) for v in values),
            "mean-of-distances-for-median": statistics.fmean(distances),
            "centre-taken-for-spread": centre,
        }
        shown = sorted((answer, *wrong.values()))
        if min(b - a for a, b in zip(shown, shown[1:], strict=False)) > 0.3:
            break
    feedback = {
        "mean-for-median": "You took means. Use the median twice: for the centre and for the distances.",
        "mean-of-distances-for-median": "The distances are right; now take their median, not their mean.",
        "centre-taken-for-spread": "That is the median of the values, the centre. Take distances from it, then their median.",
    }
    return {
        "params": {
            "case": text,
            "values": ", ".join(map(str, values)),
            "data": values,
            "centre": centre,
            "distances": ", ".join(map(str, distances)),
            "ordered": ", ".join(map(str, sorted(distances))),
            "answer": answer,
        },
        "answer": answer,
        "rtol": 0,
        "atol": 0.05,
        "distractors": [
            {"value": value, "misconception": name, "feedback": feedback[name]}
            for name, value in wrong.items()
        ],
    }


def check(params):
    """Second route: SciPy."""
    from scipy.stats import median_abs_deviation

    return float(median_abs_deviation(params["data"]))
