"""Placement through the application: bounded, resumable, and free of cost for “I don't know”."""

import pytest

from journeyman.errors import Conflict, Invalid, NotFound
from tests.answers import right, wrong


def test_it_ends_within_the_questions_promised(app):
    sat = app.place()
    assert sat.view.most <= 25
    count = 0
    while sat.asked is not None:
        answered = app.answer_placement(sat.asked.attempt, right(sat.asked))
        assert answered.right
        count += 1
        assert count <= sat.view.most
        if not app.placement().open:
            break
        sat = app.place()
    view = app.placement()
    assert not view.open
    assert view.why
    assert view.right == view.asked == count
    assert sum(area.count("held") for area in app.placement_result()) > 40


def test_nobody_is_asked_the_same_item_twice(app):
    seen = []
    for _ in range(10):
        sat = app.place()
        if sat.asked is None:
            break
        seen.append(sat.asked.item.slug)
        app.answer_placement(sat.asked.attempt, wrong(sat.asked))
    assert len(seen) == len(set(seen))


def test_it_goes_on_where_it_was_left(app, make_app, settings):
    first = app.place()
    app.answer_placement(first.asked.attempt, "dont-know")
    second = app.place()
    again = make_app(settings).place()
    assert again.asked.attempt == second.asked.attempt
    assert again.asked.question == second.asked.question
    assert again.view.asked == 1


def test_dont_know_lowers_without_a_wrong_answer(app):
    sat = app.place()
    home = sat.asked.item.home
    before = app.mastery()[home].mean
    answered = app.answer_placement(sat.asked.attempt, "dont-know")
    assert answered.mark.dont_know
    assert answered.misconception is None
    assert app.mastery()[home].mean < before
    assert app.placement().dont_know == 1


def test_an_answer_counts_once(app):
    sat = app.place()
    first = app.answer_placement(sat.asked.attempt, wrong(sat.asked))
    second = app.answer_placement(sat.asked.attempt, right(sat.asked))
    assert first.mark == second.mark
    assert app.progress().total == 1


def test_an_unreadable_answer_costs_nothing(app):
    sat = app.place()
    for bad in ("1,5", "x" * 10_000_000, ""):
        with pytest.raises(Invalid):
            app.answer_placement(sat.asked.attempt, bad)
    assert app.progress().total == 0
    assert app.place().asked.attempt == sat.asked.attempt


def test_stopping_keeps_what_was_answered(app):
    sat = app.place()
    app.answer_placement(sat.asked.attempt, right(sat.asked))
    view = app.stop_placement()
    assert not view.open
    assert app.progress().total == 1
    with pytest.raises(Conflict):
        app.stop_placement()


def test_testing_out_of_one_skill_asks_about_that_skill(app):
    graph = app.bank.graph
    near = {"pca", *graph.ancestors("pca")}
    asked = []
    while True:
        sat = app.place("pca")
        if sat.asked is None:
            break
        asked.append(sat.asked.item)
        app.answer_placement(sat.asked.attempt, right(sat.asked))
        if not app.placement("pca").open:
            break
    assert 1 <= len(asked) <= 5
    assert all(near & set(item.skills) for item in asked)
    with pytest.raises(NotFound):
        app.place("no-such-skill")


def test_placement_and_practice_do_not_take_each_others_answers(app):
    sat = app.place()
    asked = app.practise("vectors-norms")
    with pytest.raises(Conflict):
        app.answer_practice(sat.asked.attempt, "dont-know")
    with pytest.raises(Conflict):
        app.answer_placement(asked.attempt, "dont-know")
    with pytest.raises(NotFound):
        app.answer_placement("0" * 28, "dont-know")
