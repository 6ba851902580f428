"""What the count of the hour before would promise: ``python -m solution.probes``."""

from sklearn.ensemble import HistGradientBoostingRegressor

from solution.config import arguments, write
from solution.data import counts, load
from solution.evaluate import mae
from solution.features import features


def with_hour_before(table, seed):
    """Error on the test part if the count of one hour before were known, which it is not."""
    history = counts(table)
    made = features(table, history)
    made["hour_before"] = history.shift(1).reindex(table["date_time"]).to_numpy()
    test = table["part"] == "test"
    model = HistGradientBoostingRegressor(loss="absolute_error", random_state=seed, max_iter=200)
    model.fit(made[~test], table.loc[~test, "traffic_volume"])
    return mae(table.loc[test, "traffic_volume"], model.predict(made[test]))


def main():
    """Measure it and write it beside the run's results."""
    given = arguments(__doc__)
    found = {"mae_with_hour_before": round(with_hour_before(load(), given.seed), 1)}
    write(given, probes=found)
    print(found)


if __name__ == "__main__":
    main()
