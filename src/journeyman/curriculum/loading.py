"""Reads the folders of a bank into core objects; what is broken becomes a fault, never a crash."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from journeyman.core.bank import Bank, Fault, Lesson, Misconception
from journeyman.core.exercise import Exercise, Limits
from journeyman.core.item import Item
from journeyman.core.role import Role
from journeyman.core.skill import Area, Reference, Skill, SkillGraph
from journeyman.curriculum.formats import (
    ExerciseForm,
    Form,
    ItemForm,
    LessonForm,
    RoleForm,
    SkillsForm,
    VocabularyForm,
)

FRONT_MATTER = re.compile(r"\A\+\+\+\n(.*?)\n\+\+\+\n(.*)\Z", re.DOTALL)
E = TypeVar("E")
F = TypeVar("F", bound=Form)


class BrokenEntryError(Exception):
    """One entry cannot be loaded; carries the fault that says where and why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(str(fault))
        self.fault = fault


@dataclass(frozen=True)
class LoadedBank(Bank):
    """A bank together with the folders that its entries came from."""

    roots: tuple[Path, ...] = ()
    folders: dict[tuple[str, str], Path] = field(default_factory=dict)
    equivalents: dict[str, dict[str, str]] = field(default_factory=dict)

    def folder(self, kind: str, slug: str) -> Path:
        """Folder of the entry ``slug`` of ``kind`` (lesson, item, exercise)."""
        return self.folders[kind, slug]


def load(*roots: Path) -> LoadedBank:
    """Load every bank under ``roots``, the built-in one first."""
    return _Loading(roots).bank()


def folder_sha256(folder: Path) -> str:
    """Hash of an entry's files: names and bytes, in name order, bytecode left out.

    This is what an attempt stores, so that a number names exactly what was graded.
    """
    digest = hashlib.sha256()
    for file in sorted(
        p for p in folder.rglob("*") if p.is_file() and "__pycache__" not in p.parts
    ):
        content = file.read_bytes()
        name = file.relative_to(folder).as_posix()
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def read_form(file: Path, text: str, form: type[F], root: Path, offset: int = 0) -> F:
    """Parse TOML into ``form``.

    Raises:
        BrokenEntryError: with the line of the first thing that is wrong.
    """
    name = _relative(file, root)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        raise BrokenEntryError(Fault(name, line + offset, "toml", f"{error}")) from error
    try:
        return form.model_validate(data)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "file"
        line = _line_of(text, [part for part in first["loc"] if isinstance(part, str)])
        message = f"{where}: {first['msg']}"
        raise BrokenEntryError(Fault(name, line + offset, "form", message)) from error


def exercise_from(form: ExerciseForm, sha256: str) -> Exercise:
    """The core object of an exercise's form."""
    shared = form.model_dump(include=set(Exercise.__slots__) - {"limits", "sha256", "uuid"})
    limits = Limits(**form.limits.model_dump())
    return Exercise(**shared, uuid=str(form.uuid), limits=limits, sha256=sha256)


def load_exercise(folder: Path) -> Exercise:
    """Load one exercise folder that need not belong to a bank.

    Raises:
        BrokenEntryError: if its ``exercise.toml`` is missing or broken.
    """
    file = folder / "exercise.toml"
    form = read_form(file, _read(file, folder), ExerciseForm, folder)
    return exercise_from(form, folder_sha256(folder))


def _relative(file: Path, root: Path) -> str:
    return file.relative_to(root).as_posix() if file.is_relative_to(root) else file.name


def _line_of(text: str, keys: list[str]) -> int:
    """Line of the deepest of ``keys`` that stands in the file, else 1."""
    for key in reversed(keys):
        found = re.search(rf"^\s*(?:\[+)?\s*{re.escape(key)}\b", text, re.MULTILINE)
        if found:
            return text.count("\n", 0, found.end()) + 1
    return 1


def _read(file: Path, root: Path) -> str:
    try:
        return file.read_text("utf-8")
    except FileNotFoundError as error:
        fault = Fault(_relative(file, root), 1, "files", "this file is missing")
        raise BrokenEntryError(fault) from error
    except (OSError, UnicodeDecodeError) as error:
        fault = Fault(_relative(file, root), 1, "files", f"cannot be read as UTF-8 text: {error}")
        raise BrokenEntryError(fault) from error


class _Loading:
    """One pass over the roots, gathering entries and faults."""

    def __init__(self, roots: Iterable[Path]) -> None:
        self.roots = tuple(roots)
        self.faults: list[Fault] = []
        self.folders: dict[tuple[str, str], Path] = {}
        self.uuids: dict[str, str] = {}
        self.equivalents: dict[str, dict[str, str]] = {}

    def bank(self) -> LoadedBank:
        graph = self._graph()
        misconceptions = dict(self._misconceptions())
        lessons = dict(self._entries("lessons", self._lesson, graph))
        items = dict(self._entries("items", self._item, graph))
        exercises = dict(self._entries("exercises", self._exercise, graph))
        roles = self._roles()
        return LoadedBank(
            graph,
            lessons,
            items,
            exercises,
            misconceptions,
            tuple(sorted(self.faults)),
            roles,
            roots=self.roots,
            folders=self.folders,
            equivalents=self.equivalents,
        )

    def _files(self, pattern: str) -> Iterator[tuple[Path, Path]]:
        for root in self.roots:
            for file in sorted(root.glob(pattern)):
                yield root, file

    def _graph(self) -> SkillGraph:
        areas: dict[str, Area] = {}
        skills: dict[str, Skill] = {}
        origin: dict[str, str] = {}
        for root, file in self._files("skills/*.toml"):
            try:
                form = read_form(file, _read(file, root), SkillsForm, root)
            except BrokenEntryError as error:
                self.faults.append(error.fault)
                continue
            name = _relative(file, root)
            areas[form.area.slug] = Area(form.area.slug, form.area.title, form.area.summary)
            for one in form.skill:
                if one.slug in skills:
                    self._fault(name, "unique", f"skill {one.slug!r} is declared twice")
                    continue
                self._unique(str(one.uuid), name)
                fields = one.model_dump(exclude={"uuid"})
                skills[one.slug] = Skill(uuid=str(one.uuid), area=form.area.slug, **fields)
                origin[one.slug] = name
        return SkillGraph(self._sound(skills, origin), areas)

    def _sound(self, skills: dict[str, Skill], origin: dict[str, str]) -> dict[str, Skill]:
        """Drop prerequisites that do not exist or that would close a circle, with a fault each."""
        placed: dict[str, tuple[str, ...]] = {}
        sound: dict[str, Skill] = {}
        for slug, skill in skills.items():
            kept = []
            for required in skill.requires:
                if required not in skills:
                    self._fault(
                        origin[slug],
                        "prerequisites",
                        f"{slug!r} requires {required!r}, which does not exist",
                    )
                elif _reaches(placed, required, slug):
                    self._fault(
                        origin[slug],
                        "acyclic",
                        f"{slug!r} requires {required!r}, which rests on it in turn",
                    )
                else:
                    kept.append(required)
            placed[slug] = tuple(kept)
            fields = {name: getattr(skill, name) for name in Skill.__slots__}
            sound[slug] = Skill(**{**fields, "requires": tuple(kept)})
        return sound

    def _misconceptions(self) -> Iterator[tuple[str, Misconception]]:
        for root, file in self._files("vocabulary/*.toml"):
            try:
                form = read_form(file, _read(file, root), VocabularyForm, root)
            except BrokenEntryError as error:
                self.faults.append(error.fault)
                continue
            for one in form.misconception:
                yield one.slug, Misconception(one.slug, one.title, one.summary)

    def _roles(self) -> dict[str, Role]:
        """Every role; what it names that the graph does not have is for the check to find."""
        found: dict[str, Role] = {}
        for root, file in self._files("roles/*.toml"):
            try:
                form = read_form(file, _read(file, root), RoleForm, root)
            except BrokenEntryError as error:
                self.faults.append(error.fault)
                continue
            if form.slug in found:
                message = f"role {form.slug!r} is declared twice"
                self._fault(_relative(file, root), "unique", message)
                continue
            self._unique(str(form.uuid), _relative(file, root))
            fields = form.model_dump(include=set(Role.__slots__) - {"uuid"})
            found[form.slug] = Role(**fields, uuid=str(form.uuid))
        return found

    def _entries(
        self, kind: str, read: Callable[[Path, Path], E], graph: SkillGraph
    ) -> Iterator[tuple[str, E]]:
        seen: dict[str, str] = {}
        for root, folder in self._files(f"{kind}/*/"):
            if folder.name.startswith((".", "_")):
                continue
            try:
                entry = read(root, folder)
                self._known(entry, folder, root, graph)
            except BrokenEntryError as error:
                self.faults.append(error.fault)
                continue
            if folder.name in seen:
                self._fault(
                    _relative(folder, root),
                    "unique",
                    f"{folder.name!r} exists already in {seen[folder.name]}",
                )
                continue
            seen[folder.name] = str(root.name)
            self.folders[kind.removesuffix("s"), folder.name] = folder
            yield folder.name, entry

    def _lesson(self, root: Path, folder: Path) -> Lesson:
        file = folder / "lesson.md"
        text = _read(file, root)
        parts = FRONT_MATTER.match(text)
        if parts is None:
            raise BrokenEntryError(
                Fault(
                    _relative(file, root), 1, "form", "start with +++, TOML, +++ and then the text"
                )
            )
        form = read_form(file, parts[1], LessonForm, root, offset=1)
        self._unique(str(form.uuid), _relative(file, root))
        figure = folder / "figure.svg"
        return Lesson(
            folder.name,
            str(form.uuid),
            form.version,
            parts[2].strip() + "\n",
            form.figure_alt,
            form.figure_caption,
            _read(figure, root),
            tuple(Reference(**one.model_dump()) for one in form.references),
            form.status,
            folder_sha256(folder),
        )

    def _item(self, root: Path, folder: Path) -> Item:
        file = folder / "item.toml"
        form = read_form(file, _read(file, root), ItemForm, root)
        self._same_slug(form.slug, folder, file, root)
        self._unique(str(form.uuid), _relative(file, root))
        for name in ("item.md", "generate.py"):
            _read(folder / name, root)
        guess = form.guess if form.guess is not None else (0.25 if form.kind == "choice" else 0.02)
        fields = form.model_dump(include=set(Item.__slots__) - {"guess", "uuid", "sha256"})
        return Item(**fields, uuid=str(form.uuid), guess=guess, sha256=folder_sha256(folder))

    def _exercise(self, root: Path, folder: Path) -> Exercise:
        file = folder / "exercise.toml"
        form = read_form(file, _read(file, root), ExerciseForm, root)
        self._same_slug(form.slug, folder, file, root)
        self._unique(str(form.uuid), _relative(file, root))
        for name in ("task.md", "starter.py", "reference.py", "cases.py"):
            _read(folder / name, root)
        self.equivalents[form.slug] = {one.mutant: one.reason for one in form.equivalent}
        return exercise_from(form, folder_sha256(folder))

    def _known(self, entry: object, folder: Path, root: Path, graph: SkillGraph) -> None:
        named = [entry.skill] if isinstance(entry, Lesson) else list(getattr(entry, "skills", ()))
        for slug in named:
            if slug not in graph.skills:
                file = {"lessons": "lesson.md", "items": "item.toml"}.get(
                    folder.parent.name, "exercise.toml"
                )
                message = f"names the skill {slug!r}, which does not exist"
                line = _line_of((folder / file).read_text("utf-8"), [slug, "skills"])
                raise BrokenEntryError(
                    Fault(_relative(folder / file, root), line, "skills", message)
                )

    def _same_slug(self, slug: str, folder: Path, file: Path, root: Path) -> None:
        if slug != folder.name:
            line = _line_of(file.read_text("utf-8"), ["slug"])
            message = f"slug is {slug!r} but the folder is {folder.name!r}"
            raise BrokenEntryError(Fault(_relative(file, root), line, "slug", message))

    def _unique(self, uuid: str, name: str) -> None:
        if uuid in self.uuids:
            self._fault(name, "unique", f"uuid {uuid} is used by {self.uuids[uuid]} too")
        self.uuids.setdefault(uuid, name)

    def _fault(self, file: str, rule: str, message: str) -> None:
        self.faults.append(Fault(file, 1, rule, message))


def _reaches(edges: dict[str, tuple[str, ...]], start: str, goal: str) -> bool:
    stack, seen = [start], set()
    while stack:
        current = stack.pop()
        if current == goal:
            return True
        if current not in seen:
            seen.add(current)
            stack.extend(edges.get(current, ()))
    return False
