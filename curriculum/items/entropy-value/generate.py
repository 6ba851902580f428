"""Entropy of a small distribution, against its usual confusions."""

import math

THINGS = (
    ("A machine stops for one of four reasons", ("jam", "wear", "power", "other")),
    ("A customer pays in one of four ways", ("card", "cash", "invoice", "voucher")),
    ("A caller wants one of three things", ("advice", "repair", "refund")),
    ("A leaf shows one of three states", ("healthy", "mildew", "rust")),
    ("A match ends in one of three ways", ("home win", "draw", "away win")),
    ("A letter belongs to one of four desks", ("tax", "permits", "schools", "roads")),
)


def generate(rng):
    what, names = THINGS[rng.integers(len(THINGS))]
    while True:
        cuts = sorted(int(v) for v in rng.choice(range(1, 20), len(names) - 1, replace=False))
        parts = [b - a for a, b in zip([0, *cuts], [*cuts, 20], strict=True)]
        p = [v / 20 for v in parts]
        answer = -sum(v * math.log2(v) for v in p)
        wrong = {
            "nats-for-bits": answer * math.log(2),
            "entropy-of-even-distribution": math.log2(len(p)),
            "surprises-not-weighted": -sum(math.log2(v) for v in p) / len(p),
            "gini-for-entropy": 1 - sum(v * v for v in p),
        }
        values = sorted([answer, *wrong.values()])
        if min(b - a for a, b in zip(values, values[1:], strict=False)) > 0.03:
            break
    feedback = {
        "nats-for-bits": "That is in nats: you took the natural logarithm. Bits need the logarithm to base 2.",
        "entropy-of-even-distribution": "That would be so if all outcomes were equally likely.",
        "surprises-not-weighted": "You took the plain mean of the surprises. Weight each by its own probability.",
        "gini-for-entropy": "That is the Gini impurity, another measure of how mixed a distribution is.",
    }
    return {
        "params": {
            "what": what, "p": p, "answer": round(answer, 3),
            "listed": ", ".join(f"{name} {v:.0%}".replace("%", " %") for name, v in zip(names, p, strict=True)),
            "terms": " + ".join(rf"{v:g} \cdot {-math.log2(v):.3f}" for v in p),
        },
        "answer": answer, "rtol": 0, "atol": 0.011, "unit": "bits",
        "distractors": [{"value": v, "misconception": k, "feedback": feedback[k]} for k, v in wrong.items()],
    }  # fmt: skip


def check(params):
    """Second route: ask in steps. First or not? Then second or not? ... Each step is a binary entropy."""
    left, bits = 1.0, 0.0
    for p in params["p"][:-1]:
        share = p / left
        bits += left * (share * math.log(1 / share) + (1 - share) * math.log(1 / (1 - share))) / math.log(2)
        left -= p
    return bits
