"""Inputs only: the expected values come from reference.py, on the trusted side."""

import numpy as np

from journeyman.core.exercise import Case


def example():
    x = np.array([[1.0, 2.0], [3.0, 1.0], [5.0, 9.0]])
    return [
        Case((x,), label="three rows, two columns"),
        Case((x,), {"ddof": 0}, label="divide by n"),
        Case((np.array([[1.0, 2.0], [np.nan, 9.0], [3.0, 1.0], [5.0, 6.0]]),), label="one incomplete row", edge="nan"),
        Case((np.array([[4.0, 7.0]]),), label="a single row with ddof 1", edge="n=1"),
    ]


def hidden(rng):
    x = rng.normal(size=(20, 4)) @ rng.normal(size=(4, 4)) + 3
    holes = x.copy()
    holes[[2, 5, 11], [0, 3, 3]] = np.nan
    none_left = np.array([[np.nan, 1.0], [2.0, np.nan]])
    two_left = x[:5].copy()
    two_left[:3, 1] = np.nan
    return [
        Case((x,), label="random rows"),
        Case((x,), {"ddof": 0}, label="random rows, ddof 0"),
        Case((x,), {"ddof": 3}, label="ddof 3"),
        Case((holes,), label="three incomplete rows", edge="nan"),
        Case((holes,), {"ddof": 0}, label="incomplete rows, ddof 0", edge="nan"),
        Case((none_left,), {"ddof": 0}, label="no complete row", edge="nan"),
        Case((two_left,), {"ddof": 2}, label="as many rows left as ddof", edge="nan"),
        Case((two_left,), label="two rows left", edge="nan"),
        Case((x[:1],), {"ddof": 0}, label="one row, ddof 0: all zero", edge="n=1"),
        Case((np.empty((0, 3)),), label="no rows", edge="empty"),
        Case((x[:, :1],), label="one column stays two-dimensional", edge="d=1"),
        Case((rng.integers(-9, 9, (12, 3)),), label="whole numbers", edge="dtype"),
        Case((rng.integers(0, 256, (12, 3), dtype=np.uint8),), label="unsigned bytes", edge="dtype"),
        Case((np.column_stack([x[:, 0], np.full(20, 2.5)]),), label="a constant column", edge="zero variance"),
        Case((rng.normal(size=(30, 2)) + 1e8,), label="values far from zero", rtol=1e-5, edge="offset"),
    ]


def performance(rng, n):
    return Case((rng.normal(size=(n, 6)),), label="many rows")
