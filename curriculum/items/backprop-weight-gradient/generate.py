"""Chain rule through output weight, ReLU and input."""

FEEDBACK = {
    "backprop-outgoing-weight-forgotten": "The error reaches the hidden unit through its outgoing weight. "
    "Multiply by it.",
    "backprop-input-forgotten": "That is the derivative for the hidden bias. For the weight multiply by "
    "its input.",
    "backprop-output-weight-meant": "That is the derivative for the outgoing weight. Go one layer further "
    "back.",
    "gradient-sign-flipped": "The sign is turned: the loss differentiates to z minus y.",
}


def generate(rng):
    while True:
        w, b, c = (int(v) for v in rng.integers(1, 5, 3))
        v = int(rng.choice((-3, -2, 2, 3)))
        x, y = int(rng.integers(2, 5)), int(rng.integers(-9, 10))
        b = int(rng.choice((-1, 1))) * b
        a = w * x + b
        z = v * a + c
        error = z - y
        answer = error * v * x
        wrong = {
            "backprop-outgoing-weight-forgotten": error * x,
            "backprop-input-forgotten": error * v,
            "backprop-output-weight-meant": error * a,
            "gradient-sign-flipped": -answer,
        }
        if a > 0 and error and len({answer, *wrong.values()}) == 5:
            break
    signed = lambda n: f"({n})" if n < 0 else str(n)  # noqa: E731
    return {
        "params": {
            "w": w,
            "b": signed(b),
            "v": v,
            "v_signed": signed(v),
            "c": c,
            "x": x,
            "y": y,
            "a": a,
            "z": z,
            "error": error,
            "answer": answer,
            "network": [w, b, v, c],
        },
        "answer": answer,
        "rtol": 0,
        "atol": 0.01,
        "distractors": [
            {"value": value, "misconception": name, "feedback": FEEDBACK[name]}
            for name, value in wrong.items()
        ],
    }


def check(params):
    """Second route: central difference of the loss in the hidden weight."""
    w, b, v, c = params["network"]
    x, y = params["x"], params["y"]
    loss = lambda weight: 0.5 * (v * max(0.0, weight * x + b) + c - y) ** 2  # noqa: E731
    return (loss(w + 1e-5) - loss(w - 1e-5)) / 2e-5
