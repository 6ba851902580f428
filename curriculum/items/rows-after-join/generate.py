"""Row counts of joins with repeated keys; the second route lets pandas merge."""

NAMES = (("orders", "customers"), ("visits", "patients"), ("payments", "invoices"), ("readings", "sensors"))
FEEDBACK = {
    "repeated-key-matched-once": "A key makes one row for each pair: the number of times that it stands on the left times that on the right.",
    "join-keeps-left-rows": "The number of left rows is kept only if no left row finds several partners and none is dropped; an outer join adds lone right rows.",
    "unmatched-rows-dropped": "This kind of join keeps rows without a partner. Add them.",
    "unmatched-rows-kept": "This kind of join drops rows without a partner.",
    "join-taken-for-stacking": "That puts the tables one below the other. A join puts matching rows side by side.",
}


def generate(rng):
    while True:
        left = sorted(int(v) for v in rng.integers(1, 6, size=int(rng.integers(4, 6))))
        right = sorted(int(v) for v in rng.integers(1, 6, size=int(rng.integers(4, 6))))
        how = ("inner", "left", "outer")[rng.integers(3)]
        pairs = {k: left.count(k) * right.count(k) for k in sorted({*left, *right})}
        inner = sum(pairs.values())
        lonely_left = sum(k not in right for k in left)
        lonely_right = sum(k not in left for k in right)
        answer = inner + (how != "inner") * lonely_left + (how == "outer") * lonely_right
        wrong = {
            "repeated-key-matched-once": answer - inner + sum(n > 0 for n in pairs.values()),
            "join-keeps-left-rows": len(left),
            "unmatched-rows-kept" if how == "inner" else "unmatched-rows-dropped": (
                inner + lonely_left if how == "inner" else inner
            ),
            "join-taken-for-stacking": len(left) + len(right),
        }
        if len({answer, *wrong.values()}) == 5:
            break
    said = [f"id {k}: {left.count(k)} · {right.count(k)} = {n}" for k, n in pairs.items() if n]
    why = "Pairs per id: " + ", ".join(said) + f", together {inner}."
    if how != "inner":
        why += f" Left rows without a partner: {lonely_left}."
    if how == "outer":
        why += f" Right rows without a partner: {lonely_right}."
    left_name, right_name = NAMES[rng.integers(len(NAMES))]
    return {
        "params": {
            "left": ", ".join(map(str, left)),
            "right": ", ".join(map(str, right)),
            "left_name": left_name,
            "right_name": right_name,
            "how": how,
            "why": why,
            "answer": answer,
            "keys": [left, right],
        },
        "answer": answer,
        "rtol": 0,
        "atol": 0.01,
        "unit": "rows",
        "distractors": [
            {"value": value, "misconception": name, "feedback": FEEDBACK[name]}
            for name, value in wrong.items()
        ],
    }


def check(params):
    """Second route: let pandas merge."""
    import pandas as pd

    left, right = (pd.DataFrame({"id": keys}) for keys in params["keys"])
    return len(left.merge(right, on="id", how=params["how"]))
