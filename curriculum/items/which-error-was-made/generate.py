"""Compare p with alpha, then the decision with the truth."""

STORIES = (
    ("A drug was tried on 60 patients.", "the drug has no effect", "it has no effect", "it does work"),
    ("A new page was shown to 500 visitors.", "both pages sell alike", "both sell alike", "the new one sells more"),
    ("A supplier's parts were sampled.", "the parts keep to the norm", "they keep to it", "they do not keep to it"),
    ("A coin used in a lottery was tossed 200 times.", "the coin is fair", "it is fair", "it is not fair"),
    ("A factory's waste water was measured.", "the water is clean", "it was clean", "it was polluted"),
    ("Two models were compared on 300 cases.", "both are equally accurate", "they are equally accurate", "one is more accurate"),
    ("A course was tried on three classes.", "the course changes nothing", "it changes nothing", "it raises the marks"),
    ("A sensor's readings were compared with a standard.", "the sensor is unbiased", "it is unbiased", "it reads too high"),
    ("A fertiliser was tried on twenty plots.", "the yield stays the same", "the yield stays the same", "the yield rises"),
)  # fmt: skip

# (null rejected, null true)
DID = {
    (True, True): "A type I error: it raised a false alarm",
    (False, False): "A type II error: it missed a real effect",
    (True, False): "No error: it found a real effect",
    (False, True): "No error: it raised no false alarm",
}
FEEDBACK = {
    "p-compared-backwards": "Reject when p is at most alpha, not when it is larger. Check the decision once more.",
    "error-types-swapped": "Both the decision and the truth are turned round: a type I error rejects a null that is true.",
    "decision-not-compared-with-truth": "You have the decision right. Compare it with what turned out to be true.",
}


def generate(rng):
    story, null, if_true, if_false = STORIES[rng.integers(len(STORIES))]
    alpha = float(rng.choice([0.01, 0.05, 0.10]))
    rejected, null_true = bool(rng.integers(2)), bool(rng.integers(2))
    thousandths = int(1000 * alpha)
    p = int(rng.integers(1, thousandths)) if rejected else int(rng.integers(thousandths + 4, thousandths * 6))
    wrong = {
        "p-compared-backwards": (not rejected, null_true),
        "error-types-swapped": (not rejected, not null_true),
        "decision-not-compared-with-truth": (rejected, not null_true),
    }
    answer = DID[rejected, null_true]
    return {
        "params": {
            "story": story, "null": null, "alpha": f"{alpha:.2f}", "p": f"{p / 1000:.3f}",
            "truth": if_true if null_true else if_false,
            "compared": "is below" if rejected else "is above",
            "decided": "was rejected" if rejected else "was not rejected",
            "held": "holds" if null_true else "does not hold",
            "answer": answer, "null_true": null_true,
        },
        "answer": answer,
        "distractors": [
            {"value": DID[case], "misconception": name, "feedback": FEEDBACK[name]}
            for name, case in wrong.items()
        ],
    }  # fmt: skip


def check(params):
    """Second route: from the printed numbers, by asking first whether the test raised an alarm."""
    alarm = float(params["p"]) <= float(params["alpha"])
    if alarm:
        return "A type I error: it raised a false alarm" if params["null_true"] else "No error: it found a real effect"
    return "No error: it raised no false alarm" if params["null_true"] else "A type II error: it missed a real effect"
