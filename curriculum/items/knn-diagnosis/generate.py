"""Five ways in which nearest neighbours go wrong, each recognisable from the recorded facts."""

TEAMS = (
    "A clinic predicts which patients will return",
    "A bank predicts which loans will fail",
    "A shop predicts which customers will leave",
    "A carrier predicts which parcels will be late",
    "A factory predicts which parts will break",
    "An insurer predicts which claims will be disputed",
    "A town predicts which streets will flood",
    "A school predicts which pupils will need support",
)
# cause: option text, misconception of who picks it wrongly, feedback then
CAUSES = {
    "scale": (
        "One feature is counted in far larger numbers and decides every distance alone.",
        "scale-blamed-without-cause",
        "The columns are standardised, so no feature drowns the others.",
    ),
    "few": (
        "With so few neighbours, single noisy rows decide what is answered nearby.",
        "k-called-too-small",
        "Ask first which rows were judged, and how many neighbours have a say in each answer.",
    ),
    "many": (
        "With so many neighbours, each answer is nearly the majority of all the rows.",
        "k-called-too-large",
        "Compare k with the number of rows: is it a large share of them?",
    ),
    "useless": (
        "Most features have nothing to do with the target and blur the distances.",
        "features-blamed-without-cause",
        "All the features that are used bear on the target.",
    ),
    "self": (
        "The rows that were judged are in the training set, each its own neighbour.",
        "own-row-blamed-without-cause",
        "The rows that were judged had been kept apart from the training rows.",
    ),
}
BECAUSE = {
    "scale": "A spread of {wide} next to one of about {narrow} means that the squared differences of "
    "the first are everything. Standardise the columns with statistics of the training rows.",
    "few": "With $k = 1$ every mislabelled or unusual row rules its surroundings: perfect on the training "
    "rows, poor on new ones. Raise k and choose it on held-out rows.",
    "many": "{k} of {n} rows answer each question, so the answers hardly depend on the question. "
    "Lower k and choose it on held-out rows.",
    "useless": "Each of the {extra} idle features adds noise to every distance, and the {good} useful "
    "ones are outvoted. Select features first.",
    "self": "With $k = 1$ a training row finds itself at distance zero, so the error of zero says nothing. "
    "Judge rows that the model has not stored.",
}


def _facts(rng, cause):
    n = int(rng.integers(4, 21)) * 100
    facts = {"n": n, "k": int(rng.choice((9, 11, 15, 21))), "wide": 1, "narrow": 1, "good": 5}
    facts |= {"extra": 0, "held_out": True, "own_error": 9}
    if cause == "scale":
        facts |= {"wide": int(rng.integers(3, 40)) * 100, "narrow": int(rng.integers(1, 6))}
    if cause == "useless":
        facts |= {"extra": int(rng.integers(8, 30)) * 10, "good": int(rng.integers(2, 5))}
    if cause == "many":
        facts["k"] = int(0.8 * n) + 1
    if cause in ("few", "self"):
        facts |= {"k": 1, "own_error": 0, "held_out": cause == "few"}
    return facts


def _features(facts):
    if facts["wide"] > 20 * facts["narrow"]:
        return (
            "The five columns all bear on the target and are used as they come; one has a standard "
            f"deviation of {facts['wide']}, the others of about {facts['narrow']}."
        )
    if facts["extra"]:
        return (
            f"The columns are standardised; {facts['good']} bear on the target and {facts['extra']} "
            "are serial numbers and codes that do not."
        )
    return "The five columns are standardised, and all of them bear on the target."


def _seen(facts, rng):
    error = int(rng.integers(25, 38))
    if not facts["held_out"]:
        return "On those same rows the error is 0 %, and the team calls the model finished."
    if facts["own_error"] == 0:
        return f"On the training rows the error is 0 %, on rows kept apart it is {error} %."
    near = error - int(rng.integers(1, 4))
    return f"On the training rows the error is {near} %, on rows kept apart {error} %; a simple rule gets 15 %."


def generate(rng):
    names = list(CAUSES)
    cause = names[rng.integers(len(names))]
    facts = _facts(rng, cause)
    # "few" and "self" differ in one fact only: both stay on the list so that it has to be read.
    rest = [name for name in names if name != cause]
    if cause in ("few", "self"):
        rest.remove(str(rng.choice(["scale", "useless", "many"])))
    else:
        rest.remove(str(rng.choice(rest)))
    return {
        "params": {
            "team": TEAMS[rng.integers(len(TEAMS))],
            "k": facts["k"],
            "n": facts["n"],
            "features": _features(facts),
            "seen": _seen(facts, rng),
            "because": BECAUSE[cause].format(**facts),
            "facts": facts,
        },
        "answer": CAUSES[cause][0],
        "distractors": [
            {"value": CAUSES[r][0], "misconception": CAUSES[r][1], "feedback": CAUSES[r][2]} for r in rest
        ],
    }


def check(params):
    """Second route: rules over the recorded facts, the plainest first."""
    facts = params["facts"]
    rules = (
        (not facts["held_out"], "self"),
        (facts["wide"] / facts["narrow"] > 20, "scale"),
        (facts["extra"] > 10 * facts["good"], "useless"),
        (facts["k"] > facts["n"] / 2, "many"),
        (facts["k"] == 1, "few"),
    )
    return CAUSES[next(cause for holds, cause in rules if holds)][0]
