"""Rules on exercises: the reference passes, everything else fails, and the cases notice mutants."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from journeyman.core.bank import Fault
from journeyman.core.exercise import AnswerKey, Case, Exercise, Limits, Verdict
from journeyman.curriculum.checks.literals import UnwritableError, literal
from journeyman.curriculum.checks.mutants import Mutant, mutants
from journeyman.curriculum.checks.prose import prose_faults, words
from journeyman.curriculum.checks.rule import Grade, Subject, rule
from journeyman.curriculum.code import answer_key
from journeyman.errors import JourneymanError

SEED = 20_260_101
MUTANT_SEEDS = (SEED, SEED + 1)
FEWEST_CASES, FEWEST_EDGES, FEWEST_WRONG = 12, 3, 3
KILLED = 0.98
SHARE_OF_LIMITS = 0.2
MUTANT_LIMITS = Limits(cpu_seconds=2.0, wall_seconds=4.0)


@dataclass(frozen=True)
class Graded:
    """An exercise ready to be graded against."""

    subject: Subject
    exercise: Exercise
    key: AnswerKey
    grade: Grade

    def verdict(self, source: str, seed: int = SEED, exercise: Exercise | None = None) -> Verdict:
        """Grade ``source`` as a learner's code would be."""
        return self.grade(exercise or self.exercise, self.key, source, seed)

    def fault(self, file: str, name: str, message: str, line: int = 1) -> Fault:
        """A fault in one of the entry's files."""
        return self.subject.fault(file, name, message, line)


def graded(subject: Subject, grade: Grade) -> Graded | Fault:
    """Load the entry's code, or the fault that stops it."""
    exercise = subject.bank.exercises[subject.slug]
    try:
        return Graded(subject, exercise, answer_key(exercise, subject.folder), grade)
    except JourneymanError as error:
        return subject.fault("cases.py", "exercise-loads", error.message)


@rule("exercise-cases")
def cases(found: Graded) -> Iterator[Fault]:
    """Twelve cases or more, three of them or more on named edges, each with a label."""
    try:
        example = list(found.key.example())
        hidden = list(found.key.hidden(np.random.default_rng(SEED)))
    except Exception as error:  # noqa: BLE001 - any failure is the entry's
        yield found.fault("cases.py", "exercise-cases", f"{type(error).__name__}: {error}")
        return
    every: list[Case] = [*example, *hidden]
    if len(every) < FEWEST_CASES or not example or not hidden:
        found_them = f"{len(example)} visible and {len(hidden)} unseen cases"
        message = f"{found_them}; {FEWEST_CASES} in all are wanted"
        yield found.fault("cases.py", "exercise-cases", message)
    edges = {case.edge for case in every if case.edge}
    if len(edges) < FEWEST_EDGES:
        message = f"edges {sorted(edges)}; name {FEWEST_EDGES} or more"
        yield found.fault("cases.py", "exercise-cases", message)
    if any(not case.label for case in every):
        yield found.fault("cases.py", "exercise-cases", "a case has no label")


@rule("exercise-reference")
def reference(found: Graded) -> Iterator[Fault]:
    """The reference passes, twice alike, within a fifth of the limits."""
    source = found.subject.text("reference.py")
    for seed in (SEED, SEED, SEED + 7):
        verdict = found.verdict(source, seed)
        if not verdict.passed:
            yield found.fault("reference.py", "exercise-reference", _said(verdict))
            return
        if verdict.cpu_ms > 1000 * found.exercise.limits.cpu_seconds * SHARE_OF_LIMITS:
            message = f"takes {verdict.cpu_ms:.0f} ms of CPU: over a fifth of the limit"
            yield found.fault("reference.py", "exercise-reference", message)
            return


@rule("exercise-starter")
def starter(found: Graded) -> Iterator[Fault]:
    """The starter defines the entry point and does not pass."""
    source = found.subject.text("starter.py")
    names = {
        n.name for n in ast.parse(source).body if isinstance(n, (ast.FunctionDef, ast.ClassDef))
    }
    if found.exercise.entry not in names:
        yield found.fault(
            "starter.py", "exercise-starter", f"does not define {found.exercise.entry}"
        )
    if found.verdict(source).passed:
        yield found.fault("starter.py", "exercise-starter", "passes as it stands")


@rule("exercise-empty-answers")
def empty_answers(found: Graded) -> Iterator[Fault]:
    """An empty file, constants, the argument itself and the examples' answers do not pass."""
    for name, source in _cheap_sources(found):
        if found.verdict(source).passed:
            yield found.fault("cases.py", "exercise-empty-answers", f"{name} passes")


def _cheap_sources(found: Graded) -> Iterator[tuple[str, str]]:
    yield "a file without code", "pass\n"
    entry = found.exercise.entry
    is_class = isinstance(found.key.reference, type)
    if is_class:
        yield (
            "an object that answers None",
            (
                f"class {entry}:\n    def __init__(self, *a, **k): pass\n"
                "    def __getattr__(self, name): return lambda *a, **k: None\n"
            ),
        )
        return
    for value in ("None", "0", "1.0", "True", "[]", "{}", "a[0] if a else None"):
        yield f"returning {value}", f"def {entry}(*a, **k):\n    return {value}\n"
    try:
        answers = [literal(_expected(found.key, case)) for case in found.key.example()]
    except UnwritableError:
        return
    yield (
        "the examples' answers by heart",
        (
            "import itertools\nimport numpy as np\n"
            f"ANSWERS = itertools.cycle([{', '.join(answers)}])\n"
            f"def {entry}(*a, **k):\n    return next(ANSWERS)\n"
        ),
    )


def _expected(key: AnswerKey, case: Case) -> Any:
    if case.raises or any(type(a).__name__ == "Code" for a in (*case.args, *case.kwargs.values())):
        raise UnwritableError
    return key.reference(*case.args, **case.kwargs)


@rule("exercise-wrong")
def wrong(found: Graded) -> Iterator[Fault]:
    """Three or more wrong solutions; each fails as its first lines declare, twice alike."""
    files = sorted((found.subject.folder / "wrong").glob("*.py"))
    if len(files) < FEWEST_WRONG:
        message = f"{len(files)} wrong solutions; write {FEWEST_WRONG} or more"
        yield found.fault("wrong", "exercise-wrong", message)
    for file in files:
        name, source = f"wrong/{file.name}", file.read_text("utf-8")
        declared = dict(re.findall(r"^# (category|says): (.+?)\s*$", source, re.MULTILINE))
        if "category" not in declared:
            yield found.fault(name, "exercise-wrong", "start with “# category: …”")
            continue
        first, second = found.verdict(source), found.verdict(source)
        if (first.verdict, first.category) != (second.verdict, second.category):
            yield found.fault(name, "exercise-wrong", "two gradings give two verdicts")
        yield from _declared(found, name, declared, first)


def _declared(
    found: Graded, name: str, declared: dict[str, str], verdict: Verdict
) -> Iterator[Fault]:
    if verdict.passed:
        yield found.fault(name, "exercise-wrong", "passes")
    elif verdict.category != declared["category"]:
        message = f"declares {declared['category']!r} but: {_said(verdict)}"
        yield found.fault(name, "exercise-wrong", message)
    elif "says" in declared:
        told = " ".join((verdict.message, verdict.cause, *(c.cause for c in verdict.cases)))
        if declared["says"].lower() not in told.lower():
            message = f"declares {declared['says']!r} but the feedback is {told.strip()!r}"
            yield found.fault(name, "exercise-wrong", message)


@rule("exercise-mutants")
def mutants_killed(found: Graded) -> Iterator[Fault]:
    """98 % of the reference's mutants fail; a survivor is listed as equivalent with its reason."""
    listed = found.subject.bank.equivalents.get(found.subject.slug, {})
    every = list(mutants(found.subject.text("reference.py")))
    counted = [mutant for mutant in every if mutant.name not in listed]
    survivors = [mutant for mutant in counted if _survives(found, mutant)]
    for name in listed.keys() - {mutant.name for mutant in every}:
        message = f"no mutant is called {name!r}"
        yield found.fault("exercise.toml", "exercise-mutants", message)
    if counted and len(survivors) > (1 - KILLED) * len(counted):
        for mutant in survivors:
            message = f"survives: {mutant.name} ({len(survivors)} of {len(counted)} survive)"
            yield found.fault("reference.py", "exercise-mutants", message, mutant.line)


def _survives(found: Graded, mutant: Mutant) -> bool:
    limits = replace(MUTANT_LIMITS, memory_mb=found.exercise.limits.memory_mb)
    hurried = replace(found.exercise, limits=limits)
    return all(found.verdict(mutant.source, seed, hurried).passed for seed in MUTANT_SEEDS)


@rule("exercise-prose")
def prose(found: Graded) -> Iterator[Fault]:
    """The task says enough (40 words or more), its formulas parse, no phrase is filler."""
    text = found.subject.text("task.md")
    if words(text) < 40:
        yield found.fault("task.md", "exercise-prose", f"{words(text)} words; say what is tested")
    if f"`{found.exercise.entry}" not in text:
        yield found.fault("task.md", "exercise-prose", f"does not name `{found.exercise.entry}`")
    yield from prose_faults(text, f"exercises/{found.subject.slug}/task.md", "exercise-prose")
    for hint in found.exercise.hints:
        file = f"exercises/{found.subject.slug}/exercise.toml"
        yield from prose_faults(hint, file, "exercise-prose")


def _said(verdict: Verdict) -> str:
    failing = next((case for case in verdict.cases if not case.passed), None)
    where = f" on “{failing.label}”" if failing else ""
    return f"{verdict.verdict}/{verdict.category or '-'}{where}: {verdict.message}"


RULES = (cases, reference, starter, empty_answers, wrong, mutants_killed, prose)
