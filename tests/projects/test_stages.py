"""What each stage of a project shows, what it rests on, and how strongly."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import get_args

import pytest

from journeyman.curriculum.project_form import Mark, Milestone
from journeyman.learner.strength import strength
from journeyman.projects import stages
from journeyman.projects.stages import Handed, Seen

AT = datetime(2026, 3, 2, tzinfo=UTC)
CHECKS = (
    "committed", "readme", "result", "model-card", "data-card", "tests", "data-ignored", "lock",
    "notebooks", "charts", "runs",
)  # fmt: skip
BEST = Seen(frozenset(), dict.fromkeys(CHECKS, True), "clearly", True, "Reproduced", True, 1)
SKILLS = {"train-test-split": 1.0, "data-leakage": 0.8, "baselines": 0.8, "testing": 0.4}
HANDED = Handed(
    "p1", "ada", "shop", 1, "0" * 64, 7, "Reproduced", "full", {"project": "Shop", "run": "r1"}
)


def milestone(slug, rests_on, skills=("testing",)):
    return Milestone(
        slug=slug, title=f"Stage {slug}", skills=skills, done_when="", rests_on=rests_on
    )


def test_every_mark_of_the_form_is_known():
    for name in get_args(Mark):
        value, said = stages.mark(name, BEST)
        assert value == 1.0, name
        assert said, name


@pytest.mark.parametrize(
    ("name", "change", "value", "said"),
    [
        ("no-leak", {"faults": frozenset({"id-leak", "target-leak"})}, 1 / 3, "id leak"),
        ("no-leak", {"faults": frozenset({"group-leak"})}, 1.0, "no leak"),
        ("honest-split", {"faults": frozenset({"group-leak"})}, 2 / 3, "group leak"),
        ("tests", {"met": {"tests": False}}, 0.0, "not met"),
        ("ahead", {"ahead": "perhaps"}, 0.5, "by chance"),
        ("ahead", {"faults": frozenset({"id-leak"}), "held": None}, 0.5, "with id leak"),
        ("ahead", {"faults": frozenset({"id-leak"})}, 1.0, "beyond chance"),
        ("baseline", {"baseline": False}, 0.0, "no baseline"),
        ("held-out", {"held": False}, 0.5, "worse than"),
        ("held-out", {"looks": 2}, 0.5, "2 times"),
        ("rerun", {"level": ""}, 0.0, "not yet"),
        ("rerun", {"level": "Functional"}, 0.5, "functional"),
    ],
)
def test_a_mark_says_what_was_seen(name, change, value, said):
    found, told = stages.mark(name, replace(BEST, **change))
    assert found == pytest.approx(value)
    assert said in told


def test_a_stage_is_the_mean_of_what_could_be_looked_at():
    seen = replace(BEST, held=None, met={**BEST.met, "tests": False})
    (one,) = stages.stages([milestone("a", ("held-out", "tests", "lock"))], SKILLS, seen)
    assert (one.score, one.rests_on) == (0.5, "tests: not met; lock: met")
    assert stages.stages([milestone("a", ("held-out",))], SKILLS, seen) == ()


def test_skills_that_the_bank_lacks_are_left_out():
    made = [
        milestone("a", ("lock",), ("testing", "crystal-balls")),
        milestone("b", ("lock",), ("x",)),
    ]
    (one,) = stages.stages(made, SKILLS, BEST)
    assert one.skills == {"testing": 0.4}


def test_a_skill_of_two_stages_is_not_told_twice_as_much():
    made = [milestone("a", ("rerun",)), milestone("b", ("rerun", "lock"), ("testing", "baselines"))]
    facts = [
        stages.fact(HANDED, one, (), identifier=one.slug, at=AT)
        for one in stages.stages(made, SKILLS, BEST)
    ]
    whole = strength("project", 1.0, how="re-run", isolation="full")
    assert [one.strength for one in facts] == [whole / 2, whole / 2]


@pytest.mark.parametrize(
    ("level", "rests_on", "how", "isolation", "share"),
    [
        ("Reproduced", ("rerun",), "re-run", "full", 1.0),
        ("Reproduced", ("lock",), "scored", "", 0.8),
        ("Functional", ("lock", "baseline"), "scored", "", 0.8),
    ],
)
def test_only_what_a_re_run_repeats_is_re_run(level, rests_on, how, isolation, share):
    seen = replace(BEST, level=level)
    (one,) = stages.stages([milestone("a", rests_on)], SKILLS, seen)
    fact = stages.fact(replace(HANDED, level=level), one, (), identifier="1", at=AT)
    assert (fact.how, fact.isolation) == (how, isolation)
    assert fact.guess == (0.25 if rests_on == ("lock",) else 0.05)
    assert fact.strength == pytest.approx(share * strength("project", 1.0))


def test_a_re_run_that_was_not_confined_counts_less():
    (one,) = stages.stages([milestone("a", ("rerun",))], SKILLS, BEST)
    jailed = stages.fact(HANDED, one, (), identifier="1", at=AT)
    limited = stages.fact(replace(HANDED, isolation="limits-only"), one, (), identifier="1", at=AT)
    assert limited.strength == pytest.approx(0.8 * jailed.strength)


def test_the_same_again_is_no_fact_and_a_little_better_counts_little():
    made = [milestone("a", ("lock", "tests", "rerun"))]
    (good,) = stages.stages(made, SKILLS, BEST)
    first = stages.fact(HANDED, good, (), identifier="1", at=AT)
    again = replace(HANDED, detail={"project": "Shop", "run": "r2"})
    assert stages.fact(again, good, [first], identifier="2", at=AT) is None
    (worse,) = stages.stages(made, SKILLS, replace(BEST, met={**BEST.met, "lock": False}))
    second = stages.fact(HANDED, worse, [first], identifier="2", at=AT)
    assert second.strength < 0.5 * first.strength
    back = stages.fact(HANDED, good, [second, first], identifier="3", at=AT)
    assert back.strength == pytest.approx(0.2)
    other = replace(first, detail={**first.detail, "stage": "b"})
    assert stages.fact(HANDED, good, [other], identifier="4", at=AT).strength == first.strength
