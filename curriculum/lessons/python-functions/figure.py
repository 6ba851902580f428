"""Names and objects: changing a shared list against moving a local name."""

SIZE = (6.4, 2.7)


def box(axes, x, y, text, colour, ink):
    axes.text(
        x,
        y,
        text,
        ha="center",
        va="center",
        bbox={"boxstyle": "round,pad=0.45", "facecolor": ink.paper, "edgecolor": colour},
    )


def arrow(axes, start, end, colour):
    axes.annotate(
        "",
        end,
        start,
        arrowprops={"arrowstyle": "-|>", "color": colour, "lw": 1.5, "shrinkA": 0, "shrinkB": 0},
    )


def draw(figure, ink):
    left, right = figure.subplots(1, 2)
    for axes, title in ((left, "basket.append(5)"), (right, "basket = basket + [5]")):
        axes.set(xlim=(0, 4), ylim=(0, 3), xticks=[], yticks=[], title=title)
        axes.spines[:].set_visible(False)
        axes.text(0.1, 2.72, "names", color=ink.faint)
        axes.text(2.9, 2.72, "objects", color=ink.faint, ha="center")
        box(axes, 0.6, 2.1, "orders", ink.one, ink)
        box(axes, 0.6, 0.7, "basket", ink.two, ink)
    box(left, 2.9, 1.4, "[3, 4, 5]", ink.text, ink)
    arrow(left, (1.2, 2.0), (2.25, 1.55), ink.one)
    arrow(left, (1.2, 0.8), (2.25, 1.25), ink.two)
    box(right, 2.9, 2.1, "[3, 4]", ink.text, ink)
    box(right, 2.9, 0.7, "[3, 4, 5]", ink.text, ink)
    arrow(right, (1.2, 2.1), (2.4, 2.1), ink.one)
    arrow(right, (1.2, 0.7), (2.25, 0.7), ink.two)
