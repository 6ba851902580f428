"""Feature choice before and inside cross-validation, on coin-toss labels: 20 seeded simulations."""

import numpy as np

SIZE = (6.2, 3.2)
ROWS, KEPT, FOLDS, REPEATS = 50, 10, 5, 20


def best(x, y):
    """Columns with the largest difference between the class means, in units of spread."""
    gap = x[y == 1].mean(axis=0) - x[y == 0].mean(axis=0)
    return np.argsort(-np.abs(gap) / x.std(axis=0))[:KEPT]


def right(train_x, train_y, test_x, test_y):
    """Which test rows the nearest class mean classifies rightly."""
    means = np.array([train_x[train_y == label].mean(axis=0) for label in (0, 1)])
    distance = ((test_x[:, None, :] - means) ** 2).sum(axis=2)
    return distance.argmin(axis=1) == test_y


def accuracies(rng, features):
    x, y = rng.normal(size=(ROWS, features)), rng.permutation(np.arange(ROWS) % 2)
    fold = rng.permutation(np.arange(ROWS) % FOLDS)
    before = best(x, y)
    leaky, honest = [], []
    for k in range(FOLDS):
        train, test = fold != k, fold == k
        inside = best(x[train], y[train])
        for columns, results in ((before, leaky), (inside, honest)):
            results.append(right(x[train][:, columns], y[train], x[test][:, columns], y[test]))
    return np.concatenate(leaky).mean(), np.concatenate(honest).mean()


def draw(figure, ink):
    axes = figure.add_subplot()
    rng = np.random.default_rng(5)
    counts = (10, 30, 100, 300, 1000, 3000)
    runs = np.array([[accuracies(rng, count) for _ in range(REPEATS)] for count in counts])
    for column, colour in ((0, ink.bad), (1, ink.good)):
        low, high = np.quantile(runs[:, :, column], (0.1, 0.9), axis=1)
        axes.fill_between(counts, low, high, color=colour, alpha=0.15, lw=0)
        axes.plot(counts, runs[:, :, column].mean(axis=1), color=colour, marker="o", ms=4)
    axes.text(150, 0.92, "chosen on all rows", color=ink.bad, ha="right")
    axes.text(250, 0.3, "chosen inside each fold", color=ink.good)
    axes.set(xscale="log", xlabel="random features to choose from", ylabel="accuracy", ylim=(0.2, 1.02))
    axes.set_xticks([10, 100, 1000], ["10", "100", "1,000"])
    axes.minorticks_off()
