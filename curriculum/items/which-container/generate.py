"""Real needs and the container that meets them; the second route decides by recorded attributes."""

# Each: text, (a value for each key, order or repeats matter, must be unchangeable), answer, reason.
CASES = (
    ("A shop looks up the price of an article by its number, {n} times a minute.", (1, 0, 0), "dict", "A number leads to its price: a dict finds it in one step."),
    ("A clinic keeps, for each patient id, the date of the last visit. There are {n} patients.", (1, 0, 0), "dict", "Each id has one date: that is a dict."),
    ("A text tool counts how often each of {n} words occurs.", (1, 0, 0), "dict", "Each word has a count: a dict, or `Counter`, which is one."),
    ("A service caches answers: the question's text leads to the stored answer, {n} of them.", (1, 0, 0), "dict", "A text leads to an answer: a dict."),
    ("A fraud filter only asks whether a card number is among {n} blocked ones.", (0, 0, 0), "set", "The only question is “is it in there?”: a set answers it in one step."),
    ("A crawler must know whether it has seen a page address before; it has seen {n} so far.", (0, 0, 0), "set", "Membership is all that is asked, each address counts once: a set."),
    ("A report needs the towns that occur among {n} orders, each town once, in any order.", (0, 0, 0), "set", "Each once, order does not matter: a set."),
    ("Two mailing lists of {n} people each: who is on both?", (0, 0, 0), "set", "Who is on both is an intersection: two sets and `&`."),
    ("A sensor sends a temperature every minute; the last {n} are drawn as a line.", (0, 1, 0), "list", "Order and repeats matter and values keep arriving: a list."),
    ("A survey stores the answers 1 to 5 of {n} people in the order in which they came in.", (0, 1, 0), "list", "The same answer comes many times and order is kept: a list."),
    ("A model's loss after each of {n} training steps is collected to be plotted.", (0, 1, 0), "list", "One value after another is added, in order: a list."),
    ("A table of {n} results is looked up by row and column together. The container is for one such pair.", (0, 1, 1), "tuple", "A key of a look-up must not change, and the two positions have fixed meanings: a tuple."),
    ("A function returns three fixed results together: mean, spread and count, each from {n} rows.", (0, 1, 1), "tuple", "A small fixed record whose positions have a meaning: a tuple."),
    ("A set shall hold {n} places. The container is for the latitude and longitude of one place.", (0, 1, 1), "tuple", "Members of a set must be unchangeable: a tuple per point."),
)
WRONG = {
    "list": ("list-for-lookup", "A list is searched from the front, one element after another, and can be changed. Ask what is looked up, and whether the thing may change."),
    "tuple": ("tuple-for-growing-data", "A tuple is one fixed record: nothing can be added, and finding something means searching it. Is this one record of fixed length?"),
    "dict": ("dict-without-values", "A dict leads from a key to a value. Ask whether what is stored here consists of keys with a value each."),
    "set": ("set-for-order-or-values", "A set keeps no order, no repeats and no values, and can be changed. Ask whether one of these matters here."),
}


def generate(rng):
    text, needs, answer, why = CASES[rng.integers(len(CASES))]
    count = int(rng.choice([200, 500, 1000, 5000, 20000, 80000]))
    return {
        "params": {"case": text.format(n=f"{count:,}"), "why": why, "needs": list(needs)},
        "answer": f"a `{answer}`",
        "distractors": [
            {"value": f"a `{name}`", "misconception": WRONG[name][0], "feedback": WRONG[name][1]}
            for name in WRONG
            if name != answer
        ],
    }


def check(params):
    """Second route: a rule over what the case needs."""
    value_per_key, ordered, frozen = params["needs"]
    if value_per_key:
        return "a `dict`"
    if frozen:
        return "a `tuple`"
    return "a `list`" if ordered else "a `set`"
