"""One warm sandbox for all of these tests, and the exercise of the battery."""

import os
from collections.abc import Callable, Iterator

import numpy as np
import pytest
from hypothesis import HealthCheck, settings

from journeyman.core.exercise import AnswerKey, Case, Exercise, Limits, Verdict
from journeyman.sandbox import Sandbox

# A short look in every run; JOURNEYMAN_FUZZ=20000 for a long one.
FUZZ = settings(
    max_examples=int(os.environ.get("JOURNEYMAN_FUZZ", "20")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)


def exercise(entry: str = "f", tier: str = "numpy", **details: object) -> Exercise:
    """An exercise with nothing but what grading needs."""
    limits = details.pop("limits", Limits(0.6, 1.2, 256))
    return Exercise(  # type: ignore[arg-type]
        "test", "uuid", 1, "Test", entry, tier, {"skill": 1.0}, limits=limits, **details
    )


def doubling() -> AnswerKey:
    """``f(x)`` returns ``2 * x``: two examples and two unseen cases."""
    return AnswerKey(
        lambda x: 2 * x,
        lambda: [
            Case((np.arange(1.0, 4.0),), label="three numbers"),
            Case((np.array([0.5, -1.5, 2.5]),), label="fractions"),
        ],
        lambda rng: [
            Case((rng.normal(size=5),), label="random numbers"),
            Case((np.zeros(0),), label="no numbers", edge="empty"),
        ],
    )


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    made = Sandbox()
    yield made
    made.close()


Grade = Callable[..., Verdict]


@pytest.fixture
def grade(sandbox: Sandbox) -> Grade:
    """Grade a source against the doubling exercise, or a key of one's own."""

    def run(source: str | bytes, key: AnswerKey | None = None, *, seed: int = 1, **details: object):
        return sandbox.grade(exercise(**details), key or doubling(), source, seed=seed)

    return run
