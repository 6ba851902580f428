"""Inputs only: the expected values come from reference.py, on the trusted side."""

import numpy as np
import pandas as pd

from journeyman.core.exercise import Case

NAN = np.nan


def orders(customers, **more):
    data = {"customer": customers, "total": [10.0 * (i + 1) for i in range(len(customers))]}
    return pd.DataFrame(data | more)


def towns(customers, names=None):
    names = names or ["Ulm", "Bonn", "Trier", "Kiel", "Gera"][: len(customers)]
    return pd.DataFrame({"customer": customers, "town": names})


def example():
    return [
        Case((orders([1, 1, 2]), towns([2, 1]), ["customer"]), label="every order has its customer"),
        Case((orders([1, 4, 2]), towns([1, 2, 3]), ["customer"]), label="order 4 and customer 3 stand alone"),
        Case((orders([1, 2]), towns([1, 2, 2]), ["customer"]), label="a key repeats on the right", edge="ties", raises="ValueError"),
    ]


def hidden(rng):
    many = orders([int(v) for v in rng.integers(0, 12, 30)])
    some = pd.DataFrame({"customer": rng.permutation(12)[:7], "rating": rng.normal(size=7).round(3)})
    shops = pd.DataFrame({"shop": ["A", "A", "B", "B"], "day": [1, 2, 1, 3], "sold": [5, 6, 7, 8]})
    weather = pd.DataFrame({"shop": ["A", "B", "B", "C"], "day": [2, 1, 2, 3], "rain": [0.1, 2.0, 0.0, 4.0]})
    left_gap = orders([1.0, NAN, 2.0, NAN])
    right_gap = towns([1.0, NAN, 3.0, NAN])
    moved = orders([2, 1, 2]).set_index(pd.Index([9, 4, 7]))
    partly = weather.assign(day=[2.0, NAN, NAN, 3.0])
    repeated = pd.concat([weather, weather.iloc[[1]].assign(rain=9.0)], ignore_index=True)
    return [
        Case((many, some, ["customer"]), label="many orders, few customers"),
        Case((shops, weather, ["shop", "day"]), label="two columns make the key"),
        Case((shops, repeated, ["shop", "day"]), label="a pair of keys repeats", edge="ties", raises="ValueError"),
        Case((left_gap, towns([1.0, 2.0, 3.0]), ["customer"]), label="missing keys on the left", edge="nan"),
        Case((orders([1.0, 3.0, 5.0]), right_gap, ["customer"]), label="missing keys on the right, twice", edge="nan"),
        Case((left_gap, right_gap, ["customer"]), label="missing keys on both sides do not match", edge="nan"),
        Case((shops.astype({"day": float}), partly, ["shop", "day"]), label="one of two key columns is missing", edge="nan"),
        Case((moved, towns([1, 2]), ["customer"]), label="other row labels on the left", edge="labels"),
        Case((orders([7, 8]), towns([1, 2]), ["customer"]), label="nothing matches"),
        Case((orders([1])[:0], towns([1, 2]), ["customer"]), label="no rows on the left", edge="empty"),
        Case((orders([1, 2]), towns([1])[:0], ["customer"]), label="no rows on the right", edge="empty"),
        Case((orders([3, 3, 3]), towns([3]), ["customer"]), label="one customer, three orders"),
        Case((orders(["b", "a", "c"]), towns(["a", "b", "d"]), ["customer"]), label="text as key", edge="dtype"),
    ]
