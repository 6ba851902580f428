"""Rate of an exponential or success probability of a geometric: both are n over the sum."""

import numpy as np

MODELS = {
    "exponential": {
        "stories": (
            "Gaps between calls are modelled as exponential with rate $\\lambda$ per minute. Observed gaps: {data} minutes.",
            "Lifetimes of lamps are modelled as exponential with rate $\\lambda$ per month. Observed lifetimes: {data} months.",
            "Times between faults are modelled as exponential with rate $\\lambda$ per day. Observed times: {data} days.",
        ),
        "name": "$\\lambda$",
        "symbol": "\\lambda",
        "log_likelihood": "n\\log\\lambda - \\lambda\\sum x_i",
        "slope": "n/\\lambda - \\sum x_i",
    },
    "geometric": {
        "stories": (
            "Each attempt to reach a buoy by radio works with probability $p$, independently. The numbers of attempts up to "
            "and including the first that worked were: {data}.",
            "Each part is faulty with probability $p$, independently. The numbers of parts tested up to and including the "
            "first faulty one were: {data}.",
            "Each call ends in a sale with probability $p$, independently. The numbers of calls up to and including the "
            "first sale were: {data}.",
        ),
        "name": "$p$",
        "symbol": "p",
        "log_likelihood": "n\\log p + (\\sum x_i - n)\\log(1 - p)",
        "slope": "n/p - (\\sum x_i - n)/(1 - p)",
    },
}  # fmt: skip


def generate(rng):
    kind = ("exponential", "geometric")[rng.integers(2)]
    model = MODELS[kind]
    while True:
        n = int(rng.integers(4, 7))
        data = [int(x) for x in rng.integers(1, 16, size=n)]
        answer = n / sum(data)
        wrong = {
            "mean-for-rate": sum(data) / n,
            "corrected-estimate-for-likelihood": (n - 1) / sum(data),
            "mean-of-reciprocals": float(np.mean([1 / x for x in data])),
            "median-for-mean-in-likelihood": 1 / float(np.median(data)),
        }
        values = [answer, *wrong.values()]
        if min(abs(x - y) for i, x in enumerate(values) for y in values[:i]) > 0.004:
            break
    feedback = {
        "mean-for-rate": "That is the mean of the data. A rate or probability is the other way up.",
        "corrected-estimate-for-likelihood": "Taking one off the count is a bias correction, not where the likelihood peaks.",
        "mean-of-reciprocals": "You averaged the reciprocals. Average first, then take the reciprocal.",
        "median-for-mean-in-likelihood": "The likelihood depends on the data through their sum, not through the median.",
    }
    return {
        "params": {
            "story": model["stories"][rng.integers(3)].format(data=", ".join(map(str, data))),
            "name": model["name"], "symbol": model["symbol"], "log_likelihood": model["log_likelihood"],
            "slope": model["slope"], "n": n, "total": sum(data), "answer": f"{answer:.4f}",
            "kind": kind, "data": data,
        },
        "answer": answer,
        "rtol": 0,
        "atol": 0.0006,
        "distractors": [
            {"value": value, "misconception": name, "feedback": feedback[name]}
            for name, value in wrong.items()
        ],
    }  # fmt: skip


def check(params):
    """Second route: search for the peak of the log-likelihood numerically."""
    from scipy.optimize import minimize_scalar

    x = np.array(params["data"], float)

    def loss(theta):
        if params["kind"] == "exponential":
            return -np.sum(np.log(theta) - theta * x)
        return -np.sum(np.log(theta) + (x - 1) * np.log1p(-theta))

    found = minimize_scalar(loss, bounds=(1e-6, 1 - 1e-6), method="bounded", options={"xatol": 1e-9})
    return float(found.x)
