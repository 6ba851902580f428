"""Practice serves fresh variants, and a broken entry is never the learner's fault."""

from dataclasses import replace

import pytest

from journeyman.core.item import Item
from journeyman.errors import Conflict, NotFound
from journeyman.practice import rules
from tests.answers import right, wrong


def test_variants_are_fresh(app):
    seen = set()
    for _ in range(8):
        asked = app.practise("vectors-norms")
        seen.add((asked.item.slug, asked.question.prompt))
        app.answer_practice(asked.attempt, right(asked))
    assert len(seen) >= 6
    view = app.practice_view("vectors-norms")
    assert (view.answered, view.right, view.in_a_row) == (8, 8, 8)


def test_an_open_question_comes_back(app):
    assert app.practise("svd").attempt == app.practise("svd").attempt


def test_every_skill_that_the_item_touches_moves(app):
    item = next(i for i in app.bank.items.values() if len(i.skills) > 1 and i.home in i.skills)
    while True:
        asked = app.practise(item.home)
        if asked.item.slug == item.slug:
            break
        app.answer_practice(asked.attempt, wrong(asked))
    before = app.mastery()
    app.answer_practice(asked.attempt, right(asked))
    after = app.mastery()
    for skill in item.skills:
        assert after[skill].pieces == before[skill].pieces + 1


def test_a_misconception_is_named(app):
    for _ in range(12):
        asked = app.practise("vectors-norms")
        answered = app.answer_practice(asked.attempt, wrong(asked))
        if asked.question.kind == "choice":
            assert answered.misconception is not None
            assert answered.mark.feedback
            return
    pytest.fail("no choice question came up")


def test_an_entry_that_changed_since_it_was_asked(app):
    asked = app.practise("vectors-norms")
    changed = replace(asked.item, sha256="0" * 64)
    items = {**app.bank.items, asked.item.slug: changed}
    app.__dict__["bank"] = replace(app.bank, items=items)
    with pytest.raises(Conflict, match="has changed"):
        app.answer_practice(asked.attempt, right(asked))
    assert app.practise("vectors-norms").attempt != asked.attempt
    assert app.progress().total == 0


def test_unknown_skills(app):
    with pytest.raises(NotFound):
        app.practise("no-such-skill")


def item(slug, **skills):
    return Item(slug, slug, 1, slug, "choice", skills or {"a": 1.0})


def test_choosing_prefers_home_then_seldom_asked_then_the_desired_chance():
    items = [item("home"), item("stranger", a=0.3, b=1.0), item("worn")]
    chances = {"home": 0.9, "stranger": 0.75, "worn": 0.75}
    assert rules.choose(items, chances, {"worn": 9}, "", "a").slug == "home"
    assert rules.choose(items, chances, {}, "", "a").slug == "worn"
    assert rules.choose(items, chances, {}, "worn", "a").slug == "home"
