"""Find the key of a small table; the second route counts distinct rows by pandas."""

import itertools


TABLES = (
    ("visits", ("patient", "date", "ward"), (("P7", "P8", "P9"), ("03-01", "03-02", "03-04"), ("A", "B", "C"))),
    ("sales", ("shop", "day", "article"), (("Ulm", "Bonn", "Trier"), ("Mon", "Tue", "Wed"), ("tea", "rice", "salt"))),
    ("readings", ("sensor", "hour", "floor"), (("s1", "s2", "s3"), ("08", "09", "10"), ("0", "1", "2"))),
    ("exams", ("student", "subject", "room"), (("Ann", "Bo", "Cy"), ("maths", "law", "art"), ("R1", "R2", "R3"))),
)


def generate(rng):
    name, columns, levels = TABLES[rng.integers(len(TABLES))]
    pairs = list(itertools.combinations(range(3), 2))
    while True:
        rows = [tuple(level[rng.integers(3)] for level in levels) for _ in range(6)]
        keys = [pair for pair in pairs if unique(rows, pair)]
        singles = [i for i in range(3) if unique(rows, (i,))]
        if len(keys) == 1 and not singles:
            break
    (key,) = keys
    single = int(rng.choice(key))
    wrong = [*(pair for pair in pairs if pair != key), (single,)]
    width = 10
    lines = ["".join(f"{c:<{width}}" for c in columns).rstrip()]
    lines += ["".join(f"{v:<{width}}" for v in row).rstrip() for row in rows]
    return {
        "params": {
            "table_name": name,
            "table": "\n".join(lines),
            "rows": [list(row) for row in rows],
            "columns": list(columns),
            "answer": text(columns, key),
            "options": [[columns[i] for i in chosen] for chosen in (key, *wrong)],
            "repeats": "; ".join(said(rows, columns, chosen) for chosen in wrong),
        },
        "answer": text(columns, key),
        "distractors": [
            {
                "value": text(columns, chosen),
                "misconception": "key-from-one-column" if len(chosen) == 1 else "key-with-repeats",
                "feedback": (
                    "That column alone has repeats. A key may need several columns together."
                    if len(chosen) == 1
                    else "Two rows agree in both of these columns. Go through the pairs of values one by one."
                ),
            }
            for chosen in wrong
        ],
    }


def text(columns, chosen):
    return " and ".join(f"`{columns[i]}`" for i in chosen) + ("" if len(chosen) > 1 else " alone")


def unique(rows, chosen):
    seen = [tuple(row[i] for i in chosen) for row in rows]
    return len(set(seen)) == len(rows)


def said(rows, columns, chosen):
    seen = [tuple(row[i] for i in chosen) for row in rows]
    again = next(values for values in seen if seen.count(values) > 1)
    return f"{text(columns, chosen)} has ({', '.join(again)}) {seen.count(again)} times"


def check(params):
    """Second route: pandas finds the choice without duplicates."""
    import pandas as pd

    table = pd.DataFrame(params["rows"], columns=params["columns"])
    (key,) = [names for names in params["options"] if not table.duplicated(names).any()]
    return " and ".join(f"`{name}`" for name in key) + ("" if len(key) > 1 else " alone")
