"""Five stars for every review."""


def fit_predict(train, test):
    """The most frequent rating: agreement beyond chance is zero."""
    made = test[["id"]].copy()
    made["rating"] = int(train["rating"].mode()[0])
    return made
