"""Hoeffding's gap for one model or, by the union bound, for the best of several."""

import math


def generate(rng):
    n = int(rng.choice((200, 400, 500, 800, 1000, 1500, 2000, 2500)))
    models = int(rng.choice((1, 10, 20, 50, 100, 200)))
    delta = float(rng.choice((0.01, 0.02, 0.05, 0.1)))
    gap = lambda ratio, rows=2 * n: math.sqrt(math.log(ratio) / rows)  # noqa: E731
    answer = gap(2 * models / delta)
    wrong = {"two-before-n-forgotten": gap(2 * models / delta, n), "gap-root-forgotten": answer**2}
    if models > 1:
        story = f"{models} models that were fixed beforehand are compared on {n} fresh rows, and the one with the lowest error is chosen."
        whom, hint = "the chosen one", " and the union bound"
        why = f"The choice looked at the rows, so the bound must hold for all {models} models at once: the probabilities of failure add up."
        wrong["union-bound-forgotten"] = gap(2 / delta)
        wrong["models-outside-logarithm"] = math.sqrt(models) * gap(2 / delta)
    else:
        story = f"A model that was fixed beforehand is scored on {n} fresh rows."
        whom, hint = "this model", ""
        why = "One model, fixed before the rows were drawn: the inequality holds as it stands."
        wrong["one-side-of-the-bound"] = gap(1 / delta)
    feedback = {
        "two-before-n-forgotten": "In the exponent stands 2n, not n.",
        "gap-root-forgotten": "The exponent holds the square of the gap; a root is missing.",
        "union-bound-forgotten": "That is the bound for a model fixed beforehand. This one was chosen by looking at the rows.",
        "models-outside-logarithm": "The number of models belongs inside the logarithm.",
        "one-side-of-the-bound": "That bounds a gap to one side only. The question is about both.",
    }
    return {
        "params": {"story": story, "whom": whom, "hint": hint, "why": why, "n": n, "models": models, "delta": delta,
                   "factor": 2 * models, "answer": round(answer, 4)},
        "answer": answer, "rtol": 0, "atol": 0.0011,
        "distractors": [{"value": v, "misconception": k, "feedback": feedback[k]} for k, v in wrong.items()],
    }  # fmt: skip


def check(params):
    """Second route: halve an interval until the failure probabilities, added up, equal delta."""
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        failure = params["models"] * 2 * math.exp(-2 * params["n"] * middle * middle)
        low, high = (middle, high) if failure > params["delta"] else (low, middle)
    return low
