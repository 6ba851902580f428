"""Which pairs of rows a join makes."""

SIZE = (5.2, 3.0)
ORDERS = (1, 1, 2, 4)
CUSTOMERS = (1, 2, 2, 3)


def side(axes, x, keys, others, title, ink):
    axes.text(x, 0.0, title, ha="center", va="center", color=ink.faint)
    for row, key in enumerate(keys):
        axes.text(
            x,
            row + 1,
            f"key {key}",
            ha="center",
            va="center",
            color=ink.text if key in others else ink.bad,
            bbox={
                "boxstyle": "round,pad=0.35",
                "facecolor": ink.paper,
                "edgecolor": ink.faint if key in others else ink.bad,
            },
        )


def draw(figure, ink):
    axes = figure.add_subplot()
    colours = {1: ink.one, 2: ink.two}
    for i, left in enumerate(ORDERS):
        for j, right in enumerate(CUSTOMERS):
            if left == right:
                axes.plot([1.5, 4.5], [i + 1, j + 1], color=colours[left])
    side(axes, 1, ORDERS, CUSTOMERS, "orders", ink)
    side(axes, 5, CUSTOMERS, ORDERS, "customers", ink)
    axes.set(xlim=(0, 6), ylim=(4.6, -0.4), xticks=[], yticks=[])
    axes.spines[:].set_visible(False)
