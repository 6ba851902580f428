"""How many cars next week: from a raw log to a forecast, a range and four hours for the works."""
