import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeyman.core.item import Option, Question, WrongNumber
from journeyman.core.marking import DONT_KNOW, mark, read_number
from journeyman.errors import Invalid

NUMBER = Question(
    "n",
    1,
    "number",
    "?",
    "",
    answer=0.25,
    rtol=1e-3,
    wrong=(WrongNumber(0.5, "doubled", "Halve it."),),
)
CHOICE = Question(
    "c", 1, "choice", "?", "",
    options=(Option("four", correct=True), Option("five", False, "off-by-one", "Count again.")),
)  # fmt: skip


@pytest.mark.parametrize("text", ["0.25", " .25 ", "1/4", "25%", "2.5e-1", "+0.25", "0.25000001"])
def test_numbers_are_read_as_people_write_them(text):
    assert mark(NUMBER, text).score == 1.0


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1,5", "decimal point"),
        ("", "Type a number"),
        ("abc", "is not a number"),
        ("1/0", "is not a number"),
        ("nan", "finite"),
        ("inf", "finite"),
        ("1_000", "is not a number"),
        ("9" * 10_000_000, "characters"),
        ("__import__('os')", "is not a number"),
    ],
)
def test_what_is_no_number_gets_one_sentence_and_costs_nothing(text, words):
    with pytest.raises(Invalid, match=words) as caught:
        mark(NUMBER, text)
    assert len(caught.value.message) < 300
    assert caught.value.status == 422


def test_a_known_wrong_number_names_its_misconception():
    marked = mark(NUMBER, "0.5")
    assert (marked.score, marked.misconception, marked.feedback) == (0.0, "doubled", "Halve it.")


def test_choices():
    assert mark(CHOICE, "0").score == 1.0
    assert mark(CHOICE, "1").misconception == "off-by-one"
    for bad in ("2", "-1", "x", "", "0" * 99):
        with pytest.raises(Invalid, match="Choose one of the 2 options"):
            mark(CHOICE, bad)


@pytest.mark.parametrize("question", [NUMBER, CHOICE])
def test_dont_know_is_no_guess_and_shows_the_answer(question):
    marked = mark(question, DONT_KNOW)
    assert marked.dont_know
    assert marked.score == 0.0
    assert marked.expected


@given(st.text(max_size=300))
def test_no_text_breaks_the_reader(text):
    try:
        value = read_number(text)
    except Invalid as error:
        assert error.message
    else:
        assert isinstance(value, float)


@given(st.floats(-1e9, 1e9), st.sampled_from([0.0, 1e-9, 1e-6, 1e-2]))
def test_the_answer_shown_would_itself_be_accepted(answer, rtol):
    question = Question("n", 1, "number", "?", "", answer=answer, rtol=rtol, atol=1e-9)
    assert mark(question, mark(question, DONT_KNOW).expected).score == 1.0
