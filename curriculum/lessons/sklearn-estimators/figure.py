"""What fit and predict of a pipeline call in each step."""

SIZE = (6.8, 2.9)
STEPS = (("fill with\nmedian", 3.0), ("scale", 5.6), ("model", 8.2))


def path(axes, y, calls, start, end, colour, ink):
    line = {"arrowstyle": "-|>", "color": colour, "lw": 1.6}
    axes.text(0.9, y, start, ha="center", va="center", color=colour)
    stops = [1.75, *(x for _, x in STEPS)]
    for left, right in zip(stops, stops[1:], strict=False):
        axes.annotate("", (right - 0.75, y), (left + (0.75 if left > 2 else 0), y), arrowprops=line)
    for (_, x), call in zip(STEPS, calls, strict=True):
        axes.text(x, y, call, ha="center", va="center", color=ink.text, fontsize=9.5)
    if end:
        axes.annotate("", (9.7, y), (8.95, y), arrowprops=line)
        axes.text(9.8, y, end, va="center", color=colour)


def draw(figure, ink):
    axes = figure.add_subplot()
    for name, x in STEPS:
        axes.axvspan(x - 0.72, x + 0.72, color=ink.shade, alpha=0.35, lw=0)
        axes.text(
            x,
            2,
            name,
            ha="center",
            va="center",
            bbox={"boxstyle": "round,pad=0.5", "facecolor": ink.paper, "edgecolor": ink.faint},
        )
    path(axes, 3.4, ("fit,\ntransform", "fit,\ntransform", "fit"), "training\nrows", "", ink.one, ink)
    path(axes, 0.6, ("transform", "transform", "predict"), "new\nrows", "answers", ink.two, ink)
    axes.set(xlim=(0, 11.4), ylim=(0, 4.1), xticks=[], yticks=[])
    axes.spines[:].set_visible(False)
