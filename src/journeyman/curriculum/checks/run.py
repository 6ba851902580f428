"""Runs every rule over a bank, or over some of its entries, and gathers the faults."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from journeyman.core.bank import Fault
from journeyman.curriculum.checks import exercises, items, lessons, projects, structure
from journeyman.curriculum.checks.prose import maths_available
from journeyman.curriculum.checks.rule import Grade, Rule, Subject
from journeyman.curriculum.loading import LoadedBank
from journeyman.errors import JourneymanError

RULES: tuple[Rule[Any], ...] = (
    *structure.RULES,
    *lessons.RULES,
    *items.RULES,
    *exercises.RULES,
    *projects.RULES,
)

NO_MATHS = (
    "maths: formulas are parsed by KaTeX in quickjs-ng; install journeyman[test] and build the "
    "front end"
)


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found.

    Attributes:
        unchecked: Rules that could not be applied on this machine, in words.
    """

    counts: dict[str, int]
    faults: tuple[Fault, ...]
    unchecked: tuple[str, ...] = ()


def check(
    bank: LoadedBank,
    grade: Grade,
    *,
    only: Sequence[str] = (),
    tell: Callable[[str], None] = lambda _name: None,
) -> Report:
    """Apply every rule.

    Args:
        bank: The bank, as loaded.
        grade: Grades code in the sandbox.
        only: ``kind/slug`` of the entries to check; empty checks everything.
        tell: Called with the name of each entry as its turn comes.
    """
    names = {_normal(name) for name in only}
    faults = [fault for fault in bank.faults if not names or _of(fault, names)]
    if not names:
        faults += _apply(structure.RULES, bank)
    for (kind, slug), folder in sorted(bank.folders.items()):
        if not names or f"{kind}/{slug}" in names:
            tell(f"{kind}/{slug}")
            faults += _entry(Subject(bank, kind, slug, folder), grade)
    for slug, folder in projects.folders(bank):
        if not names or f"project/{slug}" in names:
            tell(f"project/{slug}")
            faults += _apply(projects.RULES, Subject(bank, "project", slug, folder))
    missing = () if maths_available() else (NO_MATHS,)
    return Report(counts(bank), tuple(sorted(set(faults))), missing)


def counts(bank: LoadedBank) -> dict[str, int]:
    """How many entries of each kind the bank holds."""
    return {
        "areas": len(bank.graph.areas),
        "skills": len(bank.graph.skills),
        "lessons": len(bank.lessons),
        "items": len(bank.items),
        "exercises": len(bank.exercises),
        "misconceptions": len(bank.misconceptions),
        "roles": len(bank.roles),
        "projects": len(list(projects.folders(bank))),
    }


def _entry(subject: Subject, grade: Grade) -> Iterator[Fault]:
    if subject.kind == "lesson":
        yield from _apply(lessons.RULES, subject)
    elif subject.kind == "item":
        found = items.variants(subject)
        yield from [found] if isinstance(found, Fault) else _apply(items.RULES, found)
    else:
        graded = exercises.graded(subject, grade)
        yield from [graded] if isinstance(graded, Fault) else _graded(subject, graded)


def _graded(subject: Subject, graded: exercises.Graded) -> Iterator[Fault]:
    for one in exercises.RULES:
        try:
            yield from list(one.find(graded))
        except JourneymanError as error:  # its reference or its cases fail on the trusted side
            yield subject.fault("reference.py", one.name, error.message)


def _apply(rules: Iterable[Rule[Any]], subject: Any) -> list[Fault]:
    return [fault for one in rules for fault in one.find(subject)]


def _normal(name: str) -> str:
    kind, _, slug = name.strip("/").partition("/")
    return f"{kind.removesuffix('s')}/{slug}"


def _of(fault: Fault, names: set[str]) -> bool:
    return any(_normal("/".join(fault.file.split("/")[:2])) == name for name in names)
