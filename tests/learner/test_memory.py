"""Memory cards: fsrs behind three numbers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import fsrs
import pytest

from journeyman.learner import memory

NOW = datetime(2026, 1, 1, tzinfo=UTC)
GOOD, AGAIN = fsrs.Rating.Good, fsrs.Rating.Again


def test_recall_is_nine_tenths_after_one_stability() -> None:
    card = memory.Card(10.0, 5.0, NOW)
    assert memory.recall(card, NOW) == 1.0
    assert memory.recall(card, NOW + timedelta(days=10)) == pytest.approx(0.9)


def test_recall_agrees_with_fsrs() -> None:
    card = memory.Card(3.7, 5.0, NOW)
    theirs = fsrs.Card(card_id=0, stability=3.7, difficulty=5.0, due=NOW, last_review=NOW)
    later = NOW + timedelta(days=42)
    expected = fsrs.Scheduler().get_card_retrievability(theirs, later)
    assert memory.recall(card, later) == pytest.approx(expected)


def test_due_is_when_recall_reaches_the_retention() -> None:
    card = memory.Card(3.7, 5.0, NOW)
    for retention in (0.7, 0.9, 0.97):
        assert memory.recall(card, memory.due(card, retention)) == pytest.approx(retention)


def test_a_late_right_answer_strengthens_more_than_an_early_one() -> None:
    card = memory.review(None, GOOD, NOW)
    early = memory.review(card, GOOD, NOW + timedelta(days=1))
    late = memory.review(card, GOOD, NOW + timedelta(days=10))
    assert card.stability < early.stability < late.stability


def test_a_lapse_shortens_the_memory() -> None:
    card = memory.Card(30.0, 5.0, NOW)
    assert memory.review(card, AGAIN, NOW + timedelta(days=30)).stability < 10.0


def test_the_same_reviews_give_the_same_card() -> None:
    def run() -> memory.Card:
        card = memory.review(None, GOOD, NOW)
        for days in (2, 9, 31, 90):
            card = memory.review(card, GOOD, NOW + timedelta(days=days))
        return card

    assert run() == run()


def test_a_review_dated_before_the_last_does_not_turn_time_back() -> None:
    card = memory.Card(5.0, 5.0, NOW)
    assert memory.review(card, GOOD, NOW - timedelta(days=3)).last == NOW


@pytest.mark.parametrize(
    ("score", "hints", "expected"),
    [(1.0, 0, "Good"), (1.0, 2, "Hard"), (0.7, 0, "Hard"), (0.5, 0, "Again"), (0.0, 3, "Again")],
)
def test_ratings(score: float, hints: int, expected: str) -> None:
    assert memory.rating(score, hints).name == expected


def test_what_placement_shows_was_learnt_earlier() -> None:
    assert memory.rating(1.0, first=True, known=True).name == "Easy"
    assert memory.rating(1.0, first=False, known=True).name == "Good"


def test_succeeding_at_one_use_helps_the_other_and_failing_does_not_hurt_it() -> None:
    later, again = NOW + timedelta(days=20), NOW + timedelta(days=21)
    cards = memory.used(memory.used({}, "question", GOOD, NOW), "code", GOOD, NOW)
    right, wrong = (memory.used(cards, "question", grade, later) for grade in (GOOD, AGAIN))
    assert right["code"].stability > cards["code"].stability
    assert right["code"].stability < right["question"].stability
    assert right["code"].last == later
    assert wrong["code"] == cards["code"]
    same_day = memory.used(right, "question", GOOD, later + timedelta(hours=1))
    assert same_day["code"].stability >= right["code"].stability
    assert memory.recalled(wrong, again) < memory.recalled(right, again)


def test_recall_is_the_mean_over_the_uses() -> None:
    cards: memory.Cards = {
        "question": memory.Card(40.0, 5.0, NOW),
        "code": memory.Card(4.0, 7.0, NOW - timedelta(days=2)),
    }
    at = NOW + timedelta(days=10)
    each = [memory.recall(card, at) for card in cards.values()]
    assert memory.recalled(cards, at) == pytest.approx(sum(each) / 2)
    assert memory.recalled({}, at) == 1.0
    assert memory.whole(cards) == memory.Card(22.0, 6.0, NOW)
    assert memory.whole({}) is None
    assert (memory.use_of("item"), memory.use_of("project")) == ("question", "code")
