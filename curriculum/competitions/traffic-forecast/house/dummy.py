"""The mean of all hours, for every hour."""


def fit_predict(train, test):
    """Night and day alike."""
    made = test[["id"]].copy()
    made["traffic_volume"] = train.drop_duplicates("date_time")["traffic_volume"].mean()
    return made
