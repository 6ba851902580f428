"""Which hours Journeyman keeps back: those from July 2018 on."""

AFTERWARDS = (
    "temp",
    "rain_1h",
    "snow_1h",
    "clouds_all",
    "weather_main",
    "weather_description",
)
"""Not known when a prediction is needed: the rows kept back come without these columns."""


def held(tables):
    """A mask over the table ``hours``, True for the rows of the final evaluation."""
    return (tables["hours"]["date_time"] >= "2018-07-01").to_numpy()
