"""Match a person's question with the score that conditions on the same group."""

SCORES = {"precision": "Precision", "recall": "Recall", "specificity": "Specificity", "accuracy": "Accuracy"}
# story, whom the sentence starts from: flagged, real, unreal, all
CASES = (
    ("An officer must visit every flagged address, {k} a day: “Out of the visits I make, how many are worth it?”", "flagged"),
    ("A mother asks about the screening of {n} newborns: “If my child has the disease, how likely is it to be found?”", "real"),
    ("An honest customer, one of {n}, asks: “How likely is it that a payment like mine is let through?”", "unreal"),
    ("A quality engineer reports on {n} bottles: “How many of all our verdicts were right, good bottles and bad ones together?”", "all"),
    ("A lawyer gets {k} pages that the search marked as relevant: “How much of this pile is really relevant?”", "flagged"),
    ("A regulator, with {n} files on the table: “Of the polluted wells that exist, what share did your model find?”", "real"),
    ("A healthy donor, one of {n}, asks: “How likely is it that I get the all-clear?”", "unreal"),
    ("A patient among the {k} who were called back asks: “How likely is it that I really have it?”", "flagged"),
    ("A fraud team with {n} cases: “How much of the fraud slipped past us, and how much did we catch?”", "real"),
    ("A writer of {n} honest e-mails asks: “How likely is it that a message of mine is not taken for spam?”", "unreal"),
    ("A newspaper writes about {n} forecasts of rain or no rain: “How often was the forecast right at all?”", "all"),
)  # fmt: skip
BY_BASE = {"flagged": "precision", "real": "recall", "unreal": "specificity", "all": "accuracy"}
BASE = {
    "flagged": ("those that the model flags", "TP + FP", "is real"),
    "real": ("those that are really positive", "TP + FN", "is flagged"),
    "unreal": ("those that are really negative", "TN + FP", "is left alone"),
    "all": ("all cases", "TP + FP + FN + TN", "is judged rightly"),
}
MISTAKES = {
    "precision": ("conditions-on-flagged", "Precision starts from what the model flags. From whom does this question start?"),
    "recall": ("conditions-on-real", "Recall starts from the real positives. From whom does this question start?"),
    "specificity": ("conditions-on-negatives", "Specificity starts from the real negatives. From whom does this question start?"),
    "accuracy": ("accuracy-for-everything", "Accuracy starts from all cases at once; this question is about one group of them."),
}


def generate(rng):
    story, base = CASES[rng.integers(len(CASES))]
    right = BY_BASE[base]
    group, counts, part = BASE[base]
    return {
        "params": {
            "story": story.format(n=100 * int(rng.integers(5, 50)), k=int(rng.integers(12, 90))),
            "base": group, "base_counts": counts, "part": part, "right": right, "group": base,
        },
        "answer": SCORES[right],
        "distractors": [
            {"value": SCORES[name], "misconception": slug, "feedback": feedback}
            for name, (slug, feedback) in MISTAKES.items()
            if name != right
        ],
    }  # fmt: skip


def check(params):
    """Second route: in a table of cases, take the rate within the group and see which score equals it."""
    import numpy as np
    from sklearn.metrics import accuracy_score, precision_score, recall_score

    rng = np.random.default_rng(2)
    real = rng.random(997) < 0.3
    flagged = np.where(real, rng.random(997) < 0.8, rng.random(997) < 0.15)
    rows = {"flagged": flagged, "real": real, "unreal": ~real, "all": np.ones(997, bool)}[params["group"]]
    rate = (real == flagged)[rows].mean()
    scores = {
        "precision": precision_score(real, flagged),
        "recall": recall_score(real, flagged),
        "specificity": recall_score(~real, ~flagged),
        "accuracy": accuracy_score(real, flagged),
    }
    return SCORES[min(scores, key=lambda name: abs(scores[name] - rate))]
