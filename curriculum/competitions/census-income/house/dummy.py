"""The share of high incomes, for everybody."""


def fit_predict(train, test):
    """One number for all: the AUC is 0.5 by construction."""
    made = test[["id"]].copy()
    made["income"] = train["income"].mean()
    return made
