"""The widest street between two classes, and the points that hold it."""

import numpy as np
from sklearn.svm import SVC


def draw(figure, ink):
    rng = np.random.default_rng(12)
    good = rng.normal((4.2, 3.6), (0.8, 0.8), size=(14, 2))
    faulty = rng.normal((1.4, 1.4), (0.6, 0.7), size=(14, 2))
    x = np.vstack([good, faulty])
    y = np.repeat([1, -1], 14)
    model = SVC(kernel="linear", C=1e4).fit(x, y)
    w, b = model.coef_[0], float(model.intercept_[0])
    axes = figure.add_subplot()
    across = np.array([-0.5, 6.5])
    for level, style in ((-1, "--"), (0, "-"), (1, "--")):
        axes.plot(across, (level - b - w[0] * across) / w[1], color=ink.text, ls=style, lw=1.3)
    axes.plot(*good.T, "o", color=ink.one, ms=5)
    axes.plot(*faulty.T, "s", color=ink.two, ms=5)
    axes.plot(*model.support_vectors_.T, "o", mfc="none", mec=ink.text, ms=11, mew=1.3)
    start = np.array([4.1, (-1 - b - w[0] * 4.1) / w[1]])
    end = start + 2 * w / (w @ w)
    axes.annotate("", end, start, arrowprops={"arrowstyle": "<|-|>", "color": ink.three, "lw": 1.5})
    axes.text(*(end + (0.4, -0.05)), "width 2 / length of w", color=ink.three, va="center")
    axes.text(5.0, 3.3, "good parts", color=ink.one)
    axes.text(1.9, -0.25, "faulty parts", color=ink.two)
    axes.set(
        xlabel="First measurement (mm)",
        ylabel="Second measurement (mm)",
        xlim=(-0.2, 7.8),
        ylim=(-0.4, 5.6),
        aspect="equal",
    )
