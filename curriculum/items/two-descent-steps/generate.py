"""Two gradient-descent steps on a shifted parabola."""

from journeyman.core.tex import number


def generate(rng):
    while True:
        a = int(rng.integers(1, 5))
        centre = int(rng.choice((-4, -3, -2, -1, 1, 2, 3, 4, 5)))
        start = int(rng.integers(-6, 9))
        rate = float(rng.choice((0.05, 0.1, 0.15, 0.2, 0.25, 0.3)))
        answer = _walk(a, centre, start, -rate, 2)
        if start == centre or abs(1 - 2 * a * rate) < 0.05 or 2 * a * rate > 1.9:
            continue
        wrong = {
            "ascent-for-descent": _walk(a, centre, start, rate, 2),
            "gradient-factor-forgotten": _walk(a, centre, start, -rate / 2, 2),
            "one-step-for-two": _walk(a, centre, start, -rate, 1),
        }
        values = sorted([answer, *wrong.values()])
        if min(v - u for u, v in zip(values, values[1:], strict=False)) > 0.02:
            break
    feedback = {
        "ascent-for-descent": "You walked uphill: the gradient is subtracted.",
        "gradient-factor-forgotten": "The derivative of the square brings down a factor 2.",
        "one-step-for-two": "That is the place after one step. Compute the gradient there and step again.",
    }
    factor = 1 - 2 * a * rate
    return {
        "params": {
            "lead": "" if a == 1 else f"{a}\\,",
            "h": 2 * a,
            "shift": f"- {centre}" if centre > 0 else f"+ {-centre}",
            "centre": centre,
            "start": start,
            "rate": number(rate),
            "factor": number(factor),
            "d0": start - centre,
            "d1": number((start - centre) * factor, 6),
            "d2": number((start - centre) * factor**2, 6),
            "shown": f"{answer:.3f}",
            "numbers": [a, centre, start, rate],
        },
        "answer": answer,
        "rtol": 0,
        "atol": 0.0006,
        "distractors": [
            {"value": value, "misconception": name, "feedback": feedback[name]}
            for name, value in wrong.items()
        ],
    }


def _walk(a, centre, w, signed_rate, steps):
    for _ in range(steps):
        w += signed_rate * 2 * a * (w - centre)
    return w


def check(params):
    """Second route: each step goes to the minimum of the tangent plus a proximity penalty."""
    a, centre, w, rate = params["numbers"]
    f = lambda x: a * (x - centre) ** 2  # noqa: E731
    for _ in range(2):
        slope = (f(w + 0.5) - f(w - 0.5)) / 1.0
        # The minimiser of slope * (x - w) + (x - w)^2 / (2 rate), from its values at three places.
        model = lambda x, w=w, slope=slope: slope * (x - w) + (x - w) ** 2 / (2 * rate)  # noqa: E731
        low, middle, high = model(-1.0), model(0.0), model(1.0)
        w = (low - high) / (2 * (low + high - 2 * middle))
    return w
