"""Coefficient paths of ridge and lasso on the same simulated data."""

import numpy as np
from sklearn.linear_model import lasso_path

SIZE = (6.8, 3.0)
TRUE = np.array([3.0, -2.0, 1.0, 0.0, 0.0])


def draw(figure, ink):
    rng = np.random.default_rng(0)
    x = rng.normal(size=(60, 5))
    x = (x - x.mean(axis=0)) / x.std(axis=0)
    y = x @ TRUE + rng.normal(0, 1.5, 60)
    y -= y.mean()
    ridge_strength = np.logspace(-1, 4, 80)
    ridge = np.array(
        [np.linalg.solve(x.T @ x + s * np.eye(5), x.T @ y) for s in ridge_strength]
    ).T
    lasso_strength = np.logspace(-2, 0.7, 80)[::-1]
    _, lasso, _ = lasso_path(x, y, alphas=lasso_strength)
    left, right = figure.subplots(1, 2, sharey=True)
    panels = (
        (left, ridge_strength, ridge, "Ridge", "Strength λ"),
        (right, lasso_strength, lasso, "Lasso", "Strength λ (loss divided by 2n)"),
    )
    for axes, strength, paths, title, label in panels:
        for path, true, colour in zip(
            paths, TRUE, (ink.one, ink.two, ink.three, ink.four, ink.text), strict=True
        ):
            axes.plot(strength, path, color=colour, ls="-" if true else "--", lw=1.6)
        axes.axhline(0, color=ink.faint, lw=0.8)
        axes.set_xscale("log")
        axes.set(title=title, xlabel=label)
    left.set_ylabel("Coefficient")
    left.text(1.2e4, -1.0, "dashed:\ntruly zero", color=ink.text, ha="right", va="top")
