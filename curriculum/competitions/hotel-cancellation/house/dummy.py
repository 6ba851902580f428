"""The share of cancellations in training, for every booking."""


def fit_predict(train, test):
    """One number for all: the AUC is 0.5 by construction."""
    made = test[["id"]].copy()
    made["is_canceled"] = train["is_canceled"].mean()
    return made
