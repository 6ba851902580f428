"""Brier score of four forecasts, with the usual slips."""

import math

WHO = (
    "A weather service", "A ward's discharge model", "A late-delivery model",
    "A loan officer", "A fraud model", "A football club's injury model",
)  # fmt: skip


def generate(rng):
    while True:
        p = [int(v) / 10 for v in rng.integers(1, 10, 4)]
        y = [int(v) for v in rng.integers(0, 2, 4)]
        answer = sum((a - b) ** 2 for a, b in zip(p, y, strict=True)) / 4
        wrong = {
            "absolute-for-squared-gap": sum(abs(a - b) for a, b in zip(p, y, strict=True)) / 4,
            "root-of-the-brier-score": math.sqrt(answer),
            "only-events-scored": sum((1 - a) ** 2 for a, b in zip(p, y, strict=True) if b) / max(1, sum(y)),
            "forecast-rounded-to-decision": sum((a >= 0.5) != b for a, b in zip(p, y, strict=True)) / 4,
        }
        values = sorted([answer, *wrong.values()])
        if 0 < sum(y) < 4 and 0.5 not in p and min(b - a for a, b in zip(values, values[1:], strict=False)) > 0.004:
            break
    feedback = {
        "absolute-for-squared-gap": "You averaged the gaps themselves. The Brier score squares them first.",
        "root-of-the-brier-score": "You took a root at the end. The Brier score is the mean square itself.",
        "only-events-scored": "You left out the cases in which nothing happened. A forecast for those can be wrong as well.",
        "forecast-rounded-to-decision": "You turned the forecasts into yes or no first. The Brier score uses the probabilities.",
    }
    params = {"who": WHO[rng.integers(len(WHO))], "answer": round(answer, 4),
              "squares": " + ".join(f"{(a - b) ** 2:.2f}" for a, b in zip(p, y, strict=True))}  # fmt: skip
    for i in range(4):
        params |= {f"p{i}": p[i], f"w{i}": "yes" if y[i] else "no"}
    return {
        "params": params, "answer": answer, "rtol": 0, "atol": 0.0011,
        "distractors": [{"value": v, "misconception": k, "feedback": feedback[k]} for k, v in wrong.items()],
    }  # fmt: skip


def check(params):
    """Second route: mean of p squared, less what the events give back, (2p - 1) each."""
    p = [params[f"p{i}"] for i in range(4)]
    happened = [params[f"w{i}"] == "yes" for i in range(4)]
    return (sum(v * v for v in p) - sum(2 * v - 1 for v, h in zip(p, happened, strict=True) if h)) / 4
