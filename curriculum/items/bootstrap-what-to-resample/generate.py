"""Resample the unit that was drawn at random, at the stage where it was drawn."""

# outer unit (plural, singular), inner unit (plural), statistic, where they come from
SETTINGS = (
    ("patients", "patient", "scans", "the share of scans read correctly", "the hospital"),
    ("shops", "shop", "baskets", "the median basket", "the chain"),
    ("users", "user", "sessions", "the mean length of a session", "the site"),
    ("classes", "class", "pupils", "the mean mark of the pupils", "the county"),
    ("drivers", "driver", "trips", "the share of trips that end late", "the firm"),
    ("wells", "well", "samples", "the 90 % quantile of the nitrate", "the region"),
)
DESIGNS = {
    ("outer",): (
        "{N} {outer} of {place} were drawn at random, and for each of them all {inner} were taken, about {m} each.",
        "Chance chose the {outer}; the {inner} came along with them and resemble each other.",
    ),
    ("inner within outer",): (
        "All {N} {outer} of {place} took part, and from each {one} exactly {m} {inner} were drawn at random.",
        "All {outer} are in every repetition of the study; chance chose {inner} within each {one}.",
    ),
    ("inner",): (
        "From the pooled records of all {N} {outer} of {place}, {total} {inner} were drawn at random, whatever their {one}.",
        "Chance chose single {inner} from the whole pool; how many fall to each {one} varies too.",
    ),
}
DRAWS = {
    "outer": "whole {outer} with replacement, each with all of its {inner}",
    "within": "{inner} with replacement inside each {one}, keeping all {outer}",
    "pooled": "{inner} with replacement from the whole pool, whatever the {one}",
    "shuffled": "{inner} without replacement from the whole pool, all of them",
}
RIGHT = {("outer",): "outer", ("inner within outer",): "within", ("inner",): "pooled"}
MISCONCEPTIONS = {
    "outer": ("clusters-resampled-needlessly", "Was the upper unit drawn at random here, with everything in it?"),
    "within": ("group-sampling-ignored", "This keeps the groups fixed. Were they fixed in the study, group by group?"),
    "pooled": ("dependent-rows-resampled", "This treats all rows as one random pool. Was that how they came in?"),
    "shuffled": ("resample-without-replacement", "Without replacement every resample is the sample itself, only reordered."),
}


def generate(rng):
    outer, one, inner, statistic, place = SETTINGS[rng.integers(len(SETTINGS))]
    drawn = list(DESIGNS)[rng.integers(3)]
    text, reason = DESIGNS[drawn]
    n, m = int(rng.integers(12, 41)), int(rng.integers(5, 31))
    words = {"outer": outer, "one": one, "inner": inner, "place": place, "N": n, "m": m, "total": n * m}
    right = RIGHT[drawn]
    return {
        "params": {
            "design": text.format(**words), "reason": reason.format(**words), "statistic": statistic,
            "answer": DRAWS[right].format(**words), "words": words,
            "outer_is_random": drawn == ("outer",), "inner_is_random": drawn != ("outer",),
            "same_number_from_each": drawn == ("inner within outer",),
        },
        "answer": DRAWS[right].format(**words),
        "distractors": [
            {"value": DRAWS[kind].format(**words), "misconception": name, "feedback": feedback}
            for kind, (name, feedback) in MISCONCEPTIONS.items()
            if kind != right
        ],
    }  # fmt: skip


def check(params):
    """Second route: rebuild the draw stage by stage from what chance decided in the study."""
    words = params["words"]
    if params["outer_is_random"]:
        return f"whole {words['outer']} with replacement, each with all of its {words['inner']}"
    if params["same_number_from_each"]:
        return f"{words['inner']} with replacement inside each {words['one']}, keeping all {words['outer']}"
    return f"{words['inner']} with replacement from the whole pool, whatever the {words['one']}"
