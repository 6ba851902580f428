"""Joins flights with aeroplanes and weather, and splits by month."""

import numpy as np

AFTERWARDS = ["dep_time", "arr_time", "arr_delay", "air_time"]


def prepare(tables):
    """January to September, October (public), November and December (private).

    ``weather_*`` is the weather measured in the hour of departure, as if the forecast of the
    evening before were perfect. Training keeps cancelled flights, with an empty target replaced by
    ``cancelled`` = 1 and ``late`` = 0, so that the learner decides about them.
    """
    flights = tables["flights"].copy()
    planes = tables["planes"].rename(columns={"year": "built"}).add_prefix("plane_")
    weather = tables["weather"].drop(columns=["year", "month", "day", "hour"])
    names = {name: f"weather_{name}" for name in weather if name not in ("origin", "time_hour")}
    flights = flights.merge(planes, left_on="tailnum", right_on="plane_tailnum", how="left")
    flights = flights.drop(columns=["plane_tailnum", "plane_speed"])
    flights = flights.merge(weather.rename(columns=names), on=["origin", "time_hour"], how="left")
    order = ["time_hour", "carrier", "flight", "origin"]
    flights = flights.sort_values(order, kind="stable").reset_index(drop=True)
    flights.insert(0, "id", flights.index + 1)
    flights["late"] = (flights["arr_delay"] > 15).astype(int)
    flights["cancelled"] = flights["arr_delay"].isna().astype(int)
    later = flights["month"] >= 10
    test = flights[later & (flights["cancelled"] == 0)]
    solution = test[["id", "late"]].copy()
    solution["usage"] = np.where(test["month"] == 10, "public", "private")
    return {
        "train": flights[~later].drop(columns=AFTERWARDS).reset_index(drop=True),
        "test": test.drop(columns=[*AFTERWARDS, "late", "cancelled"]).reset_index(drop=True),
        "solution": solution.reset_index(drop=True),
    }
