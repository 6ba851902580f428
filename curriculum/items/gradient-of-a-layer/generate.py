"""Gradient of a matrix product with respect to one of its factors, in both layouts."""

import numpy as np

FORMS = (
    # forward, target, right, reversed order, transpose forgotten, wrong factor
    ("X W", "W", "X^\\top G", "G X^\\top", "X G", "W^\\top G"),
    ("X W", "X", "G W^\\top", "W^\\top G", "G W", "G X^\\top"),
    ("W X", "W", "G X^\\top", "X^\\top G", "G X", "G W^\\top"),
    ("W X", "X", "W^\\top G", "G W^\\top", "W G", "X^\\top G"),
)


def generate(rng):
    forward, target, right, order, plain, factor = FORMS[rng.integers(len(FORMS))]
    n = int(rng.choice((32, 64, 100, 128, 256)))
    d, k = (int(v) for v in rng.permutation((3, 5, 8, 10, 12, 20))[:2])
    rows = forward == "X W"
    shapes = {"X": (n, d) if rows else (d, n), "W": (d, k) if rows else (k, d)}
    wrong = (
        (order, "gradient-order-reversed", "Both factors are right but their order is not: write the shapes side by side."),
        (plain, "gradient-transpose-forgotten", "A transpose is missing: the gradient must have the shape of what it belongs to."),
        (factor, "gradient-own-factor", "The local rate of a product is the *other* factor, not the one that you differentiate by."),
    )
    other = "W" if target == "X" else "X"
    return {
        "params": {
            "forward": forward,
            "target": target,
            "other": other,
            "xshape": _shape(shapes["X"]),
            "wshape": _shape(shapes["W"]),
            "tshape": _shape(shapes[target]),
            "meaning": "one row for each example" if rows else "one column for each example",
            "answer": right,
            "shapes": shapes,
            "options": [right, order, plain, factor],
        },
        "answer": f"${right}$",
        "distractors": [
            {"value": f"${tex}$", "misconception": slug, "feedback": feedback}
            for tex, slug, feedback in wrong
        ],
    }


def _shape(pair):
    return rf"{pair[0]} \times {pair[1]}"


def check(params):
    """Second route: nudge three entries of the factor and compare with each option."""
    rng = np.random.default_rng(0)
    names = {name: rng.normal(size=shape) for name, shape in params["shapes"].items()}
    first, second = params["forward"].split(" ")
    g = rng.normal(size=(names[first] @ names[second]).shape)
    target = params["target"]
    loss = lambda changed: (g * ({**names, target: changed}[first] @ {**names, target: changed}[second])).sum()  # noqa: E731
    places = [(0, 0), (1, 2), (2, 1)]
    slopes = []
    for place in places:
        nudge = np.zeros(names[target].shape)
        nudge[place] = 1e-3
        slopes.append((loss(names[target] + nudge) - loss(names[target] - nudge)) / 2e-3)
    known = {**names, "G": g}
    known |= {f"{name}^\\top": value.T for name, value in known.items()}
    for option in params["options"]:
        one, two = (known[name] for name in option.split(" "))
        if one.shape[1] == two.shape[0] and (one @ two).shape == names[target].shape:
            if np.allclose([(one @ two)[place] for place in places], slopes):
                return f"${option}$"
    return None
