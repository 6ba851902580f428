"""Rules on guided projects: the entry, its texts, and a reference that was really run."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from journeyman.core.bank import Fault
from journeyman.curriculum.checks.prose import filler, words
from journeyman.curriculum.checks.rule import Subject, line_of, rule
from journeyman.curriculum.loading import BrokenEntryError, LoadedBank, read_form
from journeyman.curriculum.project_form import ProjectForm

ENTRY = "project.toml"
TEXTS = ("brief.md", "excellent.md")
CODE = ("data", "features", "train", "predict", "evaluate")
REFERENCE = (
    *(f"src/solution/{name}.py" for name in CODE),
    "README.md", "MODEL_CARD.md", "DATA_CARD.md", "journeyman.toml", "pyproject.toml",
    "measured/metrics.json",
)  # fmt: skip
FEWEST = {"skills": 3, "milestones": 4, "rubric": 4}
SHORTEST, LONGEST = 20, 600
FEWEST_WORDS, MOST_WORDS = 150, 700
TABLE = re.compile(r"<!-- measured -->\n(.*?)<!-- end -->", re.DOTALL)


def folders(bank: LoadedBank) -> Iterator[tuple[str, Path]]:
    """Slug and folder of each project of the bank."""
    for root in bank.roots:
        for folder in sorted((root / "projects").glob("*/")):
            if not folder.name.startswith((".", "_")):
                yield folder.name, folder


@lru_cache(64)
def _form(file: Path, text: str) -> ProjectForm | Fault:
    try:
        return read_form(file, text, ProjectForm, file.parents[2])
    except BrokenEntryError as error:
        return error.fault


def _entry(subject: Subject) -> ProjectForm | None:
    """The entry, or None where ``project-form`` says what is wrong with it."""
    file = subject.folder / ENTRY
    if not file.is_file():
        return None
    found = _form(file, subject.text(ENTRY))
    return None if isinstance(found, Fault) else found


@rule("project-form")
def form(subject: Subject) -> Iterator[Fault]:
    """A project.toml has every field, its folder's name as slug, and shares that add up."""
    file = subject.folder / ENTRY
    if not file.is_file():
        yield subject.fault(ENTRY, "project-form", "this file is missing")
        return
    found = _form(file, subject.text(ENTRY))
    if isinstance(found, Fault):
        yield subject.fault(ENTRY, "project-form", found.message, found.line)
        return
    if found.slug != subject.slug:
        message = f"slug is {found.slug!r} but the folder is {subject.slug!r}"
        yield subject.fault(ENTRY, "project-form", message)
    total = sum(one.weight for one in found.rubric)
    if abs(total - 1) > 1e-6:
        message = f"the weights of the rubric add up to {total:.2f}, not to 1"
        yield subject.fault(ENTRY, "project-form", message)
    for name, fewest in FEWEST.items():
        if len(getattr(found, name)) < fewest:
            message = f"has {len(getattr(found, name))} {name}; {fewest} at least are wanted"
            yield subject.fault(ENTRY, "project-form", message)
    yield from _told(subject, found)
    yield from _stages(subject, found)


def _told(subject: Subject, found: ProjectForm) -> Iterator[Fault]:
    """Costs, constraints and reasons say something."""
    text = subject.text(ENTRY)
    costs, bounds = found.costs, found.constraints
    if not costs.text and not (costs.false_positive and costs.false_negative and costs.unit):
        message = "say what errors cost: two prices with a unit, or a text"
        yield subject.fault(ENTRY, "project-form", message, line_of(text, "[costs]"))
    if not (bounds.latency_ms and bounds.memory_mib):
        message = "say latency_ms and memory_mib"
        yield subject.fault(ENTRY, "project-form", message, line_of(text, "[constraints]"))
    reasons = {"why": found.split.why, "fairness": bounds.fairness}
    reasons |= {f"done_when of {one.slug}": one.done_when for one in found.milestones}
    reasons |= {f"excellent of {one.criterion}": one.excellent for one in found.rubric}
    for name, said in reasons.items():
        if not SHORTEST <= len(said) <= LONGEST:
            message = f"{name} has {len(said)} letters; {SHORTEST} to {LONGEST} are wanted"
            yield subject.fault(ENTRY, "project-form", message, line_of(text, said or name))


def _stages(subject: Subject, found: ProjectForm) -> Iterator[Fault]:
    """Milestones have names of their own, and show the project's skills: all of them, no other."""
    slugs = [one.slug for one in found.milestones]
    if len(set(slugs)) < len(slugs):
        yield subject.fault(ENTRY, "project-form", "two milestones have one slug")
    shown = {skill for one in found.milestones for skill in one.skills}
    for skill in sorted(shown ^ set(found.skills)):
        what = "has no weight under [skills]" if skill in shown else "is shown by no milestone"
        line = line_of(subject.text(ENTRY), skill)
        yield subject.fault(ENTRY, "project-form", f"the skill {skill!r} {what}", line)


@rule("project-names")
def names(subject: Subject) -> Iterator[Fault]:
    """Every skill and the data set that a project names exist."""
    found = _entry(subject)
    if found is None:
        return
    text = subject.text(ENTRY)
    named = dict.fromkeys(
        [*found.skills, *(one for part in found.milestones for one in part.skills)]
    )
    for slug in named:
        if slug not in subject.bank.graph.skills:
            message = f"names the skill {slug!r}, which does not exist"
            yield subject.fault(ENTRY, "project-names", message, line_of(text, slug))
    if not any(
        (root / "datasets" / f"{found.dataset}.toml").is_file() for root in subject.bank.roots
    ):
        message = f"names the data set {found.dataset!r}, which does not exist"
        yield subject.fault(ENTRY, "project-names", message, line_of(text, "dataset ="))


@rule("project-files")
def files(subject: Subject) -> Iterator[Fault]:
    """A project has a brief, what excellent looks like, and a whole reference with tests."""
    for name in (*TEXTS, *(f"reference/{one}" for one in REFERENCE)):
        if not (subject.folder / name).is_file():
            yield subject.fault(name, "project-files", "this file is missing")
    if not list((subject.folder / "reference" / "tests").glob("test_*.py")):
        yield subject.fault("reference/tests", "project-files", "the reference has no tests")


@rule("project-prose")
def prose(subject: Subject) -> Iterator[Fault]:
    """Brief and excellence have 150 to 700 words, and no text of a project holds filler."""
    for file in sorted(subject.folder.rglob("*.md")):
        name = file.relative_to(subject.folder).as_posix()
        text = file.read_text("utf-8")
        for phrase in filler(text):
            line = line_of(text.lower(), phrase)
            yield subject.fault(name, "project-prose", f"“{phrase}” says nothing; cut it", line)
        count = words(text)
        if name in TEXTS and not FEWEST_WORDS <= count <= MOST_WORDS:
            message = f"{count} words; {FEWEST_WORDS} to {MOST_WORDS} are wanted"
            yield subject.fault(name, "project-prose", message)
        if "TODO" in text:
            yield subject.fault(name, "project-prose", "a TODO is left", line_of(text, "TODO"))


@rule("project-code")
def code(subject: Subject) -> Iterator[Fault]:
    """All Python compiles, and the reference's journeyman.toml says what the entry says."""
    for file in sorted(subject.folder.rglob("*.py")):
        name = file.relative_to(subject.folder).as_posix()
        try:
            compile(file.read_text("utf-8"), name, "exec")
        except (SyntaxError, UnicodeDecodeError) as error:
            line = getattr(error, "lineno", None) or 1
            yield subject.fault(name, "project-code", f"does not compile: {error}", line)
    found, file = _entry(subject), subject.folder / "reference" / "journeyman.toml"
    if found is not None and file.is_file():
        yield from _agreement(subject, found)


def _agreement(subject: Subject, found: ProjectForm) -> Iterator[Fault]:
    name = "reference/journeyman.toml"
    text = subject.text(name)
    try:
        said: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        yield subject.fault(name, "project-code", f"cannot be read: {error}")
        return
    pairs = [("project", one, getattr(found, one)) for one in ("slug", "target", "metric", "task")]
    pairs += [("data", "dataset", found.dataset), ("split", "kind", found.split.kind)]
    for part, key, wanted in pairs:
        here = said.get(part, {}).get(key)
        if here != wanted:
            message = f"{key} in [{part}] is {here!r}, the entry says {wanted!r}"
            yield subject.fault(name, "project-code", message, line_of(text, f"{key} ="))


@rule("project-measured")
def measured(subject: Subject) -> Iterator[Fault]:
    """Tables of results in README and model card say what the reference's whole run measured."""
    source = "reference/measured/metrics.json"
    if not (subject.folder / source).is_file():
        return  # project-files says so
    try:
        lines = _lines(json.loads(subject.text(source)))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        message = f"is no set of metrics with value, low, high, rows and part: {error!r}"
        yield subject.fault(source, "project-measured", message)
        return
    found = _entry(subject)
    if found is not None and not lines[0].startswith(f"| {found.metric} |"):
        message = f"begins with {lines[0].split('|')[1].strip()!r}, not with {found.metric!r}"
        yield subject.fault(source, "project-measured", message)
    for name in ("reference/README.md", "reference/MODEL_CARD.md"):
        if (subject.folder / name).is_file():
            yield from _table(subject, name, lines)


def _lines(metrics: dict[str, dict[str, Any]]) -> list[str]:
    """Rows of the table that the metrics make."""
    if not metrics:
        raise ValueError("it is empty")
    return [
        f"| {name} | {one['value']:.4f} | {one['low']:.4f} to {one['high']:.4f} | {one['rows']:,} "
        f"| {one['part']} |"
        for name, one in metrics.items()
    ]


def _table(subject: Subject, name: str, lines: list[str]) -> Iterator[Fault]:
    text = subject.text(name)
    found = TABLE.search(text)
    if found is None:
        message = "has no table between <!-- measured --> and <!-- end -->"
        yield subject.fault(name, "project-measured", message)
        return
    shown = [line for line in found[1].splitlines() if line.startswith("| ")][1:]
    for here, wanted in zip([*shown, *[""] * len(lines)], lines, strict=False):
        if here != wanted:
            message = f"shows {here!r}, measured was {wanted!r}"
            yield subject.fault(
                name, "project-measured", message, line_of(text, here or "<!-- end")
            )
            return
    if len(shown) > len(lines):
        yield subject.fault(
            name, "project-measured", f"shows a row that was not measured: {shown[-1]!r}"
        )


RULES = (form, names, files, prose, code, measured)
