"""Which days three features look at, seen from the forecast day."""

from matplotlib.patches import Rectangle

SIZE = (6.6, 2.9)
FEATURES = (("value a week ago", -7, -7, "good"), ("mean of the last 7 days", -7, -1, "good"), ("centred mean of 7 days", -3, 3, "bad"))


def draw(figure, ink):
    axes = figure.add_subplot()
    axes.axvspan(-0.5, 3.5, color=ink.shade, alpha=0.6, lw=0)
    axes.axvline(-0.5, color=ink.faint, ls="--", lw=1.2)
    for row, (name, start, stop, kind) in enumerate(FEATURES):
        y, colour = 2.6 - row, getattr(ink, kind)
        axes.add_patch(Rectangle((start - 0.42, y - 0.22), stop - start + 0.84, 0.44, facecolor=colour, alpha=0.55, lw=0))
        axes.text(-10.8, y, name, color=colour, va="center", ha="right")
    axes.text(-0.7, 3.45, "known", ha="right", va="center", color=ink.text)
    axes.text(-0.3, 3.45, "not known yet", ha="left", va="center", color=ink.text)
    axes.set(xlim=(-10.6, 3.6), ylim=(0.1, 3.8), yticks=[], xlabel="day, counted from the day to be forecast (0)")
    axes.set_xticks(range(-10, 4), [str(d).replace("-", "−") for d in range(-10, 4)])
    axes.spines["left"].set_visible(False)
