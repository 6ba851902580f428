"""Categories, models and the encoding that fits; the second route is a rule over recorded facts."""

OPTIONS = {
    "onehot": "One column of 0 and 1 per level",
    "ordinal": "One column of ranks 0, 1, 2, …",
    "target": "The mean target per level, smoothed and out of fold",
    "drop": "No encoding: leave the column out",
}
# Each: text, (levels, has an order, names single rows), fitting encoding, reason.
CASES = (
    ("A linear model of rents shall use the `town`, one of {few}.", ("few", 0, 0), "onehot", "Towns have no order and are few."),
    ("A logistic regression on returns shall use the `payment` method, one of {few}.", ("few", 0, 0), "onehot", "Methods of payment have no order and are few."),
    ("Nearest neighbours shall use the `heating` of a flat: gas, oil, heat pump and others, {few} in all.", ("few", 0, 0), "onehot", "No kind of heating lies between two others; one-hot puts all at the same distance."),
    ("A ridge regression on waiting times shall use the `ward`, one of {few}.", ("few", 0, 0), "onehot", "Wards have no order and are few."),
    ("A model of late payments shall use the `rating` AAA, AA, A, BBB and so on, {few} grades.", ("few", 1, 0), "ordinal", "Grades have a true order."),
    ("A tree shall use the `size` of clothes, from XS upwards, {few} sizes.", ("few", 1, 0), "ordinal", "Sizes have a true order."),
    ("A gradient boosting model shall use the `school` degree, from none to doctorate, {few} steps.", ("few", 1, 0), "ordinal", "Degrees have a true order."),
    ("A forest shall use the answer `agree`, from “not at all” to “fully”, {few} steps.", ("few", 1, 0), "ordinal", "The answers have a true order."),
    ("A fraud model on 2 million payments shall use the `shop`, one of {many}.", ("many", 0, 0), "target", "So many unordered levels would make as many columns; each has many rows to average."),
    ("A rent model on 900,000 flats shall use the `postcode`, one of {many}.", ("many", 0, 0), "target", "So many unordered levels would make as many columns; each has many rows to average."),
    ("A delivery-time model on 3 million parcels shall use the `carrier route`, one of {many}.", ("many", 0, 0), "target", "So many unordered levels would make as many columns; each has many rows to average."),
    ("A churn model for future customers finds the column `customer number`, a new one in each of {many} rows.", ("many", 0, 1), "drop", "It names the rows; no future customer has a number from training."),
    ("A model for new claims finds `claim id`, drawn at random, different in each of {many} rows.", ("many", 0, 1), "drop", "It names the rows and says nothing about a new claim."),
    ("A model of returns finds `receipt code`, a random text of its own on each of {many} orders.", ("many", 0, 1), "drop", "It names the rows; nothing can be learnt from it for the next order."),
)
FEEDBACK = {
    "onehot": ("one-hot-for-any-category", "One-hot makes a column for each level and knows no order. Ask how many levels there are, and whether an order would be lost."),
    "ordinal": ("order-invented", "Ranks claim that the levels have an order and lie between each other. Do they?"),
    "target": ("target-mean-for-any-category", "Target means pay where many unordered levels have many rows each. Ask whether that is so, and whether a simpler encoding keeps everything."),
    "drop": ("useful-category-dropped", "Leaving it out is right if the value cannot occur again. Here it can say something about new rows."),
}


def generate(rng):
    text, facts, answer, why = CASES[rng.integers(len(CASES))]
    few, many = int(rng.integers(4, 10)), int(rng.integers(4, 40)) * 1000
    return {
        "params": {"case": text.format(few=few, many=f"{many:,}"), "why": why, "facts": list(facts)},
        "answer": OPTIONS[answer],
        "distractors": [
            {"value": OPTIONS[other], "misconception": FEEDBACK[other][0], "feedback": FEEDBACK[other][1]}
            for other in OPTIONS
            if other != answer
        ],
    }


def check(params):
    """Second route: a rule over the facts."""
    levels, ordered, names_rows = params["facts"]
    if names_rows:
        return OPTIONS["drop"]
    if ordered:
        return OPTIONS["ordinal"]
    return OPTIONS["target" if levels == "many" else "onehot"]
