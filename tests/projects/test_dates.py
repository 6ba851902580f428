"""Dates written as text: read as their writer meant them, or said to be unclear."""

import pandas as pd
import pytest

from journeyman.errors import Invalid
from journeyman.projects import dates, taking
from journeyman.projects.taking import Taken

DAYS = pd.date_range("2024-01-01", periods=60)


def test_three_formats_give_the_same_days():
    ways = ("%Y-%m-%d", "%d.%m.%Y", "%b %d, %Y")
    text = pd.Series([day.strftime(ways[at % 3]) for at, day in enumerate(DAYS)])
    found, said = dates.read(text)
    assert found.tolist() == DAYS.tolist()
    assert "written in 3 ways" in said
    assert "with dots, day first (20)" in said


@pytest.mark.parametrize(("way", "first"), [("%d/%m/%Y", "day"), ("%m/%d/%Y", "month")])
def test_a_number_above_twelve_tells_what_comes_first(way, first):
    found, said = dates.read(pd.Series(DAYS.strftime(way)))
    assert found.tolist() == DAYS.tolist(), first
    assert said == ""


def test_what_nothing_tells_is_said():
    found, said = dates.read(pd.Series(["03/04/2024", "05/06/2024"]))
    assert found.dt.month.tolist() == [3, 5]
    assert "the month was taken to" in said


def test_both_orders_in_one_column_are_refused():
    with pytest.raises(Invalid, match="holds 31/01/2024 and 01/31/2024"):
        dates.read(pd.Series(["31/01/2024", "01/31/2024"], name="day"))


def test_what_is_no_date_is_refused_and_a_few_are_counted():
    with pytest.raises(Invalid, match="does not read as dates in 50% of the rows .such as 'soon'"):
        dates.read(pd.Series(["2024-01-01", "soon"], name="day"))
    found, said = dates.read(pd.Series([*DAYS.strftime("%Y-%m-%d"), "soon", None]))
    assert found.isna().sum() == 2
    assert "1 cells do not read" in said


def test_zones_become_one():
    found, _ = dates.read(pd.Series(["2024-01-01T02:00:00+02:00", "2024-01-01T00:30:00Z"]))
    assert found.dt.strftime("%H:%M").tolist() == ["00:00", "00:30"]


def test_a_split_by_text_stores_instants_and_says_so():
    frame = pd.DataFrame({"day": DAYS.strftime("%d.%m.%Y"), "y": [0, 1] * 30, "n": range(60)})
    taken, split = taking.divided(Taken({"data": frame}, "data", "x.csv"), "y", "temporal:day")
    assert taken.rows["day"].tolist() == DAYS.tolist()
    assert "stored as dates" in taken.remarks[0]
    assert split.column == "day"
    plain, _ = taking.divided(Taken({"data": frame}, "data", "x.csv"), "y", "random")
    assert plain.rows["day"].iloc[0] == "01.01.2024"
