"""Match a story to a family. The rule in check() looks at the recorded attributes only."""

# text, quantity, values, ceiling (number of tries), kind of origin
SITUATIONS = (
    ("{n} patients get the same treatment; each recovers or not, independently, with the same probability.",
     "the number who recover", "count", "tries", "independent tries"),
    ("{n} parts are tested; each is faulty or not, independently, with the same probability.",
     "the number of faulty parts", "count", "tries", "independent tries"),
    ("{n} emails are sent; each is opened or not, independently, with the same probability.",
     "the number that are opened", "count", "tries", "independent tries"),
    ("{n} test cases are classified; each is right or wrong, independently, with the same probability.",
     "the number of right answers", "count", "tries", "independent tries"),
    ("A help desk receives calls at a steady rate of {n} an hour, singly and independently.",
     "the number of calls in an hour", "count", "none", "steady rate"),
    ("A road sees accidents at a steady rate of {n} a year, singly and independently.",
     "the number of accidents in a year", "count", "none", "steady rate"),
    ("A server receives requests at a steady rate of {n} a second, singly and independently.",
     "the number of requests in a second", "count", "none", "steady rate"),
    ("A weld has flaws at a steady rate of {n} a metre, singly and independently.",
     "the number of flaws in a metre", "count", "none", "steady rate"),
    ("A help desk receives calls at a steady rate of {n} an hour, singly and independently.",
     "the time until the next call", "time", "none", "steady rate"),
    ("A lamp that does not age fails at a steady rate of once in {n} months.",
     "the time until it fails", "time", "none", "steady rate"),
    ("Ambulances are called at a steady rate of {n} a night, singly and independently.",
     "the gap between two calls", "time", "none", "steady rate"),
    ("A length is measured; {n} small independent errors of either sign add up.",
     "the total error", "real", "none", "sum of effects"),
    ("A day's consumption is the sum of that of {n}00 independent households.",
     "the day's total", "real", "none", "sum of effects"),
    ("A mean is taken over {n}0 independent measurements with finite variance.",
     "the mean", "real", "none", "sum of effects"),
)  # fmt: skip

FAMILIES = {
    "Binomial": "The number of tries is fixed, each is a yes or no with the same probability, and the yeses are counted.",
    "Poisson": "Events come singly at a steady rate, independently, and are counted without a ceiling.",
    "Exponential": "Events come at a steady rate and the waiting time for the next one is measured.",
    "Normal": "Many small independent contributions are added or averaged.",
}
TRUTH = ("Binomial",) * 4 + ("Poisson",) * 4 + ("Exponential",) * 3 + ("Normal",) * 3
CONFUSIONS = {
    "Binomial": ("ceiling-ignored", "A binomial count needs a fixed number of tries, each a yes or no. What would be a try here?"),
    "Poisson": ("count-without-ceiling-assumed", "A Poisson quantity counts events that come at a steady rate, without a ceiling. Check each of the three here."),
    "Exponential": ("count-and-gap-confused", "The exponential describes the waiting time between events. What is asked for here?"),
    "Normal": ("normal-by-default", "A normal quantity is a sum of many small effects and can take any real value. Check whether this can."),
}  # fmt: skip


def generate(rng):
    row = int(rng.integers(len(SITUATIONS)))
    text, quantity, values, ceiling, origin = SITUATIONS[row]
    truth = TRUTH[row]
    return {
        "params": {
            "situation": text.format(n=int(rng.integers(3, 13))),
            "quantity": quantity, "values": values, "ceiling": ceiling, "origin": origin,
            "reason": FAMILIES[truth], "answer": truth.lower(),
        },
        "answer": truth,
        "distractors": [
            {"value": family, "misconception": name, "feedback": feedback}
            for family, (name, feedback) in CONFUSIONS.items()
            if family != truth
        ],
    }  # fmt: skip


def check(params):
    """Second route: decide from what the quantity is and how it comes about, not from the table."""
    if params["origin"] == "sum of effects":
        return "Normal"
    if params["values"] == "time":
        return "Exponential"
    return "Binomial" if params["ceiling"] == "tries" else "Poisson"
