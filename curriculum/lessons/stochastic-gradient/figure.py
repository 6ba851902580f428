"""Full-batch, constant-rate and decaying-rate descent on one least-squares fit."""

import numpy as np

EPOCHS, ROWS, BATCH = 20, 200, 10


def draw(figure, ink):
    axes = figure.add_subplot()
    rng = np.random.default_rng(1)
    x = rng.normal(size=(ROWS, 2)) * [1.0, 0.35]
    y = x @ [2.0, -3.0] + rng.normal(size=ROWS)
    best = np.linalg.lstsq(x, y)[0]
    hessian = 2 * x.T @ x / ROWS
    excess = lambda w: (w - best) @ hessian @ (w - best) / 2  # noqa: E731
    full = _run(x, y, ROWS, lambda step: 0.3, excess, 0)
    axes.semilogy(full, color=ink.text)
    axes.text(10, full[10] * 1.6, "full batch", color=ink.text)
    for rate, colour, name, place in (
        (lambda step: 0.3, ink.two, "constant rate", (2.6, 0.16)),
        (lambda step: 0.3 / (1 + step / 40), ink.one, "decaying rate", (1.8, 0.0005)),
    ):
        runs = np.array([_run(x, y, BATCH, rate, excess, seed) for seed in range(20)])
        low, middle, high = np.quantile(runs, (0.1, 0.5, 0.9), axis=0)
        axes.fill_between(np.arange(EPOCHS + 1), low, high, color=colour, alpha=0.15, lw=0)
        axes.semilogy(middle, color=colour)
        axes.text(*place, name, color=colour)
    axes.set(xlabel="passes over the data (epochs)", ylabel="loss above the minimum")
    axes.set(xticks=(0, 5, 10, 15, 20), xlim=(0, 20))
    axes.set_title("mini-batches of 10 against the full batch of 200")
    axes.minorticks_off()
    axes.set_yticks([1e-4, 1e-3, 1e-2, 0.1, 1], ["0.0001", "0.001", "0.01", "0.1", "1"])


def _run(x, y, batch, rate, excess, seed):
    rng, w, step = np.random.default_rng(seed), np.zeros(2), 0
    found = [excess(w)]
    for _ in range(EPOCHS):
        for rows in np.split(rng.permutation(ROWS), ROWS // batch):
            error = x[rows] @ w - y[rows]
            w = w - rate(step) * 2 * x[rows].T @ error / batch
            step += 1
        found.append(excess(w))
    return np.array(found)
