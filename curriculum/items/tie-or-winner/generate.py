"""Read a paired interval against zero and against what is worth the trouble."""

STORIES = (
    "A clinic has model A; a firm offers model B.", "A bank uses model A and has trained model B.",
    "A shop compares a new ranking B with its present one, A.", "A mail provider tests filter B beside filter A.",
    "A factory may replace camera model A by B.", "A town hall sorts letters by model A; model B is larger.",
)  # fmt: skip
TEXTS = {
    "pays": "B is better, and by enough to switch.",
    "maybe": "B is better, perhaps not by enough.",
    "too_small": "B is better, but by too little to switch.",
    "tie": "A tie: either one may be the better.",
    "worse": "A is better, so that A should be kept.",
}
REASONS = {
    "pays": "The whole interval lies above {worth}: even the smallest plausible gain pays.",
    "maybe": "The whole interval lies above zero, so B is better; but it holds values on both sides of {worth}, so whether switching pays is open.",
    "too_small": "The whole interval lies above zero but below {worth}: B is better, and even the largest plausible gain does not pay.",
    "tie": "The interval holds zero: the data agree with a gain and with a loss. That is no proof that the models are equal; more cases would tell.",
    "worse": "The whole interval lies below zero: B is worse.",
}
MISTAKES = {
    "pays": ("middle-taken-for-certain", "Look at the ends of the interval and not at its middle: is every value in it large enough?"),
    "maybe": ("interval-not-held-against-worth", "Hold both ends of the interval against zero and against the gain that pays."),
    "too_small": ("worth-judged-by-lower-end", "For that every value in the interval must lie above zero and below the gain that pays."),
    "tie": ("tie-where-zero-is-outside", "A tie means that zero lies inside the interval. Does it?"),
    "worse": ("no-gain-taken-for-loss", "For that the whole interval would have to lie below zero."),
}


def ends(rng, case):
    """Interval ends in tenths of a point, and the gain that pays."""
    worth = int(rng.integers(8, 20))
    low, high = {
        "pays": (worth + rng.integers(2, 8), worth + rng.integers(12, 25)),
        "maybe": (rng.integers(2, worth - 3), worth + rng.integers(4, 14)),
        "too_small": (rng.integers(1, 3), worth - rng.integers(2, 4)),
        "tie": (-rng.integers(3, 15), worth + rng.integers(2, 20)),
        "worse": (-rng.integers(15, 30), -rng.integers(2, 8)),
    }[case]
    return int(low), int(high), worth


def generate(rng):
    case = str(rng.choice(list(TEXTS)))
    low, high, worth = ends(rng, case)
    # Any of the other verdicts may be missing, so that the list itself tells nothing.
    others = [str(name) for name in rng.choice([k for k in TEXTS if k != case], 3, replace=False)]
    minus = lambda v: f"{v / 10:.1f}".replace("-", "−")  # noqa: E731
    return {
        "params": {
            "story": STORIES[rng.integers(len(STORIES))], "n": f"{100 * rng.integers(10, 90):,}",
            "middle": f"{(low + high) / 20:.2f}".replace("-", "−"), "low": minus(low), "high": minus(high), "worth": minus(worth),
            "reason": REASONS[case].format(worth=minus(worth)), "ends": [low, high, worth],
        },
        "answer": TEXTS[case],
        "distractors": [{"value": TEXTS[k], "misconception": MISTAKES[k][0], "feedback": MISTAKES[k][1]} for k in others],
    }  # fmt: skip


def check(params):
    """Second route: list every gain in the interval and see which verdicts they allow."""
    low, high, worth = params["ends"]
    gains = range(low, high + 1)
    verdicts = {("worse" if g < 0 else "none" if g == 0 else "little" if g < worth else "enough") for g in gains}
    return TEXTS[{
        frozenset({"enough"}): "pays", frozenset({"little", "enough"}): "maybe", frozenset({"little"}): "too_small",
        frozenset({"worse"}): "worse",
    }.get(frozenset(verdicts), "tie")]  # fmt: skip
