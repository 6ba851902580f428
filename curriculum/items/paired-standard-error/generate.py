"""Standard error of the mean of paired differences."""

import math

UNITS = ("test months", "hospitals", "shops", "data sets", "cities", "assembly lines")


def generate(rng):
    while True:
        m = int(rng.integers(4, 7))
        d = [int(v) for v in rng.integers(-3, 7, m)]
        mean = sum(d) / m
        squares = sum((v - mean) ** 2 for v in d)
        sd = math.sqrt(squares / (m - 1))
        answer = sd / math.sqrt(m)
        wrong = {"deviation-for-standard-error": sd, "divided-by-m-in-variance": math.sqrt(squares / m / m),
                 "root-of-m-forgotten": sd / m, "variance-for-deviation": squares / (m - 1) / m}  # fmt: skip
        values = sorted([answer, *wrong.values()])
        if mean > 0 and min(b - a for a, b in zip(values, values[1:], strict=False)) > 0.05:
            break
    feedback = {
        "deviation-for-standard-error": "That is the spread of single differences. The mean of several varies less.",
        "divided-by-m-in-variance": "You divided the squares by m. The question asks for the division by m − 1.",
        "root-of-m-forgotten": "You divided the standard deviation by m instead of by its root.",
        "variance-for-deviation": "A root is missing: that is the variance of the mean.",
    }
    return {
        "params": {"m": m, "less": m - 1, "units": UNITS[rng.integers(len(UNITS))], "d": d, "mean": round(mean, 3),
                   "listed": ", ".join(f"{v:+d}".replace("-", "−") if v else "0" for v in d),
                   "squares": round(squares, 3), "sd": round(sd, 3), "answer": round(answer, 3)},
        "answer": answer, "rtol": 0, "atol": 0.011,
        "distractors": [{"value": v, "misconception": k, "feedback": feedback[k]} for k, v in wrong.items()],
    }  # fmt: skip


def check(params):
    """Second route: the jackknife; leaving out one difference at a time gives the same for a mean."""
    d, m = params["d"], params["m"]
    means = [(sum(d) - v) / (m - 1) for v in d]
    centre = sum(means) / m
    return math.sqrt((m - 1) / m * sum((v - centre) ** 2 for v in means))
