"""Summaries of broken columns; the second route reads the diagnosis from what was put in."""

DIAGNOSES = {
    "sentinel": "A code for “not known” stands among the values",
    "units": "Two units are mixed in one column",
    "codes": "Codes were read as numbers and lost their zeros",
    "text": "The column was read as text because of some cells",
    "capped": "Values above a limit were cut to the limit",
    "dates": "Day and month were swapped in a part of the rows",
}
SIGNS = {
    "sentinel": "A code for “not known” shows as one impossible value that occurs very often. Is there one?",
    "units": "Two units show as two groups of values whose sizes differ by a known factor. Are there two?",
    "codes": "Lost zeros show where identifiers of a fixed length have become shorter ones. Is this an identifier?",
    "text": "A column read as text has the type object or str and no mean. Look at the type.",
    "capped": "Cutting shows as a heap of values exactly at the largest one. Is there a heap at the top?",
    "dates": "Swapped days and months show in dates in the future, or in too few days above 12. Is this a date?",
}


def generate(rng):
    kind = list(DIAGNOSES)[rng.integers(len(DIAGNOSES))]
    name, meaning, lines, why, facts = MAKERS[kind](rng)
    others = [other for other in DIAGNOSES if other not in {kind, "dates"}]
    picked = [others[i] for i in rng.choice(len(others), size=3, replace=False)]
    return {
        "params": {
            "name": name,
            "meaning": meaning,
            "summary": "\n".join(lines),
            "why": why,
            "facts": facts,
        },
        "answer": DIAGNOSES[kind],
        "distractors": [
            {"value": DIAGNOSES[other], "misconception": "column-summary-misread", "feedback": SIGNS[other]}
            for other in picked
        ],
    }


def sentinel(rng):
    name, meaning, low, high, code = [
        ("age", "age of a patient in years", 18, 94, 999),
        ("pulse", "pulse in beats a minute", 45, 160, -1),
        ("income", "yearly income in thousand euros", 9, 310, 99999),
        ("floor", "floor of a flat", 0, 12, 99),
    ][rng.integers(4)]
    often = int(rng.integers(40, 300))
    lines = [
        "type           int64",
        f"smallest       {min(low, code)}",
        f"largest        {max(high, code)}",
        f"most frequent  {code} ({often} times)",
        f"range of the others: {low} to {high}",
    ]
    why = f"{code} is no possible value, and it occurs {often} times: it stands for “not known”. Make it missing first."
    return name, meaning, lines, why, {"impossible": True}


def units(rng):
    name, meaning, low, high, factor, said = [
        ("weight", "body weight of adults", 50, 98, 2.2, "kilograms and pounds"),
        ("duration", "length of a call", 1, 30, 60, "minutes and seconds"),
        ("height", "height of adults", 1.5, 1.98, 100, "metres and centimetres"),
        ("price", "price of an article", 2, 60, 100, "euros and cents"),
    ][rng.integers(4)]
    share = int(rng.integers(12, 35))
    gap = f"{high * factor:g}"
    lines = [
        "type           float64",
        f"{100 - share} % lie from    {low} to {high}",
        f"{share} % lie from    {low * factor:g} to {gap}",
        "most frequent  no value above 2 %",
        "missing        0 %",
    ]
    why = f"The two groups differ by a factor of {factor:g} at both ends: {said}. Convert one group."
    return name, meaning, lines, why, {"ratio": factor}


def codes(rng):
    name, meaning, example, length = [
        ("postcode", "postcode of five digits", 1067, 5),
        ("article", "article number of eight digits", 402193, 8),
        ("bank", "bank code of nine digits", 21000021, 9),
        ("iso", "numeric country code of three digits", 40, 3),
    ][rng.integers(4)]
    share = int(rng.integers(4, 30))
    lines = [
        "type           int64",
        f"example        {example}",
        f"digits         {length} in {100 - share} % of rows, fewer in {share} %",
        "mean           can be computed",
        "missing        0 %",
    ]
    why = f"All should have {length} digits; {share} % have fewer, because leading zeros were dropped on reading. Read the column as text."
    return name, meaning, lines, why, {"fixed_length": length}


def text(rng):
    name, meaning, cell = [
        ("amount", "amount in euros", "1.234,50"),
        ("area", "area in m²", "70 m²"),
        ("temperature", "temperature in °C", "unknown"),
        ("stock", "number of pieces", "sold out"),
    ][rng.integers(4)]
    count = int(rng.integers(2, 40))
    lines = [
        "type           str",
        "example        12.5",
        f"not a number   {count} cells, e.g. “{cell}”",
        "mean           not possible",
        "missing        0 %",
    ]
    why = f"{count} cells such as “{cell}” are no numbers, so the whole column became text. Count them, decide about them, then convert."
    return name, meaning, lines, why, {"type": "str"}


def capped(rng):
    name, meaning, limit = [
        ("income", "monthly income in euros", 5000),
        ("wait", "waiting time in minutes", 120),
        ("power", "power of a solar panel in watts", 400),
        ("age", "age of an insured person in years", 85),
    ][rng.integers(4)]
    share = int(rng.integers(6, 18))
    lines = [
        "type           int64",
        f"largest        {limit}",
        f"equal to {limit}   {share} % of rows",
        f"just below     0.2 % at {limit - 1}",
        "missing        0 %",
    ]
    why = f"{share} % lie exactly at {limit} and hardly any just below it: larger values were cut. The true ones are unknown, only “at least {limit}”."
    return name, meaning, lines, why, {"heap_at_top": True}


def dates(rng):
    name, meaning = [
        ("visit", "date of a visit, up to 2024-06-30"),
        ("order", "date of an order, up to 2024-06-30"),
        ("reading", "date of a meter reading, up to 2024-06-30"),
        ("claim", "date of a claim, up to 2024-06-30"),
    ][rng.integers(4)]
    share = int(rng.integers(4, 20))
    lines = [
        "type           datetime64",
        "smallest       2023-01-01",
        "largest        2024-12-06",
        f"in the future  {share} % of rows, all with day 1 to 12",
        "missing        0 %",
    ]
    why = f"{share} % lie after the last possible day, and all of them have a day up to 12, which can be a month: 12 June became 6 December."
    return name, meaning, lines, why, {"future": share}


MAKERS = {"sentinel": sentinel, "units": units, "codes": codes, "text": text, "capped": capped, "dates": dates}
RULES = {
    "type": "text",
    "future": "dates",
    "fixed_length": "codes",
    "heap_at_top": "capped",
    "ratio": "units",
    "impossible": "sentinel",
}


def check(params):
    """Second route: a rule from the recorded fact to the diagnosis."""
    (fact,) = params["facts"]
    return DIAGNOSES[RULES[fact]]
