"""One step of four learns from all rows; the others work row by row."""

# what is done, why it learns from other rows, whether it uses the label
LEARNING = (
    ("Fill gaps in each column with the column's median.", "The median is computed from all rows, held-out ones included."),
    ("Standardise columns by their mean and deviation.", "Mean and standard deviation are computed from all rows."),
    ("Keep the ten columns most correlated with the label.", "The choice looks at the labels of the held-out rows."),
    ("Replace each town by the mean label of its rows.", "The mean contains the labels of the held-out rows."),
    ("Project all columns onto five principal components.", "The components are fitted to all rows."),
    ("Copy rows of the rare class until classes are equal.", "Copies of one row then land in the training part and in the held-out fold."),
    ("Clip columns at their own 1 % and 99 % quantiles.", "The quantiles are computed from all rows."),
    ("Add each row's cluster from k-means on all rows.", "The cluster centres are fitted to all rows."),
    ("Merge categories that hold under 1 % of the rows.", "Which categories are rare is counted on all rows."),
    ("Fill gaps by the mean of the five nearest rows.", "The nearest rows may lie in another fold."),
)  # fmt: skip
ROWWISE = (
    "Convert the heights from inches to centimetres.",
    "Turn each date of birth into the age on 1 January.",
    "Write all names of streets in lower case letters.",
    "Take the logarithm of each price plus one pound.",
    "Delete columns that nobody knows at forecast time.",
    "Split the timestamp into weekday and hour of day.",
    "Divide the rent by the floor area, row by row.",
    "Mark with 0 or 1 whether the phone number is missing.",
    "Round the coordinates to two decimals everywhere.",
    "Replace codes such as 999 by “missing” throughout.",
)  # fmt: skip
TABLES = ("a table of flats", "the records of a clinic", "a bank's loan applications", "the customers of an energy supplier")


def generate(rng):
    right, reason = LEARNING[rng.integers(len(LEARNING))]
    harmless = [ROWWISE[i] for i in rng.choice(len(ROWWISE), 3, replace=False)]
    steps = [*harmless]
    steps.insert(int(rng.integers(4)), right)
    return {
        "params": {
            "table": TABLES[rng.integers(len(TABLES))],
            "right": f"“{right}”",
            "reason": reason,
            "steps": [{"text": s, "needs_other_rows": s == right} for s in steps],
            **{f"s{i}": step for i, step in enumerate(steps)},
        },
        "answer": right,
        "distractors": [
            {
                "value": step,
                "misconception": "rowwise-step-taken-for-leak",
                "feedback": "This gives a row the same result whatever the other rows are, so nothing can leak between rows.",
            }
            for step in harmless
        ],
    }


def check(params):
    """Decide by the words: a step leaks if it names a statistic or a relation over many rows."""
    words = ("median", "deviation", "correlated", "mean", "components", "Copy", "quantiles", "cluster", "% of the rows")
    (leak,) = [params[f"s{i}"] for i in range(4) if any(word in params[f"s{i}"] for word in words)]
    return leak
