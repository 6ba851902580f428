"""Log-odds of one message as a sum of votes (the lesson's worked example)."""

import math

SIZE = (5.6, 2.9)


def draw(figure, ink):
    axes = figure.add_subplot()
    votes = {
        "prior (30 % spam)": math.log(0.3 / 0.7),
        "“invoice”": math.log(0.20 / 0.04),
        "“prize”": math.log(0.15 / 0.01),
        "“meeting”": math.log(0.05 / 0.40),
    }
    votes["total"] = sum(votes.values())
    probability = 1 / (1 + math.exp(-votes["total"]))
    for row, (name, value) in enumerate(votes.items()):
        after = f" = probability {probability:.2f}" if name == "total" else ""
        colour = ink.text if name == "total" else ink.two if value > 0 else ink.one
        axes.barh(row, value, color=colour, height=0.6)
        side = 0.08 if value > 0 else -0.08
        axes.text(
            value + side,
            row,
            f"{value:+.2f}{after}".replace("-", "\u2212"),
            va="center",
            ha="left" if value > 0 else "right",
            color=ink.text,
        )
    axes.axvline(0, color=ink.faint, lw=1)
    axes.set_yticks(range(5), list(votes))
    axes.invert_yaxis()
    axes.tick_params(axis="y", length=0)
    axes.set(xlabel="Log-odds: wanted ← 0 → spam", xlim=(-3.4, 6))
