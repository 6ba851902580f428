"""Overconfident, underconfident, too high or too low: read from four bins."""

WHO = ("A ward's readmission model", "A loan model", "A rain service", "A fraud model", "A late-parcel model", "A harvest model")
TEXTS = {
    "overconfident": "They are too extreme: too near 0 % and 100 %.",
    "timid": "They are too cautious: too near the middle.",
    "high": "They are too high in every one of the bins.",
    "low": "They are too low in every one of the bins.",
}
REASONS = {
    "overconfident": "Low forecasts are too low and high ones too high: the model is surer than it should be.",
    "timid": "Low forecasts are too high and high ones too low: the model could be surer than it is.",
    "high": "Everywhere it happened less often than forecast: all forecasts are too high.",
    "low": "Everywhere it happened more often than forecast: all forecasts are too low.",
}
MISTAKES = {
    "overconfident": ("overconfidence-misread", "Too extreme would mean: low forecasts happen more often than said, high ones less often. Check both ends."),
    "timid": ("timidity-misread", "Too cautious would mean: low forecasts happen less often than said, high ones more often. Check both ends."),
    "high": ("forecast-and-outcome-swapped", "Too high means that it happened less often than forecast, in all bins. Which row is the forecast?"),
    "low": ("forecast-and-outcome-swapped", "Too low means that it happened more often than forecast, in all bins. Which row is the forecast?"),
}
SIGNS = {"overconfident": (1, 1, -1, -1), "timid": (-1, -1, 1, 1), "high": (-1,) * 4, "low": (1,) * 4}


def generate(rng):
    fault = str(rng.choice(list(TEXTS)))
    forecast = [int(v) for v in (rng.integers(14, 22), rng.integers(32, 40), rng.integers(60, 68), rng.integers(78, 86))]
    observed = [f + s * int(rng.integers(7, 13)) for f, s in zip(forecast, SIGNS[fault], strict=True)]
    params = {"who": WHO[rng.integers(len(WHO))], "n": 100 * int(rng.integers(20, 60)), "reason": REASONS[fault],
              "gaps": ", ".join(f"{o - f:+d}".replace("-", "−") for f, o in zip(forecast, observed, strict=True))}  # fmt: skip
    for i in range(4):
        params |= {f"f{i}": forecast[i], f"o{i}": observed[i]}
    return {
        "params": params,
        "answer": TEXTS[fault],
        "distractors": [
            {"value": TEXTS[name], "misconception": slug, "feedback": feedback}
            for name, (slug, feedback) in MISTAKES.items()
            if name != fault
        ],
    }


def check(params):
    """Second route: fit logit(observed) = a + b logit(forecast); slope and intercept name the fault."""
    import numpy as np
    from scipy.special import logit

    forecast = logit(np.array([params[f"f{i}"] for i in range(4)]) / 100)
    observed = logit(np.array([params[f"o{i}"] for i in range(4)]) / 100)
    slope, intercept = np.polyfit(forecast, observed, 1)
    if abs(intercept) > 0.25:
        return TEXTS["low" if intercept > 0 else "high"]
    return TEXTS["overconfident" if slope < 1 else "timid"]
