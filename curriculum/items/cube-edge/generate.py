"""Edge of a cube that holds a given share of evenly spread data."""

ROWS = ("flats", "patients", "songs", "loans", "parcels", "recipes")


def generate(rng):
    d = int(rng.integers(3, 21))
    share = int(rng.choice((1, 2, 5, 10, 20)))
    s = share / 100
    answer = s ** (1 / d)
    wrong = {
        "share-taken-for-edge": s,
        "square-root-in-any-dimension": s**0.5,
        "share-divided-by-dimensions": s / d,
        "edge-of-the-complement": 1 - (1 - s) ** (1 / d),
    }
    if abs(wrong["share-divided-by-dimensions"] - wrong["edge-of-the-complement"]) < 0.004:
        del wrong["edge-of-the-complement"]
    feedback = {
        "share-taken-for-edge": "That would be the edge with a single feature. The share shrinks with each further feature.",
        "square-root-in-any-dimension": "A square root belongs to two features. How many are there?",
        "share-divided-by-dimensions": "Volumes multiply; they do not add up over the features.",
        "edge-of-the-complement": "You cut the rest of the data instead of the cube itself.",
    }
    return {
        "params": {"n": f"{1000 * rng.integers(2, 90):,}", "rows": ROWS[rng.integers(len(ROWS))], "d": d, "share": share, "s": s,
                   "answer": round(answer, 4)},
        "answer": answer, "rtol": 0, "atol": 0.0011,
        "distractors": [{"value": v, "misconception": k, "feedback": feedback[k]} for k, v in wrong.items()],
    }  # fmt: skip


def check(params):
    """Second route: halve an interval until the volume, multiplied out edge by edge, fits."""
    low, high = 0.0, 1.0
    for _ in range(60):
        middle, volume = (low + high) / 2, 1.0
        for _axis in range(params["d"]):
            volume *= middle
        low, high = (middle, high) if volume < params["s"] else (low, middle)
    return low
