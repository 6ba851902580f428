"""The best cheap rule follows from the score and from the structure that everybody knows."""

RULES = {
    "mean": "Always the mean of the training targets.",
    "median": "Always the median of the training targets.",
    "majority": "Always the most frequent class in training.",
    "shares": "Always the class shares found in training.",
    "even": "Always the same probability for each class.",
    "last": "The last value that was measured before.",
    "season": "The value of the same {season} before.",
}
SEASONS = {"": "weekday a week", "slow": "weekday a week", "weekday": "weekday a week", "month": "month a year"}
# story, score in words, score's kind, structure in time ("" none, "slow", or the name of a season)
CASES = (
    ("The price of {n} flats in a town is to be predicted, each from its description; a few cost ten times the others.", "mean absolute error", "absolute", ""),
    ("The length of stay of {n} patients is to be predicted in days; a few stay for months.", "root mean squared error", "squared", ""),
    ("Of {n} letters 91 % are not spam. Each is to be labelled spam or not.", "accuracy", "hits", ""),
    ("Of {n} loans 6 % were not repaid. Each gets a probability.", "log loss", "probability", ""),
    ("The temperature of a cold store is logged every minute, {n} times so far; it drifts slowly and has no daily pattern. The next minute is to be forecast.", "mean absolute error", "absolute", "slow"),
    ("A canteen counts its guests on each of {n} days; Mondays are full and Fridays empty. Next week is to be forecast.", "mean absolute error", "absolute", "weekday"),
    ("Of {n} parcels 7 % arrive broken. Each gets a probability of being broken.", "Brier score", "probability", ""),
    ("Leaves on {n} photographs belong to five plants; one makes up half of them. Each is to be named.", "accuracy", "hits", ""),
    ("Insurance claims of {n} unrelated customers are to be predicted in pounds; most are small, a few are huge.", "mean squared error", "squared", ""),
    ("An ice-cream maker has the monthly sales of {m} years, high in every summer and low in every winter. The next months are to be forecast.", "mean absolute error", "absolute", "month"),
    ("The minutes that {n} unrelated calls wait for an answer are to be predicted; some callers wait very long.", "mean absolute error", "absolute", ""),
    ("The level of a lake is measured daily, {n} times so far; it changes by millimetres a day. Tomorrow is to be forecast.", "root mean squared error", "squared", "slow"),
)  # fmt: skip
WHY = {
    "mean": "Without structure in time, the best constant for squared error is the mean.",
    "median": "Without structure in time, the best constant for absolute error is the median; long tails pull the mean away from it.",
    "majority": "Accuracy counts right labels, and the most frequent class is right most often.",
    "shares": "The score judges probabilities, and the best constant probability is the class's own share.",
    "last": "The series moves slowly, so the last value is already close.",
    "season": "The series repeats itself season by season, so the value of one season ago is already close.",
}
MISTAKES = {
    "majority": ("label-where-probability-is-scored", "A bare label is the probability 0 or 1, and this score punishes false certainty."),
    "shares": ("probability-where-label-is-scored", "This score counts right labels: turn the shares into the label that is right most often."),
    "even": ("even-odds-as-ignorance", "Even odds ignore what the training data show: the classes are not equally frequent."),
}  # fmt: skip


CONSTANTS = {"mean": "mean-for-every-score", "median": "median-for-every-score"}


def mistake(name, structure):
    """Misconception and feedback of whoever picks the rule ``name``."""
    if name in MISTAKES:
        return MISTAKES[name]
    if name in CONSTANTS:
        if structure:
            return CONSTANTS[name], "One constant for all days cannot follow a series whose pattern is known. Which value of the past is closest?"
        return CONSTANTS[name], "The best constant depends on the score. For which score is this one the best?"
    if not structure:
        return "past-value-without-order", "The rows have no useful order, so another single row tells little about this one."
    if name == "last":
        return "last-value-despite-season", "The last value is one step old but belongs to another part of the season."
    return "season-seen-where-none-is", "There is no such season in these data; a value that old tells less than others that are at hand."


def rule(kind, structure):
    if structure:
        return "last" if structure == "slow" else "season"
    return {"absolute": "median", "squared": "mean", "hits": "majority", "probability": "shares"}[kind]


def offered(kind, right):
    """Four rules of the same sort: constants and past values for numbers, labels and shares for classes."""
    if kind in {"hits", "probability"}:
        return [name for name in ("majority", "shares", "even") if name != right]
    return [name for name in ("mean", "median", "last", "season") if name != right]


def generate(rng):
    story, score, kind, structure = CASES[rng.integers(len(CASES))]
    right = rule(kind, structure)
    names = offered(kind, right)
    if kind not in {"hits", "probability"} and not structure:
        story += " The rows have no useful order."
    text = {name: sentence.format(season=SEASONS[structure]) for name, sentence in RULES.items()}
    return {
        "params": {
            "story": story.format(n=10 * rng.integers(20, 90), m=rng.integers(4, 16)),
            "score": score,
            "reason": WHY[right],
            "right": text[right][0].lower() + text[right][1:],
            "kind": kind,
            "structure": structure,
        },
        "answer": text[right],
        "distractors": [
            {"value": text[name], "misconception": slug, "feedback": feedback}
            for name in names
            for slug, feedback in [mistake(name, structure)]
        ],
    }


def check(params):
    """Second route: make data of that kind, score every rule, take the one with the least loss."""
    import numpy as np

    rng = np.random.default_rng(0)
    kind, structure = params["kind"], params["structure"]
    if kind in {"hits", "probability"}:
        y = rng.random(4000) < 0.2
        guesses = {"majority": 0.0, "shares": 0.2, "even": 0.5}
        if kind == "hits":  # a share or an even chance answers by lot
            losses = {name: np.mean(np.where(y, 1 - p, p)) for name, p in guesses.items()}
        else:
            losses = {name: np.mean((y - p) ** 2) for name, p in guesses.items()}
    else:
        t = np.arange(4200)
        y = np.exp(rng.normal(size=t.size))
        if structure == "slow":
            y = np.cumsum(rng.normal(size=t.size))
        elif structure:
            y = 10 * np.sin(2 * np.pi * t / 7) + rng.normal(size=t.size)
        loss = (lambda e: np.mean(e**2)) if kind == "squared" else (lambda e: np.mean(np.abs(e)))
        past, now = y[:2100], y[2100:]
        losses = {
            "mean": loss(now - past.mean()),
            "median": loss(now - np.median(past)),
            "last": loss(now - y[2099:-1]),
            "season": loss(now - y[2093:-7]),
        }
    best = min(losses, key=losses.__getitem__)
    return RULES[best].format(season=SEASONS[structure])
