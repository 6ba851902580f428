"""Five weaknesses of a k-means analysis, each recognisable from the recorded facts."""

TEAMS = (
    "A bank sorts its customers",
    "A museum sorts its visitors",
    "A utility sorts daily load curves",
    "A clinic sorts its patients",
    "A council sorts its districts",
    "A shop sorts its products",
    "A port sorts ship movements",
    "A lab sorts its samples",
)
CAUSES = {
    "scale": (
        "One column has far larger numbers than the others and decides all the distances.",
        "scale-blamed-without-cause",
        "The columns were brought to one scale.",
    ),
    "shape": (
        "The groups are long and bent, which nearest centres cannot follow.",
        "shape-blamed-without-cause",
        "Nothing in the description says that the groups are anything but compact.",
    ),
    "start": (
        "A single start may have ended in a poor grouping; several should be compared.",
        "start-blamed-without-cause",
        "Several starts were run and the best was kept.",
    ),
    "count": (
        "Inertia always falls as k grows, so its lowest value cannot choose k.",
        "count-blamed-without-cause",
        "The number of groups was not chosen by the lowest inertia here.",
    ),
    "noise": (
        "k-means divides any data; nothing shows that there are groups at all.",
        "groups-denied-without-cause",
        "The groups came back on fresh data, so something is there.",
    ),
}
BECAUSE = {
    "scale": "Squared differences of a column with a spread of {wide} swamp those of columns with a spread of "
    "{narrow}. The groups are bands of that one column. Standardise, then group again.",
    "shape": "Each centre claims the points nearest to it, so borders are straight and groups compact. Two "
    "bent strips are cut across. Use a method that follows density or neighbourhood.",
    "start": "Lloyd's rounds never raise the inertia but stop at the first place where they cannot lower it. "
    "With 1 start that may be a poor one; run several and keep the lowest inertia.",
    "count": "With k = {k} the inertia is lowest because {k} was the largest value tried; with one centre per row it "
    "would be zero. Look for a bend, for stability on fresh data and for use.",
    "noise": "On fresh data the grouping changed almost completely, as it does when uniform data are cut into "
    "pieces. The cut is made by the method, not found in the data.",
}


def _facts(rng, cause):
    k = int(rng.integers(3, 7))
    facts = {"k": k, "tried": k + int(rng.integers(3, 9)), "wide": 1, "narrow": 1, "bent": False}
    facts |= {"starts": int(rng.choice((10, 20, 50))), "agreement": int(rng.integers(88, 98))}
    facts["by_inertia"] = cause == "count"
    if cause == "scale":
        facts |= {"wide": int(rng.integers(5, 60)) * 100, "narrow": int(rng.integers(1, 6))}
    if cause == "count":
        facts |= {"k": int(rng.integers(15, 40))}
        facts["tried"] = facts["k"]
    if cause == "noise":
        facts["agreement"] = int(rng.integers(18, 36))
    if cause == "start":
        facts["starts"] = 1
    facts["bent"] = cause == "shape"
    return facts


def _columns(facts):
    if facts["wide"] > 20 * facts["narrow"]:
        return (
            f"Of five columns one has a standard deviation of {facts['wide']}, the others of about "
            f"{facts['narrow']}; they are used as they are."
        )
    if facts["bent"]:
        return "The two columns share one scale; on the plot the points form two bent strips, side by side."
    return "The five columns are standardised, and plots show compact clouds of points."


def _done(facts):
    how = "the lowest inertia" if facts["by_inertia"] else "what the staff can act on"
    starts = "a single random start" if facts["starts"] == 1 else f"the best of {facts['starts']} starts"
    return f"They tried up to k = {facts['tried']}, chose k = {facts['k']} by {how}, and used {starts}."


def _seen(facts):
    return f"On fresh data {facts['agreement']} % of the pairs that were put together are together again."


def generate(rng):
    names = list(CAUSES)
    cause = names[rng.integers(len(names))]
    facts = _facts(rng, cause)
    columns = _columns(facts)
    if cause == "noise":
        columns = "The five columns are standardised, and plots show one even spread of points."
    rest = [name for name in names if name != cause]
    rest.remove(str(rng.choice(rest)))
    return {
        "params": {
            "team": TEAMS[rng.integers(len(TEAMS))],
            "columns": columns,
            "done": _done(facts),
            "seen": _seen(facts),
            "because": BECAUSE[cause].format(**facts),
            "facts": facts,
        },
        "answer": CAUSES[cause][0],
        "distractors": [
            {"value": CAUSES[r][0], "misconception": CAUSES[r][1], "feedback": CAUSES[r][2]} for r in rest
        ],
    }


def check(params):
    """Second route: rules over the recorded facts."""
    facts = params["facts"]
    rules = {
        "scale": facts["wide"] / facts["narrow"] > 20,
        "shape": facts["bent"],
        "start": facts["starts"] < 2,
        "count": facts["by_inertia"] and facts["k"] == facts["tried"],
        "noise": facts["agreement"] < 50,
    }
    (cause,) = [name for name, holds in rules.items() if holds]
    return CAUSES[cause][0]
