"""Mean of the last known values, for a forecast made some days ahead."""

WHAT = ("Loaves sold", "Patients admitted", "Bicycles rented", "Letters received", "Litres of milk sold", "Calls taken")
LEADS = {
    1: "on the evening of the day before (whose value is in by then)",
    2: "on the evening two days before (that evening's own value is in by then)",
    3: "on the evening three days before (that evening's own value is in by then)",
}


def generate(rng):
    while True:
        x = [int(v) for v in rng.integers(20, 80, 10)]
        lead, w = int(rng.integers(1, 4)), int(rng.integers(2, 5))
        t = int(rng.integers(lead + w + 1, 10))
        window = lambda end: sum(x[end - w : end]) / w  # noqa: E731 - days end-w+1 to end
        answer = window(t - lead)
        wrong = {
            "window-ends-on-the-target": window(t),
            "centred-window": sum(x[max(0, t - 1 - w // 2) : t + w // 2]) / len(x[max(0, t - 1 - w // 2) : t + w // 2]),
            "all-past-for-window": sum(x[: t - lead]) / (t - lead),
        }
        if lead > 1:
            wrong["lead-time-ignored"] = window(t - 1)
        else:
            wrong["one-day-too-old"] = window(t - 2) if t - 2 >= w else -1.0
        values = sorted([answer, *wrong.values()])
        if min(values) > 0 and min(b - a for a, b in zip(values, values[1:], strict=False)) > 0.05:
            break
    feedback = {
        "window-ends-on-the-target": "Your window holds the day that is to be forecast.",
        "centred-window": "Your window reaches to both sides of the day; what comes later is not known.",
        "all-past-for-window": "You averaged all known days; the window is shorter.",
        "lead-time-ignored": "On the evening when the forecast is made, the days in between have not happened yet.",
        "one-day-too-old": "One more day is known by then than you used.",
    }
    return {
        "params": {
            "what": WHAT[rng.integers(len(WHAT))], "listed": ", ".join(map(str, x)), "t": t, "w": w, "lead": lead,
            "lead_text": LEADS[lead], "last": t - lead, "used": ", ".join(map(str, x[t - lead - w : t - lead])),
            "answer": round(answer, 3), "values": x,
        },
        "answer": answer, "rtol": 0, "atol": 0.011,
        "distractors": [{"value": v, "misconception": k, "feedback": feedback[k]} for k, v in wrong.items()],
    }  # fmt: skip


def check(params):
    """Second route: pandas, shift first and roll afterwards."""
    import pandas as pd

    series = pd.Series(params["values"], index=range(1, 11))
    return series.shift(params["lead"]).rolling(params["w"]).mean()[params["t"]]
