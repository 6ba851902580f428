"""Cells to responses: headings, skills, numbers, instants, and one sentence for each mistake."""

import pytest

from journeyman.errors import Invalid
from journeyman.learner.tracing import Response
from journeyman.learner.tracing.reading import responses, split

HEADING = ["learner", "item", "skills", "correct", "time", "duration"]


def read(*rows, heading=HEADING):
    return list(responses(heading, enumerate(rows, start=2)))


def test_everything_is_read():
    (one,) = read(["ann", "i1", "a; b;a", "true", "2026-03-01T00:00:10Z", "2.5"])
    assert one == Response("ann", "i1", ("a", "b"), True, 1772323210.0, 2.5)


def test_other_headings_unknown_columns_and_blank_lines():
    heading = ["Row", "USER_ID", "problem_id", "skill_name", "Correct"]
    found = read(["1", "7", "3", "x", "0"], ["", "", "", "", ""], heading=heading)
    assert found == [Response("7", "3", ("x",), False, None, None)]


@pytest.mark.parametrize(
    ("cells", "skills"),
    [
        (["12_7", "3"], [("12", "7"), ("3",)]),
        (["linear_algebra", "3_4"], [("linear_algebra",), ("3_4",)]),
        (["a~~b", ""], [("a", "b"), ()]),
    ],
)
def test_an_underscore_separates_only_where_all_skills_are_numbers(cells, skills):
    assert [
        one.skills for one in read(*(["a", "i", cell, "1", "", ""] for cell in cells))
    ] == skills


def test_a_skill_counts_once():
    assert split("b;a;b", underscores=False) == ("b", "a")


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (["a", "i", "s", "maybe", "", ""], "Line 2: correct is 'maybe'; write 1 or 0"),
        (["a", "i", "s", "1", "soon", ""], "Line 2: time is 'soon'"),
        (["a", "i", "s", "1", "", "inf"], "Line 2: duration is 'inf'"),
        (["", "i", "s", "1", "", ""], "Line 2 has no learner"),
        (["a", " ", "s", "1", "", ""], "Line 2 has no item"),
        (["a", "i", "s", "1"], "Line 2 has 4 cells where the heading has 6"),
    ],
)
def test_a_bad_row_is_named(row, words):
    with pytest.raises(Invalid, match=words):
        read(row)


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        (["learner", "item", "correct"], "no column 'skills'"),
        (["u1", "i1", "s1", "1"], "Line 1 should name the columns"),
        ([], "Line 1 is empty"),
    ],
)
def test_a_bad_heading_is_named(heading, words):
    with pytest.raises(Invalid, match=words):
        read(heading=heading)
