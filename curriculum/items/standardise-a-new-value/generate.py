"""z-score of a new row by training statistics; the second route is scikit-learn's scaler."""

import numpy as np

CASES = (
    ("Areas of flats in m².", 30, 120),
    ("Ages of patients in years.", 20, 80),
    ("Baskets in euros.", 10, 90),
    ("Distances in km.", 2, 60),
    ("Waiting times in minutes.", 5, 50),
)


def generate(rng):
    while True:
        text, low, high = CASES[rng.integers(len(CASES))]
        train = [int(v) for v in rng.choice(range(low, high), size=4, replace=False)]
        new = int(rng.integers(low, high + (high - low) // 2))
        x = np.array(train, float)
        both = np.append(x, new)
        answer = (new - x.mean()) / x.std()
        wrong = {
            "statistics-include-new-row": (new - both.mean()) / both.std(),
            "min-max-for-standardising": (new - x.min()) / np.ptp(x),
            "centred-but-not-divided": new - x.mean(),
            "divided-but-not-centred": new / x.std(),
        }
        values = sorted((answer, *wrong.values()))
        if min(np.diff(values)) > 0.08 and float(x.mean()).is_integer():
            break
    feedback = {
        "statistics-include-new-row": "The new row went into mean and standard deviation. They come from the training rows alone.",
        "min-max-for-standardising": "That is min-max scaling. Standardising uses the mean and the standard deviation.",
        "centred-but-not-divided": "You subtracted the mean; now divide by the standard deviation.",
        "divided-but-not-centred": "Subtract the training mean before you divide.",
    }
    return {
        "params": {
            "case": text,
            "train": ", ".join(map(str, train)),
            "data": train,
            "new": new,
            "mean": int(x.mean()),
            "sd": f"{x.std():.2f}",
            "answer": f"{answer:.2f}",
        },
        "answer": float(answer),
        "rtol": 0,
        "atol": 0.0101,
        "distractors": [
            {"value": float(value), "misconception": name, "feedback": feedback[name]}
            for name, value in wrong.items()
        ],
    }


def check(params):
    """Second route: scikit-learn's scaler."""
    from sklearn.preprocessing import StandardScaler

    scaler = StandardScaler().fit(np.array(params["data"], float)[:, None])
    return float(scaler.transform([[float(params["new"])]])[0, 0])
