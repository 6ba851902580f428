"""The portfolio fits the table, and a recipe follows from its number."""

from dataclasses import replace

import pytest

from journeyman.house.models import build
from journeyman.house.recipes import Shape, guess, portfolio
from journeyman.house.variations import VARIED, vary

SHAPES = {
    "two": Shape("binary", 5000, 20, 40, 2, 500),
    "tiny": Shape("binary", 40, 3, 5, 2, 3),
    "letters": Shape("multiclass", 15000, 16, 16, 26, 500),
    "prices": Shape("regression", 2000, 80, 250, 1, 2000, skewed=True),
    "large": Shape("binary", 100_000, 30, 60, 2, 9000),
}


@pytest.mark.parametrize("name", SHAPES)
def test_every_recipe_builds_and_says_why(name):
    shape = SHAPES[name]
    recipes = portfolio(shape) + [
        vary(n, 0, shape, dict.fromkeys(VARIED - {"lightgbm"}, 1.0)) for n in range(40)
    ]
    assert len({recipe.name for recipe in recipes}) == len(recipes)
    for recipe in recipes:
        model = build(
            recipe.family,
            recipe.settings,
            labels=shape.task != "regression",
            seed=1,
            categorical=(),
        )
        assert hasattr(model, "fit")
        assert len(recipe.why) > 20
        assert guess(recipe, shape) > 0


def test_the_same_number_is_the_same_recipe():
    shares = {"boosting": 1.0, "network": 0.5}
    assert vary(7, 1, SHAPES["two"], shares) == vary(7, 1, SHAPES["two"], shares)
    assert vary(7, 1, SHAPES["two"], shares) != vary(8, 1, SHAPES["two"], shares)


def test_many_classes_begin_with_what_is_cheap_for_them():
    names = [recipe.family for recipe in portfolio(SHAPES["letters"])]
    assert names.index("neighbours") < names.index("boosting")
    assert "neighbours" not in [recipe.family for recipe in portfolio(SHAPES["two"])]


def test_many_rows_bring_many_rounds_unless_time_is_short():
    def rounds(shape):
        boosters = [one for one in portfolio(shape) if one.family == "boosting"]
        return max(one.settings["max_iter"] for one in boosters)

    assert rounds(SHAPES["large"]) == 1_500
    assert rounds(replace(SHAPES["large"], hurried=True)) < 500
    assert rounds(SHAPES["prices"]) <= 500


def test_rare_classes_forbid_early_stopping():
    for recipe in portfolio(SHAPES["tiny"]):
        assert not recipe.settings.get("early_stopping", False)


def test_a_long_tail_brings_the_logarithm():
    assert any(recipe.log for recipe in portfolio(SHAPES["prices"]))
    assert not any(recipe.log for recipe in portfolio(SHAPES["two"]))


def test_an_unknown_family_is_our_fault():
    with pytest.raises(ValueError, match="no such family"):
        build("oracle", {}, labels=True, seed=0, categorical=())
