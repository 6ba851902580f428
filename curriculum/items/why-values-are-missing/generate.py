"""Situations with blanks; the second route simulates each one's recorded rule and looks at the bias."""

import numpy as np

OPTIONS = {
    "nothing": "Completely at random: it depends on no value, seen or unseen",
    "seen": "At random given what is seen: it depends on a recorded value",
    "itself": "Not at random: it depends on the missing value itself",
}
# Each: text with {p}, the share missing; what the blanks depend on; reason.
CASES = (
    ("In a clinic's laboratory {p} % of the blood samples were lost when a freezer of unsorted tubes broke.", "nothing", "Which tubes stood in the freezer has nothing to do with the patients or their values."),
    ("A sensor network loses {p} % of its readings because of radio noise that has no link to what is measured.", "nothing", "The noise strikes any reading alike."),
    ("To save money, a shop rings up a third question for customers chosen by lot; {p} % are not asked.", "nothing", "The lot decides, and it knows no values."),
    ("A scanner dropped every page that stuck to another one, {p} % of the forms, in no order.", "nothing", "Which pages stick together depends on no answer."),
    ("{p} % of people skip the question on income. Younger people skip it more often, whatever they earn; everyone's age is known.", "seen", "It depends on age, which is recorded."),
    ("A clinic measures cholesterol in few patients under 50 and in most older ones, whatever their health; it is missing for {p} %. Ages are recorded.", "seen", "Age decides, and age is recorded."),
    ("One of four depots often forgets to record delivery times, which leaves {p} % blank. The depot is known for each parcel; within a depot chance alone decides.", "seen", "The depot decides, and it is recorded."),
    ("On weekends a camera is off in hours drawn by lot, so {p} % of the hourly counts are missing. The weekday of each hour is known.", "seen", "The weekday decides, and it is recorded."),
    ("{p} % of people give no income, and in each age group it is above all those with very high incomes who do not.", "itself", "The income itself decides whether it is given."),
    ("A truck scale reports nothing above 40 tonnes; {p} % of the weights are blank for that reason.", "itself", "The weight itself decides: the heavy ones are missing."),
    ("Patients who feel worst do not fill in the form on how they feel; {p} % are blank.", "itself", "How they feel decides whether it is recorded."),
    ("In a survey on drinking, heavy drinkers leave the number of drinks blank; {p} % are missing.", "itself", "The number of drinks decides whether it is given."),
)
FEEDBACK = {
    "nothing": ("missing-assumed-random", "Is there really no value on which it depends? Compare the rows with and without a blank in your mind."),
    "seen": ("missing-explained-by-seen-values", "That would need a recorded column that decides. Is there one in the text, and does it decide alone?"),
    "itself": ("missing-blamed-on-value", "That would need the unseen value itself to decide. Does the text say so?"),
}


def generate(rng):
    text, cause, why = CASES[rng.integers(len(CASES))]
    share = int(rng.integers(8, 35))
    return {
        "params": {"case": text.format(p=share), "why": f"{why} {ACTION[cause]}", "cause": cause, "share": share},
        "answer": OPTIONS[cause],
        "distractors": [
            {"value": OPTIONS[other], "misconception": FEEDBACK[other][0], "feedback": FEEDBACK[other][1]}
            for other in OPTIONS
            if other != cause
        ],
    }


ACTION = {
    "nothing": "The remaining rows are a fair sample, only smaller.",
    "seen": "Among rows with the same recorded value the blanks are fair, so filling from it can repair the bias.",
    "itself": "Nothing in the data can repair the bias; knowledge from outside is needed.",
}


def check(params):
    """Second route: simulate blanks by the recorded cause and see where a bias remains."""
    rng = np.random.default_rng(0)
    group = rng.integers(0, 2, 20_000)
    value = group + rng.normal(0, 1, group.size)
    driver = {"nothing": np.zeros(group.size), "seen": group - 0.5, "itself": value - value.mean()}
    chance = params["share"] / 100 * (1 + 0.8 * np.sign(driver[params["cause"]]))
    seen = rng.random(group.size) >= chance
    overall = abs(value[seen].mean() - value.mean())
    within = max(abs(value[seen & (group == g)].mean() - value[group == g].mean()) for g in (0, 1))
    if overall < 0.02 and within < 0.02:
        return OPTIONS["nothing"]
    return OPTIONS["seen"] if within < 0.02 else OPTIONS["itself"]
