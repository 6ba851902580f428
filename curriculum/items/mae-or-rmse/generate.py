"""MAE or RMSE of four predictions, against the usual slips."""

THINGS = (
    ("Waiting times of four patients", "minutes"), ("Loaves sold on four days", "loaves"),
    ("Delivery times of four parcels", "hours"), ("Weights of four calves", "kg"),
    ("Rents of four flats", "tens of pounds"), ("Arrivals in four hours", "patients"),
)  # fmt: skip


def generate(rng):
    what, unit = THINGS[rng.integers(len(THINGS))]
    asked = str(rng.choice(("MAE", "RMSE")))
    while True:
        e = [int(v) for v in rng.integers(-9, 10, 4)]
        mae, mse = sum(map(abs, e)) / 4, sum(v * v for v in e) / 4
        rmse = mse**0.5
        answer, other = (mae, rmse) if asked == "MAE" else (rmse, mae)
        wrong = {"signed-errors-cancel": abs(sum(e)) / 4, "other-average-of-errors": other,
                 "root-of-mean-square-forgotten": mse, "sum-for-mean-of-errors": 4 * mae if asked == "MAE" else (4 * mse) ** 0.5}  # fmt: skip
        values = sorted([answer, *wrong.values()])
        if 0 not in e and min(b - a for a, b in zip(values, values[1:], strict=False)) > 0.1:
            break
    y = [int(v) for v in rng.integers(20, 60, 4)]
    listed = " + ".join(str(abs(v)) for v in e)
    squares = " + ".join(str(v * v) for v in e)
    work = (
        f"Without their signs they add up to ${listed} = {4 * mae:g}$; divided by 4 this is ${mae:g}$."
        if asked == "MAE"
        else f"Squared they add up to ${squares} = {4 * mse:g}$; divided by 4 this is ${mse:g}$, and the root is ${rmse:.2f}$."
    )
    feedback = {
        "signed-errors-cancel": "Errors of opposite sign cancelled. That measures bias; drop the signs (or square) first.",
        "other-average-of-errors": "That is the other one of the two. MAE averages sizes; RMSE averages squares and then takes the root.",
        "root-of-mean-square-forgotten": "That is the mean of the squared errors; its unit is squared too. Which step turns it back, if squares are wanted at all?",
        "sum-for-mean-of-errors": "You added up but did not divide by the number of cases at the right place.",
    }
    params = {"what": what, "unit": unit, "work": work, "errors": ", ".join(map(str, e)).replace("-", "−"),
              "name": {"MAE": "mean absolute error (MAE)", "RMSE": "root mean squared error (RMSE)"}[asked], "asked": asked}  # fmt: skip
    for i in range(4):
        params |= {f"y{i}": y[i], f"p{i}": y[i] - e[i]}
    return {
        "params": params, "answer": answer, "rtol": 0, "atol": 0.011, "unit": unit,
        "distractors": [{"value": v, "misconception": k, "feedback": feedback[k]} for k, v in wrong.items()],
    }  # fmt: skip


def check(params):
    """Second route: bias-variance split of the mean square, and larger minus smaller for the MAE."""
    import numpy as np

    y = np.array([params[f"y{i}"] for i in range(4)])
    p = np.array([params[f"p{i}"] for i in range(4)])
    if params["asked"] == "MAE":
        return (np.maximum(y, p).sum() - np.minimum(y, p).sum()) / 4
    return np.hypot((y - p).std(), (y - p).mean())
