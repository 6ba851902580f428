"""p minus one-hot, against the usual slips."""

import numpy as np

FEEDBACK = {
    "gradient-sign-flipped": "That points the other way: it is the direction to move in, minus the "
    "gradient.",
    "gradient-of-true-class-only": "The other scores move the loss too, because they stand in the sum.",
    "gradient-wrt-probability": "That is the derivative with respect to the probabilities. Go on "
    "through the softmax to the scores.",
}


def _vector(values):
    return "$(" + ",\\; ".join(f"{v + 0.0:.2f}" for v in values) + ")$"


def generate(rng):
    while True:
        cuts = np.sort(rng.choice(np.arange(1, 20), 2, replace=False))
        p = np.diff([0, *cuts, 20]) / 20
        if len(set(p.tolist())) == 3:
            break
    k = int(rng.integers(3))
    onehot = np.eye(3)[k]
    wrong = {
        "gradient-sign-flipped": onehot - p,
        "gradient-of-true-class-only": (p - onehot) * onehot,
        "gradient-wrt-probability": -onehot / p,
    }
    return {
        "params": {
            "p": ",\\; ".join(f"{v:.2f}" for v in p),
            "truth": k + 1,
            "onehot": ",\\; ".join(f"{v:.0f}" for v in onehot),
            "gradient": _vector(p - onehot),
            "probabilities": p.tolist(),
            "k": k,
        },
        "answer": _vector(p - onehot),
        "distractors": [
            {"value": _vector(value), "misconception": name, "feedback": FEEDBACK[name]}
            for name, value in wrong.items()
        ],
    }


def check(params):
    """Second route: central differences of log-sum-exp minus the true score."""
    z, k = np.log(params["probabilities"]), params["k"]
    loss = lambda s: np.log(np.exp(s).sum()) - s[k]  # noqa: E731
    steps = 1e-5 * np.eye(3)
    slopes = [(loss(z + step) - loss(z - step)) / 2e-5 for step in steps]
    return _vector(np.round(slopes, 6))
