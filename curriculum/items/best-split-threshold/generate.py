"""Best Gini threshold of eight labelled values."""

import numpy as np

STORIES = (
    "Days since the last order $x$ and whether the customer left ($y = 1$):",
    "Hours since its service $x$ and whether the pump failed ($y = 1$):",
    "Months since the last inspection $x$ and whether the lift failed ($y = 1$):",
    "Minutes of waiting $x$ and whether the caller hung up ($y = 1$):",
    "Body temperature above 36 degrees $x$, in tenths, and infection ($y = 1$):",
    "Share of the credit used $x$ in per cent and late payment ($y = 1$):",
)
FEEDBACK = {
    "split-at-median": "That halves the rows. The tree looks at the classes, not at the sizes.",
    "split-at-midrange": "That halves the range of x. The tree looks at the classes.",
    "split-at-first-change": "The class changes there, but look at how mixed the larger leaf remains.",
    "split-at-last-change": "The class changes there, but look at how mixed the larger leaf remains.",
}


def _gini(y):
    return 2 * y.mean() * (1 - y.mean())


def generate(rng):
    while True:
        x = np.sort(rng.choice(np.arange(2, 60), 8, replace=False))
        y = (rng.random(8) < np.where(np.arange(8) < rng.integers(2, 7), 0.15, 0.85)).astype(int)
        if not 2 <= y.sum() <= 6:
            continue
        thresholds = (x[:-1] + x[1:]) / 2
        impurity = np.array(
            [((i + 1) * _gini(y[: i + 1]) + (7 - i) * _gini(y[i + 1 :])) / 8 for i in range(7)]
        )
        order = impurity.argsort()
        if impurity[order[1]] - impurity[order[0]] < 0.02:
            continue
        best = int(order[0])
        changes = np.flatnonzero(np.diff(y))
        candidates = {
            "split-at-median": 3,
            "split-at-midrange": int(np.abs(thresholds - (x[0] + x[-1]) / 2).argmin()),
            "split-at-first-change": int(changes[0]),
            "split-at-last-change": int(changes[-1]),
        }
        wrong, used = {}, {best}
        for name, place in candidates.items():
            if place not in used:
                wrong[name] = place
                used.add(place)
        if len(wrong) >= 3:
            break
    text = lambda place: f"{thresholds[place]:.1f}"  # noqa: E731
    cells = [" & ".join(str(v) for v in row) for row in (x, y)]
    leaves = [f"{int((part == 0).sum())} and {int(part.sum())}" for part in (y[: best + 1], y[best + 1 :])]
    return {
        "params": {
            "story": STORIES[rng.integers(len(STORIES))],
            "table": rf"\begin{{array}}{{c|cccccccc}}x & {cells[0]}\\ y & {cells[1]}\end{{array}}",
            "answer": text(best),
            "left": leaves[0],
            "right": leaves[1],
            "impurity": f"{impurity[best]:.3f}",
            "parent": f"{_gini(y):.3f}",
            "rows": [x.tolist(), y.tolist()],
        },
        "answer": text(best),
        "distractors": [
            {"value": text(place), "misconception": name, "feedback": FEEDBACK[name]}
            for name, place in list(wrong.items())[:3]
        ],
    }


def check(params):
    """Second route: scikit-learn's own tree, grown to one split."""
    from sklearn.tree import DecisionTreeClassifier

    x, y = params["rows"]
    tree = DecisionTreeClassifier(max_depth=1, random_state=0).fit([[v] for v in x], y)
    return f"{tree.tree_.threshold[0]:.1f}"
