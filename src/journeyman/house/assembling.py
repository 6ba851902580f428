"""From a finished search to what the caller keeps: models in memory, and the list of trials."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from sklearn.dummy import DummyClassifier, DummyRegressor

from journeyman.house import blend
from journeyman.house.encoding import Coding, Nothing
from journeyman.house.fitting import Scaled, coding_file, load, model_file
from journeyman.house.given import Given
from journeyman.house.reading import Floats, Reader
from journeyman.house.result import HouseRun, Member, Trial, sharpen
from journeyman.house.search import Attempt, Search
from journeyman.scoring.resampling import Interval

Key = tuple[str, int, bool]
QUICK = 4_000
"""Rows that the interval of a single trial is measured on: there are many trials."""


@dataclass(frozen=True)
class Chosen:
    """What the weighing decided: weights by trial number, and which trials saw all rows."""

    weights: dict[int, float]
    sharpness: float
    refitted: frozenset[int]


def assemble(given: Given, search: Search, reader: Reader, chosen: Chosen) -> HouseRun:
    """Everything that a run gives back; the models are read from the workers' files."""
    target = given.target[search.rows]
    out = np.full((len(given.target), max(1, len(given.classes))), np.nan)
    notes = [*given.notes]
    left_out = [column.name for column in reader.columns if column.role == "left out"]
    if left_out:
        notes.append(f"Left out, because they say nothing: {', '.join(left_out[:8])}.")
    if chosen.weights:
        parts = (w * search.stacked(search.attempts[n]) for n, w in chosen.weights.items())
        mean = np.asarray(sum(parts))
        out[search.rows] = sharpen(mean, chosen.sharpness) if given.classes else mean
        members, codings = _members(search, chosen)
    else:
        notes.append("No model was finished in the time; the mean or the shares predict.")
        members, codings = _constant(given)
        out[search.rows] = members[0].parts[0][1].predict(np.zeros((len(target), 1)))
    return HouseRun(
        task=given.task,
        metric=search.goal.metric.name,
        better=search.goal.metric.better,
        classes=given.classes,
        score=_score(search, target, out[search.rows], chosen),
        trials=tuple(_trial(search, attempt, chosen) for attempt in search.attempts),
        seconds=time.monotonic() - search.began,
        budget=search.budget,
        stopped=_ending(search),
        split=split_in_words(given, search.folds),
        seed=search.task.seed,
        notes=tuple(notes),
        columns=reader.columns,
        out_of_fold=out,
        reader=reader,
        members=members,
        codings=codings,
        sharpness=chosen.sharpness,
    )


def _members(search: Search, chosen: Chosen) -> tuple[tuple[Member, ...], dict[Key, Coding]]:
    """The chosen models; where one saw all rows, that one alone, else one a fold."""
    folder = search.crew.folder
    members, codings = [], {}
    last = search.folds - 1
    bagged = not search.once
    for number, weight in sorted(chosen.weights.items(), key=lambda pair: -pair[1]):
        recipe = search.attempts[number].recipe
        folds = [-1] if number in chosen.refitted else list(range(search.folds))
        if not bagged and number not in chosen.refitted:
            folds = [last]  # the one that saw most of the past
        parts = []
        for fold in folds:
            key = (recipe.coding, fold, recipe.log)
            if key not in codings:
                codings[key] = load(folder / coding_file(*key))
            parts.append((key, load(folder / model_file(number, fold))))
        members.append(Member(recipe.name, weight, tuple(parts)))
    return tuple(members), codings


def _constant(given: Given) -> tuple[tuple[Member, ...], dict[Key, Coding]]:
    """The mean or the shares of the classes: what is left when no model was finished."""
    key: Key = ("nothing", 0, False)
    kind = DummyClassifier(strategy="prior") if given.classes else DummyRegressor()
    model = Scaled(kind, len(given.classes)).fit(np.zeros((len(given.target), 1)), given.target)
    return (Member("constant", 1.0, ((key, model),)),), {key: Nothing()}


def _score(search: Search, target: Floats, mean: Floats, chosen: Chosen) -> Interval:
    """The score of the mean on rows that its weights were not chosen on.

    Weights chosen on the same rows flatter; halves show by how much. The width of the interval
    is the bootstrap's, moved by that much.
    """
    goal, seed = search.goal, search.task.seed
    found = goal.interval(target, mean, seed)
    if len(chosen.weights) < 2 or len(target) < 40:
        return found
    stacked = [search.stacked(search.attempts[number]) for number in chosen.weights]
    loss = blend.honest_loss(stacked, lambda rows, p: goal.loss(target[rows], p), len(target), seed)
    plain = np.asarray(sum(w * p for w, p in zip(chosen.weights.values(), stacked, strict=True)))
    optimism = max(0.0, loss - goal.loss(target, plain)) * goal.metric.sign
    return replace(
        found,
        value=found.value - optimism,
        low=found.low - optimism,
        high=found.high - optimism,
    )


def _trial(search: Search, attempt: Attempt, chosen: Chosen) -> Trial:
    score = None
    if attempt.state == "done":
        target = search.task.target[search.rows]
        score = search.goal.interval(target, search.stacked(attempt), search.task.seed, QUICK)
    return Trial(
        name=attempt.recipe.name,
        family=attempt.recipe.family,
        why=attempt.recipe.why,
        settings=attempt.recipe.settings,
        state=attempt.state or "stopped",
        seconds=attempt.seconds,
        score=score,
        weight=chosen.weights.get(attempt.number, 0.0),
        trouble=attempt.trouble,
    )


def _ending(search: Search) -> Literal["done", "time", "cancelled"]:
    if search.cancelled:
        return "cancelled"
    whole = len(search.attempts) >= search.most or not search.shares
    unfinished = any(attempt.state == "stopped" for attempt in search.attempts)
    return "done" if whole and not unfinished else "time"


def split_in_words(given: Given, folds: int) -> str:
    """How rows were divided, for people."""
    if given.times is not None:
        return f"validated on {folds} later block(s) of time"
    kind = "groups kept together" if given.groups is not None else "rows at random"
    if folds == 1:
        return f"validated on a fifth of the rows, {kind}"
    return f"validated in {folds} folds, {kind}"
