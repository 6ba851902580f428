"""Five folds, five fits."""

from matplotlib.patches import Rectangle

SIZE = (6.0, 2.9)
SCORES = (0.81, 0.78, 0.84, 0.80, 0.77)


def draw(figure, ink):
    axes = figure.add_subplot()
    for row, score in enumerate(SCORES):
        y = 4 - row
        axes.text(-0.15, y + 0.4, f"fit {row + 1}", ha="right", va="center", color=ink.text)
        for fold in range(5):
            out = fold == row
            axes.add_patch(Rectangle((fold, y), 0.95, 0.8, facecolor=ink.two if out else ink.one, alpha=0.75 if out else 0.18, lw=0))
            if row == 0:
                axes.text(fold + 0.48, y + 0.4, "held out" if out else "training", ha="center", va="center", fontsize=9, color=ink.text)
        axes.text(5.25, y + 0.4, f"{score:.2f}", va="center", color=ink.two)
    axes.text(5.25, -0.45, f"{sum(SCORES) / 5:.2f}", va="center", color=ink.two, weight="bold")
    axes.text(5.0, -0.45, "mean", ha="right", va="center", color=ink.text)
    axes.text(5.25, 5.2, "score", va="center", color=ink.text)
    axes.text(2.5, 5.2, "all rows, cut into five folds", ha="center", va="center", color=ink.text)
    axes.set(xlim=(-0.8, 6.0), ylim=(-0.8, 5.5))
    axes.set_axis_off()
