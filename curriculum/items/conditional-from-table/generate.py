"""P(event | group) read from a two-by-two table; the four candidates differ by numerator or denominator."""

# The last entry of a case is the range of each count, row by row.
CASES = (
    ("A shop counted its deliveries.", "late", "on time", "rain", "dry",
     "A delivery is drawn at random from the {g}. What is the probability that it is {e}?",
     {"row": "deliveries on rainy days", "column": "late deliveries"},
     {"row": "late", "column": "from a rainy day"}, ((8, 40), (10, 60), (4, 25), (40, 91))),
    ("A bank counted last week's flagged and unflagged payments.", "flagged", "not flagged", "fraud", "honest",
     "A payment is drawn at random from the {g}. What is the probability that it is {e}?",
     {"row": "fraudulent payments", "column": "flagged payments"},
     {"row": "flagged", "column": "fraudulent"}, ((8, 40), (4, 20), (5, 61), (90, 401))),
    ("A clinic counted its test results.", "positive", "negative", "ill", "healthy",
     "A patient is drawn at random from the {g}. What is the probability that the patient is {e}?",
     {"row": "ill patients", "column": "patients with a positive test"},
     {"row": "positive", "column": "ill"}, ((20, 61), (4, 20), (4, 41), (40, 151))),
    ("A streaming service counted its customers.", "left", "stayed", "monthly plan", "yearly plan",
     "A customer is drawn at random from the {g}. What is the probability that this customer {e}?",
     {"row": "customers on the monthly plan", "column": "customers who left"},
     {"row": "left", "column": "was on the monthly plan"}, ((10, 45), (30, 91), (4, 25), (40, 91))),
    ("A school counted its pupils.", "passed", "failed", "took the course", "did not",
     "A pupil is drawn at random from the {g}. What is the probability that this pupil {e}?",
     {"row": "pupils who took the course", "column": "pupils who passed"},
     {"row": "passed", "column": "took the course"}, ((25, 81), (5, 31), (20, 81), (10, 61))),
)  # fmt: skip


def generate(rng):
    intro, yes, no, one, two, question, groups, events, ranges = CASES[rng.integers(len(CASES))]
    condition = ("row", "column")[rng.integers(2)]
    while True:
        a, b, c, d = (int(rng.integers(low, high)) for low, high in ranges)
        total, row, column = a + b + c + d, a + b, a + c
        size, other = (row, column) if condition == "row" else (column, row)
        values = (a / size, a / other, a / total, other / total)
        if min(abs(x - y) for i, x in enumerate(values) for y in values[:i]) > 0.03:
            break
    return {
        "params": {
            "intro": intro, "yes": yes, "no": no, "one": one, "two": two,
            "a": a, "b": b, "c": c, "d": d, "total": total, "both": a, "group_size": size,
            "group": groups[condition], "condition": condition,
            "question": question.format(g=groups[condition], e=events[condition]),
        },
        "answer": f"${a}/{size} \\approx {a / size:.2f}$",
        "distractors": [
            {
                "value": f"${a}/{other} \\approx {a / other:.2f}$",
                "misconception": "condition-swapped",
                "feedback": "That conditions on the other event. Put the group that was drawn from in the denominator.",
            },
            {
                "value": f"${a}/{total} \\approx {a / total:.2f}$",
                "misconception": "joint-for-conditional",
                "feedback": "That is the probability of both among everybody. Only the named group was drawn from.",
            },
            {
                "value": f"${other}/{total} \\approx {other / total:.2f}$",
                "misconception": "marginal-for-conditional",
                "feedback": "That ignores the condition: it is the event's share among everybody.",
            },
        ],
    }  # fmt: skip


def check(params):
    """Second route: write out every member of the table, keep the group, count the event."""
    members = [
        (row, column)
        for row, column, count in (
            (1, 1, params["a"]), (1, 0, params["b"]), (0, 1, params["c"]), (0, 0, params["d"]),
        )
        for _ in range(count)
    ]  # fmt: skip
    given = 0 if params["condition"] == "row" else 1
    group = [member for member in members if member[given]]
    hits = sum(1 for member in group if member[1 - given])
    return f"${hits}/{len(group)} \\approx {hits / len(group):.2f}$"
