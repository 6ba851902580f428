"""Rows with y f < 1: inside the margin or misclassified."""

import numpy as np

THINGS = ("loans", "X-ray pictures", "messages", "circuit boards", "claims", "leaves", "voices", "orders")
FEEDBACK = {
    "only-misclassified-support": "Those are the rows on the wrong side. Rows on the right side but inside "
    "the margin pay as well.",
    "small-score-supports": "You went by the size of the score. A large score on the wrong side pays the "
    "most; include the class.",
    "hinge-without-class": "You compared the score itself with 1. Multiply it by the class first.",
    "confident-rows-support": "Those rows are safely beyond the margin and pay nothing.",
}
# Tenths of y f(x): beyond the margin, inside it, a little and far on the wrong side.
SPANS = {"safe": (12, 30), "inside": (1, 9), "near": (-9, -1), "far": (-25, -12)}
NAMES = "ABCDEFG"


def _names(mask):
    return ", ".join(name for name, on in zip(NAMES, mask, strict=True) if on)


def generate(rng):
    kinds = ["safe"] * 3 + ["inside", "near", "far", str(rng.choice(["inside", "safe"]))]
    while True:
        spans = [SPANS[str(kind)] for kind in rng.permutation(kinds)]
        margin = np.array([int(rng.integers(low, high + 1)) / 10 for low, high in spans])
        y = rng.choice((-1, 1), 7)
        f = margin * y
        wrong = {
            "only-misclassified-support": margin < 0,
            "small-score-supports": np.abs(f) < 1,
            "confident-rows-support": margin > 1,
            "hinge-without-class": f < 1,
        }
        del wrong[str(rng.choice(["confident-rows-support", "hinge-without-class"]))]
        if len({_names(mask) for mask in (margin < 1, *wrong.values())}) == 4:
            break
    cells = [" & ".join(row) for row in (
        NAMES, [f"{v:+d}" for v in y], [f"{v:.1f}" for v in f]
    )]  # fmt: skip
    return {
        "params": {
            "things": THINGS[rng.integers(len(THINGS))],
            "table": rf"\begin{{array}}{{c|ccccccc}}\text{{row}} & {cells[0]}\\ y & {cells[1]}\\ "
            rf"f(x) & {cells[2]}\end{{array}}",
            "products": ", ".join(f"${v:.1f}$" for v in margin),
            "answer": _names(margin < 1),
            "rows": [y.tolist(), f.tolist()],
        },
        "answer": _names(margin < 1),
        "distractors": [
            {"value": _names(mask), "misconception": name, "feedback": FEEDBACK[name]}
            for name, mask in wrong.items()
        ],
    }


def check(params):
    """Second route: nudge each score towards its class and see whether the hinge loss falls."""
    y, f = (np.array(v, float) for v in params["rows"])
    loss = lambda score: np.maximum(0, 1 - y * score)  # noqa: E731
    return _names(loss(f + 1e-6 * y) < loss(f))
