"""A computation graph with values forward and derivatives backward."""

SIZE = (7.0, 2.6)
STEPS = (("z = w x + b", 2), ("a = max(0, z)", 2), ("e = v a - y", 4), ("L = e squared", 16))


def draw(figure, ink):
    axes = figure.add_subplot()
    axes.set(xlim=(-1.35, 7.1), ylim=(0, 3.2))
    axes.axis("off")
    w, x, v, error = 1, 3, 3, 4
    back = {"e": 2 * error}
    back["a"] = back["e"] * v
    back["z"] = back["a"]  # the unit is on: its local rate is 1
    back["w"] = back["z"] * x
    for i, (name, value) in enumerate(STEPS):
        box = {"boxstyle": "round,pad=0.35", "facecolor": "none", "edgecolor": ink.faint}
        axes.text(2 * i + 0.2, 1.6, name, ha="center", va="center", bbox=box)
        axes.text(2 * i + 0.2, 2.35, f"{value}", ha="center", color=ink.one, weight="bold")
    for i, (start, names) in enumerate(((-0.75, "w"), (1.2, "z"), (3.2, "a"), (5.2, "e"))):
        if i:
            _arrow(axes, (start - 0.3, 2.45), (start + 0.3, 2.45), ink.one)
        _arrow(axes, (start + 0.35, 0.85), (start - 0.35, 0.85), ink.two)
        axes.text(start, 0.25, f"dL/d{names} = {back[names]}", ha="center", color=ink.two)
    axes.text(-1.3, 2.9, "forward: values", color=ink.one)
    axes.text(-1.3, 2.35, f"w = {w}, x = {x}", color=ink.one, fontsize=9)
    axes.text(7.0, 1.0, "backward:\nderivatives of L", color=ink.two, ha="right", va="top")


def _arrow(axes, start, end, colour):
    axes.annotate("", end, start, arrowprops={"arrowstyle": "-|>", "color": colour, "lw": 1.5})
