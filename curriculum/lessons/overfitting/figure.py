"""Training and test error of polynomials over many training samples."""

import numpy as np

NOISE = 0.3


def _sample(rng, n):
    x = rng.uniform(-1, 1, n)
    return x, 2 * x**3 - x + rng.normal(0, NOISE, n)


def draw(figure, ink):
    rng = np.random.default_rng(2)
    new_x, new_y = _sample(rng, 1000)
    degrees = np.arange(11)
    errors = np.empty((200, degrees.size, 2))
    for repeat in range(200):
        x, y = _sample(rng, 15)
        for degree in degrees:
            fit = np.polynomial.Polynomial.fit(x, y, int(degree))
            errors[repeat, degree] = [np.mean((fit(a) - b) ** 2) for a, b in ((x, y), (new_x, new_y))]
    axes = figure.add_subplot()
    for side, colour in ((0, ink.two), (1, ink.one)):
        low, middle, high = np.quantile(errors[:, :, side], (0.1, 0.5, 0.9), axis=0)
        axes.fill_between(degrees, low, high, color=colour, alpha=0.18, lw=0)
        axes.plot(degrees, middle, "o-", color=colour, ms=4)
    axes.axhline(NOISE**2, color=ink.faint, ls=":", lw=1.3)
    axes.text(10.3, 1.05 * NOISE**2, "noise", color=ink.text, va="bottom")
    axes.text(5.3, 1.6, "new rows", color=ink.one, ha="right")
    axes.text(6.2, 0.017, "training rows", color=ink.two, ha="right")
    axes.set_yscale("log")
    axes.set(
        xlabel="Degree of the polynomial (15 training rows)",
        ylabel="Mean squared error",
        xlim=(-0.4, 11.6),
        ylim=(0.008, 50),
        xticks=range(0, 11, 2),
    )
