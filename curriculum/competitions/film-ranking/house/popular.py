"""The films that most members rated, for everybody."""


def fit_predict(train, test):
    """Hard to beat by much: half of what people see next is what everybody sees."""
    made = test[["id"]].copy()
    made["score"] = test["item_id"].map(train["item_id"].value_counts()).fillna(0.0)
    return made
