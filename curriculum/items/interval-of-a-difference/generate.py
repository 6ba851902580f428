"""Read an interval against zero and against the smallest difference that matters."""

STORIES = (
    ("A new page was tested against the old one.", "percentage points"),
    ("A new drug was compared with the usual one by days of fever saved.", "days"),
    ("A new model was compared with the one in use, on the same cases.", "percentage points"),
    ("A new route was compared with the usual one by time saved.", "minutes"),
    ("A new course was compared with the usual one by marks gained.", "marks"),
    ("A new packing line was compared with the old one by waste saved.", "kg a day"),
    ("A new dose was compared with the usual one by blood pressure lowered.", "mmHg"),
    ("A new cache was compared with none by waiting time saved.", "seconds"),
)

SAYS = {  # (a difference is shown, its size: yes, no or open)
    (True, "yes"): "There is an improvement, and it is large enough to be worth the cost.",
    (True, "open"): "There is an improvement, but whether it is worth the cost is still open.",
    (True, "no"): "There is an improvement, but it is too small to be worth the cost.",
    (False, "open"): "Whether there is an improvement, and one worth the cost, is still open.",
    (False, "no"): "Whether there is an improvement is open, but one worth the cost is ruled out.",
}
FEEDBACK = {
    "interval-zero-ignored": "Is zero inside the interval? Then no improvement at all is compatible with the data.",
    "interval-zero-misread": "Zero is outside the interval: that much the data do show.",
    "significant-means-important": "Compare the lower end with what is worth the cost: smaller improvements are still possible.",
    "not-shown-means-absent": "Compare the upper end with what is worth the cost: larger improvements are still possible.",
    "decisive-end-overlooked": "One end of the interval does settle whether it can be worth the cost.",
}


def generate(rng):
    story, unit = STORIES[rng.integers(len(STORIES))]
    least = int(rng.integers(3, 8))
    truth = list(SAYS)[rng.integers(len(SAYS))]
    shown, size = truth
    low, high = _bounds(rng, least * 10, shown, size)
    wrong = [said for said in SAYS if said != truth]
    chosen = [wrong[i] for i in sorted(rng.choice(len(wrong), size=3, replace=False))]
    names = [_misconception(said, truth) for said in chosen]
    return {
        "params": {
            "story": story, "unit": unit, "least": least, "low": f"{low:.1f}".replace("-", "\u2212"), "high": f"{high:.1f}",
            "zero": "is not" if shown else "is",
            "size": {
                "yes": f"all of them reach {least}",
                "no": f"none of them reaches {least}",
                "open": f"some of them reach {least} and others do not",
            }[size],
            "answer": SAYS[truth], "bounds": [low, high],
        },
        "answer": SAYS[truth],
        "distractors": [
            {"value": SAYS[said], "misconception": name, "feedback": FEEDBACK[name]}
            for said, name in zip(chosen, names, strict=True)
        ],
    }  # fmt: skip


def _bounds(rng, least, shown, size):
    """Ends of the interval, drawn in tenths so that neither falls on zero or on ``least``."""
    if size == "yes":
        low = rng.integers(least + 2, least + 30)
        high = low + rng.integers(5, 40)
    else:
        low = rng.integers(2, least - 12) if shown else rng.integers(-30, -1)
        high = rng.integers(max(low, 0) + 5, least - 1) if size == "no" else rng.integers(least + 3, least + 40)
    return int(low) / 10, int(high) / 10


def _misconception(said, truth):
    if said[0] != truth[0]:
        return "interval-zero-ignored" if said[0] else "interval-zero-misread"
    if said[1] == "yes":
        return "significant-means-important"
    if said[1] == "no":
        return "not-shown-means-absent"
    return "decisive-end-overlooked"


def check(params):
    """Second route: walk through the compatible improvements in steps of 0.05 and see what they agree on."""
    low, high = params["bounds"]
    steps = round((high - low) / 0.05)
    compatible = [low + 0.05 * i for i in range(steps + 1)]
    shown = all(value > 0 for value in compatible)
    large = {value >= params["least"] for value in compatible}
    size = "open" if len(large) == 2 else "yes" if True in large else "no"
    return SAYS[shown, size]
