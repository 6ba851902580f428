"""What a score means: expectations, standing, medals, traps, levels."""

import math
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from journeyman.competitions import rules
from journeyman.competitions.rules import (
    Expectation,
    exceeds,
    honesty,
    level_of,
    parse_expectation,
    standing,
    too_good,
)
from journeyman.errors import Invalid
from journeyman.learner.strength import strength
from journeyman.scoring.registry import get
from journeyman.scoring.resampling import Paired

AUC, RMSE = get("auc"), get("rmse")


@pytest.mark.parametrize(
    ("text", "value", "margin"),
    [
        ("0.81 +- 0.01", 0.81, 0.01),
        ("0.81±.01", 0.81, 0.01),
        (" -3e2 +/- 1.5e1 ", -300, 15),
        ("1 +- 0", 1, 0),
    ],
)
def test_expectations_are_read(text, value, margin):
    assert parse_expectation(text) == Expectation(value, margin)


@pytest.mark.parametrize(
    "text", ["0.81", "about 0.8", "0.8 +- ", "nan +- 1", "0.8 +- -1", "1e999 +- 1", "0.8 +- inf"]
)
def test_anything_else_is_refused(text):
    with pytest.raises(Invalid):
        parse_expectation(text)


def of(value, margin, actual, error=0.01, metric=AUC):
    return honesty(metric, Expectation(value, margin), actual, error)


def test_an_expectation_within_its_margin_and_the_noise_holds():
    found = of(0.81, 0.01, 0.79)
    assert found.held
    assert found.score == 1.0
    assert found.gap == pytest.approx(-0.02)
    assert found.optimistic


def test_the_score_falls_with_the_gap():
    scores = [of(0.81, 0.01, actual).score for actual in (0.80, 0.78, 0.76, 0.70)]
    assert scores == sorted(scores, reverse=True)
    assert scores[-1] == 0.0


def test_a_guess_as_wide_as_the_scale_is_not_knowledge():
    assert of(0.75, 0.25, 0.79).score < 0.3
    assert of(0.79, 0.02, 0.79).score == 1.0


def test_too_hopeful_means_a_smaller_loss_too():
    assert of(1.0, 0.05, 1.5, metric=RMSE).optimistic
    assert not of(2.0, 0.05, 1.5, metric=RMSE).optimistic


def test_without_a_standard_error_the_margin_alone_counts():
    assert of(0.8, 0.1, 0.75, error=math.nan).held


def test_medals_go_by_rungs_and_not_by_ranks():
    def at(*gains):
        return standing([Paired(gain, 0.01) for gain in gains])

    assert at(0.3, 0.2, 0.1, 0.005).medal == "gold"
    assert at(0.3, 0.2, 0.1, 0.1).ahead
    assert at(0.3, 0.2, 0.0, -0.1).medal == "silver"
    assert at(0.3, 0.0, -0.1, -0.2).medal == "bronze"
    assert at(0.0, -0.1, -0.2, -0.3).medal == ""
    assert at(-0.3, -0.4).medal == ""
    assert at(-0.3, -0.4).score == 0.0
    assert at(0.3, 0.2, 0.1, 0.005).score == 1.0
    assert at().score == 0.0
    assert at(0.3).score == 1.0


def test_too_good_is_clearly_beyond_the_ceiling():
    assert too_good(AUC, 0.97, 0.01, 0.92)
    assert not too_good(AUC, 0.93, 0.01, 0.92)
    assert not too_good(AUC, 0.99, 0.01, None)
    assert too_good(RMSE, 0.1, 0.01, 0.2)
    assert not too_good(AUC, math.nan, 0.01, 0.92)


def test_clauses_on_the_score():
    assert exceeds("score>0.95", 0.96)
    assert exceeds("score < 0.1", 0.05)
    assert not exceeds("column:x", 1.0)


@pytest.mark.parametrize(
    ("declared", "form", "sealed", "level"),
    [
        ("L0", "file", False, "L0"),
        ("L0", "code", False, "L1"),
        ("L3", "file", True, "L3"),
        ("L3", "code", True, "L3"),
        ("L3", "file", False, "L0"),  # whoever can read the labels cannot claim more
        ("L1", "policy", False, "L1"),
    ],
)
def test_levels(declared, form, sealed, level):
    assert level_of(declared, form, sealed=sealed) == level


CONTENT = rules.Content("shop", 1, "f" * 64, "ann", "s1", 7, "L1", "code", "full")


def fact(score, share=rules.FINAL, content=CONTENT, hints=0):
    return rules.evidence(
        content,
        {"roc-auc": 1.0},
        score,
        identifier="1",
        at=datetime(2026, 1, 1, tzinfo=UTC),
        share=share,
        hints=hints,
        detail={},
    )


@pytest.mark.parametrize("score", [0.0, 0.3, 1.0])
def test_the_strength_of_a_result_comes_from_the_one_rule(score):
    assert fact(score).strength == strength("competition", score, how="re-run", isolation="full")
    assert fact(score, rules.PROVISIONAL).strength == rules.PROVISIONAL * fact(score).strength


def test_what_lessens_the_strength_of_a_result():
    best = fact(1.0)
    loose = fact(1.0, content=replace(CONTENT, isolation="limits-only"))
    assert (loose.isolation, best.isolation) == ("limits-only", "full")
    assert loose.strength == strength("competition", 1.0, isolation="limits-only") < best.strength
    assert fact(1.0, hints=2).hints == 2
    assert fact(1.0, hints=2).strength < fact(1.0, hints=1).strength < best.strength
    levels = [fact(1.0, content=replace(CONTENT, level=f"L{n}")).strength for n in range(4)]
    assert levels == sorted(set(levels))
    assert levels[-1] < strength("exercise", 1.0)
