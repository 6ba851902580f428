"""One setting of a forest is changed; the effect follows from which setting and which way."""

TASKS = (
    "loan defaults",
    "house prices",
    "hospital stays",
    "late parcels",
    "crop yield",
    "machine failures",
    "bicycle hire",
    "returned orders",
)
# setting: (text, "{old}" and "{new}"), effect when it rises, effect when it falls
CHANGES = {
    "trees": "the number of trees goes from {old} to {new}",
    "max_features": "each split may choose among {new} random features instead of {old}",
    "min_leaf": "a leaf needs at least {new} rows instead of {old}",
    "max_samples": "each tree draws {new} % of the number of rows instead of {old} %",
}
EFFECTS = {
    "steadier": "The single trees stay as they are; their average varies less from run to run.",
    "shakier": "The single trees stay as they are; their average varies more from run to run.",
    "unlike": "The trees become less alike, so that averaging removes more; each is a bit weaker.",
    "alike": "The trees become more alike, so that averaging removes less; each is a bit stronger.",
    "coarser": "Each tree becomes coarser: its bias rises, and its own variance falls.",
    "finer": "Each tree becomes finer: its bias falls, and its own variance rises.",
}
OUTCOME = {
    ("trees", True): "steadier",
    ("trees", False): "shakier",
    ("max_features", True): "alike",
    ("max_features", False): "unlike",
    ("min_leaf", True): "coarser",
    ("min_leaf", False): "finer",
    ("max_samples", True): "alike",
    ("max_samples", False): "unlike",
}
BECAUSE = {
    "trees": "Every tree is grown as before. The part of the variance that the trees do not share is "
    "divided by their number, now {new}, so it {goes}; the bias stays where it was.",
    "max_features": "Strong features are {how} available at a split, so the trees {goes} the same first "
    "questions. Correlation between trees limits what averaging can do.",
    "min_leaf": "A leaf's answer is an average over its rows. With at least {new} rows it is {how} "
    "detailed and {goes} steady.",
    "max_samples": "Samples that are {how} share {goes} of their rows. Trees grown on them are {goes} alike, "
    "and each knows {goes} of the data.",
}
WORDS = {
    "trees": (("shrinks", ""), ("grows", "")),
    "max_features": (("share", "more often"), ("no longer share", "less often")),
    "min_leaf": (("more", "less"), ("less", "more")),
    "max_samples": (("more", "larger"), ("less", "smaller")),
}
# Options left out because they are true in part: never offered beside the main effect.
PARTLY = {
    ("trees", True): (),
    ("trees", False): (),
    ("max_features", True): ("finer",),
    ("max_features", False): ("coarser",),
    ("min_leaf", True): ("alike",),
    ("min_leaf", False): ("unlike",),
    ("max_samples", True): ("finer", "coarser"),
    ("max_samples", False): ("finer", "coarser"),
}
# The wrong options and what choosing each means.
SLIPS = {
    "steadier": ("averaging-effect-misplaced", "That is how the number of trees works. Was it "
                 "changed here, and which way?"),
    "shakier": ("averaging-effect-misplaced", "That is how the number of trees works. Was it "
                 "changed here, and which way?"),
    "unlike": ("tree-likeness-misjudged", "Ask what makes two trees resemble each other: do they see more "
               "or less of the same rows and features now?"),
    "alike": ("tree-likeness-misjudged", "Ask what makes two trees resemble each other: do they see more "
              "or less of the same rows and features now?"),
    "coarser": ("tree-size-misjudged", "Ask how large a single tree can grow now, compared with before."),
    "finer": ("more-trees-called-finer", "Ask how large a single tree can grow now, compared with before."),
}  # fmt: skip


def _values(rng, setting, features):
    if setting == "trees":
        return 10 * int(rng.integers(2, 12)), 100 * int(rng.integers(3, 12))
    if setting == "max_features":
        return int(rng.integers(2, 6)), features
    if setting == "min_leaf":
        return int(rng.integers(2, 4)), int(rng.integers(20, 80))
    return 10 * int(rng.integers(2, 6)), 100


def generate(rng):
    setting = list(CHANGES)[rng.integers(len(CHANGES))]
    features = int(rng.integers(12, 60))
    low, high = _values(rng, setting, features)
    rises = bool(rng.integers(2))
    old, new = (low, high) if rises else (high, low)
    effect = OUTCOME[setting, rises]
    opposite = {"steadier": "shakier", "unlike": "alike", "coarser": "finer"}
    opposite |= {b: a for a, b in opposite.items()}
    left_out = (effect, opposite[effect], *PARTLY[setting, rises])
    others = [name for name in EFFECTS if name not in left_out]
    picked = [opposite[effect], *(str(v) for v in rng.choice(others, 2, replace=False))]
    goes, how = WORDS[setting][0 if rises else 1]
    return {
        "params": {
            "task": TASKS[rng.integers(len(TASKS))],
            "features": features,
            "rows": int(rng.integers(10, 90)) * 100,
            "change": CHANGES[setting].format(old=old, new=new),
            "because": BECAUSE[setting].format(new=new, goes=goes, how=how),
            "setting": setting,
            "old": old,
            "new": new,
        },
        "answer": EFFECTS[effect],
        "distractors": [
            {"value": EFFECTS[name], "misconception": SLIPS[name][0], "feedback": SLIPS[name][1]}
            for name in picked
        ],
    }


def check(params):
    """Second route: reckon three quantities before and after, and report the one that moved.

    They are the factor 1/B on the unshared variance, the chance that two trees see the same row
    and feature, and the smallest leaf; whichever changed decides, and the sense of the change.
    """

    def quantities(value):
        setting, features = params["setting"], params["features"]
        unshared = 1 / value if setting == "trees" else 1.0
        shared_features = value / features if setting == "max_features" else 0.3
        shared_rows = (value / 100) ** 2 if setting == "max_samples" else 0.4
        smallest_leaf = value if setting == "min_leaf" else 1
        return unshared, shared_features * shared_rows, smallest_leaf

    before, after = quantities(params["old"]), quantities(params["new"])
    names = (("shakier", "steadier"), ("alike", "unlike"), ("coarser", "finer"))
    for (up, down), a, b in zip(names, before, after, strict=True):
        if a != b:
            return EFFECTS[up if b > a else down]
    raise ValueError(params["setting"])
