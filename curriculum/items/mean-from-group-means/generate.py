"""Overall mean from group sizes and means; the second route spreads the groups out into rows."""

import statistics

CASES = (
    ("The mean waiting time in minutes at three clinics:", "visits", "clinic"),
    ("The mean basket in euros at three shops:", "sales", "shop"),
    ("The mean delivery time in hours from three depots:", "parcels", "depot"),
    ("The mean length of a consultation in minutes for three doctors:", "patients", "doctor"),
)


def generate(rng):
    while True:
        sizes = [int(v) for v in rng.choice([10, 20, 50, 80, 100, 200, 400], size=3, replace=False)]
        means = [int(v) for v in rng.choice(range(8, 60), size=3, replace=False)]
        total = sum(sizes)
        answer = sum(n * x for n, x in zip(sizes, means, strict=True)) / total
        plain = sum(means) / 3
        flipped = sum(x / n for n, x in zip(sizes, means, strict=True)) / sum(1 / n for n in sizes)
        largest = means[sizes.index(max(sizes))]
        values = sorted((answer, plain, flipped, largest))
        if min(b - a for a, b in zip(values, values[1:], strict=False)) > 0.5:
            break
    text, unit, group = CASES[rng.integers(len(CASES))]
    lines = [f"{group:<8}{unit:>8}{'mean':>8}"]
    lines += [f"{name:<8}{n:>8}{x:>8}" for name, n, x in zip("ABC", sizes, means, strict=True)]
    return {
        "params": {
            "case": text,
            "table": "\n".join(lines),
            "unit_name": unit,
            "terms": " + ".join(f"{n} \\cdot {x}" for n, x in zip(sizes, means, strict=True)),
            "total": total,
            "answer": f"{answer:.1f}",
            "sizes": sizes,
            "means": means,
        },
        "answer": answer,
        "rtol": 0,
        "atol": 0.101,
        "distractors": [
            {
                "value": plain,
                "misconception": "averages-of-averages",
                "feedback": "You averaged the means as if the groups were equally large. Weight each by its size.",
            },
            {
                "value": flipped,
                "misconception": "weights-inverted",
                "feedback": "You gave the small groups the large weights. Multiply by the size, do not divide.",
            },
            {
                "value": largest,
                "misconception": "largest-group-taken-for-all",
                "feedback": "That is the mean of the largest group alone; the others count as well.",
            },
        ],
    }


def check(params):
    """Second route: one row per event, each with its group's mean."""
    rows = [x for n, x in zip(params["sizes"], params["means"], strict=True) for _ in range(n)]
    return statistics.fmean(rows)
