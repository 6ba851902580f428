"""AUC by counting pairs, with at least one tie across the classes."""

THINGS = (
    ("fraud", "honest"), ("ill", "healthy"), ("spam", "letters"), ("late", "on time"), ("cracked", "whole"),
)


def generate(rng):
    positives, negatives = THINGS[rng.integers(len(THINGS))]
    while True:
        m, k = int(rng.integers(3, 5)), int(rng.integers(3, 6))
        high = sorted((int(v) for v in rng.choice(range(3, 10), m, replace=False)), reverse=True)
        low = sorted((int(v) for v in rng.choice(range(1, 8), k, replace=False)), reverse=True)
        ahead = sum(p > q for p in high for q in low)
        tied = sum(p == q for p in high for q in low)
        pairs = m * k
        answer = (ahead + tied / 2) / pairs
        hits = sum(p >= 5 for p in high) + sum(q < 5 for q in low)
        wrong = {
            "ties-counted-in-full": (ahead + tied) / pairs,
            "ties-counted-as-losses": ahead / pairs,
            "auc-taken-for-accuracy": hits / (m + k),
        }
        values = sorted([answer, *wrong.values()])
        if answer > 0.5 and min(b - a for a, b in zip(values, values[1:], strict=False)) > 0.004:
            break
    feedback = {
        "ties-counted-in-full": "You counted the tied pairs as if they were in the right order. A tie is worth a coin toss.",
        "ties-counted-as-losses": "You counted the tied pairs as lost. A tie is worth a coin toss.",
        "auc-taken-for-accuracy": "That is the accuracy at a threshold of 0.5. The AUC uses no threshold; it compares pairs.",
    }
    show = lambda scores: ", ".join(f"{v / 10:.1f}" for v in scores)  # noqa: E731
    return {
        "params": {
            "positives": positives, "negatives": negatives, "high": show(high), "low": show(low),
            "m": m, "k": k, "pairs": pairs, "ahead": ahead,
            "tied": tied, "answer": round(answer, 3), "scores": [high, low],
        },
        "answer": answer, "rtol": 0, "atol": 0.0011,
        "distractors": [{"value": v, "misconception": name, "feedback": feedback[name]} for name, v in wrong.items()],
    }  # fmt: skip


def check(params):
    """Second route: draw the ROC curve threshold by threshold and take the area of its trapezoids."""
    high, low = params["scores"]
    corners = [(0.0, 0.0)]
    for threshold in range(10, -1, -1):
        corners.append((sum(q >= threshold for q in low) / len(low), sum(p >= threshold for p in high) / len(high)))
    return sum((x1 - x0) * (y0 + y1) / 2 for (x0, y0), (x1, y1) in zip(corners, corners[1:], strict=False))
