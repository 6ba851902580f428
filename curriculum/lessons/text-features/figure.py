"""Counts and tf-idf weights of four reviews."""

import numpy as np
from matplotlib.patches import Rectangle

SIZE = (6.9, 3.0)
REVIEWS = ("the soup the bread the wine", "the bread the bread was stale", "the refund was late the refund", "the soup was the wine")


def draw(figure, ink):
    tokens = [review.split() for review in REVIEWS]
    words = sorted({word for text in tokens for word in text})
    counts = np.array([[text.count(word) for word in words] for text in tokens], float)
    weights = counts * np.log(len(tokens) / (counts > 0).sum(axis=0))
    left, right = figure.subplots(1, 2, sharey=True)
    for axes, table, title, colour in ((left, counts, "counts", ink.one), (right, weights, "tf-idf", ink.two)):
        for (i, j), value in np.ndenumerate(table):
            axes.add_patch(Rectangle((j, i), 0.94, 0.94, facecolor=ink.shade, alpha=0.5, lw=0))
            axes.add_patch(Rectangle((j, i), 0.94, 0.94, facecolor=colour, alpha=0.85 * value / table.max(), lw=0))
            if value > 0:
                axes.text(j + 0.47, i + 0.5, f"{value:.2g}" if colour == ink.two else f"{value:.0f}", ha="center", va="center", fontsize=8.5, color=ink.text)
        axes.set(title=title, xlim=(0, len(words)), ylim=(len(tokens), 0))
        axes.set_xticks(np.arange(len(words)) + 0.47, words, rotation=50, ha="right", rotation_mode="anchor", fontsize=9)
        axes.set_yticks(np.arange(4) + 0.47, [f"review {i}" for i in range(1, 5)])
        axes.tick_params(length=0)
        for spine in axes.spines.values():
            spine.set_visible(False)
