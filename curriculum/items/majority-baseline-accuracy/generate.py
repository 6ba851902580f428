"""The most frequent class of the training set, scored on the test set."""

KINDS = (
    ("Letters to a town hall", "question", "complaint", "praise"),
    ("Support tickets", "billing", "delivery", "returns"),
    ("Skin lesions", "benign", "unclear", "malignant"),
    ("News items", "sport", "politics", "culture"),
    ("Leaves", "healthy", "mildew", "rust"),
)


def generate(rng):
    what, *names = KINDS[rng.integers(len(KINDS))]
    while True:
        train = [int(10 * v) for v in rng.integers(3, 70, 3)]
        test = [int(v) for v in rng.integers(5, 90, 3)]
        major = max(range(3), key=train.__getitem__)
        answer = test[major] / sum(test)
        wrong = {
            "one-over-number-of-classes": 1 / 3,
            "guessing-in-proportion": sum(t * v for t, v in zip(train, test, strict=True)) / sum(train) / sum(test),
            "training-share-reported": train[major] / sum(train),
            "baseline-fitted-on-test": max(test) / sum(test),
        }
        values = sorted([answer, *wrong.values()])
        gaps = [high - low for low, high in zip(values, values[1:], strict=False)]
        if sorted(train)[1] < max(train) and min(gaps) > 0.01:
            break
    feedback = {
        "one-over-number-of-classes": "That is the accuracy of rolling a die with one side for each class. The baseline always gives the same answer.",
        "guessing-in-proportion": "That is guessing at random with the classes' shares. Always giving one and the same class is a different rule.",
        "training-share-reported": "That is its accuracy on the training set; the question is about the test set.",
        "baseline-fitted-on-test": "You looked up the most frequent class in the test set. A baseline is fitted on the training set, like any model.",
    }
    params = {"what": what, "major": names[major], "hits": test[major], "total": sum(test), "answer": round(answer, 3)}
    for i in range(3):
        params |= {"abc"[i]: names[i], f"train{i}": train[i], f"test{i}": test[i]}
    return {
        "params": params,
        "answer": answer,
        "rtol": 0,
        "atol": 0.001,
        "distractors": [
            {"value": value, "misconception": name, "feedback": feedback[name]}
            for name, value in wrong.items()
        ],
    }


def check(params):
    """Second route: scikit-learn's DummyClassifier on the labels written out."""
    import numpy as np
    from sklearn.dummy import DummyClassifier

    train = np.repeat(range(3), [params[f"train{i}"] for i in range(3)])
    test = np.repeat(range(3), [params[f"test{i}"] for i in range(3)])
    baseline = DummyClassifier(strategy="most_frequent").fit(np.zeros((len(train), 1)), train)
    return baseline.score(np.zeros((len(test), 1)), test)
