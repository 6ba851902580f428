"""How much a fact counts, by source, hints and isolation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import get_args

import pytest

from journeyman.core.evidence import Evidence, Source
from journeyman.core.exercise import Verdict
from journeyman.exercises import rules as exercises
from journeyman.learner.knowledge import KnowledgeModel
from journeyman.learner.strength import LEARNING, RIGHT, SHORT, learning, strength

SOURCES = get_args(Source)
LATER = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=1)


def test_every_source_has_its_strengths() -> None:
    assert set(RIGHT) == set(SHORT) == set(LEARNING) == set(SOURCES)


def test_code_says_more_than_an_answer_and_a_project_more_than_an_exercise() -> None:
    order = ["practice", "competition", "exercise", "project"]
    found = [strength(source, 1.0, how="graded") for source in order]
    assert found == sorted(found)
    assert len(set(found)) == len(found)
    assert 1.0 < strength("review", 1.0, how="reviewed") < strength("exercise", 1.0)


@pytest.mark.parametrize("source", SOURCES)
def test_hints_isolation_and_repetition_say_less(source: Source) -> None:
    plain = strength(source, 1.0)
    one, two = (strength(source, 1.0, hints=hints) for hints in (1, 2))
    weak = strength(source, 1.0, isolation="limits-only")
    again = strength(source, 1.0, again=True)
    assert plain > one > two > again > 0
    assert plain > weak > again
    assert strength(source, 1.0, isolation="full") == plain
    assert strength(source, 0.0, hints=3, isolation="limits-only") == strength(source, 0.0)


def test_a_failed_try_at_code_says_little() -> None:
    for source in ("exercise", "competition", "project"):
        assert strength(source, 0.0) < strength(source, 0.0, how="gave-up") < 1.0
    assert strength("practice", 0.0) == strength("practice", 1.0)
    assert strength("competition", 0.0) < strength("competition", 0.5) < strength("competition", 1)


def test_a_source_of_a_later_version_teaches_a_little() -> None:
    assert 0 < learning("interview") < 1


@pytest.mark.parametrize("hints", [0, 1, 3])
@pytest.mark.parametrize("isolation", ["full", "limits-only"])
@pytest.mark.parametrize("passed", [True, False])
@pytest.mark.parametrize("again", [True, False])
def test_exercises_follow_the_same_rule(
    hints: int, isolation: str, passed: bool, again: bool
) -> None:
    verdict = Verdict("passed" if passed else "failed", isolation=isolation)
    theirs = exercises.strength(verdict, hints, passed_before=again, solution_seen=False)
    ours = strength(
        "exercise",
        float(passed),
        how="graded",
        hints=hints,
        isolation=isolation,
        again=again,
    )
    assert theirs == pytest.approx(ours)


@pytest.mark.parametrize("source", ["competition", "project"])
def test_competitions_and_projects_move_their_skills(
    model: KnowledgeModel, fact: Callable[..., Evidence], source: Source
) -> None:
    def mean(score: float) -> float:
        one = fact(
            "pca",
            score,
            source=source,
            how="scored",
            kind=source,
            guess=0.01,
            strength=strength(source, score, how="scored"),
        )
        return model.mastery(model.fold([one]), LATER)["pca"].mean

    nothing = model.mastery(model.start(), LATER)["pca"].mean
    assert mean(0.0) < nothing < mean(0.8) < mean(1.0)
