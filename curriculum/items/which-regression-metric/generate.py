"""The metric that stands for a stated cost."""

METRICS = {
    "linear": "Mean absolute error (MAE)",
    "square": "Root mean squared error (RMSE)",
    "relative": "Mean absolute percentage error (MAPE)",
    "worst": "Largest absolute error of all cases",
}
CASES = (
    ("A taxi firm pays its drivers £{a} for every minute by which the announced trip time is wrong, early or late.", "linear"),
    ("A bridge sensor predicts load. The damage done by an error grows with its square: {a} units too far off is as bad as {b} cases that are off by one unit.", "square"),
    ("A dealer buys stamps worth from £1 to £{c}. Each mistake of {a} % of the value hurts equally, whatever the stamp is worth.", "relative"),
    ("A dam holds as long as the forecast level is never off by more than {a} cm. One breach is the end; smaller errors do not matter.", "worst"),
    ("A bakery throws away a loaf for each one baked too many and loses a sale for each one too few; both cost the same {a} pence per loaf.", "linear"),
    ("A power grid balances forecast errors with ever dearer power: the price per unit rises with the number of units, so that {a} units off cost {b} times as much as one.", "square"),
    ("A chain plans shops that sell {a} to {c} articles a day. Being off by a tenth is equally annoying in the smallest and in the largest shop.", "relative"),
    ("A lift controller predicts weight. The type approval allows no single case off by more than {a} kg in the whole series.", "worst"),
    ("A translator is paid by the page, and each page that the estimate is off costs one page of waiting, whether it is the first or the tenth.", "linear"),
    ("A nurse can absorb small errors in the forecast of arrivals, but {a} patients more than planned are {b} times as bad as one more.", "square"),
)  # fmt: skip
WHY = {
    "linear": "Each unit costs the same, however large the error already is.",
    "square": "The cost grows with the square of the error, so that large errors dominate.",
    "relative": "The cost depends on the error divided by the true value.",
    "worst": "Only the worst case counts; the other errors cost nothing.",
}
MISTAKES = {
    "linear": ("cost-taken-as-linear", "MAE charges every unit alike. Here, equal steps of error do not cost equally."),
    "square": ("cost-taken-as-square", "RMSE makes one large error weigh as much as very many small ones. Does this cost do that, and does it average at all?"),
    "relative": ("cost-taken-as-relative", "MAPE divides by the true value: the same error would count less for a large target. Here it does not."),
    "worst": ("cost-taken-as-worst-case", "That looks at a single case and forgets all others. Here the others cost something too."),
}


def generate(rng):
    story, cost = CASES[rng.integers(len(CASES))]
    a = int(rng.integers(3, 10))
    return {
        "params": {
            "story": story.format(a=a, b=a * a, c=100 * int(rng.integers(5, 20))),
            "reason": WHY[cost],
            "right": METRICS[cost][0].lower() + METRICS[cost][1:],
            "cost": cost,
        },
        "answer": METRICS[cost],
        "distractors": [
            {"value": METRICS[name], "misconception": slug, "feedback": feedback}
            for name, (slug, feedback) in MISTAKES.items()
            if name != cost
        ],
    }


def check(params):
    """Second route: which metric ranks error patterns like the stated cost, case by case?"""
    import numpy as np

    rng = np.random.default_rng(1)
    y = rng.uniform(1, 50, size=(60, 6))
    e = rng.normal(scale=3, size=(60, 6)) * rng.uniform(0.2, 3, size=(60, 1))
    metric = {
        "linear": np.abs(e).mean(1),
        "square": np.sqrt((e**2).mean(1)),
        "relative": (np.abs(e) / y).mean(1),
        "worst": np.abs(e).max(1),
    }
    price = {
        "linear": lambda e, y: 7 * abs(e),
        "square": lambda e, y: 3 * e * e,
        "relative": lambda e, y: 100 * abs(e / y),
        "worst": lambda e, y: 10.0 ** (8 * abs(e)),  # any size is forgotten beside the largest
    }[params["cost"]]
    cost = [np.mean([price(a, b) for a, b in zip(*row, strict=True)]) for row in zip(e, y, strict=True)]
    same = {name: (np.argsort(v) == np.argsort(cost)).mean() for name, v in metric.items()}
    return METRICS[max(same, key=same.__getitem__)]
