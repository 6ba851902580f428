"""Beliefs over a prerequisite graph: what some answers say about every other skill.

Every skill is a yes-or-no variable. Given an ability ``theta`` and its prerequisites, a skill is
held with probability ``x + (s(theta) - x) * leak ** (prerequisites missing)``, a noisy AND with
exemptions ``x``. Marginals come from belief propagation (Pearl 1988) run level by level, downwards
then upwards, for every point (a hypothesis and an ability) at once; the points are weighed by the
Bethe approximation of the likelihood (Yedidia, Freeman and Weiss 2005). On a graph without loops
this is exact.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from journeyman.core.skill import SkillGraph
from journeyman.learner.priors import NOISES, Priors

Array = NDArray[np.float64]
Index = NDArray[np.intp]

LEAST_ODDS = 1e-100  # a skill that opens hundreds of others must not run out of floating point


@dataclass(frozen=True, slots=True)
class Beliefs:
    """Posterior marginals of a batch of ``b`` sets of evidence over ``n`` skills.

    Attributes:
        held: Shape (n, b): probability that each skill is held.
        points: Shape (b, g): posterior weight of each point (a hypothesis and an ability).
        noises: Shape (b, r): posterior weight of each way of answering (:data:`NOISES`).
    """

    held: Array
    points: Array
    noises: Array


@dataclass(frozen=True, slots=True)
class _Level:
    """Index arrays of one level: edges into its nodes by child, edges out of them by parent."""

    into_nodes: Index
    into_edges: slice
    into_starts: Index
    out_nodes: Index
    out_edges: Index
    out_starts: Index


class PrerequisiteNetwork:
    """The factor graph of a skill graph, ready for batches of evidence.

    Args:
        graph: The skills; their order here is ``graph.order``.
        priors: Assumptions about people.
        shift: Logits by which this person is more able in some skills than most
            (:func:`journeyman.learner.priors.shifts`).

    Attributes:
        slugs, index: The skills in order, and each one's position.
        location: Shape (n,): ability at which half of the people hold each skill.
        theta, leak, exempt, noise, point_prior: Shape (g,): ability, the hypothesis' values and
            prior weight of each point.
        ready: Shape (n, g): P(held | every prerequisite held, ability).
        prior: Shape (n,): P(held) before any evidence.
        parent, child: Shape (e,): positions of both ends of every edge.
        levels: The schedule of the passes.

    >>> from journeyman.core.skill import Skill
    >>> skills = [Skill("a", "1", "A", "", "x"), Skill("b", "2", "B", "", "x", ("a",))]
    >>> graph = SkillGraph.of(skills)
    >>> network = PrerequisiteNetwork(graph)
    >>> before = network.infer(np.zeros((2, 1))).held[0, 0]
    >>> after = network.infer(np.array([[0.0], [2.5]])).held[0, 0]  # right on b
    >>> bool(after > before)
    True
    """

    def __init__(
        self,
        graph: SkillGraph,
        priors: Priors | None = None,
        shift: Mapping[str, float] | None = None,
    ) -> None:
        self.priors = priors or Priors()
        self.slugs = graph.order
        self.index = {slug: i for i, slug in enumerate(self.slugs)}
        requires = [[self.index[r] for r in graph.skills[s].requires] for s in self.slugs]
        depth = _depths(requires)
        declared = np.array([graph.skills[s].difficulty for s in self.slugs], dtype=np.float64)
        self.location = self._locations(declared, depth, requires)
        if shift:
            self.location = self.location - [shift.get(slug, 0.0) for slug in self.slugs]
        self._points()
        self.ready = self._conditionals(requires)
        self.parent, self.child, self.levels = _schedule(requires, depth)
        self.prior = self.infer(np.zeros((len(self.slugs), 1))).held[:, 0]

    def _points(self) -> None:
        """Every hypothesis with every ability."""
        grid, hypotheses = self.priors.grid, self.priors.hypotheses
        score = np.tile(np.linspace(-2.2, 2.2, grid), len(hypotheses))
        self.theta = score * self.priors.spread
        self.leak = np.repeat([one.leak for one in hypotheses], grid)
        self.exempt = np.repeat([one.exempt for one in hypotheses], grid)
        self.noise = np.repeat([one.noise for one in hypotheses], grid)
        weight = np.exp(-0.5 * score**2) * np.repeat([one.chance for one in hypotheses], grid)
        self.point_prior = weight / weight.sum()

    def _locations(self, declared: Array, depth: Index, requires: list[list[int]]) -> Array:
        """Ability at which half of the people hold each skill: never below its prerequisites'."""
        deepest = max(int(depth.max(initial=0)), 1)
        found = declared + self.priors.depth_span * (depth / deepest - 0.5)
        for node, parents in enumerate(requires):
            if parents:
                found[node] = max(found[node], *(found[p] for p in parents))
        return np.asarray(found - np.mean(found) if len(found) else found, dtype=np.float64)

    def _conditionals(self, requires: list[list[int]]) -> Array:
        """P(held | prerequisites held, theta), shape (n, g), from the wanted marginals.

        The share of people with all prerequisites lies between the product of the shares (no
        common cause) and the smallest (fully nested); their geometric mean is used. With
        leak 1 the graph says nothing and the model is item response theory with two parameters.
        """
        marginal = _sigmoid(self.priors.slope * (self.theta[None, :] - self.location[:, None]))
        ready = marginal.copy()
        for node, parents in enumerate(requires):
            if parents:
                shares = marginal[parents]
                joint = np.sqrt(shares.prod(axis=0) * shares.min(axis=0))
                joint = joint + (1.0 - joint) * self.leak
                above = np.maximum(marginal[node] - self.exempt, 0.0)
                ready[node] = self.exempt + above / joint
        return np.clip(ready, np.maximum(0.02, self.exempt + 0.01), 0.97)

    def infer(self, evidence: Array, base: Array | None = None) -> Beliefs:
        """Marginals given each skill's evidence.

        Args:
            evidence: Log-likelihood ratios (held against not), one column per set of evidence,
                0 where nothing is known. Shape (n, b, r) for each way of answering, or (n, b) for
                one that is the same in all.
            base: Shape (b, r): log likelihood of the answers under each way of answering if no
                skill at all were held; None where it is the same in all.
        """
        if evidence.ndim == 2:
            evidence = evidence[:, :, None].repeat(len(NOISES), axis=2)
        run = _Run(self, evidence[:, :, self.noise])
        before = run.held()
        for _ in range(self.priors.sweeps):
            run.down()
            run.up()
            now = run.held()
            if np.abs(now - before).max(initial=0.0) < self.priors.tolerance:
                break
            before = now
        log_weight = run.log_likelihood() + np.log(self.point_prior)
        if base is not None:
            log_weight += base[:, self.noise]
        log_weight -= log_weight.max(axis=1, keepdims=True)
        weight = np.exp(log_weight)
        weight /= weight.sum(axis=1, keepdims=True)
        noises = np.stack([weight[:, self.noise == r].sum(axis=1) for r in range(len(NOISES))], 1)
        return Beliefs(np.einsum("nbg,bg->nb", now, weight), weight, noises)


class _Run:
    """Messages of one inference, as odds; every array is (edges or nodes, batch, points)."""

    def __init__(self, network: PrerequisiteNetwork, evidence: Array) -> None:
        self.leak, self.exempt = network.leak, network.exempt
        self.ready = network.ready[:, None, :]
        self.parent, self.child = network.parent, network.child
        self.levels = network.levels
        self.evidence = np.exp(evidence)
        nodes, batch, points = evidence.shape
        self.from_opened = np.ones((nodes, batch, points))  # product of odds from opened skills
        self.upward = np.ones((len(self.parent), batch, points))  # odds sent to prerequisites
        self.passed = np.ones((len(self.parent), batch, points))  # leak + (1 - leak) P(parent held)
        self.chance = np.broadcast_to(self.ready, (nodes, batch, points)).copy()
        self.from_own = self.chance / (1.0 - self.chance)  # odds of the message from the own factor

    def down(self) -> None:
        """Send each skill what its prerequisites say."""
        for level in self.levels:
            edges = level.into_edges
            if level.into_nodes.size == 0:
                continue
            parents = self.parent[edges]
            odds = self.from_own[parents] * self.from_opened[parents] * self.evidence[parents]
            odds /= self.upward[edges]
            passed = self.leak + (1.0 - self.leak) * _share(odds)
            self.passed[edges] = passed
            joint = np.multiply.reduceat(passed, level.into_starts, axis=0)
            chance = self.exempt + (self.ready[level.into_nodes] - self.exempt) * joint
            self.chance[level.into_nodes] = chance
            self.from_own[level.into_nodes] = chance / (1.0 - chance)

    def up(self) -> None:
        """Send each skill what the skills that it opens say."""
        for level in reversed(self.levels):
            if level.out_nodes.size == 0:
                continue
            edges = level.out_edges
            children = self.child[edges]
            held = _share(self.evidence[children] * self.from_opened[children])
            tilt = 2.0 * held - 1.0
            rest = tilt * (self.chance[children] - self.exempt) / self.passed[edges]
            without = 1.0 - held + tilt * self.exempt
            sent = (without + rest) / (without + self.leak * rest)
            self.upward[edges] = sent
            opened = np.multiply.reduceat(sent, level.out_starts, axis=0)
            self.from_opened[level.out_nodes] = np.clip(opened, LEAST_ODDS, 1.0 / LEAST_ODDS)

    def held(self) -> Array:
        return _share(self.from_own * self.from_opened * self.evidence)

    def log_likelihood(self) -> Array:
        """Bethe log likelihood of the evidence at each point, shape (b, g).

        With ``q`` the own message, ``e`` the odds of everything else, ``u`` and ``t`` the messages
        down and up an edge: sum over skills of log(1 - q + q e) less the sum over edges of
        log(1 - u + u t), up to a constant.
        """
        parents = self.parent
        total = self.from_opened * self.evidence
        toward = _share(self.from_own[parents] * total[parents] / self.upward)
        skills = np.log1p(self.chance * (total - 1.0)).sum(axis=0)
        edges = np.log1p(toward * (self.upward - 1.0)).sum(axis=0)
        return np.asarray(skills - edges)


def _schedule(requires: list[list[int]], depth: Index) -> tuple[Index, Index, list[_Level]]:
    """Edges sorted by the child's level and child, and the index arrays of every level."""
    order = sorted(range(len(requires)), key=lambda node: (int(depth[node]), node))
    pairs = [(parent, child) for child in order for parent in requires[child]]
    parent = np.array([p for p, _ in pairs], dtype=np.intp)
    child = np.array([c for _, c in pairs], dtype=np.intp)
    levels = [
        _level(parent, child, [n for n in order if depth[n] == level])
        for level in range(int(depth.max(initial=-1)) + 1)
    ]
    return parent, child, levels


def _level(parent: Index, child: Index, nodes: list[int]) -> _Level:
    inside = np.flatnonzero(np.isin(child, nodes))
    outside = np.flatnonzero(np.isin(parent, nodes))
    outside = outside[np.argsort(parent[outside], kind="stable")]
    into_nodes, into_starts = _segments(child[inside])
    out_nodes, out_starts = _segments(parent[outside])
    first = int(inside[0]) if inside.size else 0
    return _Level(
        into_nodes,
        slice(first, first + inside.size),
        into_starts,
        out_nodes,
        outside,
        out_starts,
    )


def _segments(labels: Index) -> tuple[Index, Index]:
    """Each run of equal labels: its label and where it starts."""
    if labels.size == 0:
        return labels, labels
    starts = np.flatnonzero(np.append(True, labels[1:] != labels[:-1]))
    return labels[starts], starts.astype(np.intp)


def _depths(requires: list[list[int]]) -> Index:
    found = np.zeros(len(requires), dtype=np.intp)
    for node, parents in enumerate(requires):
        found[node] = 1 + max((found[p] for p in parents), default=-1)
    return found


def _sigmoid(x: Array) -> Array:
    return np.asarray(0.5 * (1.0 + np.tanh(0.5 * x)))


def _share(odds: Array) -> Array:
    return np.asarray(odds / (1.0 + odds))
