"""Probability that at least one of n draws lies in the best part of the space."""

MODELS = ("a gradient boosting model", "a support vector machine", "a small network", "a random forest", "a text classifier")


def generate(rng):
    while True:
        share, n = int(rng.choice((2, 3, 4, 5, 8, 10))), int(rng.integers(5, 41))
        none = (1 - share / 100) ** n
        answer = 1 - none
        wrong = {"chances-of-draws-added": n * share / 100, "misses-of-all-draws-reported": none, "one-draw-only": share / 100,
                 "exactly-one-for-at-least-one": n * share / 100 * (1 - share / 100) ** (n - 1)}  # fmt: skip
        values = sorted([answer, *wrong.values()])
        if min(b - a for a, b in zip(values, values[1:], strict=False)) > 0.004:
            break
    feedback = {
        "chances-of-draws-added": "Adding the chances counts cases with two good draws twice; with enough draws it would pass 1.",
        "misses-of-all-draws-reported": "That is the probability that none is good enough.",
        "one-draw-only": "That is the chance of a single draw.",
        "exactly-one-for-at-least-one": "That is the probability of exactly one good draw; two or more are welcome as well.",
    }
    return {
        "params": {"model": MODELS[rng.integers(len(MODELS))], "share": share, "n": n, "miss": 1 - share / 100,
                   "none": round(none, 4), "answer": round(answer, 4)},
        "answer": answer, "rtol": 0, "atol": 0.0015,
        "distractors": [{"value": v, "misconception": k, "feedback": feedback[k]} for k, v in wrong.items()],
    }  # fmt: skip


def check(params):
    """Second route: add up the binomial probabilities of one, two, three ... good draws."""
    from math import comb

    s, n = params["share"] / 100, params["n"]
    return sum(comb(n, j) * s**j * (1 - s) ** (n - j) for j in range(1, n + 1))
