"""Preparation steps; the second route tests whether training rows depend on test rows."""

import numpy as np

CASES = ("A clinic prepares a table of visits.", "A shop prepares a table of orders.", "A bank prepares a table of loans.", "A site prepares a table of flats.")
SAFE = {
    "log": ("Take the logarithm of the amount", "The logarithm of a value needs no other row."),
    "unit": ("Convert the length from inches to cm", "The factor is fixed and needs no row at all."),
    "ratio": ("Divide the price of a row by its own area", "Both numbers stand in the same row."),
    "clip": ("Cut the age at the fixed limits 0 and 110", "The limits were fixed without looking at the data."),
    "weekday": ("Derive the day of the week from the date", "The date of a row gives its weekday without any other row."),
    "sentinel": ("Turn the code 999 into a missing value", "The code is known from the description of the data, not learnt from rows."),
}
LEAKY = {
    "scale": ("Standardise the amount", "mean-and-spread-not-seen-as-learnt", "Mean and standard deviation are learnt from rows. Whose?"),
    "median": ("Fill gaps with the column's median", "fill-value-not-seen-as-learnt", "The median is learnt from rows. Whose?"),
    "target": ("Replace the town by its mean target", "target-mean-not-seen-as-learnt", "The mean target is learnt from rows, labels included. Whose?"),
    "select": ("Keep the columns most correlated with the target", "selection-not-seen-as-learnt", "The choice is learnt from rows, labels included. Whose?"),
    "clip_quantile": ("Cut amounts at their 1 % and 99 % quantiles", "limits-not-seen-as-learnt", "Quantiles are learnt from rows. Whose?"),
    "pca": ("Replace the columns by principal components", "directions-not-seen-as-learnt", "The directions are learnt from rows. Whose?"),
    "minmax": ("Map the area to 0 to 1 by smallest and largest", "mean-and-spread-not-seen-as-learnt", "Smallest and largest value are learnt from rows. Whose?"),
}


def generate(rng):
    safe = list(SAFE)[rng.integers(len(SAFE))]
    leaky = [list(LEAKY)[i] for i in rng.choice(len(LEAKY), size=3, replace=False)]
    return {
        "params": {
            "case": CASES[rng.integers(len(CASES))],
            "rows": f"{int(rng.integers(3, 90)) * 1000:,}",
            "why": SAFE[safe][1],
            "options": [safe, *leaky],
        },
        "answer": SAFE[safe][0],
        "distractors": [
            {"value": LEAKY[key][0], "misconception": LEAKY[key][1], "feedback": LEAKY[key][2]}
            for key in leaky
        ],
    }


def prepared(step, x, y):
    """What ``step`` makes of the rows ``x``, shape (n, 5), with targets ``y``."""
    first, town = x[:, 0], (x[:, 1] > 1).astype(int)
    gaps = np.where(first < 0.4, np.nan, first)
    if step == "pca":
        centred = x - x.mean(axis=0)
        return np.abs(centred @ np.linalg.svd(centred, full_matrices=False)[2].T)
    if step == "select":
        strength = [abs(np.corrcoef(column, y)[0, 1]) for column in x.T]
        return x[:, np.argsort(strength)[-2:]]
    return {
        "log": lambda: np.log(first),
        "unit": lambda: 2.54 * first,
        "ratio": lambda: first / x[:, 1],
        "clip": lambda: np.clip(first, 0, 2),
        "weekday": lambda: np.floor(first * 100) % 7,
        "sentinel": lambda: np.where(first > 2, np.nan, first),
        "scale": lambda: (first - first.mean()) / first.std(),
        "median": lambda: np.where(np.isnan(gaps), np.nanmedian(gaps), gaps),
        "target": lambda: np.array([y[town == 0].mean(), y[town == 1].mean()])[town],
        "clip_quantile": lambda: np.clip(first, *np.quantile(first, (0.01, 0.99))),
        "minmax": lambda: (first - first.min()) / np.ptp(first),
    }[step]()


def check(params):
    """Second route: the only step whose result for training rows ignores the test rows."""
    rng = np.random.default_rng(1)
    x, train = rng.lognormal(size=(60, 5)), 30
    x[train:] *= 3  # test rows unlike the training rows, so that any influence shows
    y = np.where(np.arange(60) < train, x[:, 0] > 1, x[:, 4] > 3).astype(float)
    safe = []
    for step in params["options"]:
        alone = prepared(step, x[:train], y[:train])
        together = prepared(step, x, y)[:train]
        if alone.shape == together.shape and np.allclose(alone, together, equal_nan=True):
            safe.append(step)
    (only,) = safe
    return SAFE[only][0]
