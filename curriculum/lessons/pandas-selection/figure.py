"""Which rows loc and iloc take from the same table."""

from matplotlib.patches import Rectangle

SIZE = (6.0, 3.0)
LABELS = (10, 20, 30, 40, 50)
AREAS = (50, 70, 90, 65, 40)


def table(axes, chosen, ink, colour, title):
    for row, (label, area) in enumerate(zip(LABELS, AREAS, strict=True)):
        if row in chosen:
            axes.add_patch(Rectangle((0, row), 2, 1, facecolor=colour, alpha=0.2, edgecolor="none"))
        for column, value in enumerate((label, area)):
            axes.add_patch(
                Rectangle((column, row), 1, 1, facecolor="none", edgecolor=ink.faint, lw=0.7)
            )
            axes.text(column + 0.5, row + 0.5, str(value), ha="center", va="center")
        axes.text(-0.25, row + 0.5, str(row), ha="right", va="center", color=ink.faint)
    for x, name in ((-0.35, "position"), (0.5, "label"), (1.5, "area")):
        axes.text(
            x,
            -0.35,
            name,
            ha="right" if x < 0 else "center",
            va="center",
            color=ink.faint,
        )
    axes.text(0.6, -1.15, title, ha="center", va="center", color=colour)
    axes.set(xlim=(-1.7, 2.6), ylim=(5.2, -1.6), xticks=[], yticks=[])
    axes.spines[:].set_visible(False)


def draw(figure, ink):
    left, right = figure.subplots(1, 2)
    by_label = [row for row, label in enumerate(LABELS) if 20 <= label <= 40]
    table(left, by_label, ink, ink.one, "df.loc[20:40]: 3 rows")
    table(right, list(range(len(LABELS)))[1:3], ink, ink.two, "df.iloc[1:3]: 2 rows")
