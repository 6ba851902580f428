"""Distances concentrate with the number of independent directions, not with the number of columns."""

WHO = ("A brewery", "A weather station", "A hospital's laboratory", "A wind farm", "A bank", "A paper mill")


def generate(rng):
    most = int(rng.integers(30, 61))
    tables = {
        "right": (most + int(rng.choice((0, rng.integers(10, 60)))), most),
        "wide": (int(rng.integers(300, 900)), int(rng.integers(2, 6))),
        "middling": (int(rng.integers(130, 280)), int(rng.integers(6, 12))),
        "small": (int(rng.integers(4, 9)),) * 2,
    }
    order = [list(tables)[i] for i in rng.permutation(4)]
    label = {name: f"Table {letter}" for letter, name in zip("ABCD", order, strict=True)}
    params = {"who": WHO[rng.integers(len(WHO))], "n": 100 * int(rng.integers(5, 90)), "most": most, "right": label["right"]}
    for i, name in enumerate(order):
        params |= {f"c{i}": tables[name][0], f"k{i}": tables[name][1]}
    columns = "It has many columns, but they follow few independent readings, and rows vary in so many directions only."
    return {
        "params": params,
        "answer": label["right"],
        "distractors": [
            {"value": label["wide"], "misconception": "columns-counted-for-dimension", "feedback": columns},
            {"value": label["middling"], "misconception": "columns-counted-for-dimension", "feedback": columns},
            {"value": label["small"], "misconception": "few-columns-thought-worse",
             "feedback": "With few independent directions distances differ a lot: some rows are truly close."},
        ],
    }  # fmt: skip


def check(params):
    """Second route: simulate such tables and compare nearest with farthest distances."""
    import numpy as np

    rng = np.random.default_rng(0)
    ratio = []
    for i in range(4):
        readings = rng.normal(size=(300, params[f"k{i}"]))
        table = readings @ rng.normal(size=(params[f"k{i}"], params[f"c{i}"]))
        if params[f"k{i}"] == params[f"c{i}"]:
            table = readings
        table = table / table.std(axis=0)
        distances = np.array([np.linalg.norm(table[50:] - row, axis=1) for row in table[:50]])
        ratio.append((distances.min(axis=1) / distances.max(axis=1)).mean())
    return f"Table {'ABCD'[int(np.argmax(ratio))]}"
