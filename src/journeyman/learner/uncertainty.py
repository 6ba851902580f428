"""How much is known about a skill: the support of its number, an interval and a level."""

from __future__ import annotations

import math

import numpy as np

from journeyman.core.mastery import Level
from journeyman.core.skill import SkillGraph
from journeyman.learner.network import Array
from journeyman.learner.state import State

# Share of a fact's strength that counts for a skill one edge away on a path of prerequisites, and
# for any other skill (through ability).
PER_EDGE = 0.55
ELSEWHERE = 0.2
MOST_DIRECT = 8.0  # facts of one skill beyond this add nothing to their neighbours' support
HELD = 0.8  # probability of having learnt it from which it is called held; not-yet mirrors it
FADED = 0.7  # a skill that was held is shaky once its mean, recall included, falls below this
# Wilson's bound with one plain answer cannot reach this however sure the mean (2 / (2 + z^2) is
# 0.425), so one answer alone never settles a skill, either way.
SETTLED = 0.43
Z90 = 1.6449


class Support:
    """Effective number of facts behind each skill's number, its neighbours' facts included."""

    def __init__(self, graph: SkillGraph) -> None:
        self.slugs = graph.order
        index = {slug: i for i, slug in enumerate(self.slugs)}
        self._share = np.full((len(index), len(index)), ELSEWHERE)
        for slug in self.slugs:
            for other, distance in _distances(graph, slug).items():
                share = max(PER_EDGE**distance, ELSEWHERE)
                self._share[index[slug], index[other]] = share
                self._share[index[other], index[slug]] = share

    def of(self, state: State) -> Array:
        """Support of every skill, shape (n,), in the graph's order."""
        direct = [
            min(state.skills[s].strength, MOST_DIRECT) if s in state.skills else 0.0
            for s in self.slugs
        ]
        return np.asarray(self._share @ np.array(direct))

    def shares(self, slug: str) -> Array:
        """How much a fact on each skill counts for ``slug``, shape (n,), in the graph's order."""
        return np.asarray(self._share[self.slugs.index(slug)])


def _distances(graph: SkillGraph, slug: str) -> dict[str, int]:
    """Edges from ``slug`` up to each of its ancestors (0 for itself)."""
    found = {slug: 0}
    frontier = [slug]
    while frontier:
        parents = dict.fromkeys(p for s in frontier for p in graph.skills[s].requires)
        frontier = [p for p in parents if p not in found]
        distance = max(found.values()) + 1
        found.update(dict.fromkeys(frontier, distance))
    return found


def interval(mean: float, support: float) -> tuple[float, float, float]:
    """A 90 % interval and the standard deviation of a probability that ``support`` facts back.

    Wilson's score interval with ``1 + support`` as the number of observations: wide for a single
    item, never of width zero.

    >>> low, high, sd = interval(0.9, 0.0)
    >>> low < 0.3 < 0.9 < high
    True
    """
    count = 1.0 + support
    z2 = Z90 * Z90
    centre = (mean + z2 / (2 * count)) / (1 + z2 / count)
    half = Z90 / (1 + z2 / count) * math.sqrt(mean * (1 - mean) / count + z2 / (4 * count * count))
    return (
        max(min(centre - half, mean), 0.0),
        min(max(centre + half, mean), 1.0),
        math.sqrt(mean * (1 - mean) / (count + 1)),
    )


def level(mean: float, learnt: float, low: float, high: float, pieces: int) -> Level:
    """The word for a skill's number; see :class:`journeyman.core.mastery.Mastery`.

    The same is asked of "not-yet" as of "held", mirrored: as sure a mean, as much evidence.

    >>> level(0.9, 0.9, 0.5, 0.97, 3), level(0.1, 0.1, 0.03, 0.5, 3)
    ('held', 'not-yet')
    >>> level(0.9, 0.9, 0.4, 0.97, 1), level(0.1, 0.1, 0.03, 0.6, 1)
    ('unknown', 'unknown')
    """
    if learnt >= HELD and mean >= FADED and low >= SETTLED:
        return "held"
    if learnt < HELD and mean <= 1.0 - HELD and high <= 1.0 - SETTLED:
        return "not-yet"
    if learnt >= HELD and mean < FADED and pieces:
        return "shaky"  # shown once, and fading
    return "shaky" if pieces >= 2 else "unknown"
