"""Training error, validation error and an attainable level: what to do next."""

TASKS = (
    "reading handwriting",
    "telling birch from beech",
    "spotting cracks",
    "grading essays",
    "finding late payers",
    "naming accents",
    "sorting waste",
    "judging X-rays",
)
STEPS = {
    "gap": (
        "Fight overfitting: more training rows, or a simpler or more regularised model.",
        "overfitting-seen-without-gap",
        "That mends a gap between training and validation. How large is it here?",
    ),
    "level": (
        "Fight underfitting: more capacity or features that tell more about the target.",
        "underfitting-seen-in-gap",
        "That helps a model which cannot fit its own training rows. Can this one?",
    ),
    "done": (
        "Leave the model as it is: both errors are near what can be attained here.",
        "attainable-level-ignored",
        "Compare both errors with what people who know the work reach.",
    ),
    "odd": (
        "Check the measurement: validation rows may be easier, or the figures swapped.",
        "leak-suspected-without-sign",
        "Validation being no better than training is the normal case, not a sign of a faulty measurement.",
    ),
}
BECAUSE = {
    "gap": "The training error is at the attainable level, so the model is rich enough; on new rows it loses "
    "{gap} percentage points. That gap is overfitting.",
    "level": "Both errors are close together and far above {target} %. The model cannot even fit the rows it "
    "was shown; more rows of the same kind would not change that.",
    "done": "The training error is near {target} % and validation is close behind. There is little left to win; "
    "use the time elsewhere.",
    "odd": "A model is fitted to its training rows, so it should not do much better on others. When it does, the "
    "two sets differ in kind, the figures were mixed up, or the training error was taken while dropout or the like "
    "was switched on. Find out before going on.",
}


def _errors(rng, state, target):
    if state == "gap":
        train = target + int(rng.integers(-1, 2))
        return train, train + int(rng.integers(9, 20))
    if state == "level":
        train = target + int(rng.integers(10, 22))
        return train, train + int(rng.integers(0, 3))
    if state == "done":
        train = target + int(rng.integers(0, 2))
        return train, train + int(rng.integers(0, 2))
    validation = target + int(rng.integers(0, 3))
    return validation + int(rng.integers(8, 18)), validation


def generate(rng):
    state = list(STEPS)[rng.integers(len(STEPS))]
    target = int(rng.integers(3, 12))
    train, validation = _errors(rng, state, target)
    return {
        "params": {
            "task": TASKS[rng.integers(len(TASKS))],
            "train": train,
            "validation": validation,
            "target": target,
            "because": BECAUSE[state].format(gap=validation - train, target=target),
        },
        "answer": STEPS[state][0],
        "distractors": [
            {"value": text, "misconception": slip, "feedback": feedback}
            for name, (text, slip, feedback) in STEPS.items()
            if name != state
        ],
    }


def check(params):
    """Second route: which of the two differences is large decides."""
    gap = params["validation"] - params["train"]
    excess = params["train"] - params["target"]
    if gap < -5:
        return STEPS["odd"][0]
    if gap > 5:
        return STEPS["gap"][0]
    return STEPS["level" if excess > 5 else "done"][0]
