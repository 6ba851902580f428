"""Cross-validate the tracer and its baselines over learners."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from journeyman.errors import Invalid
from journeyman.learner.tracing.baselines import BASELINES
from journeyman.learner.tracing.log import Floats, Log, Rows, Skills
from journeyman.learner.tracing.measures import Quality, auc, interval, losses, quality
from journeyman.learner.tracing.replay import known
from journeyman.learner.tracing.tracer import Tracer, check

TIMED = 2000
"""Events on which one update and one prediction are timed."""
STRETCH = 100
OURS = "journeyman"
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Skill:
    """How one skill is predicted, by the tracer and by the best baseline."""

    rows: int
    rate: float
    auc: float | None
    log_loss: float
    baseline_auc: float | None
    baseline_log_loss: float


@dataclass(frozen=True, slots=True)
class Interval:
    """Log loss of the tracer minus that of the best baseline; below zero is better."""

    baseline: str
    difference: float
    low: float
    high: float


@dataclass(frozen=True)
class Trial:
    """Chances that each model gave to the answers of learners it had not seen, and the cost."""

    log: Log
    chance: dict[str, Floats]
    fit_seconds: float
    us_per_event: float


@dataclass(frozen=True)
class Evaluation:
    """Everything measured on learners that the models had not seen.

    Attributes:
        models: Quality by model, over the answers of all folds together.
        skills: By skill, most answers first.
        fold_log_loss: The tracer's log loss in each fold.
        fit_seconds: Processor seconds to fit the tracer, mean over folds.
        us_per_event: Processor microseconds for one update and one prediction.
        interval: 95 %, learners drawn with replacement.
    """

    models: dict[str, Quality]
    skills: dict[str, Skill]
    folds: int
    rows: int
    learners: int
    items: int
    fold_log_loss: tuple[float, ...]
    fit_seconds: float
    us_per_event: float
    interval: Interval


def evaluate(log: Log, *, folds: int = 5, seed: int = 0, say: Say = lambda _: None) -> Evaluation:
    """Predict every learner from models fitted on the learners of the other folds.

    Args:
        log: All responses.
        folds: Parts that the learners are dealt into; at most the number of learners.
        seed: Of the dealing and of the fits.
        say: Called with a line of progress.

    Raises:
        Invalid: if the log or the number of folds cannot be used.
    """
    check(log)
    part = deal(log, folds, seed)
    trains = [log.rows(np.flatnonzero(part != fold)) for fold in range(folds)]
    for fold, train in enumerate(trains, start=1):  # before any time is spent on fitting
        check(train, f"the log without fold {fold} of {folds}, which is held out,")
    trials: list[Trial] = []
    for fold, train in enumerate(trains):
        test = log.rows(np.flatnonzero(part == fold))
        say(f"fold {fold + 1} of {folds}: fitting on {len(train)} answers")
        trials.append(trial(train, test, seed=seed))
    return report(trials)


def trial(train: Log, test: Log, *, seed: int = 0) -> Trial:
    """Fit every model on some learners and predict others, on one processor core."""
    with threadpool_limits(limits=1):
        started = time.process_time()
        tracer = Tracer.fit(train, seed=seed)
        seconds = time.process_time() - started
        chance = {OURS: tracer.predict_log(test)}
        for name, predict in BASELINES.items():
            chance[name] = predict(train, test)
        return Trial(test, chance, seconds, timed(tracer, test))


def deal(log: Log, folds: int, seed: int) -> Rows:
    """The fold of every row; a learner's rows stay together.

    Raises:
        Invalid: with fewer than two folds or more folds than learners.
    """
    learners = log.present()
    if not 2 <= folds <= len(learners):
        raise Invalid(
            f"{folds} folds do not fit {len(learners)} learners; "
            f"choose from 2 to {len(learners)} folds."
        )
    fold = np.zeros(len(log.learners), dtype=np.int64)
    shuffled = np.random.default_rng(seed).permutation(learners)
    fold[shuffled] = np.arange(len(learners)) % folds
    found: Rows = fold[log.learner]
    return found


def timed(tracer: Tracer, log: Log) -> float:
    """Processor microseconds for one prediction and one update, answer by answer.

    The median over stretches of ``STRETCH`` answers, so that a busy machine disturbs it little; the
    first prediction, which arranges the trees once, is not counted.
    """
    count = min(len(log), TIMED)
    tracing, who = tracer.start(), -1
    tracer.predict(tracing, "", ())
    marks = [time.process_time()]
    for row in range(count):
        if log.learner[row] != who:
            tracing, who = tracer.start(), int(log.learner[row])
        item, skills = log.items[log.item[row]], log.skill_sets[log.skills[row]]
        when, took = known(log.time[row]), known(log.duration[row])
        tracer.predict(tracing, item, skills, when)
        right = bool(log.correct[row])
        tracer.update(tracing, item, skills, correct=right, time=when, duration=took)
        if (row + 1) % STRETCH == 0 or row + 1 == count < STRETCH:
            marks.append(time.process_time())
    return 1e6 * float(np.median(np.diff(marks))) / min(STRETCH, count)


def report(trials: list[Trial]) -> Evaluation:
    """Measure the answers of all trials together; their logs share names and codes."""
    logs = [one.log for one in trials]
    correct = np.concatenate([log.correct for log in logs])
    learner = np.concatenate([log.learner for log in logs])
    chance = {
        name: np.concatenate([one.chance[name] for one in trials]) for name in (OURS, *BASELINES)
    }
    models = {name: quality(correct, values) for name, values in chance.items()}
    best = min(BASELINES, key=lambda name: models[name].log_loss)
    ours, theirs = losses(correct, chance[OURS]), losses(correct, chance[best])
    low, high = interval(learner, ours - theirs).tolist()
    skills = np.concatenate([log.skills for log in logs])
    return Evaluation(
        models,
        _by_skill(logs[0].skill_sets, skills, correct, (chance[OURS], chance[best])),
        len(trials),
        len(correct),
        len(np.unique(learner)),
        len(np.unique(np.concatenate([log.item for log in logs]))),
        tuple(float(losses(one.log.correct, one.chance[OURS]).mean()) for one in trials),
        float(np.mean([one.fit_seconds for one in trials])),
        max(one.us_per_event for one in trials),
        Interval(best, float((ours - theirs).mean()), low, high),
    )


def _by_skill(
    skill_sets: tuple[Skills, ...], skills: Rows, correct: Floats, chance: tuple[Floats, Floats]
) -> dict[str, Skill]:
    having: dict[str, list[int]] = {}
    for code, names in enumerate(skill_sets):
        for name in names:
            having.setdefault(name, []).append(code)
    found: dict[str, Skill] = {}
    for name, codes in having.items():
        rows = np.isin(skills, codes)
        right, (ours, theirs) = correct[rows], (column[rows] for column in chance)
        if len(right):
            found[name] = Skill(
                len(right),
                float(right.mean()),
                auc(right, ours),
                float(losses(right, ours).mean()),
                auc(right, theirs),
                float(losses(right, theirs).mean()),
            )
    return dict(sorted(found.items(), key=lambda pair: -pair[1].rows))
