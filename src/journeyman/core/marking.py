"""Marking one answer to a question: right or wrong, why, and the misconception behind it."""

from __future__ import annotations

import math
import re
from fractions import Fraction

from journeyman.core.item import Mark, Question
from journeyman.core.tex import number
from journeyman.errors import Invalid

DONT_KNOW = "dont-know"
LONGEST_ANSWER = 200

_FRACTION = re.compile(r"[+-]?\d{1,12}/\d{1,12}")


def read_number(text: str) -> float:
    """Read a number as people write it: ``-0.5``, ``1e-3``, ``3/4``, ``25%``.

    Raises:
        Invalid: with one sentence that says how to write it; nothing is counted.

    >>> read_number(" 3/4 "), read_number("25%"), read_number("−2")
    (0.75, 0.25, -2.0)
    """
    plain = text.strip().replace("\u2212", "-").replace(" ", "")
    if not plain:
        raise Invalid("Type a number, or choose “I don't know yet”.")
    if len(plain) > LONGEST_ANSWER:
        raise Invalid(f"That answer has {len(plain):,} characters; a number needs at most 200.")
    if "," in plain:
        raise Invalid(
            f"Write the number with a decimal point and no commas: “{plain.replace(',', '.')}”, "
            "or “1000” for a thousand."
        )
    try:
        value = _value(plain)
    except (ValueError, ZeroDivisionError, OverflowError):
        raise Invalid(
            f"“{plain[:40]}” is not a number; write it like 0.25, 1/4, 25% or 2.5e-3."
        ) from None
    if not math.isfinite(value):
        raise Invalid("The answer is a finite number; write it like 0.25, 1/4 or 2.5e-3.")
    return value


def _value(plain: str) -> float:
    if plain.endswith("%"):
        return _value(plain[:-1]) / 100
    if _FRACTION.fullmatch(plain):
        return float(Fraction(plain))
    if "_" in plain:
        raise ValueError
    return float(plain)


def mark(question: Question, given: str) -> Mark:
    """Mark ``given``: the position of an option counted from 0, a number as text, or ``dont-know``.

    Raises:
        Invalid: if the answer cannot be read; it costs nothing and can be given again.
    """
    if given == DONT_KNOW:
        return Mark(0.0, dont_know=True, given="I don't know yet", expected=right_answer(question))
    if question.kind == "choice":
        return _mark_choice(question, given)
    value = read_number(given)
    if _close(value, question.answer or 0.0, question):
        return Mark(1.0, given=given.strip(), expected=right_answer(question))
    for wrong in question.wrong:
        if _close(value, wrong.value, question):
            return Mark(
                0.0,
                False,
                wrong.misconception,
                wrong.feedback,
                given.strip(),
                right_answer(question),
            )
    return Mark(0.0, given=given.strip(), expected=right_answer(question))


def right_answer(question: Question) -> str:
    """The right answer as Markdown."""
    if question.kind == "choice":
        return next(option.text for option in question.options if option.correct)
    unit = f" {question.unit}" if question.unit else ""
    answer = question.answer or 0.0
    # As few digits as still pass: what is shown as the answer must itself be accepted.
    shown = (number(answer, digits) for digits in range(4, 18))
    return (
        next((text for text in shown if _close(float(text), answer, question)), repr(answer)) + unit
    )


def _mark_choice(question: Question, given: str) -> Mark:
    try:
        option = question.options[_position(given, len(question.options))]
    except ValueError:
        raise Invalid(
            f"Choose one of the {len(question.options)} options, or “I don't know yet”."
        ) from None
    return Mark(
        float(option.correct),
        misconception=option.misconception,
        feedback=option.feedback,
        given=option.text,
        expected=right_answer(question),
    )


def _position(given: str, count: int) -> int:
    text = given.strip()
    if len(text) > 2 or not text.isdecimal() or int(text) >= count:
        raise ValueError
    return int(text)


def _close(value: float, target: float, question: Question) -> bool:
    return abs(value - target) <= question.atol + question.rtol * abs(target)
