"""The same digit for every recording."""


def fit_predict(train, test):
    """Macro F1 gives it a tenth of what a coin for that digit would get."""
    made = test[["id"]].copy()
    made["digit"] = int(train["digit"].mode()[0])
    return made
