"""Simulated logs: abilities, difficulties and learning, so that there is something to find."""

import numpy as np
import pytest
from threadpoolctl import threadpool_limits

from journeyman.learner.tracing import Log, Response, Tracer


def simulated(learners=60, answers=40, items=30, skills=4, seed=0, times=True):
    rng = np.random.default_rng(seed)
    hardness = rng.normal(0, 1.2, items)
    found = []
    for who in range(learners):
        ability, now = rng.normal(0, 1.0, skills), 0.0
        for _ in range(answers):
            item = int(rng.integers(items))
            touched = sorted({item % skills, (item // skills) % skills})
            logit = ability[touched].mean() - hardness[item]
            correct = bool(rng.random() < 1 / (1 + np.exp(-1.5 * logit)))
            ability[touched] += 0.05
            now += float(rng.exponential(300.0))
            names = tuple(f"s{skill}" for skill in touched)
            when, took = (now, float(rng.lognormal(3, 0.5))) if times else (None, None)
            found.append(Response(f"u{who}", f"i{item}", names, correct, when, took))
    return found


@pytest.fixture(scope="session", autouse=True)
def one_core():
    """As in ``evaluate.trial``: on a busy machine threads that wait for each other cost minutes."""
    with threadpool_limits(limits=1):
        yield


@pytest.fixture(scope="session")
def log():
    return Log.of(simulated())


@pytest.fixture(scope="session")
def tracer(log):
    return Tracer.fit(log)


@pytest.fixture(scope="session")
def others():
    """Other learners on the same items, and two answers to an item and a skill never seen."""
    rows = simulated(learners=70, seed=0)[60 * 40 :]
    rows.append(Response("u69", "new", ("s1", "unheard"), True, 1e6, 5.0))
    rows.append(Response("u69", "new", (), False, 1e6, None))
    return Log.of(rows)
