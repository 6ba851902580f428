"""Labels against positions on a shuffled index; the second route runs pandas."""

LABEL = ("loc-by-position", "`loc` goes by the label on the left, not by the position.")
PLACE = ("iloc-by-label", "`iloc` goes by the position counted from 0, not by the label.")
OUT = ("loc-end-excluded", "A slice of labels includes its end.")
IN = ("iloc-end-included", "A slice of positions leaves its end out.")
ONE = ("positions-from-one", "Positions are counted from 0.")
SIDE = ("label-taken-for-value", "That is a label from the left column. The values stand in the right one.")


def generate(rng):
    while True:
        labels = [int(v) for v in rng.permutation(6)]
        prices = [int(v) for v in rng.choice(range(10, 90), size=6, replace=False)]
        i = int(rng.integers(1, 4))
        j = i + int(rng.integers(1, 3))
        if labels[j] == 0:
            continue  # position 0 minus one would be the last row
        code, why, answer, wrong = [by_label, by_place, label_slice, place_slice][rng.integers(4)](
            labels, prices, i, j
        )
        shown = [str(answer), *(str(value) for value, _ in wrong)]
        if len(set(shown)) == len(shown) and "[]" not in shown:
            break
    return {
        "params": {
            "table": "\n".join(f"{a}    {b}" for a, b in zip(labels, prices, strict=True)),
            "labels": labels,
            "prices": prices,
            "code": code,
            "why": why,
            "answer": f"`{answer}`",
        },
        "answer": f"`{answer}`",
        "distractors": [
            {"value": f"`{value}`", "misconception": name, "feedback": text}
            for value, (name, text) in wrong
        ],
    }


def by_label(labels, prices, i, j):
    k = labels[j]
    wrong = [(prices[k], LABEL), (prices[k - 1], ONE), (labels[k], SIDE)]
    return f"price.loc[{k}]", f"`loc[{k}]` is the row with the label {k}.", prices[j], wrong


def by_place(labels, prices, i, j):
    wrong = [(prices[labels.index(j)], PLACE), (prices[j - 1], ONE), (labels[j], SIDE)]
    return f"price.iloc[{j}]", f"`iloc[{j}]` is the row at position {j}, counted from 0.", prices[j], wrong


def label_slice(labels, prices, i, j):
    a, b = labels[i], labels[j]
    wrong = [(prices[i:j], OUT), (prices[a : b + 1], LABEL), (prices[a:b], LABEL)]
    why = f"From the row labelled {a} down to the row labelled {b}, both included."
    return f"price.loc[{a}:{b}].tolist()", why, prices[i : j + 1], wrong


def place_slice(labels, prices, i, j):
    a, b = labels.index(i), labels.index(j)
    wrong = [(prices[i : j + 1], IN), (prices[a : b + 1], PLACE), (prices[i - 1 : j - 1], ONE)]
    why = f"The positions {i} up to, but not including, {j}, counted from 0."
    return f"price.iloc[{i}:{j}].tolist()", why, prices[i:j], wrong


def check(params):
    """Second route: let pandas do it."""
    import pandas as pd

    price = pd.Series(params["prices"], index=params["labels"])
    return f"`{eval(params['code'], {'price': price})}`"  # our own text
