"""The same class for every picture."""


def fit_predict(train, test):
    """The classes are equally frequent, so one picture in ten is right."""
    made = test[["id"]].copy()
    made["label"] = int(train["label"].mode()[0])
    return made
