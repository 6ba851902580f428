"""Boosted trees of depth 2 after 1, 15 and 300 rounds."""

import numpy as np
from sklearn.ensemble import GradientBoostingRegressor

SIZE = (7.0, 2.6)


def draw(figure, ink):
    rng = np.random.default_rng(3)
    x = np.sort(rng.uniform(0, 6.3, 60))
    y = np.sin(x) + rng.normal(0, 0.35, 60)
    grid = np.linspace(0, 6.3, 240)
    panels = figure.subplots(1, 3, sharey=True)
    for axes, rounds in zip(panels, (1, 15, 300), strict=True):
        model = GradientBoostingRegressor(
            n_estimators=rounds, max_depth=2, learning_rate=0.3, random_state=0
        ).fit(x[:, None], y)
        axes.plot(x, y, "o", color=ink.faint, ms=3)
        axes.plot(grid, model.predict(grid[:, None]), color=ink.one)
        axes.set(title=f"{rounds} tree{'s' * (rounds > 1)}", xlabel="Input", ylim=(-1.9, 1.9))
    panels[0].set_ylabel("Output")
