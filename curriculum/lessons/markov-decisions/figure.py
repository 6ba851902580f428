"""Value iteration on the lesson's machine: values after each sweep (exact)."""

import numpy as np


def draw(figure, ink):
    axes = figure.add_subplot()
    run, repair = np.array([[0.8, 0.2], [0.0, 1.0]]), np.array([[1.0, 0.0], [1.0, 0.0]])
    values, switch = [np.zeros(2)], None
    for sweep in range(1, 101):
        v = values[-1]
        q = np.array([np.array([10, 4]) + 0.9 * run @ v, -5 + 0.9 * repair @ v])
        values.append(q.max(axis=0))
        if switch is None and q[1, 1] > q[0, 1]:
            switch = sweep
    values = np.array(values)
    for column, colour, name in ((0, ink.one, "good machine"), (1, ink.two, "worn machine")):
        axes.plot(values[:, column], color=colour)
        axes.text(101, values[-1, column], f"{name}\n{values[-1, column]:.1f}", color=colour, va="center")
    axes.axvline(switch, color=ink.faint, ls="--", lw=1)
    axes.text(switch + 5, 4, f"from sweep {switch} on, repairing\nthe worn machine is better", color=ink.text)
    axes.set(xlabel="sweeps of value iteration", ylabel="value (discounted earnings)")
    axes.set(xlim=(0, 128), ylim=(0, 84), xticks=range(0, 101, 20))
