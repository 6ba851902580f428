"""The share of frauds, for every payment."""


def fit_predict(train, test):
    """All payments are equally suspicious: average precision is the share of frauds."""
    made = test[["id"]].copy()
    made["fraud"] = train["fraud"].mean()
    return made
