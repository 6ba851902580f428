"""Inputs only: the expected values come from reference.py, on the trusted side.

Rewards are random where paths could tie, so that rounding never decides which way the agent goes.
"""

import numpy as np

from journeyman.core.exercise import Case

STEPS = ((-1, 0), (0, 1), (1, 0), (0, -1))  # up, right, down, left


def grid(rows, columns, walls=()):
    """next_state of a grid with states numbered row by row; walls and borders send back."""
    table = np.empty((rows * columns, 4), int)
    for s in range(rows * columns):
        for a, (down, right) in enumerate(STEPS):
            row, column = s // columns + down, s % columns + right
            to = row * columns + column
            inside = 0 <= row < rows and 0 <= column < columns and to not in walls
            table[s, a] = to if inside else s
    return table


CORRIDOR = np.array([[0, 1], [0, 2], [1, 3], [3, 3]])  # left, right; bumping costs 1, the goal is state 3
WINS = np.array([[-1.0, 0.0], [0.0, 0.0], [0.0, 1.0], [0.0, 0.0]])


def example():
    right, fixed = np.tile([0.0, 0.75], (1, 3, 1)), np.full((2, 4, 2), 0.5)
    return [
        Case((CORRIDOR, WINS, 0, 3, right), {"epsilon": 1.0}, label="three steps to the right, one episode"),
        Case((CORRIDOR, WINS, 0, 3, np.tile(right, (4, 1, 1))), {"epsilon": 1.0}, label="four episodes: value creeps back"),
        Case((CORRIDOR, WINS, 2, 3, fixed), {"initial": 2.0, "epsilon": 0.0}, label="optimistic start, no exploration"),
        Case((CORRIDOR, WINS, 3, 3, fixed), label="start at the goal: nothing is learnt", edge="start=goal"),
    ]


def hidden(rng):
    small, large = grid(2, 3), grid(4, 4, walls=(5, 6))
    costs = lambda table: rng.normal(-1, 0.5, size=table.shape)  # noqa: E731
    eighths = rng.integers(0, 8, size=(6, 15, 2)) / 8
    return [
        Case((small, costs(small), 0, 5, rng.random((8, 20, 2))), label="2 x 3 grid, default settings"),
        Case((large, costs(large), 0, 15, rng.random((20, 40, 2))), {"epsilon": 0.4}, label="4 x 4 grid with walls"),
        Case((large, costs(large), 12, 3, rng.random((15, 30, 2))), {"alpha": 0.2, "gamma": 0.7, "epsilon": 0.3}, label="other start, other settings"),
        Case((small, costs(small), 0, 5, rng.random((6, 15, 2))), {"alpha": 1.0, "gamma": 0.0}, label="alpha 1, gamma 0: the reward alone", edge="gamma=0"),
        Case((small, costs(small), 0, 5, rng.random((10, 20, 2))), {"initial": 5.0}, label="optimistic start: the goal is still worth nothing", edge="terminal"),
        Case((small, costs(small), 0, 5, eighths), {"epsilon": 0.25}, label="draws that equal epsilon do not explore", edge="ties"),
        Case((small, costs(small), 0, 5, eighths), {"epsilon": 0.0}, label="epsilon 0 never explores", edge="epsilon=0"),
        Case((small, np.full((6, 4), -1), 0, 5, rng.random((1, 1, 2))), {"epsilon": 0.0}, label="one step: the lowest number among equals", edge="ties"),
        Case((small, np.full((6, 4), 2), 0, 5, rng.random((1, 1, 2))), {"epsilon": 1.0}, label="whole-number rewards, one step", edge="dtype"),
        Case((small, costs(small), 0, 5, np.empty((0, 5, 2))), {"initial": 0.5}, label="no episodes", edge="empty"),
        Case((small, costs(small), 0, 5, np.empty((3, 0, 2))), label="no steps", edge="empty"),
        Case((small.tolist(), costs(small).tolist(), 4, 1, rng.random((5, 10, 2))), label="nested lists", edge="dtype"),
        Case((small, costs(small), 0, 5, rng.random((12, 3, 2))), label="episodes too short to arrive"),
    ]
