"""Probability that one row is absent from, present in, or drawn exactly once into a resample."""

import numpy as np

STORIES = (
    ("A study has {n} patients.", "patients", "patient"),
    ("A sample holds {n} baskets.", "baskets", "basket"),
    ("A survey has {n} answers.", "answers", "answer"),
    ("A test bed made {n} measurements.", "measurements", "measurement"),
    ("A class has {n} pupils.", "pupils", "pupil"),
)


def generate(rng):
    story, rows, row = STORIES[rng.integers(len(STORIES))]
    n, kind = int(rng.integers(4, 16)), ("absent", "present", "once")[rng.integers(3)]
    out = (1 - 1 / n) ** n
    once = (1 - 1 / n) ** (n - 1)
    answer = {"absent": out, "present": 1 - out, "once": once}[kind]
    wrong = {
        "one-draw-for-whole-resample": {"absent": 1 - 1 / n, "present": 1 / n, "once": 1 / n}[kind],
        "absent-and-present-swapped": {"absent": 1 - out, "present": out, "once": 1 - once}[kind],
        "replacement-forgotten-in-resample": {"absent": 0.0, "present": 1.0, "once": 1.0}[kind],
    }
    if kind == "once":
        wrong["place-of-draw-not-counted"] = once / n
    feedback = {
        "one-draw-for-whole-resample": "That is about a single draw. A resample has as many draws as rows.",
        "absent-and-present-swapped": "That is the probability of the opposite.",
        "replacement-forgotten-in-resample": "That holds without replacement, where every row comes exactly once.",
        "place-of-draw-not-counted": "It may be any of the draws that hits it: count all of them.",
    }
    asked = {
        "absent": f"a given {row} does not appear",
        "present": f"a given {row} appears at least once",
        "once": f"a given {row} appears exactly once",
    }[kind]
    last = {
        "absent": "",
        "present": f" At least once is the complement: $1 - {out:.4f} = {1 - out:.4f}$.",
        "once": f" Exactly once: any of the {n} draws may be the one, $ {n} \\times (1/{n})(1 - 1/{n})^{{ {n - 1} }} = {once:.4f}$.",
    }[kind]
    return {
        "params": {
            "story": story.format(n=n), "rows": rows, "n": n, "asked": asked, "out": f"{out:.4f}", "last": last, "kind": kind,
        },
        "answer": answer,
        "rtol": 0,
        "atol": 0.0006,
        "distractors": [
            {"value": value, "misconception": name, "feedback": feedback[name]}
            for name, value in wrong.items()
        ],
    }  # fmt: skip


def check(params):
    """Second route: a Markov chain on how often the row has come up (never, once, more), draw by draw."""
    n = params["n"]
    step = np.array([[1 - 1 / n, 1 / n, 0], [0, 1 - 1 / n, 1 / n], [0, 0, 1]])
    never, once, more = np.linalg.matrix_power(step, n)[0]
    return float({"absent": never, "present": once + more, "once": once}[params["kind"]])
