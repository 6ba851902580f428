"""Level L1: the submission is code, run without network where it never sees a label of the test.

The code is run twice, each time in a fresh process. Once on the official split, which gives the
predictions that stand on the board. And once on a split of all labelled rows that the hash of the
code draws, so that nobody could know beforehand which rows would be asked for.
"""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from journeyman.competitions.arena import Arena, Child, CodeFellShort, column_array
from journeyman.competitions.columns import Lines, given_from
from journeyman.competitions.entry import Competition
from journeyman.competitions.home import Home, Solution, solution_from
from journeyman.competitions.parts import score_part
from journeyman.competitions.validating import Report, check_given, plain_ids, wanted_of
from journeyman.scoring.metric import Numbers

ENTRIES = ("fit", "predict")
PROBED = 2000
"""Test rows on which it is tried whether a trap's columns matter."""
LEAST_SHARE = 0.85
"""A temporal cut is drawn between this share of the training period and its end."""


@dataclass(frozen=True, slots=True)
class Rerun:
    """What the code scored on the split that its hash drew.

    Attributes:
        why: Empty, or why there could be no such split.
    """

    value: float | None = None
    low: float | None = None
    high: float | None = None
    train_rows: int = 0
    test_rows: int = 0
    why: str = ""

    def data(self) -> dict[str, Any]:
        """As plain JSON data."""
        return asdict(self)


def seed_of(code: str) -> int:
    """The seed that a file's hash gives: 31 bits of its SHA-256.

    >>> 0 <= seed_of("def fit(X, y): ...") < 2**31
    True
    """
    return int(hashlib.sha256(code.encode()).hexdigest()[:8], 16) >> 1


def predict_official(
    arena: Arena, competition: Competition, home: Home, code: str, classes: tuple[str, ...]
) -> tuple[Report, tuple[str, ...]]:
    """Run the code on the official split: its predictions, checked like a file's, and the traps.

    Raises:
        CodeFellShort: the code fails or its predictions are not valid.
    """
    train, test = home.table("train"), home.table("test")
    shared = features(competition, train, test)
    with arena.child(code, ENTRIES) as child:
        found = _predict(child, train[[*shared, competition.target]], test[shared])
        leans = leaning(child, competition, test[shared])
    return _checked(competition, home.ids(competition), found, classes), leans


def leaning(child: Child, competition: Competition, test: pd.DataFrame) -> tuple[str, ...]:
    """The traps whose columns matter: predictions change when these are dealt out anew.

    To name a column is no proof (honest code names those that it drops), so the fitted model is
    asked: for some rows as they are, and for the same rows with the trap's columns shuffled.
    """
    found = []
    some = test.head(PROBED)
    plain = None
    for trap in competition.traps:
        columns = [name for name in trap.columns if name in test]
        if not columns:
            continue
        if plain is None:
            plain = _ask(child, some)
        mixed = some.copy()
        order = np.random.default_rng(0).permutation(len(some))
        for name in columns:
            mixed[name] = some[name].to_numpy()[order]
            mixed[name] = mixed[name].astype(some[name].dtype)
        if not np.array_equal(plain, _ask(child, mixed)):
            found.append(trap.name)
    return tuple(found)


def features(competition: Competition, train: pd.DataFrame, test: pd.DataFrame) -> list[str]:
    """The columns that ``fit`` and ``predict`` get: those of both tables, without the id."""
    return [name for name in test.columns if name in train.columns and name != competition.id]


def _predict(child: Child, train: pd.DataFrame, test: pd.DataFrame) -> Numbers:
    child.send("train", train)
    child.call("_journeyman_fit", doing="In fit", drop=True)
    return _ask(child, test)


def _ask(child: Child, test: pd.DataFrame) -> Numbers:
    child.send("test", test)
    return column_array(child.call("_journeyman_predict", doing="In predict"), len(test))


def _checked(
    competition: Competition, ids: pa.Array, found: Numbers, classes: tuple[str, ...]
) -> Report:
    columns = found[:, None] if found.ndim == 1 else found
    if columns.shape[1] != len(competition.prediction):
        raise CodeFellShort(
            f"predict should return {len(competition.prediction)} columns "
            f"({', '.join(competition.prediction)}); it returns {columns.shape[1]}."
        )
    table = {name: pa.array(columns[:, n]) for n, name in enumerate(competition.prediction)}
    table[competition.id] = plain_ids(ids)
    given = given_from(table, wanted_of(competition, ids), Lines(1), [])
    report = check_given(given, competition, ids, classes)
    if report.errors:
        told = " ".join(one.message for one in report.errors)
        raise CodeFellShort(f"The predictions of your code are not valid: {told}")
    return report


def rerun(
    arena: Arena, competition: Competition, home: Home, solution: Solution, code: str
) -> Rerun:
    """Run the code on the split that its hash draws, and score it there.

    Raises:
        CodeFellShort: the code fails on that split.
    """
    if competition.metric.by_group or solution.truth.weights is not None:
        return Rerun(why="the metric needs groups or weights that training rows do not have")
    train, test = home.table("train"), home.table("test")
    shared = features(competition, train, test)
    answers = home.answers()[competition.target]
    later = test[shared].assign(**{competition.target: answers.to_numpy()})
    pool = pd.concat([train[[*shared, competition.target]], later], ignore_index=True)
    rng = np.random.default_rng(seed_of(code))
    learn, ask = draw_split(competition, pool, len(test) / len(pool), rng)
    asked = pool.iloc[ask]
    with arena.child(code, ENTRIES) as child:
        found = _predict(child, pool.iloc[learn], asked[shared])
    ids = pa.array(np.arange(len(asked)))
    table = pa.table({competition.id: ids, competition.target: pa.Array.from_pandas(
        asked[competition.target].reset_index(drop=True))})  # fmt: skip
    truth = solution_from(competition, table).truth
    report = _checked(competition, ids, found, truth.classes)
    if report.given is None:
        raise AssertionError
    part = score_part(competition.metric, truth, report.given)
    shown = part.interval(competition.metric)
    value, low, high = (
        one if np.isfinite(one) else None for one in (shown.value, shown.low, shown.high)
    )
    return Rerun(value, low, high, train_rows=len(learn), test_rows=len(ask))


def draw_split(
    competition: Competition, pool: pd.DataFrame, share: float, rng: np.random.Generator
) -> tuple[Numbers, Numbers]:
    """Positions of rows to learn from and of rows to be asked for, by the competition's own rule.

    Temporal: learn up to a drawn moment, be asked for what follows. Group: whole groups change
    sides. Otherwise: rows are drawn.
    """
    many = max(2, round(share * len(pool)))
    kind, column = competition.split.kind, competition.split.column
    if kind == "temporal":
        order = np.arange(len(pool))
        if column in pool:
            order = np.argsort(pool[column].to_numpy(), kind="stable")
        cut = int((len(pool) - many) * rng.uniform(LEAST_SHARE, 1.0))
        return order[:cut], order[cut : cut + many]
    if kind == "group" and column in pool:
        groups, sizes = np.unique(pool[column].to_numpy(), return_counts=True)
        mixed = rng.permutation(len(groups))
        kept = mixed[: max(1, int(np.searchsorted(np.cumsum(sizes[mixed]), many)))]
        asked = np.isin(pool[column].to_numpy(), groups[kept])
        return np.flatnonzero(~asked), np.flatnonzero(asked)
    order = rng.permutation(len(pool))
    return order[many:], order[:many]
