"""What evidence does to the number of a skill and of its neighbours."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from journeyman.core.evidence import Evidence
from journeyman.core.skill import SkillGraph
from journeyman.learner.knowledge import KnowledgeModel
from journeyman.learner.state import State

START = datetime(2026, 1, 1, tzinfo=UTC)

Fact = Callable[..., Evidence]
SKILL = "pca"


def means(model: KnowledgeModel, *facts: Evidence, days: float = 0.0) -> dict[str, float]:
    found = model.mastery(model.fold(facts), START + timedelta(days=days))
    return {slug: one.mean for slug, one in found.items()}


def test_nothing_is_claimed_of_a_stranger(model: KnowledgeModel) -> None:
    found = model.mastery(model.start(), START)
    assert list(found) == list(model.graph.order)
    assert {one.level for one in found.values()} == {"unknown"}
    assert all(one.pieces == 0 and one.recall == 1.0 for one in found.values())


def test_a_right_answer_raises_what_it_rests_on(model: KnowledgeModel, fact: Fact) -> None:
    before, after = means(model), means(model, fact(SKILL, 1.0))
    assert after[SKILL] > before[SKILL] + 0.2
    for slug in model.graph.ancestors(SKILL):
        assert after[slug] > before[slug]


def test_a_missing_root_lowers_all_that_rests_on_it(model: KnowledgeModel, fact: Fact) -> None:
    before = means(model)
    after = means(model, fact("vectors-norms", 0.0, how="dont-know"))
    for slug in model.graph.descendants("vectors-norms"):
        assert after[slug] < before[slug]


def test_one_answer_is_never_enough_for_held(model: KnowledgeModel, fact: Fact) -> None:
    for slug in model.graph.skills:
        state = model.fold([fact(slug, 1.0)])
        levels = {one.level for one in model.mastery(state, START + timedelta(minutes=9)).values()}
        assert "held" not in levels, slug


def test_wrong_yesterday_and_five_right_today_reads_as_held(
    model: KnowledgeModel, fact: Fact
) -> None:
    facts = [fact(SKILL, 0.0), *(fact(SKILL, 1.0, days=1) for _ in range(5))]
    now = model.mastery(model.fold(facts), START + timedelta(days=1, hours=1))[SKILL]
    assert now.level == "held"
    assert now.pieces == 6


def test_right_once_and_five_wrong_reads_as_not_held(model: KnowledgeModel, fact: Fact) -> None:
    facts = [fact(SKILL, 1.0), *(fact(SKILL, 0.0, days=1) for _ in range(5))]
    now = model.mastery(model.fold(facts), START + timedelta(days=1, hours=1))[SKILL]
    assert now.mean < 0.4
    assert now.level in ("not-yet", "shaky")


def test_held_and_unused_fades_to_shaky(model: KnowledgeModel, fact: Fact) -> None:
    state = model.fold([fact(SKILL, 1.0) for _ in range(4)])
    soon = model.mastery(state, START + timedelta(hours=1))[SKILL]
    later = model.mastery(state, START + timedelta(days=120))[SKILL]
    assert (soon.level, later.level) == ("held", "shaky")
    assert later.recall < 0.7
    assert later.mean == pytest.approx(soon.mean * later.recall / soon.recall)


def test_failing_long_after_lowers_the_number(model: KnowledgeModel, fact: Fact) -> None:
    shown = [fact(SKILL, 1.0) for _ in range(4)]
    again = means(model, *shown, fact(SKILL, 0.0, days=120), days=120.1)
    assert again[SKILL] < means(model, *shown, days=119)[SKILL]


def test_dont_know_is_not_punished_harder_than_a_wrong_answer(
    model: KnowledgeModel, fact: Fact
) -> None:
    """Without guessing noise it says a little more, and no more than that."""
    wrong = means(model, fact(SKILL, 0.0))
    unknown = means(model, fact(SKILL, 0.0, how="dont-know"))
    assert wrong[SKILL] - 0.05 < unknown[SKILL] <= wrong[SKILL]


def test_a_guessable_item_says_less(model: KnowledgeModel, fact: Fact) -> None:
    easy_guess = means(model, fact(SKILL, 1.0, guess=0.5))
    hard_guess = means(model, fact(SKILL, 1.0, guess=0.05))
    assert hard_guess[SKILL] > easy_guess[SKILL] + 0.1


def test_less_strength_says_less(model: KnowledgeModel, fact: Fact) -> None:
    prior = means(model)[SKILL]
    weak = means(model, fact(SKILL, 1.0, strength=0.3))[SKILL]
    plain = means(model, fact(SKILL, 1.0))[SKILL]
    strong = means(model, fact(SKILL, 1.0, strength=3.0))[SKILL]
    assert prior < weak < plain < strong < 1.0


def test_a_partial_score_lies_between(model: KnowledgeModel, fact: Fact) -> None:
    low, mid, high = (means(model, fact(SKILL, s, guess=0.0))[SKILL] for s in (0.0, 0.5, 1.0))
    assert low < mid < high


def test_every_skill_touched_moves_by_its_weight(model: KnowledgeModel, fact: Fact) -> None:
    state = model.fold([fact({"pca": 1.0, "k-means": 0.3}, 1.0)])
    assert state.skills["pca"].evidence > state.skills["k-means"].evidence > 0.0


def test_the_blame_goes_to_the_skill_in_doubt(model: KnowledgeModel, fact: Fact) -> None:
    known = [fact("k-means", 1.0) for _ in range(4)]
    before = model.fold(known)
    after = model.update(before, fact({"k-means": 1.0, "pca": 1.0}, 0.0))
    lost = before.skills["k-means"].evidence - after.skills["k-means"].evidence
    assert after.skills["pca"].evidence < -1.0
    assert lost < -after.skills["pca"].evidence


def test_a_wrong_answer_is_a_lapse_of_the_blamed_skill_alone(
    model: KnowledgeModel, fact: Fact
) -> None:
    known = [fact(s, 1.0) for s in ("k-means", "k-means", "k-means", "pca")]
    before = model.fold(known)
    after = model.update(before, fact({"k-means": 1.0, "pca": 1.0}, 0.0, days=9))
    assert after.skills["k-means"].card == before.skills["k-means"].card
    assert after.skills["pca"].card.stability < before.skills["pca"].card.stability


def test_a_source_from_a_later_version_is_folded(model: KnowledgeModel, fact: Fact) -> None:
    assert means(model, fact(SKILL, 1.0, source="interview"))[SKILL] > means(model)[SKILL]


def test_a_removed_skill_breaks_nothing(model: KnowledgeModel, fact: Fact) -> None:
    assert model.fold([fact("no-such-skill", 1.0)]) == model.start()
    both = model.fold([fact({"no-such-skill": 1.0, SKILL: 0.5}, 1.0)])
    assert set(both.skills) == {SKILL}


def test_the_evidence_is_bounded(model: KnowledgeModel, fact: Fact) -> None:
    assert means(model, *(fact(SKILL, 1.0) for _ in range(60)))[SKILL] < 1.0
    assert means(model, *(fact(SKILL, 0.0) for _ in range(60)))[SKILL] > 0.0


def test_state_is_exact_as_json(model: KnowledgeModel, fact: Fact) -> None:
    facts = [fact(s, i % 3 / 2, days=i) for i, s in enumerate(list(model.graph.skills) * 3)]
    state = model.fold(facts)
    again = State.from_rows(json.loads(json.dumps(state.to_rows())))
    assert again == state
    assert model.mastery(again, START) == model.mastery(state, START)


def test_one_by_one_is_the_same_as_the_fold(model: KnowledgeModel, fact: Fact) -> None:
    facts = [fact(s, i % 2, days=i / 7) for i, s in enumerate(list(model.graph.skills) * 2)]
    state = model.start()
    for one in facts:
        state = State.from_rows(model.update(state, one).to_rows())
    assert state == model.fold(facts)


def test_update_leaves_the_old_state_alone(model: KnowledgeModel, fact: Fact) -> None:
    old = model.fold([fact(SKILL, 1.0)])
    rows = old.to_rows()
    model.update(old, fact(SKILL, 0.0))
    assert old.to_rows() == rows


def test_prediction(model: KnowledgeModel, fact: Fact) -> None:
    options = {"guess": 0.2, "slip": 0.1, "difficulty": 0.0, "at": START}
    stranger = model.predict(model.start(), {SKILL: 1.0}, **options)
    expert = model.predict(
        model.fold([fact(SKILL, 1.0) for _ in range(5)]), {SKILL: 1.0}, **options
    )
    assert 0.2 <= stranger.low <= stranger.p <= stranger.high <= 0.9
    assert expert.p > stranger.p + 0.3
    assert expert.high - expert.low < stranger.high - stranger.low
    harder = model.predict(model.start(), {SKILL: 1.0}, **(options | {"difficulty": 1.0}))
    assert harder.p < stranger.p


def test_why_names_the_facts_that_moved_it(model: KnowledgeModel, fact: Fact) -> None:
    facts = [
        fact(SKILL, 1.0, slug="on-pca"),
        fact("vectors-norms", 1.0),
        fact("decision-trees", 0.0),
        fact(SKILL, 1.0, strength=0.2, slug="faint"),
    ]
    found = model.why(facts, SKILL, START + timedelta(hours=1))
    singles = [one for one in found if one.evidence]
    groups = {one.relation: one for one in found if not one.evidence}
    assert singles[0].evidence == facts[0].id
    assert singles[0].change > 0.1
    assert "on-pca" in singles[0].text
    assert set(groups) == {"direct", "prerequisites", "elsewhere"}
    assert groups["direct"].pieces == 2
    assert groups["prerequisites"].change > 0 > groups["elsewhere"].change
    assert len(model.why(facts, SKILL, START, most=1)) == 4


def test_why_without_evidence(model: KnowledgeModel) -> None:
    assert model.why([], SKILL, START) == []
    with pytest.raises(KeyError):
        model.why([], "no-such-skill", START)


def test_order_of_unrelated_single_answers_does_not_matter(
    graph: SkillGraph, model: KnowledgeModel, fact: Fact
) -> None:
    one, other = fact(SKILL, 1.0), fact("decision-trees", 0.0)
    assert dict(model.fold([one, other]).skills) == dict(model.fold([other, one]).skills)
