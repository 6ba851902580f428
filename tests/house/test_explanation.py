"""Explanations of functions whose truth is known, and the warnings where they mislead."""

import json

import numpy as np
import pandas as pd
import pytest

from journeyman.errors import Invalid
from journeyman.house import (
    association,
    counterfactual,
    linear_shapley,
    nearest_examples,
    partial_dependence,
    permutation_importance,
    related_columns,
    shapley_values,
)
from journeyman.scoring.metric import Truth
from journeyman.scoring.registry import get


@pytest.fixture
def table():
    rng = np.random.default_rng(0)
    x = rng.normal(size=600)
    return pd.DataFrame(
        {
            "x": x,
            "twin": x + 0.05 * rng.normal(size=600),
            "free": rng.normal(size=600),
            "noise": rng.normal(size=600),
            "kind": rng.choice(["a", "b", "c"], 600),
        }
    )


def shared(rows):
    """Leans on x and its twin alike."""
    return (rows["x"] + rows["twin"] + rows["free"]).to_numpy(dtype=float)


def test_association_knows_numbers_categories_and_mixtures():
    rng = np.random.default_rng(1)
    code = rng.integers(0, 3, 1000)
    table = pd.DataFrame(
        {
            "code": np.array(list("abc"))[code],
            "same": np.array(["p", "q", "r"])[code],
            "level": code * 3.0 + rng.normal(size=1000),
            "other": rng.choice(["u", "v", "w", "x"], 1000),
            "number": rng.normal(size=1000),
        }
    )
    found = association(table)
    assert found.loc["code", "same"] > 0.99
    assert found.loc["code", "level"] > 0.85
    assert found.loc["code", "other"] < 0.1
    assert found.loc["other", "number"] < 0.1
    assert found.loc["level", "number"] < 0.1
    assert related_columns(table) == (("code", "same", "level"),)


def test_importance_ranks_what_matters_and_clears_what_does_not(table):
    truth = Truth(shared(table) + 0.1 * np.random.default_rng(2).normal(size=600))
    found = permutation_importance(shared, table, truth, get("rmse"))
    by_name = {lean.columns[0]: lean for lean in found.columns}
    assert by_name["free"].sure
    # Shuffling one normal column of weight 1 adds sqrt(2) to the error.
    assert abs(by_name["free"].drop - np.sqrt(2 + 0.01) + 0.1) < 0.15
    assert by_name["noise"].drop == 0
    assert not by_name["noise"].sure
    (pair,) = found.groups
    assert set(pair.columns) == {"x", "twin"}
    assert abs(pair.drop - np.sqrt(8) + 0.1) < 0.3
    assert any("related" in warning for warning in found.warnings)
    json.dumps(found.to_json())


def test_columns_that_cover_for_each_other_are_called_out(table):
    def either(rows):
        """The middle of three copies: one shuffled copy is outvoted."""
        three = np.column_stack([rows["x"], rows["twin"], rows["third"]])
        return np.median(three, axis=1)

    table = table.assign(third=table.x)
    truth = Truth(table.x.to_numpy())
    found = permutation_importance(either, table, truth, get("rmse"))
    assert any("cover for each other" in warning for warning in found.warnings)


def test_noise_is_sure_only_as_often_as_promised():
    # A model that uses a useless column: its importance must not be called sure.
    rng = np.random.default_rng(3)
    sure = 0
    for seed in range(20):
        table = pd.DataFrame(rng.normal(size=(100, 2)), columns=["a", "b"])
        truth = Truth(table.a.to_numpy() + rng.normal(size=100))
        found = permutation_importance(
            lambda r: (r.a + 0.2 * r.b).to_numpy(), table, truth, get("rmse"), repeats=3, seed=seed
        )
        sure += next(lean for lean in found.columns if lean.columns == ("b",)).sure
    assert sure <= 3


def test_importance_wants_rows(table):
    with pytest.raises(Invalid, match="20 rows"):
        permutation_importance(shared, table.head(5), Truth(np.zeros(5)), get("rmse"))


def test_partial_dependence_draws_the_function(table):
    def curve(rows):
        return rows["free"].to_numpy() ** 2 + rows["x"].to_numpy()

    found = partial_dependence(curve, table, "free")
    means = np.array([point.mean for point in found.points])
    values = np.array([point.value for point in found.points])
    assert np.allclose(means - means.min(), values**2 - (values**2).min(), atol=1e-9)
    assert found.spread < 1e-9
    assert not found.warnings
    assert all(point.low <= point.mean <= point.high for point in found.points)


def test_partial_dependence_warns_of_interactions_and_of_rows_that_cannot_exist(table):
    def crossed(rows):
        return (rows["free"] * rows["noise"]).to_numpy()

    found = partial_dependence(crossed, table, "free")
    assert found.spread > 1
    assert any("interactions" in warning for warning in found.warnings)
    twin = partial_dependence(shared, table, "x")
    assert any("'twin'" in warning for warning in twin.warnings)
    assert max(point.unseen for point in twin.points) > 0.5
    json.dumps(twin.to_json())


def test_partial_dependence_of_a_category_and_of_nonsense(table):
    found = partial_dependence(lambda r: (r["kind"] == "b").to_numpy(float), table, "kind")
    assert {point.value: point.mean for point in found.points} == {"a": 0, "b": 1, "c": 0}
    with pytest.raises(Invalid, match="no column 'q'"):
        partial_dependence(shared, table, "q")
    with pytest.raises(Invalid, match="one value only"):
        partial_dependence(shared, table.assign(one=1), "one")


def test_shapley_values_of_a_linear_model_are_exact():
    rng = np.random.default_rng(4)
    table = pd.DataFrame(rng.normal(size=(400, 3)), columns=list("abc"))
    weights = np.array([2.0, -1.0, 0.0])
    found = shapley_values(
        lambda r: r.to_numpy(float) @ weights, table.iloc[[7]], table, samples=400
    )
    exact = linear_shapley(weights, table.mean(), table.iloc[7])
    by_name = {share.columns[0]: share for share in found.shares}
    for name, value in zip("abc", exact, strict=True):
        assert abs(by_name[name].share - value) <= 4 * by_name[name].error + 1e-9
    total = found.base + sum(share.share for share in found.shares)
    assert np.isclose(total, found.prediction)
    assert found.shares[-1].columns == ("c",)


def test_shapley_values_divide_an_interaction_evenly_and_keep_related_columns_together(table):
    rows = pd.DataFrame({"a": [0.0, 1.0] * 50, "b": [0.0] * 50 + [1.0] * 50})
    found = shapley_values(
        lambda r: (r.a * r.b).to_numpy(float),
        pd.DataFrame({"a": [1.0], "b": [1.0]}),
        rows,
        samples=600,
    )
    for share in found.shares:  # exact: (1 - 1/4) / 2 each
        assert abs(share.share - 0.375) < 4 * share.error
    together = shapley_values(shared, table.iloc[[0]], table, samples=20)
    assert {"x", "twin"} in [set(share.columns) for share in together.shares]
    assert any("one share together" in warning for warning in together.warnings)
    json.dumps(together.to_json())
    with pytest.raises(Invalid, match="one row"):
        shapley_values(shared, table.head(2), table)


def test_the_nearest_example_is_the_row_itself_then_its_neighbour(table):
    near = table.copy()
    near.loc[9] = near.loc[3]
    near.loc[9, "free"] += 0.01
    first, second, *_ = nearest_examples(near.iloc[[3]], near, list(range(600)), count=4)
    assert (first.row, first.distance, first.differs) == (3, 0.0, ())
    assert (second.row, second.target, second.differs) == (9, 9, ("free",))
    json.dumps(second.to_json())


def test_missing_cells_are_far_from_present_ones():
    table = pd.DataFrame({"a": [1.0, 2.0, np.nan], "b": ["x", "y", "x"]})
    found = nearest_examples(pd.DataFrame({"a": [np.nan], "b": ["x"]}), table, [0, 1, 2], count=3)
    assert [one.row for one in found] == [2, 0, 1]


@pytest.fixture
def loans():
    rng = np.random.default_rng(5)
    return pd.DataFrame(
        {
            "income": rng.integers(10, 100, 500),
            "debt": rng.uniform(0, 50, 500),
            "age": rng.integers(18, 80, 500),
            "home": rng.choice(["rent", "own"], 500),
        }
    )


def grants(rows):
    return (rows["income"] - rows["debt"] + 5 * (rows["home"] == "own")).to_numpy(float) / 100


def poor():
    return pd.DataFrame({"income": [40], "debt": [20.0], "age": [50], "home": ["rent"]})


def test_the_smallest_change_is_found_and_moved_back_as_far_as_it_goes(loans):
    found = counterfactual(grants, poor(), loans, reaches=lambda p: p >= 0.3)
    assert [change.column for change in found.changes] in [["debt"], ["income"]]
    assert 0.3 <= found.after < 0.315
    assert found.plausible
    assert "instead of 0.2" in found.text
    json.dumps(found.to_json())


def test_fixed_columns_stay(loans):
    found = counterfactual(
        grants, poor(), loans, reaches=lambda p: p >= 0.24, fixed=("income", "debt", "age")
    )
    assert [(c.column, c.before, c.after) for c in found.changes] == [("home", "rent", "own")]


def test_two_columns_change_where_one_is_not_enough(loans):
    found = counterfactual(grants, poor(), loans, reaches=lambda p: p >= 0.85)
    assert len(found.changes) == 2
    assert found.after >= 0.85


def test_rows_that_cannot_exist_are_called_so(table):
    row = table.iloc[[0]].assign(x=0.0, twin=0.0)

    def wish(rows):
        return (rows["x"] - rows["twin"]).to_numpy(float)

    found = counterfactual(
        wish, row, table, reaches=lambda p: p > 1.5, fixed=("free", "noise", "kind")
    )
    assert not found.plausible
    assert "unlike any real one" in found.text


def test_what_cannot_be_reached_is_said(loans):
    found = counterfactual(grants, poor(), loans, reaches=lambda p: p > 9, most=2)
    assert not found.changes
    assert "no proof" in found.text
    with pytest.raises(Invalid, match="as wished already"):
        counterfactual(grants, poor(), loans, reaches=lambda p: p > 0)
    with pytest.raises(Invalid, match="no column 'q'"):
        counterfactual(grants, poor(), loans, reaches=lambda p: p > 1, fixed=("q",))
