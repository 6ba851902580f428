"""Gives right and wrong answers to questions, as a learner would type them."""

from __future__ import annotations

from journeyman.core.asking import Asked


def right(asked: Asked) -> str:
    if asked.question.kind == "choice":
        return str(next(i for i, option in enumerate(asked.question.options) if option.correct))
    return repr(asked.question.answer)


def wrong(asked: Asked) -> str:
    if asked.question.kind == "choice":
        return str(next(i for i, option in enumerate(asked.question.options) if not option.correct))
    return repr((asked.question.answer or 0.0) + 1e6)
