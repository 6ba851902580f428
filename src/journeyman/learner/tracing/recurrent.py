"""A small recurrent network that reads the order of answers, trained and run in plain numpy.

Each answer adds the embedding of (item, outcome) and (skill, outcome) to sums that leak at fixed
rates; one hidden layer reads the sums, and the next item's embedding reads the hidden layer. It
corrects a logit that is given to it. Leaking at fixed rates makes the recurrence linear: a whole
history is one filter in training, and one multiplication an answer afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.signal import lfilter
from scipy.sparse import csr_matrix
from scipy.special import expit

from journeyman.learner.tracing.log import Floats, Log, Rows

Array = NDArray[np.float32]
LEAKS = (0.0, 0.7, 0.93, 0.99)
"""What is kept of each sum at every answer: the last answer alone, then ever longer memories."""
WIDTH = 24
"""Length of every embedding."""
EPOCHS = 8
RATE = 0.006
DECAY = 1.0
SOFT = 0.3
"""Added below Adam's fraction: an item met once or twice moves little, a frequent one fully."""
BATCH = 6000
"""Answers in one step of gradient descent, whole learners at a time."""
_SCALES = [float(np.sqrt(1.0 - leak)) for leak in LEAKS]
Weights = dict[str, Array]


@dataclass(frozen=True)
class Sequences:
    """A log as codes of this network; code 0 stands for everything unseen in training.

    Attributes:
        item: Shape (n,).
        skills: Shape (n,), rows of ``members``.
        correct: 0 or 1, shape (n,).
        members: Row-normalised membership of skills in skill sets, shape (sets, skills + 1).
        spans: First row and row past the last of each learner.
    """

    item: Rows
    skills: Rows
    correct: Rows
    members: csr_matrix
    spans: list[tuple[int, int]]


@dataclass(frozen=True)
class Recurrent:
    """The trained network; ``items`` and ``skills`` give the codes of names, from 1."""

    items: dict[str, int]
    skills: dict[str, int]
    weights: Weights

    @classmethod
    def fit(cls, log: Log, offset: Floats, *, seed: int = 0, epochs: int = EPOCHS) -> Recurrent:
        """Train on a log whose answers already have a logit.

        Args:
            log: Training learners only.
            offset: The logit to be corrected, shape (n,).
            seed: Of the first weights and of the order of learners.
            epochs: Passes over the log.
        """
        items = {log.items[code]: place for place, code in enumerate(np.unique(log.item), 1)}
        names = {name for code in np.unique(log.skills) for name in log.skill_sets[code]}
        skills = {name: place for place, name in enumerate(sorted(names), 1)}
        rng = np.random.default_rng(seed)
        network = cls(items, skills, _first(len(items) + 1, len(skills) + 1, rng))
        data = network.sequences(log)
        target, given = log.correct.astype(np.float32), offset.astype(np.float32)
        adam = _Adam(network.weights)
        steps = epochs * max(1, -(-len(log) // BATCH))
        for _ in range(epochs):
            order = rng.permutation(len(data.spans)).tolist()
            for spans in _batches([data.spans[place] for place in order]):
                rate = RATE * max(0.02, 1.0 - adam.steps / steps)
                adam.step(network.gradient(data, spans, given, target), rate)
        return network

    def sequences(self, log: Log) -> Sequences:
        """Translate a log into this network's codes."""
        item = np.array([self.items.get(name, 0) for name in log.items], dtype=np.int64)
        rows, columns, values = [], [], []
        for place, names in enumerate(log.skill_sets):
            for name in names or ("",):
                rows.append(place)
                columns.append(self.skills.get(name, 0))
                values.append(1.0 / max(len(names), 1))
        shape = (len(log.skill_sets), len(self.skills) + 1)
        members = csr_matrix((np.array(values, dtype=np.float32), (rows, columns)), shape=shape)
        correct = log.correct.astype(np.int64)
        return Sequences(item[log.item], log.skills, correct, members, list(log.spans()))

    def logits(self, log: Log, offset: Floats) -> Floats:
        """The corrected logit of every row, shape (n,)."""
        data = self.sequences(log)
        found = np.empty(len(log))
        given = offset.astype(np.float32)
        for spans in _batches(data.spans):
            rows = _rows(spans)
            found[rows] = self._forward(data, spans, rows, given)[0]
        return found

    def start(self) -> Array:
        """The sums before the first answer, shape (leaks, width)."""
        return np.zeros((len(LEAKS), WIDTH), dtype=np.float32)

    def step(self, sums: Array, item: str, skills: Sequence[str], *, correct: bool) -> Array:
        """The sums after one more answer."""
        code, outcome = self.items.get(item, 0), int(correct)
        added = self.weights["item in"][2 * code + outcome]
        added = added + self._mean("skill in", skills, 2, outcome)
        after: Array = sums * _KEPT + added
        return after

    def correct(self, sums: Array, item: str, skills: Sequence[str], logit: float) -> float:
        """The corrected logit of one item to come."""
        hidden = np.tanh((sums * _SCALED).ravel() @ self.weights["hidden"] + self.weights["bias"])
        code = self.items.get(item, 0)
        out = self.weights["item out"][code] + self._mean("skill out", skills, 1, 0)
        return logit + float(hidden @ out) + float(self.weights["item bias"][code])

    def _mean(self, name: str, skills: Sequence[str], times: int, plus: int) -> Array:
        """Mean embedding of the skills, at row ``times * code + plus``."""
        table = self.weights[name]
        rows = [times * self.skills.get(skill, 0) + plus for skill in skills] or [plus]
        if len(rows) == 1:
            only: Array = table[rows[0]]
            return only
        found: Array = np.add.reduce(table.take(rows, axis=0)) / np.float32(len(rows))
        return found

    def _forward(
        self, data: Sequences, spans: list[tuple[int, int]], rows: Rows, given: Array
    ) -> tuple[Array, Array, Array, Array]:
        weights = self.weights
        outcome = data.correct[rows]
        item, skills = data.item[rows], data.skills[rows]
        by_set = _by_outcome(data.members, weights["skill in"])
        added = weights["item in"][2 * item + outcome] + by_set[2 * skills + outcome]
        sums = np.zeros((len(rows), len(LEAKS), WIDTH), dtype=np.float32)
        at = 0
        for first, last in spans:
            size = last - first
            mine = added[at : at + size - 1]
            for place, leak in enumerate(LEAKS):
                sums[at + 1 : at + size, place] = _SCALES[place] * _leak(mine, leak)
            at += size
        flat = sums.reshape(len(rows), -1)
        hidden = np.tanh(flat @ weights["hidden"] + weights["bias"])
        out = weights["item out"][item] + (data.members @ weights["skill out"])[skills]
        logits = given[rows] + weights["item bias"][item] + (hidden * out).sum(axis=1)
        return logits, hidden, out, flat

    def gradient(
        self, data: Sequences, spans: list[tuple[int, int]], given: Array, target: Array
    ) -> Weights:
        """Gradient of the log loss summed over the answers of these learners."""
        rows = _rows(spans)
        logits, hidden, out, flat = self._forward(data, spans, rows, given)
        error = (expit(logits) - target[rows]).astype(np.float32)
        item, skills, outcome = data.item[rows], data.skills[rows], data.correct[rows]
        to_out = error[:, None] * hidden
        to_hidden = error[:, None] * out * (1.0 - hidden**2)
        to_sums = (to_hidden @ self.weights["hidden"].T).reshape(-1, len(LEAKS), WIDTH)
        to_added = np.zeros_like(to_out)
        at = 0
        for first, last in spans:
            size = last - first
            for place, leak in enumerate(LEAKS):
                later = _SCALES[place] * to_sums[at + 1 : at + size, place]
                to_added[at : at + size - 1] += _leak(later[::-1], leak)[::-1]
            at += size
        items, sets = len(self.items) + 1, data.members.shape[0]
        to_sets = _sum_by(2 * skills + outcome, to_added, 2 * sets).reshape(sets, -1)
        members = data.members.T
        return {
            "item in": _sum_by(2 * item + outcome, to_added, 2 * items),
            "skill in": (members @ to_sets).reshape(-1, WIDTH),
            "hidden": flat.T @ to_hidden,
            "bias": to_hidden.sum(axis=0),
            "item out": _sum_by(item, to_out, items),
            "skill out": members @ _sum_by(skills, to_out, sets),
            "item bias": np.bincount(item, error, minlength=items).astype(np.float32),
        }


class _Adam:
    """Adam with decoupled weight decay (Kingma and Ba 2015; Loshchilov and Hutter 2019)."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self.steps = 0
        self._mean = {name: np.zeros_like(value) for name, value in weights.items()}
        self._square = {name: np.zeros_like(value) for name, value in weights.items()}

    def step(self, gradient: Weights, rate: float) -> None:
        """Move every weight once, in place."""
        self.steps += 1
        early, late = 1.0 - 0.9**self.steps, 1.0 - 0.99**self.steps
        for name, slope in gradient.items():
            mean, square = self._mean[name], self._square[name]
            mean += 0.1 * (slope - mean)
            square += 0.01 * (slope**2 - square)
            move = (mean / early) / (np.sqrt(square / late) + SOFT)
            weight = self.weights[name]
            weight -= np.float32(rate) * (move + np.float32(DECAY) * weight)


def _first(items: int, skills: int, rng: np.random.Generator) -> Weights:
    def draw(rows: int, scale: float) -> Array:
        return (scale * rng.standard_normal((rows, WIDTH))).astype(np.float32)

    return {
        "item in": draw(2 * items, 0.1),
        "skill in": draw(2 * skills, 0.1),
        "hidden": draw(len(LEAKS) * WIDTH, (len(LEAKS) * WIDTH) ** -0.5),
        "bias": np.zeros(WIDTH, dtype=np.float32),
        "item out": draw(items, 0.02),
        "skill out": draw(skills, 0.05),
        "item bias": np.zeros(items, dtype=np.float32),
    }


def _leak(rows: Array, leak: float) -> Array:
    """The leaking sum down the rows."""
    if leak == 0.0:
        return rows
    found: Array = lfilter([np.float32(1.0)], [np.float32(1.0), np.float32(-leak)], rows, axis=0)
    return found


def _by_outcome(members: csr_matrix, weights: Array) -> Array:
    """Mean embedding of each skill set and outcome, shape (2 * sets, width)."""
    found: Array = (members @ weights.reshape(members.shape[1], -1)).reshape(-1, WIDTH)
    return found


def _sum_by(codes: Rows, rows: Array, size: int) -> Array:
    """Sum of the rows of each code, shape (size, width)."""
    one = np.ones(len(codes), dtype=np.float32)
    index = np.arange(len(codes) + 1)
    found: Array = csr_matrix((one, codes, index), shape=(len(codes), size)).T @ rows
    return found


def _batches(spans: list[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    batch: list[tuple[int, int]] = []
    size = 0
    for first, last in spans:
        batch.append((first, last))
        size += last - first
        if size >= BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _rows(spans: list[tuple[int, int]]) -> Rows:
    return np.concatenate([np.arange(first, last) for first, last in spans])


_KEPT = np.array(LEAKS, dtype=np.float32)[:, None]
_SCALED = np.array(_SCALES, dtype=np.float32)[:, None]
