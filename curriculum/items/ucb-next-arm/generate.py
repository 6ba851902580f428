"""The arm with the largest upper confidence bound, when greedy, shy and curious rules choose others."""

import math

STORIES = (
    ("A page tries four headlines.", "clicks"),
    ("A clinic tries four reminder texts; kept appointments count.", "kept"),
    ("A shop tries four offers.", "sales"),
    ("A game tries four starting levels; players who stay count.", "stayed"),
    ("A site tries four photographs.", "clicks"),
)
LETTERS = "ABCD"
# Plays (from, below) and mean reward (from, to) of a rare, a promising, a leading and a well-known arm.
ARMS = ((5, 10, 0.0, 0.25), (11, 21, 0.4, 0.7), (24, 50, 0.55, 0.85), (80, 170, 0.4, 0.75))


def generate(rng):
    while True:
        arms = [ARMS[i] for i in rng.permutation(4)]
        played = [int(rng.integers(low, high)) for low, high, _, _ in arms]
        wins = [round(n * rng.uniform(worst, best)) for n, (_, _, worst, best) in zip(played, arms, strict=True)]
        t = sum(played)
        mean = [w / n for w, n in zip(wins, played, strict=True)]
        bonus = [math.sqrt(2 * math.log(t) / n) for n in played]
        upper = [m + b for m, b in zip(mean, bonus, strict=True)]
        lower = [m - b for m, b in zip(mean, bonus, strict=True)]
        best = upper.index(max(upper))
        greedy, rare, shy = mean.index(max(mean)), played.index(min(played)), lower.index(max(lower))
        gap = sorted(upper)[-1] - sorted(upper)[-2]
        if len({best, greedy, rare, shy}) == 4 and gap > 0.03 and len(set(played)) == 4:
            break
    wrong = (
        (greedy, "greedy-for-upper-bound", "That one has the highest mean so far. Add the bonus before comparing."),
        (rare, "least-tried-for-upper-bound", "That one has the largest bonus, being tried least. Add its mean before comparing."),
        (shy, "lower-for-upper-bound", "That one is the safest choice, by mean minus bonus. UCB1 adds the bonus."),
    )
    story, name = STORIES[rng.integers(len(STORIES))]
    return {
        "params": {
            "story": story, "wins": name, "t": t, "log": f"{math.log(t):.3f}",
            **{f"n{i}": n for i, n in enumerate(played)}, **{f"w{i}": w for i, w in enumerate(wins)},
            "sums": ", ".join(f"{u:.2f}" for u in upper), "letter": LETTERS[best],
        },
        "answer": LETTERS[best],
        "distractors": [
            {"value": LETTERS[arm], "misconception": slug, "feedback": feedback} for arm, slug, feedback in wrong
        ],
    }  # fmt: skip


def check(params):
    """Second route: invert Hoeffding's bound, exp(-2 n (u - mean)^2) = t^-4, for u by bisection."""
    bounds = []
    for i in range(4):
        n, mean = params[f"n{i}"], params[f"w{i}"] / params[f"n{i}"]
        low, high = mean, mean + 10.0
        for _ in range(60):
            u = (low + high) / 2
            low, high = (u, high) if -2 * n * (u - mean) ** 2 > -4 * math.log(params["t"]) else (low, u)
        bounds.append(low)
    return "ABCD"[bounds.index(max(bounds))]
