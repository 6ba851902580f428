"""Pick the number of trees by validation loss; the curve has one early bump."""

import numpy as np

TASKS = (
    "late payments",
    "hotel cancellations",
    "energy demand",
    "customer returns",
    "train delays",
    "wheat prices",
    "sick leave",
    "card fraud",
)
FEEDBACK = {
    "training-loss-decides": "There the training loss is lowest, as it always is at the end. Look at "
    "the rows that were not used for fitting.",
    "smallest-gap-decides": "There training and validation loss are closest, but both are still high.",
    "first-rise-stops": "The reading after that is higher, but then the validation loss falls further. "
    "Read on before stopping.",
}


def generate(rng):
    trees = int(rng.choice((10, 20, 25, 50))) * np.arange(1, 9)
    best = int(rng.integers(4, 7))
    bump = int(rng.integers(1, best - 1))  # the reading just before the bump looks like a minimum
    start = float(rng.integers(55, 75)) / 100
    training = start - np.cumsum(rng.integers(20, 50, 8)) / 1000 - 0.02
    falls = rng.integers(20, 45, 8) / 1000
    validation = start - np.concatenate([[0], np.cumsum(falls[1:])])
    validation[bump + 1 :] += falls[bump + 1] + 0.006
    rises = np.cumsum(rng.integers(8, 25, 8)) / 1000
    validation[best + 1 :] = validation[best] + rises[: 7 - best]
    # Training must lie below validation throughout, with the smallest gap at the first reading.
    gap = 0.012 + np.cumsum(rng.integers(4, 12, 8)) / 1000
    training = np.minimum(training, validation - gap)
    training = np.minimum.accumulate(training - 0.003 * np.arange(8))
    values = {
        "training-loss-decides": int(trees[-1]),
        "smallest-gap-decides": int(trees[0]),
        "first-rise-stops": int(trees[bump]),
    }
    rows = [" & ".join(cells) for cells in (
        [str(t) for t in trees],
        [f"{v:.3f}" for v in training],
        [f"{v:.3f}" for v in validation],
    )]  # fmt: skip
    return {
        "params": {
            "task": TASKS[rng.integers(len(TASKS))],
            "last": int(trees[-1]),
            "table": rf"\begin{{array}}{{l|cccccccc}}\text{{trees}} & {rows[0]}\\ \text{{training}} & "
            rf"{rows[1]}\\ \text{{validation}} & {rows[2]}\end{{array}}",
            "answer": int(trees[best]),
            "trees": trees.tolist(),
            "validation": [round(float(v), 3) for v in validation],
        },
        "answer": f"{trees[best]} trees",
        "distractors": [
            {"value": f"{value} trees", "misconception": name, "feedback": FEEDBACK[name]}
            for name, value in values.items()
        ],
    }


def check(params):
    """Second route: sort the readings by validation loss."""
    loss, count = sorted(zip(params["validation"], params["trees"], strict=True))[0]
    return f"{count} trees" if loss == min(params["validation"]) else ""
