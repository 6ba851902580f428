"""A weight column with two units and a sentinel, simulated with a fixed seed."""

import numpy as np

SIZE = (6.0, 3.0)


def draw(figure, ink):
    rng = np.random.default_rng(4)
    kilograms = rng.normal(75, 12, 800)
    pounds = rng.normal(75, 12, 160) * 2.205
    main, rest = figure.subplots(1, 2, width_ratios=(5, 1), sharey=True)
    bins = np.arange(30, 241, 6)
    main.hist(np.concatenate([kilograms, pounds]), bins=bins, color=ink.one, rwidth=0.92)
    rest.bar([999], [40], width=6, color=ink.bad)
    main.text(98, 125, "kilograms")
    main.text(165, 27, "pounds", ha="center")
    rest.text(999, 44, "999:\nnot known", ha="center", color=ink.bad)
    main.set(xlabel="value in the column “weight”", ylabel="patients", xlim=(30, 240))
    rest.set(xlim=(975, 1023), xticks=[999])
    rest.tick_params(left=False)
    rest.spines["left"].set_visible(False)
