"""Variance of the mean of correlated predictions."""

from itertools import combinations

TASKS = (
    "the price of flats",
    "the length of hospital stays",
    "the demand for bread",
    "the strength of concrete",
    "the delay of trains",
    "the yield of fields",
    "the power of wind turbines",
)
FEEDBACK = {
    "trees-taken-as-independent": "Dividing by the number of trees needs independent trees. These share "
    "a part that averaging cannot remove.",
    "only-shared-variance": "That is the limit for very many trees. The part that differs is divided by "
    "the number of trees, and some of it is left.",
    "average-keeps-variance": "That is the variance of one tree. Averaging removes some of it.",
}


def generate(rng):
    while True:
        trees = int(rng.choice((4, 5, 8, 10, 12, 16, 20, 25)))
        variance = float(rng.integers(4, 40))
        rho = float(rng.integers(1, 8)) / 10
        answer = rho * variance + (1 - rho) * variance / trees
        wrong = {
            "trees-taken-as-independent": variance / trees,
            "only-shared-variance": rho * variance,
            "average-keeps-variance": variance,
        }
        if all(abs(a - b) > 0.03 for a, b in combinations([answer, *wrong.values()], 2)):
            break
    return {
        "params": {
            "task": TASKS[rng.integers(len(TASKS))],
            "trees": trees,
            "variance": variance,
            "rho": rho,
            "answer": f"{answer:.2f}",
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
    """Second route: add up the whole covariance matrix of the trees and divide by their number squared."""
    n, variance, rho = params["trees"], params["variance"], params["rho"]
    cells = [variance if i == j else rho * variance for i in range(n) for j in range(n)]
    return sum(cells) / n**2
