"""Expected mistakes from the error rate on held-out rows."""

from itertools import combinations

from journeyman.core.tex import number

TASKS = (
    "sorting parcels",
    "reading meters",
    "flagging payments",
    "routing tickets",
    "grading fruit",
    "screening X-rays",
    "tagging photographs",
    "checking invoices",
)
FEEDBACK = {
    "training-error-trusted": "That uses the error on the training rows, which the model was fitted to.",
    "training-and-test-pooled": "That mixes training rows into the rate. The model was fitted to those.",
    "gap-taken-as-error": "That is the gap between the two rates, not the rate at which mistakes are made.",
}


def generate(rng):
    while True:
        test = int(rng.choice((200, 300, 400, 500)))
        train = test * int(rng.choice((3, 4, 5)))
        new = 1000 * int(rng.integers(2, 13))
        train_rate, test_rate = int(rng.integers(1, 6)) / 100, int(rng.integers(8, 25)) / 100
        train_wrong, test_wrong = round(train_rate * train), round(test_rate * test)
        values = {
            "answer": test_rate * new,
            "training-error-trusted": train_rate * new,
            "training-and-test-pooled": (train_wrong + test_wrong) / (train + test) * new,
            "gap-taken-as-error": (test_rate - train_rate) * new,
        }
        if all(abs(a - b) > 5 for a, b in combinations(values.values(), 2)):
            break
    answer = values.pop("answer")
    return {
        "params": {
            "task": TASKS[rng.integers(len(TASKS))],
            "train": train,
            "train_wrong": train_wrong,
            "test": test,
            "test_wrong": test_wrong,
            "new": new,
            "rate": number(test_rate),
            "answer": round(answer),
        },
        "answer": round(answer),
        "rtol": 0,
        "atol": 0.5,
        "distractors": [
            {"value": round(value, 1), "misconception": name, "feedback": FEEDBACK[name]}
            for name, value in values.items()
        ],
    }


def check(params):
    """Second route: the mean of the binomial distribution, from SciPy."""
    from scipy.stats import binom

    return float(binom(params["new"], params["test_wrong"] / params["test"]).mean())
