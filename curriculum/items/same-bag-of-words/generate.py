"""Order is lost, counts and spelling are not."""

import re
from collections import Counter

# sentence; same words in another order; a synonym; a count that differs; another form of a word
CASES = (
    ("The {x} was good, not bad at all.", "The {x} was bad, not good at all.", "The {x} was fine, not bad at all.", "The {x} was good, good, not bad at all.", "The {x} is good, not bad at all."),
    ("I love this {x} and hate the price.", "I hate this {x} and love the price.", "I like this {x} and hate the price.", "I love love this {x} and hate the price.", "I loved this {x} and hate the price."),
    ("Never again this {x}, always the other.", "Always again this {x}, never the other.", "Never more this {x}, always the other.", "Never, never again this {x}, always the other.", "Never again this {x}, always the others."),
    ("The old {x} is better than the new.", "The new {x} is better than the old.", "The old {x} is nicer than the new.", "The old {x} is better, better than the new.", "The old {x} was better than the new."),
    ("Only I ordered the {x} that she paid for.", "Only she ordered the {x} that I paid for.", "Only I bought the {x} that she paid for.", "Only I, I ordered the {x} that she paid for.", "Only I ordered the {x} that she pays for."),
    ("Cheap but not useless, this {x}.", "Useless but not cheap, this {x}.", "Cheap but not worthless, this {x}.", "Cheap, cheap but not useless, this {x}.", "Cheaper but not useless, this {x}."),
    ("The {x} came before the bill was paid.", "The bill came before the {x} was paid.", "The {x} arrived before the bill was paid.", "The {x} came before the bill, the bill was paid.", "The {x} comes before the bill was paid."),
    ("My sister sold the {x} to the dealer.", "The dealer sold the {x} to my sister.", "My sister gave the {x} to the dealer.", "My sister sold the {x} to the the dealer.", "My sister sells the {x} to the dealer."),
)  # fmt: skip
THINGS = ("lamp", "kettle", "bicycle", "carpet", "camera", "tent", "sofa", "printer")
MISTAKES = (
    ("synonyms-thought-equal", "The meaning is close, but to a bag of words two different words are two different columns."),
    ("counts-thought-irrelevant", "One word occurs once more here, so its count differs. A table of 0 and 1 would not see it, counts do."),
    ("word-forms-thought-equal", "Another form of a word is another column, unless words are reduced to stems first."),
)


def generate(rng):
    case = CASES[rng.integers(len(CASES))]
    thing = str(rng.choice(THINGS))
    sentence, right, *wrong = (text.format(x=thing) for text in case)
    return {
        "params": {"sentence": sentence, "right": right, "options": [right, *wrong]},
        "answer": right,
        "distractors": [
            {"value": text, "misconception": slug, "feedback": feedback}
            for text, (slug, feedback) in zip(wrong, MISTAKES, strict=True)
        ],
    }


def check(params):
    """Second route: count the words and compare."""
    bag = lambda text: Counter(re.findall(r"[a-z]+", text.lower()))  # noqa: E731
    (same,) = [text for text in params["options"] if bag(text) == bag(params["sentence"])]
    return same
