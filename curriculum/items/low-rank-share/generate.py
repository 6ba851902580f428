"""Share of the squared entries that a truncated SVD keeps."""

import numpy as np

CASES = (
    "A table of ratings",
    "A grey image",
    "A table of word counts",
    "A matrix of hourly loads",
    "A table of gene activity",
)


def generate(rng):
    story = CASES[rng.integers(len(CASES))]
    while True:
        r = int(rng.integers(4, 6))
        values = sorted((int(v) for v in rng.choice(np.arange(1, 13), size=r, replace=False)), reverse=True)
        k = int(rng.integers(1, r - 1))
        squares = [v * v for v in values]
        kept, total = sum(squares[:k]), sum(squares)
        answer = 100 * kept / total
        wrong = {
            "share-not-squared": 100 * sum(values[:k]) / sum(values),
            "share-by-count": 100 * k / r,
            "share-left-out": 100 - answer,
        }
        ordered = sorted([answer, *wrong.values()])
        if min(v - u for u, v in zip(ordered, ordered[1:], strict=False)) > 1:
            break
    feedback = {
        "share-not-squared": "You added the singular values themselves. Squared entries go with squared singular values.",
        "share-by-count": "You counted layers. The first ones carry more than the last.",
        "share-left-out": "That is the share which is lost.",
    }
    return {
        "params": {
            "story": story,
            "values": ", ".join(str(v) for v in values[:-1]) + f" and {values[-1]}",
            "k": k,
            "largest": "the largest of them, which contributes" if k == 1 else f"the {k} largest of them, which contribute",
            "kept": kept,
            "total": total,
            "shown": f"{answer:.1f}",
            "list": values,
        },
        "answer": answer,
        "rtol": 0,
        "atol": 0.06,
        "unit": "%",
        "distractors": [
            {"value": value, "misconception": name, "feedback": feedback[name]}
            for name, value in wrong.items()
        ],
    }


def check(params):
    """Second route: build such a matrix, truncate it and add up squared entries."""
    rng = np.random.default_rng(0)
    values = np.array(params["list"], float)
    left = np.linalg.qr(rng.normal(size=(8, len(values))))[0]
    right = np.linalg.qr(rng.normal(size=(6, len(values))))[0]
    table = left * values @ right.T
    u, s, vt = np.linalg.svd(table, full_matrices=False)
    k = params["k"]
    rest = table - u[:, :k] * s[:k] @ vt[:k]
    return float(100 * (1 - (rest**2).sum() / (table**2).sum()))
