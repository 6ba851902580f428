"""Writing to a selection: does the original change? The second route runs the program."""

import contextlib
import io

import numpy as np

VIEW = ("slice-taken-for-copy", "A slice shares its memory with the array: what you write to it shows in `a`.")
COPY = ("copy-taken-for-view", "This selection is a copy: what you write to it does not show in `a`.")
END = ("slice-end-included", "The end of a slice is left out: count the selected entries again.")
PART = ("part-summed-for-whole", "`a.sum()` adds all entries of `a`, not only the selected ones.")


def generate(rng):
    while True:
        values = [int(v) for v in rng.integers(1, 10, size=6)]
        start = int(rng.integers(0, 3))
        stop = start + int(rng.integers(2, 4))
        add = int(rng.integers(2, 10)) * 10
        places = list(range(start, stop))
        select, shares, why = [
            (f"a[{start}:{stop}]", True, "A slice is a view"),
            (f"a[{places}]", False, "Picking by a list of positions makes a copy"),
            (f"a[{start}:{stop}].copy()", False, "`copy()` makes a copy"),
            (f"a[(a > 0) & (np.arange(6) < {stop})]", False, "Picking by a mask makes a copy"),
        ][rng.integers(4)]
        if "mask" in why:
            places = list(range(stop))
        total, gain = sum(values), add * len(places)
        answer = total + gain if shares else total
        wrong = [
            (total if shares else total + gain, VIEW if shares else COPY),
            (sum(values[i] for i in places) + gain, PART),
        ]
        if shares:  # only there does a slice's end matter for the sum
            wrong.append((total + gain + add, END))
        if len({answer, *(value for value, _ in wrong)}) == 1 + len(wrong):
            break
    tail = (
        f"so `b += {add}` adds {add} to {len(places)} entries of `a`: {total} + {gain}."
        if shares
        else f"so `b += {add}` leaves `a` as it was, with the sum {total}."
    )
    return {
        "params": {
            "code": f"a = np.array({values})\nb = {select}\nb += {add}\nprint(a.sum())",
            "why": f"{why}, {tail}",
            "answer": answer,
        },
        "answer": answer,
        "rtol": 0,
        "atol": 1e-9,
        "distractors": [
            {"value": value, "misconception": name, "feedback": text} for value, (name, text) in wrong
        ],
    }


def check(params):
    """Second route: run the program and read what it prints."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(params["code"], {"np": np})  # our own text
    return float(printed.getvalue())
