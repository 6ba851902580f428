"""Forecast hours: ``python -m solution.predict --rows FILE [--out DIR]``, a Parquet in raw form.

Counts of the weeks before are looked up in the raw table and in the rows themselves, where they
have a count; an hour without them is forecast from the calendar alone.
"""

import numpy as np
import pandas as pd

from solution.config import arguments, raw, saved
from solution.data import clean, counts, once
from solution.features import features, naive

COVERED = 0.9


def ranges(table, forecast):
    """How far from the forecast the counts lay, by hour of the day: 5 % and 95 % quantiles."""
    off = table["traffic_volume"].to_numpy() - forecast
    hours = table["date_time"].dt.hour.to_numpy()
    edge = [(1 - COVERED) / 2, (1 + COVERED) / 2]
    return np.array([np.quantile(off[hours == hour], edge) for hour in range(24)])


def predictions(table, forecast, history, spread):
    """``id``, ``prediction`` with ``low`` and ``high``, ``baseline`` and columns to slice by.

    ``group`` is the day: the hours of a day are wrong together.
    """
    found = table[["id", "date_time"]].copy()
    if "traffic_volume" in table:
        found["label"] = table["traffic_volume"]
    hours = table["date_time"].dt.hour.to_numpy()
    found["prediction"] = np.clip(forecast, 0, None)
    found["low"] = np.clip(forecast + spread[hours, 0], 0, None)
    found["high"] = np.clip(forecast + spread[hours, 1], 0, None)
    found["baseline"] = naive(table, history)
    found["group"] = table["date_time"].dt.strftime("%Y-%m-%d")
    weekend = np.where(table["date_time"].dt.day_of_week >= 5, "weekend", "working day")
    found["kind_of_day"] = np.where(table["holiday"] != "none", "holiday", weekend)
    found["light"] = np.where((hours >= 6) & (hours < 22), "day", "night")
    return found.join(table[[name for name in ("part",) if name in table]])


def main():
    """Read hours in raw form, write forecasts and ranges in their order."""
    rows = ("--rows", {"required": True, "help": "Parquet file of hours in raw form"})
    given = arguments(__doc__, rows)
    last = saved(given)
    table = clean(pd.read_parquet(given.rows))
    past = once(clean(pd.read_parquet(raw("hours"))))
    if "traffic_volume" in table:
        past = once(pd.concat([past, table]))
    history = counts(past)
    forecast = last["model"].predict(features(table, history))
    found = predictions(table, forecast, history, last["spread"])
    found.to_parquet(given.out / "scored.parquet", index=False)
    print(f"{len(found):,} hours are forecast in {given.out / 'scored.parquet'}.")


if __name__ == "__main__":
    main()
