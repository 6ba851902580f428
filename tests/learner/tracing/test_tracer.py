"""The tracer: online equals batch, it beats guessing the base rate, and refuses what it cannot use."""

from dataclasses import replace

import numpy as np
import pytest
from tests.learner.tracing.conftest import simulated

from journeyman.errors import Invalid
from journeyman.learner.tracing import Log, Response, Tracer
from journeyman.learner.tracing.baselines import BASELINES
from journeyman.learner.tracing.measures import quality
from journeyman.learner.tracing.replay import known


def online(tracer, log):
    found = []
    for first, last in log.spans():
        tracing = tracer.start()
        for row in range(first, last):
            item, skills = log.items[log.item[row]], log.skill_sets[log.skills[row]]
            when, took = known(log.time[row]), known(log.duration[row])
            found.append(tracer.predict(tracing, item, skills, when))
            tracer.update(
                tracing, item, skills, correct=bool(log.correct[row]), time=when, duration=took
            )
    return np.array(found)


@pytest.mark.slow
def test_answer_by_answer_is_the_same_as_a_whole_log(tracer, others):
    np.testing.assert_allclose(online(tracer, others), tracer.predict_log(others), atol=1e-5)


def test_predicts_other_learners_better_than_the_base_rate(tracer, others):
    ours = quality(others.correct, tracer.predict_log(others))
    base = quality(others.correct, np.full(len(others), others.correct.mean()))
    assert ours.auc > 0.7
    assert ours.log_loss < base.log_loss - 0.05


def test_a_prediction_changes_nothing_and_ignores_the_future(tracer, others):
    tracing = tracer.start()
    first = tracer.predict(tracing, "i1", ("s0", "s1"))
    tracer.predict(tracing, "i2", ("s2",))
    assert tracer.predict(tracing, "i1", ("s0", "s1")) == first
    whole = tracer.predict_log(others)
    turned = others.correct.copy()
    turned[-1] = 1 - turned[-1]
    flipped = replace(others, correct=turned)
    np.testing.assert_allclose(tracer.predict_log(flipped), whole, atol=1e-12)


@pytest.mark.slow
@pytest.mark.parametrize("learners", [8, 25])
def test_a_small_log_is_predicted_no_worse_than_by_the_published_models(learners):
    """A few hundred answers: what made the rich model alone lose by .05 and more."""
    rows = simulated(learners=learners + 100, answers=30, items=30)
    log = Log.of(rows)
    train, test = log.take(np.arange(learners)), log.take(np.arange(learners, learners + 100))
    ours = quality(test.correct, Tracer.fit(train).predict_log(test)).log_loss
    best = min(quality(test.correct, one(train, test)).log_loss for one in BASELINES.values())
    assert ours < best + 0.005


def test_right_answers_raise_and_wrong_answers_lower(tracer):
    good, bad = tracer.start(), tracer.start()
    for item in ("i5", "i21", "i1", "i20", "i4", "i17"):
        skills = ("s1",) if item in {"i5", "i21"} else ("s0", "s1")
        tracer.update(good, item, skills, correct=True)
        tracer.update(bad, item, skills, correct=False)
    low, high = (tracer.predict(one, "i5", ("s1",)) for one in (bad, good))
    assert high - low > 0.1


@pytest.mark.slow
def test_the_same_seed_gives_the_same_tracer(log, tracer, others):
    np.testing.assert_array_equal(Tracer.fit(log).predict_log(others), tracer.predict_log(others))


@pytest.mark.slow
@pytest.mark.parametrize(
    "rows",
    [
        simulated(learners=20, answers=10, times=False),
        simulated(learners=20, answers=10, skills=1),
        simulated(learners=2, answers=6, items=3, seed=2),
    ],
    ids=["small, no times", "one skill", "two learners"],
)
def test_small_logs(rows):
    log = Log.of(rows)
    chance = Tracer.fit(log).predict_log(log)
    assert ((chance > 0) & (chance < 1)).all()
    assert quality(log.correct, chance).log_loss < 0.75


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([Response("a", "i", ("s",), True), Response("a", "i", ("s",), False)], "one learner"),
        ([Response(who, "i", ("s",), True) for who in "abc"], "is right"),
        ([Response(who, "i", ("s",), False) for who in "abc"], "is wrong"),
    ],
)
def test_logs_that_teach_nothing(rows, words):
    with pytest.raises(Invalid, match=words):
        Tracer.fit(Log.of(rows))


def test_no_responses():
    with pytest.raises(Invalid, match="no responses"):
        Log.of([])
