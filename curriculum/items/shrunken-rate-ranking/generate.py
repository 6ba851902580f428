"""Rank four groups by posterior mean where raw rate, size and number of hits each point elsewhere."""

from fractions import Fraction


STORIES = (
    ("Four new adverts were shown.", "views", "clicks"),
    ("Four new players took shots.", "shots", "hits"),
    ("Four new shops were reviewed.", "reviews", "praise"),
    ("Four new drugs were tried.", "patients", "recovered"),
    ("Four new recruits made sales calls.", "calls", "sales"),
)
LETTERS = "ABCD"
# Tries (from, below) and raw rate (from, to): a lucky one, a good one, a busy one, a large one.
GROUPS = ((2, 6, 0.6, 1.0), (25, 60, 0.4, 0.65), (110, 200, 0.3, 0.45), (220, 400, 0.08, 0.2))


def generate(rng):
    while True:
        groups = [GROUPS[i] for i in rng.permutation(4)]
        n = [int(rng.integers(low, high)) for low, high, _, _ in groups]
        k = [round(tries * rng.uniform(worst, best)) for tries, (_, _, worst, best) in zip(n, groups, strict=True)]
        a, b = int(rng.integers(3, 8)), int(rng.integers(10, 30))
        means = [(a + hits) / (a + b + tries) for hits, tries in zip(k, n, strict=True)]
        rates = [hits / tries for hits, tries in zip(k, n, strict=True)]
        best, raw = means.index(max(means)), rates.index(max(rates))
        most, large = k.index(max(k)), n.index(max(n))
        gap = sorted(means)[-1] - sorted(means)[-2]
        if len({best, raw, most, large}) == 4 and gap > 0.02 and sorted(k)[-1] > sorted(k)[-2]:
            break
    wrong = (
        (raw, "raw-rate-for-shrunken", "That one has the highest raw rate, but few tries behind it. Add the prior first."),
        (most, "most-hits-for-highest-rate", "That one has the most successes, out of many tries. Compare rates, not counts."),
        (large, "largest-sample-for-highest-rate", "That one has the most tries: its rate is best known, not highest."),
    )
    story, tries, hits = STORIES[rng.integers(len(STORIES))]
    return {
        "params": {
            "story": story, "tries": tries, "hits": hits, "a": a, "b": b,
            **{f"n{i}": x for i, x in enumerate(n)}, **{f"k{i}": x for i, x in enumerate(k)},
            "means": ", ".join(f"{m:.3f}" for m in means), "letter": LETTERS[best],
            "prior": f"{float(Fraction(a, a + b)):.3f}",
        },
        "answer": LETTERS[best],
        "distractors": [
            {"value": LETTERS[group], "misconception": slug, "feedback": feedback} for group, slug, feedback in wrong
        ],
    }  # fmt: skip


def check(params):
    """Second route: E[X] of each posterior as the area under its survival function."""
    from scipy import stats

    means = []
    for i in range(4):
        k, n = params[f"k{i}"], params[f"n{i}"]
        posterior = stats.beta(params["a"] + k, params["b"] + n - k)
        grid = [(j + 0.5) / 400 for j in range(400)]
        means.append(posterior.sf(grid).mean())
    return "ABCD"[means.index(max(means))]
