"""Softmax probability of one of three classes."""

import math
from itertools import combinations

from journeyman.core.tex import number

CASES = (
    ("a picture from a traffic camera", ("bicycle", "car", "bus")),
    ("a letter to the town hall", ("tax", "parking", "schools")),
    ("a leaf", ("oak", "beech", "maple")),
    ("a call to the help desk", ("network", "printer", "account")),
    ("a news item", ("sport", "politics", "weather")),
    ("a sound from a machine", ("normal", "worn", "broken")),
    ("a tissue sample", ("healthy", "inflamed", "tumour")),
    ("a parcel", ("letter", "box", "tube")),
)
FEEDBACK = {
    "scores-normalised-without-exp": "You divided the score by the sum of the scores. Exponentiate "
    "each score first.",
    "sigmoid-per-class": "That is the sigmoid of the one score. The other scores belong in the sum.",
    "softmax-against-one-rival": "You compared with the strongest rival only. The sum runs over all "
    "three classes.",
}


def generate(rng):
    while True:
        z = [float(v) / 2 for v in rng.choice(range(-3, 7), 3, replace=False)]
        k = int(rng.integers(3))
        e = [math.exp(v) for v in z]
        answer = e[k] / sum(e)
        rival = max(v for i, v in enumerate(e) if i != k)
        if sum(z) <= 0:
            continue
        wrong = {
            "scores-normalised-without-exp": z[k] / sum(z),
            "sigmoid-per-class": e[k] / (1 + e[k]),
            "softmax-against-one-rival": e[k] / (e[k] + rival),
        }
        if all(abs(p - q) > 0.02 for p, q in combinations([answer, *wrong.values()], 2)):
            break
    story, names = CASES[rng.integers(len(CASES))]
    texts = [number(v) for v in z]
    return {
        "params": {
            "story": story,
            "scores": ", ".join(f"{n} ${t}$" for n, t in zip(names, texts, strict=True)),
            "asked": names[k],
            "top": f"e^{{{texts[k]}}}",
            "bottom": " + ".join(f"e^{{{t}}}" for t in texts),
            "top_value": f"{e[k]:.3f}",
            "bottom_value": f"{sum(e):.3f}",
            "p": f"{answer:.2f}",
            "z": z,
            "k": k,
        },
        "answer": answer,
        "rtol": 0,
        "atol": 0.0051,
        "distractors": [
            {"value": value, "misconception": name, "feedback": FEEDBACK[name]}
            for name, value in wrong.items()
        ],
    }


def check(params):
    """Second route: only differences of scores, 1 / sum exp(z_j - z_k)."""
    z, k = params["z"], params["k"]
    return 1 / math.fsum(math.exp(v - z[k]) for v in z)
