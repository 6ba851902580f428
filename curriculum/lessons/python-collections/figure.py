"""The same orders in the four everyday containers."""

from matplotlib.patches import Ellipse, Rectangle

SIZE = (6.4, 3.6)


def cell(axes, x, y, width, text, ink, colour):
    axes.add_patch(
        Rectangle((x, y), width, 0.8, facecolor=ink.paper, edgecolor=colour, linewidth=1.4)
    )
    axes.text(x + width / 2, y + 0.4, text, ha="center", va="center")


def draw(figure, ink):
    panels = figure.subplots(2, 2).ravel()
    titles = ("list: order, repeats", "tuple: one fixed record", "dict: key to value", "set: each once")
    for axes, title in zip(panels, titles, strict=True):
        axes.set(xlim=(0, 4.2), ylim=(0, 2.2), xticks=[], yticks=[])
        axes.set_title(title, loc="left")
        axes.spines[:].set_visible(False)
    a_list, a_tuple, a_dict, a_set = panels
    for i, name in enumerate(("Ann", "Bo", "Ann")):
        cell(a_list, 0.2 + 1.1 * i, 0.8, 1.1, name, ink, ink.one)
        a_list.text(0.75 + 1.1 * i, 0.4, str(i), ha="center", va="center", color=ink.faint)
    for i, text in enumerate(("Ann", "12.50", "paid")):
        cell(a_tuple, 0.2 + 1.1 * i, 0.8, 1.1, text, ink, ink.two)
    for i, (name, total) in enumerate((("Ann", "20.00"), ("Bo", "9.00"))):
        y = 1.2 - 1.1 * i
        cell(a_dict, 0.2, y, 1.1, name, ink, ink.three)
        a_dict.annotate(
            "", (2.3, y + 0.4), (1.35, y + 0.4), arrowprops={"arrowstyle": "-|>", "color": ink.three}
        )
        a_dict.text(2.45, y + 0.4, total, va="center")
    a_set.add_patch(Ellipse((1.9, 1.1), 3.4, 1.7, facecolor=ink.paper, edgecolor=ink.four, lw=1.4))
    a_set.text(1.2, 1.25, "Bo", ha="center", va="center")
    a_set.text(2.6, 0.9, "Ann", ha="center", va="center")
