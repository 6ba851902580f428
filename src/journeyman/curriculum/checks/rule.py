"""What a rule is: a function from one subject to its faults, published under a name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from journeyman.core.bank import Fault
from journeyman.core.exercise import AnswerKey, Exercise, Verdict
from journeyman.curriculum.loading import LoadedBank

S = TypeVar("S")
Grade = Callable[[Exercise, AnswerKey, str, int], Verdict]
"""Grades ``source`` with a seed: the sandbox, handed in because the bank does not know it."""


@dataclass(frozen=True)
class Subject:
    """One entry under check."""

    bank: LoadedBank
    kind: str
    slug: str
    folder: Path

    def fault(self, file: str, rule: str, message: str, line: int = 1) -> Fault:
        """A fault in one of the entry's files."""
        return Fault(f"{self.kind}s/{self.slug}/{file}", line, rule, message)

    def text(self, file: str) -> str:
        """The text of one of the entry's files."""
        return (self.folder / file).read_text("utf-8")


@dataclass(frozen=True)
class Rule(Generic[S]):
    """A published rule: its name, what it demands, and the function that finds faults."""

    name: str
    demands: str
    find: Callable[[S], Iterator[Fault]]


def rule(name: str) -> Callable[[Callable[[S], Iterator[Fault]]], Rule[S]]:
    """Publish a function as a rule; its docstring says what it demands."""

    def publish(find: Callable[[S], Iterator[Fault]]) -> Rule[S]:
        return Rule(name, " ".join((find.__doc__ or "").split()), find)

    return publish


def line_of(text: str, part: str) -> int:
    """Line of the first place where ``part`` stands, else 1."""
    found = text.find(part)
    return 1 if found < 0 else text.count("\n", 0, found) + 1
