"""Mean regret of three strategies on the lesson's three headlines, 60 seeded runs each."""

import numpy as np

TRUTH = np.array([0.30, 0.35, 0.45])
RUNS, ROUNDS = 60, 12_000


def regret(bound, epsilon, rng):
    """Cumulative regret of RUNS parallel runs, shape (RUNS, ROUNDS)."""
    runs, arms = np.arange(RUNS), len(TRUTH)
    wins, pulls = np.zeros((RUNS, arms)), np.zeros((RUNS, arms))
    lost = np.empty((RUNS, ROUNDS))
    for t in range(ROUNDS):
        seen = np.maximum(pulls, 1)
        index = wins / seen + bound * np.sqrt(2 * np.log(max(t, 1)) / seen)
        arm = np.full(RUNS, t) if t < arms else index.argmax(axis=1)
        random = (rng.random(RUNS) < epsilon) & (t >= arms)
        arm = np.where(random, rng.integers(arms, size=RUNS), arm)
        wins[runs, arm] += rng.random(RUNS) < TRUTH[arm]
        pulls[runs, arm] += 1
        lost[:, t] = TRUTH.max() - TRUTH[arm]
    return lost.cumsum(axis=1)


def draw(figure, ink):
    axes = figure.add_subplot()
    rng = np.random.default_rng(8)
    shown = np.arange(0, ROUNDS, 200)
    for name, bound, epsilon, colour in (
        ("greedy", 0, 0, ink.one),
        ("epsilon = 0.2", 0, 0.2, ink.two),
        ("UCB1", 1, 0, ink.three),
    ):
        lost = regret(bound, epsilon, rng)[:, shown]
        mean, error = lost.mean(axis=0), lost.std(axis=0, ddof=1) / np.sqrt(RUNS)
        axes.plot(shown, mean, color=colour)
        axes.fill_between(shown, mean - 2 * error, mean + 2 * error, color=colour, alpha=0.2, lw=0)
        last = np.flatnonzero(mean < 430)[-1]
        axes.text(shown[last] + (1_100 if name == "greedy" else 200), mean[last], name, color=colour, va="center")
    axes.set(xlabel="visitors", ylabel="regret (clicks lost)", xlim=(0, 15_600), ylim=(0, 460))
    axes.set_xticks(range(0, 12_001, 4_000), ["0", "4,000", "8,000", "12,000"])
