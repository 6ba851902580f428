"""Training and test error of k nearest neighbours over repeated samples."""

import numpy as np
from sklearn.neighbors import KNeighborsClassifier

K = np.array([1, 2, 3, 5, 7, 10, 15, 21, 31, 45, 65, 85, 101])


def _sample(rng, n):
    """Two overlapping classes with a curved border."""
    x = rng.uniform(-2, 2, size=(n, 2))
    p = 1 / (1 + np.exp(-2.5 * (x[:, 1] - np.sin(2 * x[:, 0]))))
    return x, (rng.random(n) < p).astype(int)


def draw(figure, ink):
    rng = np.random.default_rng(4)
    test_x, test_y = _sample(rng, 1500)
    errors = np.empty((30, K.size, 2))
    for repeat in range(30):
        x, y = _sample(rng, 150)
        for i, k in enumerate(K):
            model = KNeighborsClassifier(int(k)).fit(x, y)
            errors[repeat, i] = 1 - model.score(x, y), 1 - model.score(test_x, test_y)
    axes = figure.add_subplot()
    for side, name, colour, spot in (
        (0, "training rows", ink.two, (2.6, 0.045)),
        (1, "new rows", ink.one, (1.25, 0.235)),
    ):
        low, middle, high = np.quantile(errors[:, :, side], (0.1, 0.5, 0.9), axis=0)
        axes.fill_between(K, low, high, color=colour, alpha=0.18, lw=0)
        axes.plot(K, middle, color=colour)
        axes.text(*spot, name, color=colour)
    axes.set_xscale("log")
    axes.set_xticks([1, 3, 10, 30, 100], ["1", "3", "10", "30", "100"])
    axes.minorticks_off()
    axes.set(xlabel="Neighbours k (150 training rows)", ylabel="Share of wrong answers", ylim=(0, 0.3))
