"""Remedies with what they do to bias, variance and noise."""

TASKS = (
    "rents",
    "bus delays",
    "crop yields",
    "hospital stays",
    "energy demand",
    "repair costs",
)
# change, (capacity, rows, averaging, information about the target), reason
REMEDIES = (
    ("the polynomial goes from degree {low} to degree {high}", (1, 0, 0, 0),
     "The richer family comes closer to the truth on average, and it follows each sample's accidents more."),
    ("the tree may grow to depth {high} instead of {low}", (1, 0, 0, 0),
     "A deeper tree can follow finer patterns, and finer accidents of the sample as well."),
    ("the tree is pruned from {big} leaves to {high}", (-1, 0, 0, 0),
     "Larger leaves average over more rows, which steadies the answer and blurs real differences."),
    ("the penalty of a ridge regression is raised from {low} to {big}", (-1, 0, 0, 0),
     "Coefficients that are pulled harder towards zero react less to the sample, and are too small each time."),
    ("a smooth curve gets {big} knots instead of {high}", (1, 0, 0, 0),
     "More knots let the curve bend with the truth, and with the sample's accidents."),
    ("nearest neighbours uses k = {big} instead of k = {low}", (-1, 0, 0, 0),
     "More neighbours average the noise away and reach into regions where the truth differs."),
    ("nearest neighbours uses k = {low} instead of k = {big}", (1, 0, 0, 0),
     "Few neighbours stay near the point, so the average is right but each answer hangs on few rows."),
    ("one mean is predicted per region instead of one per street, of which there are {big} in each",
     (-1, 0, 0, 0),
     "A region's mean rests on many rows and hardly moves; streets that differ from it are missed each time."),
    ("a single deep tree is replaced by the average of {big} bagged ones", (0, 0, 1, 0),
     "Each tree is as good as before on average, so the average keeps the bias; the spread shrinks."),
    ("one model is replaced by the mean of {high} models, each fitted to a sample of its own", (0, 0, 1, 0),
     "The mean of like models keeps their bias and has less spread."),
    ("the same model is trained on {big},000 rows instead of {high},000 of the same kind", (0, 1, 0, 0),
     "With more rows every fit is closer to the best of its family; what that family cannot express stays."),
    ("the target is measured with an instrument whose errors are {high} times smaller", (0, 0, 0, 1),
     "Part of the error was the measurement of the target itself. That part is now smaller. (The fit, learnt from better targets, scatters less as well.)"),
    ("every target is now the mean of {high} independent readings instead of one", (0, 0, 0, 1),
     "Averaged readings scatter less around the true value, so less of the error lies beyond any model. "
     "(The fit, learnt from better targets, scatters less as well.)"),
)  # fmt: skip
OPTIONS = {
    "bias-down": "Bias falls and variance rises; the noise stays as it was.",
    "bias-up": "Bias rises and variance falls; the noise stays as it was.",
    "variance-down": "Variance falls; bias and noise stay about as they were.",
    "noise-down": "Noise falls; the bias stays about as it was.",
}
SLIPS = {
    "bias-down": ("bias-variance-swapped", "Would a new sample change the fit more now, or less?"),
    "bias-up": ("bias-variance-swapped", "Is the average of many such fits further from the truth now?"),
    "variance-down": ("free-variance-reduction", "Ask what happens to the average of many such fits too, "
                      "and whether the new target itself is more exact."),
    "noise-down": ("noise-called-reducible", "The noise is what the features cannot tell about the target. "
                   "The change concerns the fitting, not the data's exactness."),
}  # fmt: skip


def generate(rng):
    change, moves, reason = REMEDIES[rng.integers(len(REMEDIES))]
    capacity, rows, averaging, information = moves
    if information:
        answer = "noise-down"
    elif rows or averaging:
        answer = "variance-down"
    else:
        answer = "bias-down" if capacity > 0 else "bias-up"
    low = int(rng.integers(1, 4))
    numbers = {"low": low, "high": low + int(rng.integers(2, 7)), "big": int(rng.integers(20, 90))}
    return {
        "params": {
            "task": TASKS[rng.integers(len(TASKS))],
            "change": change.format(**numbers),
            "reason": reason,
            "moves": list(moves),
        },
        "answer": OPTIONS[answer],
        "distractors": [
            {"value": OPTIONS[name], "misconception": SLIPS[name][0], "feedback": SLIPS[name][1]}
            for name in OPTIONS
            if name != answer
        ],
    }


def check(params):
    """Second route: a shrunken mean as a model of all four levers, with exact bias, variance and noise.

    The estimate is shrink times the mean of n values around 1 with the given noise, averaged over
    independent samples. More capacity means less shrinking.
    """
    capacity, rows, averaging, information = params["moves"]

    def parts(shrink, n, samples, noise):
        return (1 - shrink) ** 2, shrink**2 * noise / (n * samples), noise

    before = parts(0.5, 10, 1, 1.0)
    after = parts(0.5 + 0.3 * capacity, 10 + 90 * rows, 1 + 9 * averaging, 1.0 - 0.5 * information)
    signs = [(b > a) - (b < a) for a, b in zip(before, after, strict=True)]
    named = {(-1, 1, 0): "bias-down", (1, -1, 0): "bias-up", (0, -1, 0): "variance-down"}
    return OPTIONS[named.get(tuple(signs), "noise-down")]
