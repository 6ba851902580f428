"""The unit square of 100 deliveries: widths are P(rain), heights are P(late | ...)."""

SIZE = (5.2, 3.4)


def draw(figure, ink):
    axes = figure.add_subplot()
    rain, late_rain, late_dry = 30 / 100, 15 / 30, 7 / 70
    bar = {"align": "edge", "edgecolor": ink.paper, "linewidth": 2}
    axes.bar([0, rain], [1, 1], [rain, 1 - rain], color=ink.one, alpha=0.12, **bar)
    axes.bar([0, rain], [late_rain, late_dry], [rain, 1 - rain], color=[ink.two, ink.two], alpha=0.55, **bar)
    middle = {"ha": "center", "va": "center", "color": ink.text}
    axes.text(rain / 2, late_rain / 2, f"rain and late\n{rain * late_rain:.2f}", **middle)
    axes.text(rain / 2, (1 + late_rain) / 2, "rain, on time\n0.15", **middle)
    axes.text((1 + rain) / 2, late_dry / 2, f"dry and late {(1 - rain) * late_dry:.2f}", **middle)
    axes.text((1 + rain) / 2, (1 + late_dry) / 2, "dry, on time\n0.63", **middle)
    axes.set(xlim=(0, 1), ylim=(0, 1), xticks=[0, rain, 1], yticks=[0, late_dry, late_rain, 1])
    axes.set(xlabel="share of deliveries: rain (0.30), dry (0.70)", ylabel="share late within the strip")
