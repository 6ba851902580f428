"""Splits are advised from what is planted, and folds keep their word."""

import numpy as np
import pandas as pd
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier

from journeyman.errors import Invalid
from journeyman.house import advise_split, make_folds, nested_cross_validation
from journeyman.house.splits import equal_rows
from journeyman.scoring.registry import get


def patients(seed=0, people=60, visits=6):
    rng = np.random.default_rng(seed)
    who = np.repeat(np.arange(people), visits)
    sick = rng.random(people) < 0.4
    return pd.DataFrame(
        {
            "patient_id": who,
            "sex": rng.choice(["f", "m"], people)[who],
            "born": rng.integers(1930, 2000, people)[who],
            "pulse": rng.normal(70, 8, len(who)),
            "sick": sick[who].astype(int),
        }
    ).sample(frac=1, random_state=seed)


def test_a_group_is_found_by_its_name_and_by_what_it_fixes():
    advice = advise_split(patients(), "sick")
    assert (advice.kind, advice.column) == ("grouped", "patient_id")
    assert any("intra-class" in reason for reason in advice.reasons)
    hidden = advise_split(patients().rename(columns={"patient_id": "k"}), "sick")
    assert (hidden.kind, hidden.column) == ("grouped", "k")


def test_a_column_that_repeats_by_chance_is_no_group():
    rng = np.random.default_rng(1)
    table = pd.DataFrame({"shelf": rng.integers(0, 100, 500), "x": rng.normal(size=500)})
    table["y"] = (rng.random(500) < 0.3).astype(int)
    advice = advise_split(table, "y")
    assert advice.kind == "stratified"
    assert advice.nested


def test_time_that_changes_the_target_asks_for_a_temporal_split():
    rng = np.random.default_rng(2)
    day = pd.date_range("2023-01-01", periods=600)
    table = pd.DataFrame({"day": day.strftime("%d/%m/%Y"), "x": rng.normal(size=600)})
    table["y"] = table.x + np.arange(600) / 200
    advice = advise_split(table, "y")
    assert (advice.kind, advice.column) == ("temporal", "day")
    assert any("first and the last third" in reason for reason in advice.reasons)


def test_time_and_group_together_are_both_said():
    table = patients()
    table["day"] = pd.Timestamp("2024-01-01") + pd.to_timedelta(np.arange(len(table)), "D")
    advice = advise_split(table, "sick")
    assert advice.kind == "temporal"
    assert any("patient_id" in hint for hint in advice.look_at)


def test_years_and_equal_rows_are_pointed_out():
    rng = np.random.default_rng(3)
    table = pd.DataFrame({"Yr.Sold": rng.integers(2006, 2011, 300), "x": rng.normal(size=300)})
    table["y"] = rng.normal(size=300)
    table = pd.concat([table, table.head(10)])
    advice = advise_split(table, "y")
    assert advice.kind == "random"
    assert any("Yr.Sold" in hint for hint in advice.look_at)
    assert any("repeat an earlier row" in hint for hint in advice.look_at)
    assert advice.to_json()["kind"] == "random"


def test_a_wrong_name_gets_a_sentence():
    with pytest.raises(Invalid, match="no column 'z'.*it has a, y"):
        advise_split(pd.DataFrame({"a": [1], "y": [1]}), "z")


def test_temporal_folds_validate_on_what_follows_and_keep_instants_together():
    times = np.repeat(np.arange(40), 5)
    order = np.random.default_rng(0).permutation(200)
    folds = make_folds(np.zeros(200), count=3, labels=False, times=times[order])
    assert len(folds) == 3
    for train, valid in folds:
        assert times[order][train].max() < times[order][valid].min()
    assert folds[-1][0].size + folds[-1][1].size == 200


@pytest.mark.parametrize("groups", [50, 3000])
def test_groups_stand_on_one_side(groups):
    rng = np.random.default_rng(0)
    group = rng.integers(0, groups, 6000)
    target = (rng.random(6000) < 0.2).astype(float)
    folds = make_folds(target, count=4, labels=True, groups=group)
    assert sorted(np.concatenate([valid for _, valid in folds])) == list(range(6000))
    for train, valid in folds:
        assert not set(group[train]) & set(group[valid])
        assert abs(target[valid].mean() - 0.2) < 0.05


def test_folds_that_cannot_be_made_say_why():
    with pytest.raises(Invalid, match="2 groups; 3 folds"):
        make_folds(np.zeros(9), count=3, labels=True, groups=np.arange(9) % 2)
    with pytest.raises(Invalid, match="1 different times"):
        make_folds(np.zeros(9), count=3, labels=False, times=np.zeros(9))


def test_one_fold_is_a_fifth_with_its_share_of_each_class():
    target = np.repeat([0.0, 1.0], [80, 20])
    ((train, valid),) = make_folds(target, count=1, labels=True)
    assert len(valid) == 20
    assert target[valid].sum() == 4
    assert not set(train) & set(valid)


def test_equal_rows_share_a_number():
    table = pd.DataFrame({"a": [1, 2, 1, None, None], "b": list("xyxzz")})
    assert equal_rows(table).tolist() == [0, 1, 0, 2, 2]


def test_nested_cross_validation_shows_how_much_a_choice_among_noise_flatters():
    rng = np.random.default_rng(0)
    table = pd.DataFrame(rng.normal(size=(90, 5)))
    target = (rng.random(90) < 0.5).astype(int)
    candidates = {f"k{k}": KNeighborsClassifier(k) for k in (1, 3, 5, 7, 9, 11, 15, 21)}
    found = nested_cross_validation(candidates, table, target, get("auc"))
    assert abs(found.score - 0.5) < 0.15
    assert found.flattery > 0.02
    assert found.plain > found.score
    clear = (table[0] > 0).astype(int).to_numpy()
    sure = nested_cross_validation({"line": LogisticRegression()}, table, clear, get("auc"))
    assert sure.score > 0.95
    assert sure.steady
    assert sure.to_json()["chosen"] == ["line"] * 5
