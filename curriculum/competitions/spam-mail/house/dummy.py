"""The length of the mail: long ones are a little less often spam."""


def fit_predict(train, test):
    """A score that has an order, but knows nothing."""
    made = test[["id"]].copy()
    made["spam"] = -test["mail"].map(len).astype(float)
    return made
