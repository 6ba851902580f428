"""Fills a record through the application, as a learner who knows the first steps would."""

from __future__ import annotations

from journeyman.app import App
from journeyman.core.marking import DONT_KNOW
from tests.answers import right, wrong


def reference(app: App, slug: str) -> str:
    """Code that passes an exercise."""
    return (app.bank.folder("exercise", slug) / "reference.py").read_text("utf-8")


def starter(app: App, slug: str) -> str:
    """Code that does not."""
    return (app.bank.folder("exercise", slug) / "starter.py").read_text("utf-8")


def first_exercise(app: App) -> str:
    """An exercise that every installation can grade."""
    return next(line.exercise.slug for line in app.exercises() if line.exercise.tier == "numpy")


def fill(app: App) -> None:
    """A whole placement, some practice, and one exercise failed and passed."""
    while (asked := app.place().asked) is not None:
        known = len(app.bank.graph.ancestors(asked.item.home)) < 6
        turn = app.placement().asked % 2
        app.answer_placement(
            asked.attempt, right(asked) if known else wrong(asked) if turn else DONT_KNOW
        )
    for slug in [slug for slug, items in app.bank.items_of.items() if items][:2]:
        asked = app.practise(slug)
        app.answer_practice(asked.attempt, right(asked))
    slug = first_exercise(app)
    app.check(slug, starter(app, slug))
    app.hint(slug)
    app.check(slug, reference(app, slug))
