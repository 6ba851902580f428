"""Aggregate and transform of the same five rows."""

from matplotlib.patches import Rectangle

SIZE = (6.6, 3.4)
ROWS = (("A", 10), ("B", 30), ("A", 20), ("B", 50), ("A", 60))


def mean(name):
    values = [wait for clinic, wait in ROWS if clinic == name]
    return round(sum(values) / len(values))


def cells(axes, rows, left, top, ink, tint):
    for r, row in enumerate(rows):
        colour = tint[row[0]]
        for c, value in enumerate(row):
            axes.add_patch(
                Rectangle((left + c, top + r), 1, 1, facecolor=colour, alpha=0.18, edgecolor="none")
            )
            axes.add_patch(
                Rectangle((left + c, top + r), 1, 1, facecolor="none", edgecolor=ink.faint, lw=0.7)
            )
            axes.text(left + c + 0.5, top + r + 0.5, str(value), ha="center", va="center")


def draw(figure, ink):
    axes = figure.add_subplot()
    tint = {"A": ink.one, "B": ink.two}
    cells(axes, ROWS, 0, 1.5, ink, tint)
    cells(axes, [(name, mean(name)) for name in "AB"], 5.6, 0.2, ink, tint)
    cells(axes, [(name, mean(name)) for name, _ in ROWS], 5.6, 3.7, ink, tint)
    line = {"arrowstyle": "-|>", "color": ink.faint, "lw": 1.4}
    axes.annotate("", (5.4, 1.2), (2.2, 3.2), arrowprops=line)
    axes.annotate("", (5.4, 6.2), (2.2, 4.8), arrowprops=line)
    axes.text(3.6, 1.6, "mean()", ha="right", va="center")
    axes.text(5.2, 7.1, 'transform("mean")', ha="right", va="center")
    axes.text(1, 1.1, "clinic, wait (min)", ha="center", va="center", color=ink.faint)
    axes.text(7.9, 1.2, "one row per group", va="center")
    axes.text(7.9, 6.2, "one row per visit", va="center")
    axes.set(xlim=(-0.5, 11.6), ylim=(8.9, -0.1), xticks=[], yticks=[])
    axes.spines[:].set_visible(False)
