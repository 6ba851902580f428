"""Choose the product and transposes that give a table of outputs in the wanted layout."""

import numpy as np

CASES = (
    ("A hospital predicts risks.", "patient", "measurements", "risks", "the risks"),
    ("A shop forecasts demand.", "branch", "indicators", "products", "the forecasts"),
    ("A bank scores its clients.", "client", "attributes", "scores", "the scores"),
    ("A filter sorts e-mail.", "e-mail", "word counts", "folders", "the folder scores"),
    ("A garage estimates repairs.", "car", "readings", "repairs", "the estimates"),
)


def generate(rng):
    story, row, feature, output, out = CASES[rng.integers(len(CASES))]
    n = int(rng.choice((200, 500, 800)))
    d, k = (int(v) for v in rng.permutation((3, 4, 5, 6, 8))[:2])
    x_flipped, w_flipped, y_flipped = (bool(v) for v in rng.integers(2, size=3))
    x, w = ("X^\\top" if x_flipped else "X"), ("W^\\top" if w_flipped else "W")
    other_x, other_w = ("X" if x_flipped else "X^\\top"), ("W" if w_flipped else "W^\\top")
    # One output row per case is x w; one output column per case is its transpose.
    right, layout = f"{x} {w}", f"{other_w} {other_x}"
    inner, order = f"{x} {other_w}", f"{w} {x}"
    if y_flipped:
        right, layout = layout, right
        inner, order = f"{w} {other_x}", f"{other_x} {other_w}"
    shapes = {
        "x": (d, n) if x_flipped else (n, d),
        "w": (k, d) if w_flipped else (d, k),
        "y": (k, n) if y_flipped else (n, k),
    }
    one = rf"({n} \times {d})({d} \times {k})"
    two = rf"({k} \times {d})({d} \times {n})"
    return {
        "params": {
            "story": story,
            "row": row,
            "feature": feature,
            "out": out,
            "d": d,
            "xshape": _shape(shapes["x"]),
            "wshape": _shape(shapes["w"]),
            "yshape": _shape(shapes["y"]),
            "xmeaning": f"one {'column' if x_flipped else 'row'} for each {row}",
            "wmeaning": f"one {'row' if w_flipped else 'column'} for each of the {k} {output}",
            "answer": right,
            "chain": two if y_flipped else one,
            "shapes": shapes,
            "options": [right, layout, inner, order],
        },
        "answer": f"${right}$",
        "distractors": [
            {
                "value": f"${layout}$",
                "misconception": "transposed-layout",
                "feedback": "The numbers are right but the table lies on its side: compare the shape asked for.",
            },
            {
                "value": f"${inner}$",
                "misconception": "inner-sizes-ignored",
                "feedback": "The inner sizes differ, so this product does not exist. Write the two shapes side by side.",
            },
            {
                "value": f"${order}$",
                "misconception": "factors-swapped",
                "feedback": "Swapping the factors without transposing them puts the wrong sizes on the inside.",
            },
        ],
    }


def _shape(pair):
    return rf"{pair[0]} \times {pair[1]}"


def check(params):
    """Second route: multiply real arrays and compare with a sum written out by index."""
    rng = np.random.default_rng(0)
    shapes = params["shapes"]
    x, w = rng.normal(size=shapes["x"]), rng.normal(size=shapes["w"])
    d = params["d"]
    rows = x if shapes["x"][1] == d else x.T
    columns = w if shapes["w"][0] == d else w.T
    wanted = np.einsum("nd,dk->nk" if shapes["y"][0] == len(rows) else "nd,dk->kn", rows, columns)
    names = {"X": x, "X^\\top": x.T, "W": w, "W^\\top": w.T}
    for option in params["options"]:
        first, second = (names[name] for name in option.split(" "))
        if first.shape[1] == second.shape[0] and (first @ second).shape == wanted.shape:
            if np.allclose(first @ second, wanted):
                return f"${option}$"
    return None
