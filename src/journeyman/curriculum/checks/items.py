"""Rules on items: 200 variants of each, answered by two routes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import numpy as np

from journeyman.core.bank import Fault
from journeyman.core.item import Item, Question
from journeyman.core.marking import DONT_KNOW, mark
from journeyman.curriculum.checks.prose import maths_faults, prose_faults
from journeyman.curriculum.checks.rule import Subject, rule
from journeyman.curriculum.code import load_module
from journeyman.curriculum.questions import build, fill
from journeyman.errors import Invalid

SEEDS = 200
FEWEST_VARIANTS = 20
MOST_FAULTS = 3
SAME_NUMBER = 1e-9
MALFORMED = ("", "   ", "1,5", "abc", "1/0", "nan", "inf", "9" * 500, "99", "-1", "1_000")


@dataclass(frozen=True)
class Variants:
    """An item with the variants that its seeds make."""

    subject: Subject
    item: Item
    module: ModuleType
    made: tuple[tuple[int, dict[str, Any], Question], ...]


def variants(subject: Subject) -> Variants | Fault:
    """Make every variant, or the fault that stops it."""
    item = subject.bank.items[subject.slug]
    text = subject.text("item.md")
    made = []
    seed = -1
    try:
        module = load_module(subject.folder / "generate.py", f"check_{subject.slug}")
        for seed in range(SEEDS):
            data = module.generate(np.random.default_rng(seed))
            again = module.generate(np.random.default_rng(seed))
            if repr(data) != repr(again):
                return subject.fault(
                    "generate.py", "item-generates", f"seed {seed} gives two variants"
                )
            made.append((seed, data, build(item, text, data, seed)))
    except Exception as error:  # noqa: BLE001 - any failure is the entry's
        message = f"seed {seed}: {type(error).__name__}: {error}"
        return subject.fault("generate.py", "item-generates", message, _line(error, subject))
    return Variants(subject, item, module, tuple(made))


def _line(error: Exception, subject: Subject) -> int:
    trace, line = error.__traceback__, 1
    while trace:
        if trace.tb_frame.f_code.co_filename == str(subject.folder / "generate.py"):
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


@rule("item-generates")
def generates(found: Variants) -> Iterator[Fault]:
    """200 seeds make variants without an exception, alike when made twice, 20 of them distinct."""
    distinct = len({question.prompt for _, _, question in found.made})
    if distinct < FEWEST_VARIANTS:
        message = f"{distinct} distinct questions in {SEEDS} seeds; {FEWEST_VARIANTS} are wanted"
        yield found.subject.fault("generate.py", "item-generates", message)


@rule("item-second-route")
def second_route(found: Variants) -> Iterator[Fault]:
    """check(params) computes the same answer by an independent route, for every variant."""
    for seed, data, question in found.made:
        try:
            again = found.module.check(data["params"])
        except Exception as error:  # noqa: BLE001 - any failure is the entry's
            message = f"seed {seed}: check fails: {type(error).__name__}: {error}"
            yield found.subject.fault("generate.py", "item-second-route", message)
            return
        if not _agree(question, data, again):
            message = f"seed {seed}: generate says {data['answer']!r}, check says {again!r}"
            yield found.subject.fault("generate.py", "item-second-route", message)
            return


def _agree(question: Question, data: dict[str, Any], again: Any) -> bool:
    if question.kind == "choice":
        return fill(str(again), data["params"]) == fill(str(data["answer"]), data["params"])
    answer = question.answer or 0.0
    return bool(abs(float(again) - answer) <= question.atol + question.rtol * abs(answer))


@rule("item-distractors")
def distractors(found: Variants) -> Iterator[Fault]:
    """Wrong answers differ from the right one and from each other.

    Each names a declared misconception and has feedback for whoever gives it.
    """
    for seed, data, question in found.made:
        said = _distractor_fault(found, data, question)
        if said:
            yield found.subject.fault("generate.py", "item-distractors", f"seed {seed}: {said}")
            return


def _distractor_fault(found: Variants, data: dict[str, Any], question: Question) -> str:
    known = found.subject.bank.misconceptions
    if len(data["distractors"]) < 2:
        return "give at least two distractors"
    for one in data["distractors"]:
        if one["misconception"] not in known:
            return f"the misconception {one['misconception']!r} is in no vocabulary file"
        if len(one["feedback"].strip()) < 15:
            return f"no feedback for {one['misconception']!r}"
    if question.kind == "choice":
        texts = [option.text for option in question.options]
        return "" if len(set(texts)) == len(texts) else f"options are alike: {texts}"
    return _near(question)


def _near(question: Question) -> str:
    values = [(question.answer or 0.0), *(wrong.value for wrong in question.wrong)]
    for i, a in enumerate(values):
        for b in values[i + 1 :]:
            if (
                abs(a - b)
                <= 2 * (question.atol + question.rtol * max(abs(a), abs(b))) + SAME_NUMBER
            ):
                return f"{a!r} and {b!r} cannot be told apart within the tolerance"
    return ""


@rule("item-marks")
def marks(found: Variants) -> Iterator[Fault]:
    """The right answer passes and each distractor fails with its own feedback.

    Malformed input is refused and costs nothing.
    """
    for seed, _, question in found.made:
        for given, score, misconception in _answers(question):
            marked = mark(question, given)
            if (marked.score, marked.misconception) != (score, misconception):
                message = (
                    f"seed {seed}: {given!r} is marked {marked.score} as {marked.misconception!r}"
                )
                yield found.subject.fault("generate.py", "item-marks", message)
                return
    question = found.made[0][2]
    for given in MALFORMED:
        try:
            mark(question, given)
        except Invalid:
            continue
        if not (question.kind == "number" and given in {"99", "-1"}):
            yield found.subject.fault(
                "item.toml", "item-marks", f"{given!r} is accepted as an answer"
            )


def _answers(question: Question) -> Iterator[tuple[str, float, str]]:
    yield DONT_KNOW, 0.0, ""
    for position, option in enumerate(question.options):
        yield str(position), float(option.correct), option.misconception
    if question.kind == "number":
        yield repr(float(question.answer or 0.0)), 1.0, ""
        for wrong in question.wrong:
            yield repr(float(wrong.value)), 0.0, wrong.misconception


@rule("item-prose")
def prose(found: Variants) -> Iterator[Fault]:
    """The text of every variant renders: parameters filled, formulas parse, nothing is filler.

    There is an explanation.
    """
    file = f"items/{found.subject.slug}/item.md"
    if "## Explanation" not in found.subject.text("item.md"):
        yield Fault(file, 1, "item-prose", "there is no ## Explanation")
    yield from list(prose_faults(found.made[0][2].prompt, file, "item-prose"))[:MOST_FAULTS]
    for seed, _, question in found.made:
        texts = [question.prompt, question.explanation]
        texts += [text for option in question.options for text in (option.text, option.feedback)]
        texts += [wrong.feedback for wrong in question.wrong]
        for text in texts:
            for tex, said in maths_faults(text):
                yield Fault(file, 1, "item-prose", f"seed {seed}: maths {tex[:60]!r}: {said}")
                return


@rule("item-even-options")
def even_options(found: Variants) -> Iterator[Fault]:
    """The right option cannot be told by its length.

    It is the longest by far in under half of the variants.
    """
    if found.item.kind != "choice":
        return
    longest = 0
    for _, _, question in found.made:
        right = next(len(o.text) for o in question.options if o.correct)
        others = [len(o.text) for o in question.options if not o.correct]
        longest += right > 1.3 * max(others) + 3
    if longest > len(found.made) / 2:
        message = (
            f"the right option is the longest by far in {longest} of {len(found.made)} variants"
        )
        yield found.subject.fault("generate.py", "item-even-options", message)


RULES = (generates, second_route, distractors, marks, prose, even_options)
