"""The published models that the tracer is measured against, fitted on the same learners.

Elo: learner, skill and item ratings (Pelánek 2016). PFA: right and wrong answers on each skill
(Pavlik, Cen and Koedinger 2009). Best-LR: PFA with item difficulty and the learner's overall
counts (Gervet and others 2020). Counts enter as log(1 + count).
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Callable, Mapping

import numpy as np
from scipy.sparse import csr_matrix
from scipy.special import expit

from journeyman.learner.tracing.linear import Linear
from journeyman.learner.tracing.log import Floats, Log, Skills
from journeyman.learner.tracing.norms import logit, sigmoid

Predict = Callable[[Log, Log], Floats]
PENALTY = 1.0
Pairs = list[tuple[tuple[str, ...], float]]


def elo(train: Log, test: Log) -> Floats:
    """Ratings of items from ``train``; every learner of ``test`` starts at zero."""
    ratings: dict[str, tuple[float, int]] = {}
    base = logit(float(train.correct.mean()))
    _rate(train, ratings, base, learn=True)
    return _rate(test, ratings, base, learn=False)


def _rate(log: Log, items: dict[str, tuple[float, int]], base: float, *, learn: bool) -> Floats:
    chance = np.empty(len(log))
    for first, last in log.spans():
        general = 0.0
        held: dict[str, tuple[float, int]] = {}
        for place in range(first, last):
            item, skills = log.items[log.item[place]], log.skill_sets[log.skills[place]]
            rating, count = items.get(item, (0.0, 0))
            known = [held.get(skill, (0.0, 0)) for skill in skills or ("",)]
            own = sum(value for value, _ in known) / len(known)
            chance[place] = sigmoid(base + general + own + rating)
            error = float(log.correct[place] - chance[place])
            general += error * 0.5 / (1.0 + 0.05 * (place - first))
            for skill, (value, seen) in zip(skills or ("",), known, strict=True):
                held[skill] = (value + error * 0.8 / (1.0 + 0.1 * seen), seen + 1)
            if learn:
                items[item] = (rating + error / (1.0 + 0.05 * count), count + 1)
    return chance


def pfa(train: Log, test: Log) -> Floats:
    """Performance factors analysis: each skill's easiness and its two learning rates."""
    return _regress(train, test, _skill_terms)


def best_lr(train: Log, test: Log) -> Floats:
    """PFA, items, and the learner's right and wrong answers overall."""
    return _regress(train, test, _all_terms)


def _skill_terms(item: str, skills: Skills, right: _Counts, wrong: _Counts) -> Pairs:
    del item
    found: Pairs = []
    for skill in skills:
        found.append((("skill", skill), 1.0))
        found.append((("right", skill), math.log1p(right.get(skill, 0))))
        found.append((("wrong", skill), math.log1p(wrong.get(skill, 0))))
    return found


def _all_terms(item: str, skills: Skills, right: _Counts, wrong: _Counts) -> Pairs:
    found = _skill_terms(item, skills, right, wrong)
    found.append((("item", item), 1.0))
    found.append((("all right",), math.log1p(right.get(_ALL, 0))))
    found.append((("all wrong",), math.log1p(wrong.get(_ALL, 0))))
    return found


def _regress(train: Log, test: Log, terms: _Terms) -> Floats:
    codes: dict[tuple[str, ...], int] = {}
    seen = _columns(train, terms, codes, grow=True)
    none = np.zeros((len(train), 0), dtype=np.float32)
    model = Linear.fit(none, seen, train.correct, term_penalty=PENALTY)
    new = _columns(test, terms, codes, grow=False)
    found: Floats = expit(model.logits(np.zeros((len(test), 0), dtype=np.float32), new))
    return found


def _columns(
    log: Log, terms: _Terms, codes: dict[tuple[str, ...], int], *, grow: bool
) -> csr_matrix:
    values, columns, edges = array("d"), array("q"), array("q", [0])
    for first, last in log.spans():
        right: dict[str, int] = {}
        wrong: dict[str, int] = {}
        for place in range(first, last):
            item, skills = log.items[log.item[place]], log.skill_sets[log.skills[place]]
            for key, value in terms(item, skills, right, wrong):
                code = codes.setdefault(key, len(codes)) if grow else codes.get(key)
                if code is not None and value:
                    columns.append(code)
                    values.append(value)
            edges.append(len(columns))
            counts = right if log.correct[place] else wrong
            for name in (*skills, _ALL):
                counts[name] = counts.get(name, 0) + 1
    return csr_matrix((values, columns, edges), shape=(len(log), len(codes)))


_ALL = "\N{NULL}all"  # a name that no skill in a file can have
_Counts = Mapping[str, int]
_Terms = Callable[[str, Skills, _Counts, _Counts], Pairs]

BASELINES: dict[str, Predict] = {"elo": elo, "pfa": pfa, "best_lr": best_lr}
