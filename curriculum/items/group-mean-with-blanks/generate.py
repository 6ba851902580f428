"""A group mean with a missing value; the second route runs pandas."""


def generate(rng):
    while True:
        clinics = [str(v) for v in rng.permutation(list("AAAABBBB"))]
        waits = [int(v) for v in rng.integers(5, 60, size=8)]
        waits[int(rng.integers(8))] = None
        clinic = clinics[waits.index(None)]
        own = [w for c, w in zip(clinics, waits, strict=True) if c == clinic]
        known = [w for w in own if w is not None]
        every = [w for w in waits if w is not None]
        answer = sum(known) / len(known)
        wrong = (sum(known) / len(own), sum(every) / len(every), sum(known))
        values = sorted((answer, *wrong))
        if min(b - a for a, b in zip(values, values[1:], strict=False)) > 0.05:
            break
    rows = zip(clinics, waits, strict=True)
    lines = ["clinic   wait", *(f"{c:>6} {'NaN' if w is None else w:>6}" for c, w in rows)]
    names = ("blank-counted-in-the-denominator", "grouping-ignored", "sum-taken-for-mean")
    feedback = (
        "You divided by all rows of the clinic. A missing value counts neither above nor below the line.",
        "That is the mean over all visits. Use this clinic's rows only.",
        "That is the sum of the clinic's waits; divide by how many are known.",
    )
    return {
        "params": {
            "table": "\n".join(lines),
            "clinics": clinics,
            "waits": waits,
            "clinic": clinic,
            "known": ", ".join(map(str, known)),
            "sum": sum(known),
            "count": len(known),
            "answer": f"{answer:.2f}",
        },
        "answer": answer,
        "rtol": 0,
        "atol": 0.0101,
        "unit": "minutes",
        "distractors": [
            {"value": value, "misconception": name, "feedback": text}
            for value, name, text in zip(wrong, names, feedback, strict=True)
        ],
    }


def check(params):
    """Second route: let pandas group."""
    import pandas as pd

    visits = pd.DataFrame({"clinic": params["clinics"], "wait": pd.Series(params["waits"], dtype=float)})
    return visits.groupby("clinic")["wait"].mean()[params["clinic"]]
