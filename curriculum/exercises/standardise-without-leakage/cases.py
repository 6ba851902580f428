"""Inputs only: the expected values come from reference.py, on the trusted side."""

import numpy as np

from journeyman.core.exercise import Call, Case


def case(train, *tables, label, edge=""):
    calls = (Call("fit", (train,)), *(Call("transform", (table,)) for table in tables))
    return Case(calls=calls, label=label, edge=edge)


def example():
    flats = np.array([[50.0, 900.0], [70.0, 300.0], [90.0, 600.0]])
    return [
        case(flats, flats, label="the training rows themselves"),
        case(flats, np.array([[80.0, 1500.0]]), label="one new row"),
        case(np.array([[1.0, 5.0], [3.0, 5.0]]), np.array([[2.0, 7.0]]), label="a constant column", edge="zero variance"),
        case(np.array([[1.0], [np.nan], [4.0]]), np.array([[np.nan], [2.0]]), label="a missing value", edge="nan"),
    ]


def hidden(rng):
    train, new = rng.normal(50, 12, (9, 4)), rng.normal(60, 5, (6, 4))
    holes = np.where(rng.random((9, 4)) < 0.3, np.nan, train)
    holes[0] = train[0]
    twice = (
        Call("fit", (train,)),
        Call("transform", (new,)),
        Call("fit", (new,)),
        Call("transform", (train,)),
    )
    return [
        case(train, train, new, label="training rows, then new rows"),
        case(train, new, new[:1], new[2:4], label="several small tables, scaled alike"),
        case(train, np.empty((0, 4)), label="no rows to transform", edge="empty"),
        case(train[:1], new, label="a single training row", edge="n=1"),
        case(holes, new, label="gaps in training", edge="nan"),
        case(train, np.where(rng.random((6, 4)) < 0.4, np.nan, new), label="gaps in the new rows", edge="nan"),
        case(np.full((7, 2), 0.1), np.array([[0.1, 0.6]]), label="equal values of 0.1", edge="zero variance"),
        case(np.column_stack([train[:, 0], np.full(9, -3.0)]), new[:, :2], label="one constant column of two", edge="zero variance"),
        case(rng.integers(-9, 9, (8, 3)), rng.integers(-9, 9, (2, 3)), label="whole numbers", edge="dtype"),
        case(train * 1e-6, new * 1e-6, label="very small values"),
        case(train[:, :1], new[:, :1], label="one column"),
        Case(calls=twice, label="a second fit forgets the first"),
    ]
