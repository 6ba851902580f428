"""Mean, median, quantile or most frequent value, according to the loss."""

WHAT = (
    "Five deliveries took, in minutes", "Five patients stayed, in days", "Five repairs took, in hours",
    "Five customers bought, in articles", "Five calls waited, in minutes", "Five trains were late, in minutes",
)  # fmt: skip
COSTS = {
    "square": "The cost of an error is its square.",
    "absolute": "The cost of an error is its size, in either direction.",
    "quarter": "Each unit predicted too little costs 3, each unit too much costs 1.",
    "exact": "A prediction costs 0 if it is exactly right and 1 otherwise.",
}
REASONS = {
    "square": "The mean squared error is lowest at the mean.",
    "absolute": "The mean absolute error is lowest at the median, the middle value.",
    "quarter": "With costs 3 and 1 the best value is the quantile at $3/(3 + 1) = 0.75$: the fourth of five values in order.",
    "exact": "With 0-1 loss the most frequent value is right most often.",
}
MISTAKES = {
    "square": ("mean-for-every-loss", "That is the mean, which is best for squared errors. What does this loss charge?"),
    "absolute": ("median-for-every-loss", "That is the median, which is best for absolute errors. What does this loss charge?"),
    "quarter": ("quantile-for-even-loss", "That is the quantile for a loss that charges too little three times as much as too much."),
    "exact": ("mode-for-every-loss", "That is the most frequent value, best if only exact hits count."),
}


def candidates(values):
    ordered = sorted(values)
    return {
        "square": sum(values) // 5,
        "absolute": ordered[2],
        "quarter": ordered[3],
        "exact": max(set(values), key=values.count),
    }


def generate(rng):
    while True:
        low = int(rng.integers(2, 12))
        rest = sorted(low + int(v) for v in rng.choice(range(1, 16), 2, replace=False))
        values = [low, low, *rest, int(rng.integers(20, 60))]
        best = candidates(values)
        if sum(values) % 5 == 0 and len(set(best.values())) == len(set(values)) == 4:
            break
    loss = str(rng.choice(list(COSTS)))
    values = [values[i] for i in rng.permutation(5)]
    return {
        "params": {
            "what": WHAT[rng.integers(len(WHAT))], "listed": ", ".join(map(str, values)),
            "cost": COSTS[loss], "reason": REASONS[loss], "right": best[loss], "values": values, "loss": loss,
        },
        "answer": f"${best[loss]}$",
        "distractors": [
            {"value": f"${best[name]}$", "misconception": slug, "feedback": feedback}
            for name, (slug, feedback) in MISTAKES.items()
            if name != loss
        ],
    }  # fmt: skip


def check(params):
    """Second route: try every whole number."""
    charge = {
        "square": lambda e: e * e, "absolute": abs, "quarter": lambda e: 3 * e if e > 0 else -e, "exact": lambda e: e != 0,
    }[params["loss"]]  # fmt: skip
    risk = {c: sum(charge(v - c) for v in params["values"]) for c in range(70)}
    return f"${min(risk, key=risk.__getitem__)}$"
