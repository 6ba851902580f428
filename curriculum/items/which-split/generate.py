"""Which split imitates the use: rare classes, repeated units, or the future."""

SPLITS = ("random", "stratified", "grouped", "temporal")

# story, unit that could be grouped, reason, future (is the use later than the data?),
# repeated (several rows of one unit, and new units at work?), rare (a rare class?)
CASES = (
    ("A clinic has {n} X-ray images of {m} patients, several of each. The model will read images of patients who are new to the clinic.",
     "patient", "Each patient at work is new, and images of one patient resemble each other.", False, True, False),
    ("A bakery has daily sales of {m} days, one row a day. The model will forecast the sales of the weeks to come.",
     "weekday", "Each day at work is later than all the days in the table.", True, False, False),
    ("A bank has {n} loan applications, one for each customer, of which 2 % were never repaid; all are from the same months. New applications will be of the same kind.",
     "branch", "The rows are unrelated and of one kind, and one class is rare: its share must be kept.", False, False, True),
    ("A factory has recorded {n} short stretches of sound from {m} machines, many of each. The model will be sold to owners of other machines of this type.",
     "machine", "Each machine at work is new, and a machine has a sound of its own.", False, True, False),
    ("A hospital has the hourly number of arrivals of {m} days. Every evening the model will forecast the arrivals of the next day.",
     "hour of day", "The next day is later than everything in the table.", True, False, False),
    ("A laboratory has {n} blood samples, one for each donor, all analysed in the same week; 1 % carry an infection. Further donors will be of the same kind.",
     "blood group", "The samples are unrelated, and the infected ones are rare: their share must be kept.", False, False, True),
    ("A school has {n} essays by {m} pupils, many by each, marked by teachers. The model will mark essays of pupils at other schools on the same tasks.",
     "pupil", "The writers at work are new, and a pupil's essays share a hand and a level.", False, True, False),
    ("A power company has the consumption of one town for {m} days, hour by hour. The model will forecast tomorrow from the days before.",
     "weekday", "Tomorrow is later than everything in the table.", True, False, False),
    ("A webshop has {n} orders, one for each customer, from one quiet month; 3 % are fraud. The model is meant for orders of the same kind.",
     "country", "The orders are unrelated and of one kind, and fraud is rare: its share must be kept.", False, False, True),
    ("Walkers with a motion sensor gave {n} ten-second recordings; {m} people took part, many recordings each. The model will be used by people who never took part.",
     "person", "The users are new people, and everyone has a gait of their own.", False, True, False),
    ("A shop has the weekly sales of {m} articles over three years. The model will forecast next month's sales of the same articles.",
     "article", "Next month is later than all weeks in the table, and the articles stay the same.", True, False, False),
    ("A plant inspects {n} bottles taken at random from one day's production; 0.5 % have a crack. The model will inspect bottles of the same kind.",
     "shift", "The bottles are unrelated, and cracks are rare: their share must be kept.", False, False, True),
)  # fmt: skip


def texts(unit):
    return {
        "random": "Shuffle all rows and hold out a fifth of them, whatever they are.",
        "stratified": "Shuffle within each class and hold out a fifth of each class.",
        "grouped": f"Draw a fifth of the values of “{unit}” and hold out all their rows.",
        "temporal": "Sort the rows by time and hold out the last fifth of the time.",
    }


def rule(future, repeated):
    """What will be new at work decides: the time, the units, or only the rows."""
    if future:
        return "temporal"
    return "grouped" if repeated else "stratified"


def wrong(right, choice):
    """Misconception and feedback of whoever takes ``choice`` where ``right`` is due."""
    if right == "temporal":
        if choice == "grouped":
            return "grouping-without-new-units", "Those groups will be met again at work; they are not what is new. What is?"
        return "shuffled-forecast", "After shuffling, the model learns from days later than those it is tested on. At work it cannot."
    if right == "grouped":
        if choice == "temporal":
            return "time-order-by-reflex", "Nothing here is a forecast, and the same units would stand on both sides of the date."
        return "rows-split-for-units", "Rows of one and the same unit would land on both sides, and the model can recognise the unit."
    if choice == "temporal":
        return "time-order-by-reflex", "The rows are from one short period and nothing is forecast; the order of time plays no part."
    if choice == "grouped":
        return "grouping-without-new-units", "The rows are unrelated, and the same groups will be met again at work. Look at the classes."
    return "rare-class-left-to-luck", "By luck the test set may hold very few of the rare class. That can be ruled out."


def generate(rng):
    story, unit, reason, future, repeated, rare = CASES[rng.integers(len(CASES))]
    right = rule(future, repeated)
    option = texts(unit)
    distractors = []
    for name in SPLITS:
        if name != right:
            misconception, feedback = wrong(right, name)
            distractors.append({"value": option[name], "misconception": misconception, "feedback": feedback})
    return {
        "params": {
            "story": story.format(n=f"{10 * rng.integers(300, 900):,}", m=10 * rng.integers(20, 60)),
            "reason": reason,
            "right": option[right][0].lower() + option[right][1:],
            "unit": unit,
            "future": future,
            "repeated": repeated,
            "rare": rare,
        },
        "answer": option[right],
        "distractors": distractors,
    }


def check(params):
    """Score each split by the promises that it keeps, and take the one that keeps all that are due."""
    due = {"future": params["future"], "repeated": params["repeated"], "rare": params["rare"]}
    kept = {"random": set(), "stratified": {"rare"}, "grouped": {"repeated"}, "temporal": {"future"}}
    needed = {name for name, is_due in due.items() if is_due}
    (best,) = [name for name in SPLITS if needed and needed <= kept[name]]
    return texts(params["unit"])[best]
