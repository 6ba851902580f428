"""Inputs only: the expected values come from reference.py, on the trusted side."""

import numpy as np

from journeyman.core.exercise import Case


def example():
    points = np.array([[1, 1], [2, 1], [1, 2], [8, 8], [9, 8], [8, 9]])
    start = np.array([[1, 1], [2, 1]])
    return [
        Case((points, start, 1), label="six addresses, one round", edge="dtype"),
        Case((points, start, 5), label="six addresses, until nothing changes"),
        Case((points, np.array([[1.0, 1.0], [8.0, 8.0], [50.0, 50.0]]), 2),
             label="a centre that no point is near", edge="empty-group"),
    ]  # fmt: skip


def hidden(rng):
    clouds = rng.normal(size=(30, 2)) + np.repeat([[0.0, 0.0], [5.0, 1.0], [2.0, 6.0]], 10, axis=0)
    x = rng.normal(size=(25, 3))
    return [
        Case((clouds, clouds[[0, 1, 2]], 10), label="three clouds, all starts in one of them"),
        Case((clouds, clouds[[0, 10, 20]], 3), label="three clouds, a start in each"),
        Case((x, x[:4], 1), label="no clear groups, one round"),
        Case((x, x[:4], 2), label="no clear groups, two rounds"),
        Case((x, x[:4], 0), label="no round at all", edge="rounds=0"),
        Case((x, x[:1] + 3.0, 2), label="a single centre", edge="k=1"),
        Case((np.array([[0.0], [2.0], [4.0]]), np.array([[1.0], [3.0]]), 1), label="a point half-way", edge="ties"),
        Case((x, x[[0, 0, 1]], 2), label="two centres in one place: the second stays empty", edge="ties"),
        Case((np.empty((0, 2)), np.array([[1.0, 2.0], [3.0, 4.0]]), 3), label="no points", edge="empty"),
        Case((np.array([[2.0, 3.0]]), np.array([[0.0, 0.0], [9.0, 9.0]]), 2), label="a single point", edge="n=1"),
        Case((rng.integers(0, 256, (20, 3), dtype=np.uint8), rng.integers(0, 256, (3, 3), dtype=np.uint8), 2),
             label="colours as bytes", edge="dtype"),
    ]  # fmt: skip


def performance(rng, n):
    return Case((rng.normal(size=(n, 3)), rng.normal(size=(8, 3)), 3), label="many points")
