"""The hour of departure: delays pile up over the day."""


def fit_predict(train, test):
    """The share of late flights in each hour, nothing else."""
    flown = train[train["cancelled"] == 0]
    made = test[["id"]].copy()
    made["late"] = test["hour"].map(flown.groupby("hour")["late"].mean()).fillna(0.2)
    return made
