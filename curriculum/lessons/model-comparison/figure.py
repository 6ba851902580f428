"""Two models on the same eight months: scores, and intervals of the difference."""

import numpy as np
from scipy import stats

SIZE = (6.8, 3.1)


def draw(figure, ink):
    left, right = figure.subplots(1, 2, width_ratios=(1, 1.25))
    a = np.array([0.81, 0.76, 0.84, 0.79, 0.72, 0.83, 0.78, 0.80])
    b = np.array([0.83, 0.77, 0.85, 0.82, 0.73, 0.85, 0.78, 0.83])
    for one, other in zip(a, b, strict=True):
        left.plot([0, 1], [one, other], "o-", color=ink.one, lw=1.1, ms=4)
    left.set(xticks=[0, 1], xticklabels=["model A", "model B"], ylabel="accuracy in a month", xlim=(-0.3, 1.3))
    t, mean = stats.t.ppf(0.975, df=7), (b - a).mean()
    errors = {"unpaired": np.sqrt((a.var(ddof=1) + b.var(ddof=1)) / 8), "paired": (b - a).std(ddof=1) / np.sqrt(8)}
    right.axvline(0, color=ink.faint, ls="--", lw=1.2)
    for y, ((name, error), colour) in enumerate(zip(errors.items(), (ink.two, ink.three), strict=True)):
        right.plot([mean - t * error, mean + t * error], [y, y], color=colour, lw=3, solid_capstyle="butt")
        right.plot([mean], [y], "o", color=colour, ms=6)
        right.text(mean, y + 0.14, name, color=colour, ha="center", va="bottom")
    right.set(yticks=[], ylim=(-0.5, 1.6), xlim=(-0.045, 0.075), xlabel="B minus A, 95 % interval")
    right.spines["left"].set_visible(False)
    right.set_xticks([-0.04, 0, 0.04])
