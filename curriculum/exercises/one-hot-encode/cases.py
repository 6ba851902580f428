"""Inputs only: the expected values come from reference.py, on the trusted side."""

from journeyman.core.exercise import Case

TOWNS = ["Ulm", "Bonn", "Trier", "Kiel", "Gera"]


def example():
    train = ["Ulm", "Bonn", "Ulm", "Kiel"]
    return [
        Case((train, ["Bonn", "Ulm", "Ulm"], 1), label="known towns"),
        Case((train, ["Trier", "Kiel"], 1), label="an unknown town", edge="unknown"),
        Case((train, ["Bonn", "Ulm"], 2), label="Bonn is too rare for a column", edge="rare"),
    ]


def hidden(rng):
    train = [TOWNS[i] for i in rng.integers(0, 4, 25)]
    new = [TOWNS[i] for i in rng.integers(0, 5, 12)]
    order = [int(v) for v in rng.permutation([30, 4, 100, 7, 12])]
    exact = ["a"] * 3 + ["b"] * 2 + ["c"] * 4
    return [
        Case((train, new, 1), label="many rows"),
        Case((train, new, 6), label="a higher limit"),
        Case((exact, ["a", "b", "c"], 3), label="exactly as often as the limit", edge="ties"),
        Case((exact, ["a", "b", "c"], 4), label="one below the limit", edge="ties"),
        Case((exact, ["c"], 5), label="no category is frequent enough", edge="rare"),
        Case((train, [], 1), label="nothing to encode", edge="empty"),
        Case(([], new, 1), label="nothing to learn from", edge="empty"),
        Case((["Ulm"], ["Ulm"], 1), label="a single value", edge="n=1"),
        Case((order, order[::-1], 1), label="whole numbers, sorted by value", edge="dtype"),
        Case((["b", "a"], ["b", "B", "a ", "a"], 1), label="capital letters and spaces count", edge="unknown"),
        Case((["a", "b"], ["c", "d"], 1), label="all unknown", edge="unknown"),
        Case((["a", "b"], ["c", "c", "c", "a"], 1), label="frequent only in the new rows", edge="unknown"),
    ]


def performance(rng, n):
    n = min(n, 16_384)  # longer lists would not pass the wire
    train = [f"shop {i}" for i in rng.integers(0, 20, n)]
    return Case((train, train, 1), label="many rows, few categories")
