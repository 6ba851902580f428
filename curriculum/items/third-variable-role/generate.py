"""Confounder, mediator, collider or cause of the outcome alone: read from the arrows."""

# x, y, z, what is known, role
CASES = (
    ("the drug", "recovery", "severity", "Doctors give the drug more often in severe cases, and severe cases recover less often.",
     "confounder"),
    ("coffee", "heart disease", "smoking", "Smokers drink more coffee, and smoking harms the heart.", "confounder"),
    ("the advert", "buying", "past buying", "The advert was shown mostly to those who had bought before, and past buyers buy more.",
     "confounder"),
    ("private tuition", "the mark", "parents' income", "Richer parents pay for tuition more often, and their children get better marks "
     "for other reasons too.", "confounder"),
    ("the number of fire engines", "the damage", "size of the fire", "Larger fires bring more engines, and do more damage.",
     "confounder"),
    ("the drug", "strokes", "blood pressure", "The drug lowers blood pressure, and lower blood pressure prevents strokes.", "mediator"),
    ("the new page", "sales", "time on the page", "The new page keeps visitors longer, and those who stay longer buy more.",
     "mediator"),
    ("the training", "the salary", "the job held", "The training opens better jobs, and better jobs pay more.", "mediator"),
    ("the fertiliser", "the yield", "plant height", "The fertiliser makes plants taller, and taller plants bear more.", "mediator"),
    ("the discount", "profit", "units sold", "The discount raises the units sold, and these raise the profit.", "mediator"),
    ("talent", "looks", "being cast", "Actors are cast for talent or for looks; only those who were cast are on file.", "collider"),
    ("diabetes", "a broken hip", "admission", "Either of them brings patients into hospital; only admitted patients are on file.",
     "collider"),
    ("price", "quality", "staying on the market", "Products stay on the market if they are cheap or good; only those that stayed are on file.",
     "collider"),
    ("maths", "language skill", "admission to a school", "The school admits those who are good at either; its pupils are on file.",
     "collider"),
    ("the advert", "buying", "age", "A coin toss decided who saw the advert, and older customers buy more.", "outcome"),
    ("the new tyre", "braking distance", "weather", "Tyres were assigned by lot, and rain lengthens the braking distance.", "outcome"),
    ("the new diet", "weight", "height", "Diets were assigned by lot, and taller people weigh more.", "outcome"),
    ("the new route", "delivery time", "parcel size", "Routes were assigned by lot, and large parcels take longer.", "outcome"),
    ("going to bed late", "weight", "shift work", "Shift workers go to bed late, and their meals make them heavier.", "confounder"),
    ("the loyalty card", "the basket", "household size", "Large households take the card more often, and buy more in any case.",
     "confounder"),
    ("exercise", "heart attacks", "cholesterol", "Exercise lowers cholesterol, and lower cholesterol prevents heart attacks.",
     "mediator"),
    ("the reminder", "attendance", "knowing the date", "The reminder makes patients know the date, and those who know it attend.",
     "mediator"),
    ("a storm", "a power cut", "a call to the hotline", "Customers call the hotline after a storm or a power cut; only callers are on file.",
     "collider"),
    ("age of a paper", "citations", "being on the reading list", "The list takes papers that are much cited or new; only listed ones are on file.",
     "collider"),
    ("the tutor", "the mark", "last year's mark", "Pupils were given tutors by lot, and last year's good pupils do well again.", "outcome"),
    ("the new ward", "length of stay", "age", "Beds in either ward were assigned by lot, and older patients stay longer.", "outcome"),
    ("the vaccine", "infection", "outdoor work", "Vaccine or placebo was assigned by lot, and outdoor workers are infected less.", "outcome"),
)  # fmt: skip
ARROWS = {
    "confounder": [["z", "x"], ["z", "y"]],
    "mediator": [["x", "z"], ["z", "y"]],
    "collider": [["x", "z"], ["y", "z"]],
    "outcome": [["z", "y"]],
}
SAYS = {
    "confounder": "A confounder: yes, comparing within its levels removes the bias",
    "mediator": "A mediator: no, comparing within its levels hides part of the effect",
    "collider": "A collider: no, comparing within its levels creates a bias",
    "outcome": "A cause of the outcome only: it may be used, but no bias is at stake",
}
REASONS = {
    "confounder": "It acts on both and comes before both.",
    "mediator": "It lies on the way from the one to the other.",
    "collider": "Both act on it, and choosing by it ties them together.",
    "outcome": "It acts on the outcome, but what was decided by lot does not depend on it.",
}
MISCONCEPTIONS = {
    "confounder": ("every-third-variable-a-confounder", "A confounder acts on both. Check whether it acts on the supposed cause."),
    "mediator": ("mediator-assumed", "A mediator is changed by the cause and then acts on the outcome. Check both arrows."),
    "collider": ("collider-assumed", "A collider is acted on by both. Check which way the arrows point."),
    "outcome": ("confounding-overlooked", "Then it would have nothing to do with the supposed cause. Read what is known once more."),
}


def generate(rng):
    x, y, z, facts, role = CASES[rng.integers(len(CASES))]
    return {
        "params": {
            "x": x, "y": y, "z": z, "facts": facts, "reason": REASONS[role], "answer": SAYS[role],
            "arrows": ARROWS[role],
        },
        "answer": SAYS[role],
        "distractors": [
            {"value": SAYS[other], "misconception": name, "feedback": feedback}
            for other, (name, feedback) in MISCONCEPTIONS.items()
            if other != role
        ],
    }  # fmt: skip


def check(params):
    """Second route: from the arrows alone, by who acts on the third variable and on whom it acts."""
    arrows = {tuple(arrow) for arrow in params["arrows"]}
    if {("x", "z"), ("y", "z")} <= arrows:
        return SAYS["collider"]
    if ("x", "z") in arrows:
        return SAYS["mediator"]
    return SAYS["confounder"] if ("z", "x") in arrows else SAYS["outcome"]
