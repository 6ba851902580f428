"""Inputs only: the expected values come from reference.py, on the trusted side."""

import numpy as np

from journeyman.core.exercise import Case

MACHINE = np.array([[[0.8, 0.2], [1.0, 0.0]], [[0.0, 1.0], [1.0, 0.0]]])  # good, worn x run, repair
EARNS = np.array([[10.0, -5.0], [4.0, -5.0]])
ONE, LOOP = np.ones((1, 1, 1)), np.array([[1.0]])


def corridor(length):
    """Steps left and right cost 1; the last cell keeps what it has and costs nothing."""
    p, r = np.zeros((length, 2, length)), np.full((length, 2), -1.0)
    for s in range(length - 1):
        p[s, 0, max(s - 1, 0)] = p[s, 1, s + 1] = 1
    p[-1, :, -1], r[-1] = 1, 0
    return p, r


def random_world(rng, states, actions):
    return rng.dirichlet(np.ones(states), size=(states, actions)), rng.normal(size=(states, actions))


def example():
    return [
        Case((MACHINE, EARNS, 0.9), label="the machine: run it or repair it"),
        Case((MACHINE, EARNS, 0.0), label="no future: the best reward now", edge="gamma=0"),
        Case((ONE, LOOP, 0.5, 0.25), label="changes 1, 0.5, 0.25: stops at exactly 0.25", edge="n=1"),
        Case((*corridor(4), 0.9, 1e-9), label="a corridor with a goal"),
    ]


def hidden(rng):
    p, r = random_world(rng, 5, 3)
    long_p, long_r = corridor(7)
    twins = np.repeat(np.eye(2)[:, None, ::-1], 3, axis=1)
    return [
        Case((p, r, 0.8), label="random world, default tolerance"),
        Case((p, r, 0.95, 1e-4), label="a far-sighted agent"),
        Case((p, r, 0.5, 0.1), label="a coarse tolerance stops early"),
        Case((p, r, 0.9, 10.0), label="stops after one sweep", edge="n=1"),
        Case((p, -np.abs(r), 0.9), label="costs only: values are negative"),
        Case(random_world(rng, 6, 1) + (0.7,), label="one action: nothing to choose", edge="A=1"),
        Case(random_world(rng, 2, 5) + (0.7,), label="more actions than states"),
        Case((long_p, long_r, 0.5, 0.0), label="tolerance 0: until nothing changes", edge="tolerance=0"),
        Case((ONE, LOOP * 4, 0.5, 1.0), label="a change of exactly the tolerance", edge="ties"),
        Case((twins, np.array([[1.0, 2.0, 2.0], [0.0, 0.0, 0.0]]), 0.5, 0.125), label="equally good actions", edge="ties"),
        Case((long_p.astype(int), long_r.astype(int), 0.5, 1e-9), label="whole numbers", edge="dtype"),
        Case((MACHINE.tolist(), EARNS.tolist(), 0.9), label="nested lists", edge="dtype"),
        Case((MACHINE, EARNS * 0, 0.9), label="no rewards at all", edge="zero"),
    ]
