"""Cards: what a run knows is filled in, what only a person knows is asked for and kept."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeyman.delivery import cards
from journeyman.errors import Invalid

NUMBER = {
    "name": "auc", "title": "AUC", "value": 0.8513, "low": 0.832, "high": 0.868, "rows": 1409,
    "better": "higher", "part": "hidden hold-out", "baseline": 0.5, "baseline_title": "constant",
}  # fmt: skip
RECORD = {
    "title": "Who leaves: a “quoted” name",
    "task": "binary",
    "licence": "apache-2.0",
    "data": {
        "name": "telco", "title": "Telco", "licence": "cc-by-4.0", "rows": 7043, "target": "left",
        "source": "the registry's package telco 1.0", "split": "by time: the last 20 % are judged",
        "columns": {"tenure": "months | since the first bill"},
        "faults": ["11 rows have no total, all of them new customers"],
    },
    "numbers": [NUMBER],
    "made": {"seed": 7, "commit": "abc1234"},
}  # fmt: skip
WORDS = "It is for the people who call customers; never for prices or refusals."


def front(text):
    """Front matter, of which each value is written as JSON, and so is YAML as well."""
    lines = text.split("---\n")[1].splitlines()
    return {key: json.loads(value) for key, value in (line.split(": ", 1) for line in lines)}


def fill(card):
    return re.sub(r"TODO: [^\n]*", WORDS, card)


def test_the_front_matter_is_yaml_in_hugging_faces_form():
    read = front(cards.model_card(RECORD))
    assert read["license"] == "apache-2.0"
    assert read["pipeline_tag"] == "tabular-classification"
    (result,) = read["model-index"][0]["results"]
    assert result["task"]["type"] == "tabular-classification"
    assert result["dataset"] == {"name": "Telco", "type": "telco"}
    assert result["metrics"] == [{"type": "auc", "name": "AUC (hidden hold-out)", "value": 0.8513}]
    assert front(cards.data_card(RECORD))["size_categories"] == ["1K<n<10K"]


def test_metrics_stand_with_interval_rows_and_baseline():
    evaluation = cards.sections_of(cards.model_card(RECORD))["evaluation"]
    for shown in ("0.8513", "0.832 to 0.868", "1,409", "0.5 constant"):
        assert shown in evaluation


def test_a_fresh_card_asks_for_what_only_a_person_knows():
    open_ = [one.place for one in cards.missing(cards.model_card(RECORD))]
    assert open_ == ["Intended use", "Limits", "Ethical considerations"]
    assert cards.missing(cards.data_card(RECORD)) == ()
    assert cards.missing(fill(cards.model_card(RECORD))) == ()


@pytest.mark.parametrize(
    "text",
    [
        "TODO", "tbd", "[More Information Needed]", "Lorem ipsum dolor sit amet and so on and on",
        "...", "n/a", "<insert text here please, in some words>", "", "<!-- nothing to see here -->",
        "Coming soon, in the next version of this card", "It works.", "Fill this in before Friday!",
        "TODO: who uses it, for which decision, and what it must not be used for.",
        "who uses it, for which decision, and what it must not be used for",
    ],
)  # fmt: skip
def test_text_that_stands_in_for_text_counts_as_missing(text):
    card = fill(cards.model_card(RECORD)).replace(WORDS, text, 1)
    assert [one.place for one in cards.missing(card)] == ["Intended use"]


@pytest.mark.parametrize("key", ["license", "library_name", "pipeline_tag", "metrics"])
def test_each_key_of_the_front_matter_is_asked_for(key):
    card = fill(cards.model_card(RECORD))
    without = re.sub(rf"^{key}:.*\n", "", card, flags=re.MULTILINE)
    assert [one.place for one in cards.missing(without)] == [key]
    empty = re.sub(rf"^{key}:.*$", f"{key}: TODO", card, flags=re.MULTILINE)
    assert [one.place for one in cards.missing(empty)] == [key]


def test_keys_as_an_editor_writes_them_are_read():
    card = fill(cards.model_card(RECORD))
    block = re.sub(r"^metrics:.*$", "metrics:\n- auc\n- brier", card, flags=re.MULTILINE)
    assert cards.missing(block.replace("\n", "\r\n")) == ()


def test_a_card_without_front_matter_or_section_says_so():
    found = cards.missing("# Model card: x\n\n## Limits\n\n" + WORDS)
    assert [one.place for one in found] == [
        "front matter", "Intended use", "Data", "Evaluation", "Ethical considerations",
    ]  # fmt: skip
    assert all(one.says.endswith(".") for one in found)


def test_what_the_author_wrote_stays_when_the_card_is_made_again():
    mine = fill(cards.model_card(RECORD)).replace(WORDS, "Mine. " + WORDS)
    mine += "\n## Thanks\n\nTo the people who labelled the rows.\n"
    again = cards.model_card({**RECORD, "numbers": [{**NUMBER, "value": 0.9}]}, mine)
    sections = cards.sections_of(again)
    assert sections["limits"] == "Mine. " + WORDS
    assert sections["thanks"] == "To the people who labelled the rows."
    assert "0.9 |" in sections["evaluation"]  # a number is never kept from before
    assert "0.8513" not in again


@given(st.text(max_size=200))
def test_any_text_is_read(text):
    assert cards.missing(text)
    cards.model_card(RECORD, text)


def test_a_record_that_is_not_one_is_refused():
    with pytest.raises(Invalid, match=r"data: Field required"):
        cards.model_card({"title": "x", "task": "binary"})
