"""What evidence does to the number of a skill and of its neighbours."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from journeyman.core.evidence import Evidence
from journeyman.core.skill import SkillGraph
from journeyman.learner.knowledge import KnowledgeModel
from journeyman.learner.reasons import Replay
from journeyman.learner.state import State
from journeyman.learner.uncertainty import interval, level

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


def test_one_wrong_answer_is_never_enough_for_not_yet(model: KnowledgeModel, fact: Fact) -> None:
    """As much is asked of "not-yet" as of "held"; five questions are enough for either."""
    for slug in list(model.graph.skills)[::5]:
        state = model.fold([fact(slug, 0.0)])
        assert model.mastery(state, START + timedelta(minutes=9))[slug].level == "unknown"
    state = model.fold([fact(SKILL, 0.0) for _ in range(5)])
    assert model.mastery(state, START + timedelta(minutes=9))[SKILL].level == "not-yet"


def test_levels_mirror_each_other() -> None:
    for support in (0.0, 1.0, 2.0, 5.0, 9.0):
        for mean in (0.02, 0.1, 0.19, 0.21, 0.35, 0.5):
            low, high, _ = interval(mean, support)
            turned, up, _ = interval(1.0 - mean, support)
            assert (turned, up) == (pytest.approx(1.0 - high), pytest.approx(1.0 - low))
            below = level(mean, mean, low, high, 1)
            above = level(1.0 - mean, 1.0 - mean, turned, up, 1)
            assert (below == "not-yet") == (above == "held")


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
    assert after.skills["k-means"].cards == before.skills["k-means"].cards
    lapsed, known = (state.skills["pca"].cards["question"] for state in (after, before))
    assert lapsed.stability < known.stability


def test_code_and_questions_are_remembered_apart(model: KnowledgeModel, fact: Fact) -> None:
    code = {"source": "exercise", "kind": "exercise", "how": "graded"}
    asked = model.fold([fact(SKILL, 1.0), fact(SKILL, 1.0, days=9)])
    tried = model.update(asked, fact(SKILL, 0.0, days=20, **code))
    first, kept = tried.skills[SKILL].cards, asked.skills[SKILL].cards
    assert first["question"] == kept["question"]
    assert first["code"].stability < kept["question"].stability
    done = model.update(tried, fact(SKILL, 1.0, days=21, **code))
    assert set(done.skills[SKILL].cards) == {"question", "code"}
    lapsed = model.update(done, fact(SKILL, 0.0, days=60, **code))
    before, after = done.skills[SKILL].cards, lapsed.skills[SKILL].cards
    assert after["code"].stability < before["code"].stability
    assert after["question"] == before["question"]
    later = START + timedelta(days=90)
    assert model.mastery(lapsed, later)[SKILL].recall < model.mastery(done, later)[SKILL].recall


def test_who_says_i_dont_know_is_not_taken_for_a_guesser(model: KnowledgeModel, fact: Fact) -> None:
    skills = list(model.graph.skills)[:12]
    said, wrong = (
        model.noises(
            model.fold(
                [fact(s, 0.0, how=how) if i % 2 else fact(s, 1.0) for i, s in enumerate(skills)]
            )
        )
        for how in ("dont-know", "answered")
    )
    assert said[1] < 0.01 < wrong[1]


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


def test_what_is_left_out_was_never_there(model: KnowledgeModel, fact: Fact) -> None:
    """Folding again only what it touches gives exactly what folding all the others gives."""
    skills = ["pca", "vectors-norms", "k-means", "derivatives", "svd"]
    facts = [
        fact(
            {skills[i % 5]: 1.0, skills[i * i % 5]: 0.6} if i % 3 else skills[i % 5],
            (i * 7 % 4) / 3,
            days=i,
            kind="exercise" if i % 4 == 0 else "item",
        )
        for i in range(40)
    ]
    replay = Replay(model, facts)
    assert replay.state == model.fold(facts)
    for left_out in ({0}, {39}, {3, 8, 21}, set(range(0, 40, 2)), set(range(40)), set[int]()):
        others = [one for i, one in enumerate(facts) if i not in left_out]
        assert replay.without(left_out) == model.fold(others)


def test_why_tells_what_would_be_without(model: KnowledgeModel, fact: Fact) -> None:
    facts = [
        fact("vectors-norms", 1.0, days=1),
        fact(SKILL, 0.0, days=2),
        fact(SKILL, 1.0, days=3, source="exercise", kind="exercise", how="graded", strength=2.0),
        fact("decision-trees", 1.0, days=4),
    ]
    at = START + timedelta(days=4, hours=1)
    found = model.why(facts, SKILL, at, most=4)
    now = model.mastery(model.fold(facts), at)[SKILL]
    for one in found[:4]:
        (left_out,) = (fact for fact in facts if fact.id == one.evidence)
        others = model.learnt(model.fold(fact for fact in facts if fact is not left_out))
        without = float(others[model.network.index[SKILL]]) * now.recall
        assert one.change == pytest.approx(now.mean - without, abs=2e-3)
        assert (one.source, one.slug, one.at) == (left_out.source, left_out.slug, left_out.at)
    assert [one.evidence for one in found[:2]] == [facts[2].id, facts[1].id]
    assert {one.relation for one in found[:4]} == {"direct", "prerequisites", "elsewhere"}
    assert all((one.source, one.slug, one.at) == ("", "", None) for one in found[4:])


def test_an_old_answer_that_moved_much_is_found(model: KnowledgeModel, fact: Fact) -> None:
    """However many answers on other skills came after it."""
    others = [s for s in model.graph.skills if s not in model.graph.ancestors(SKILL) | {SKILL}]
    facts = [fact(SKILL, 0.0, how="dont-know", slug="the-one")]
    facts += [fact(others[i % len(others)], i % 2, days=i / 9) for i in range(80)]
    first = model.why(facts, SKILL, START + timedelta(days=10))[0]
    assert (first.slug, first.relation) == ("the-one", "direct")
    assert first.change < -0.1


def test_why_without_evidence(model: KnowledgeModel) -> None:
    assert model.why([], SKILL, START) == []
    with pytest.raises(KeyError):
        model.why([], "no-such-skill", START)


def test_order_of_unrelated_single_answers_does_not_matter(
    graph: SkillGraph, model: KnowledgeModel, fact: Fact
) -> None:
    one, other = fact(SKILL, 1.0), fact("decision-trees", 0.0)
    assert dict(model.fold([one, other]).skills) == dict(model.fold([other, one]).skills)
