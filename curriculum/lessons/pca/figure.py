"""Principal components of a tilted cloud."""

import numpy as np


def draw(figure, ink):
    rng = np.random.default_rng(8)
    common = rng.normal(size=120)
    x = np.column_stack([common + 0.62 * rng.normal(size=120) for _ in range(2)])
    x = (x - x.mean(axis=0)) / x.std(axis=0)
    _, s, vt = np.linalg.svd(x, full_matrices=False)
    vt *= np.sign(vt[:, 1:])
    share = s**2 / (s**2).sum()
    axes = figure.add_subplot()
    axes.plot(*x.T, "o", color=ink.faint, ms=3.5, alpha=0.7)
    for k, (colour, name) in enumerate(((ink.one, "first"), (ink.two, "second"))):
        tip = 2 * vt[k] * s[k] / np.sqrt(len(x))
        axes.annotate(
            "", tip, (0, 0), arrowprops={"arrowstyle": "-|>", "color": colour, "lw": 2.2}
        )
        side = "left" if tip[0] > 0 else "right"
        axes.text(*(tip * 1.06), f"{name}: {share[k]:.0%} ", color=colour, ha=side, va="bottom")
    axes.set(
        xlabel="Arm length (standard units)",
        ylabel="Leg length (standard units)",
        xlim=(-3, 4),
        ylim=(-2.7, 2.9),
        aspect="equal",
    )
