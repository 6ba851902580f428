"""How many of a rare class a stratified split holds out."""

PLACES = (
    ("A clinic", "infected"), ("A bank", "fraudulent"), ("A factory", "defective"),
    ("A mail server", "spam"), ("A telephone company", "cancelled contracts"), ("An insurer", "disputed"),
)  # fmt: skip


def generate(rng):
    who, kind = PLACES[rng.integers(len(PLACES))]
    n = int(rng.integers(2, 21)) * 200
    percent = int(rng.choice((2, 4, 5, 10, 15, 20)))
    share = int(rng.choice((10, 20, 25, 30)))
    if 2 * percent in {share, 100 * share // (100 - share)}:  # two wrong ways would give one number
        percent += 5
    while n * percent * share % 10_000:
        n += 200
    positive = n * percent // 100
    answer = positive * share // 100
    return {
        "params": {
            "who": who, "kind": kind, "n": n, "positive": positive, "share": share,
            "fraction": share / 100, "answer": answer,
        },
        "answer": answer,
        "rtol": 0,
        "atol": 0.4,
        "distractors": [
            {"value": n * share / 200, "misconception": "stratified-means-balanced",
             "feedback": "That would make half of the test set positive. Stratified keeps the classes' own shares; it does not balance them."},
            {"value": positive - answer, "misconception": "training-part-for-test-part",
             "feedback": "That many stay in the training set. Count those that are held out."},
            {"value": positive, "misconception": "rare-class-all-held-out",
             "feedback": "Then none would be left to learn from. Each class is cut in the same proportion."},
        ],
    }  # fmt: skip


def check(params):
    """Second route: let scikit-learn split such a table and count."""
    import numpy as np
    from sklearn.model_selection import train_test_split

    labels = np.arange(params["n"]) < params["positive"]
    _, held_out = train_test_split(
        labels, test_size=params["share"] / 100, stratify=labels, random_state=0
    )
    return int(held_out.sum())
