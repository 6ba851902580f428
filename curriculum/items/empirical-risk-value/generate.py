"""Mean of a loss that charges too little and too much differently."""

STORIES = (
    ("A kitchen predicts portions. Each portion too few costs {a}, each portion too many costs {b}.", "needed"),
    ("A shop announces delivery times in hours. Each hour later than announced costs {a}, each hour earlier costs {b}.", "took"),
    ("A blood bank predicts bags. Each bag too few costs {a}, each bag too many costs {b}.", "needed"),
    ("A railway plans seats, in dozens. Each dozen too few costs {a}, each dozen too many costs {b}.", "needed"),
    ("A power station predicts demand in MW. Each MW too little costs {a}, each MW too much costs {b}.", "demanded"),
)


def generate(rng):
    story, truth = STORIES[rng.integers(len(STORIES))]
    while True:
        a, b = (int(v) for v in rng.choice(range(1, 8), 2, replace=False))
        y = [int(v) for v in rng.integers(8, 30, 4)]
        p = [v + int(g) for v, g in zip(y, rng.integers(-5, 6, 4), strict=True)]
        gaps = [v - w for v, w in zip(y, p, strict=True)]
        loss = [a * g if g > 0 else -b * g for g in gaps]
        answer = sum(loss) / 4
        wrong = {
            "risk-summed-not-averaged": sum(loss),
            "costs-of-directions-swapped": sum(b * g if g > 0 else -a * g for g in gaps) / 4,
            "signed-errors-cancel": a * abs(sum(gaps)) / 4,
            "both-directions-charged-alike": (a + b) / 2 * sum(map(abs, gaps)) / 4,
        }
        values = sorted([answer, *wrong.values()])
        if 0 not in gaps and min(gaps) < 0 < max(gaps) and min(v - u for u, v in zip(values, values[1:], strict=False)) > 0.02:
            break
    feedback = {
        "risk-summed-not-averaged": "That is the sum of the losses. The empirical risk is their mean.",
        "costs-of-directions-swapped": "You exchanged the two costs. For each case, ask first: was it too little or too much?",
        "signed-errors-cancel": "You let errors of opposite sign cancel before charging for them. Each case is charged by itself.",
        "both-directions-charged-alike": "You charged both directions alike. They have different costs.",
    }
    params = {"story": story.format(a=a, b=b), "truth": truth, "a": a, "b": b,
              "losses": ", ".join(map(str, loss)), "total": sum(loss), "answer": answer}  # fmt: skip
    for i in range(4):
        params |= {f"y{i}": y[i], f"p{i}": p[i]}
    return {
        "params": params, "answer": answer, "rtol": 0, "atol": 0.006,
        "distractors": [{"value": v, "misconception": k, "feedback": feedback[k]} for k, v in wrong.items()],
    }  # fmt: skip


def check(params):
    """Second route: an uneven loss is half the sum of the costs times |e| plus half their difference times e."""
    e = [params[f"y{i}"] - params[f"p{i}"] for i in range(4)]
    a, b = params["a"], params["b"]
    return sum((a + b) / 2 * abs(v) + (a - b) / 2 * v for v in e) / 4
