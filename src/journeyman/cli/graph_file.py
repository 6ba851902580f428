"""Reads a prerequisite graph from a file of somebody else: TOML as in the bank, or an edge list."""

from __future__ import annotations

import re
import tomllib
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from journeyman.core.skill import Skill, SkillGraph
from journeyman.errors import Invalid

Where = tuple[Path, int]
Name = Annotated[str, Field(min_length=1, max_length=200)]
_HEADERS = {("prerequisite", "skill"), ("from", "to"), ("source", "target")}
_KEYS = re.compile(r"^\s*\[\[\s*skill\s*\]\]", re.MULTILINE)


class _Form(BaseModel):
    # Titles, summaries and the like of a bank's file are not needed here, nor asked for.
    model_config = ConfigDict(extra="ignore")


class _Area(_Form):
    slug: Name


class _Skill(_Form):
    slug: Name
    title: str = ""
    requires: tuple[Name, ...] = ()
    minutes: Annotated[int, Field(ge=1, le=10_000)] = 20
    difficulty: Annotated[float, Field(ge=-10, le=10)] = 0.0


class _Skills(_Form):
    area: _Area | None = None
    skill: Annotated[tuple[_Skill, ...], Field(min_length=1)]


def read_graph(path: Path) -> SkillGraph:
    """The graph of a file.

    Args:
        path: A ``.toml`` file with ``[[skill]]`` tables that have a ``slug`` and ``requires``; a
            folder of such files (or a bank, whose ``skills`` folder is taken); or any other text
            file with one "prerequisite skill" pair a line, separated by a comma or blanks, ``#``
            starting a comment.

    Raises:
        Invalid: with the file, the line and what is wrong there.
    """
    if path.is_dir():
        inside = path / "skills" if (path / "skills").is_dir() else path
        files = sorted(inside.glob("*.toml"))
        if not files:
            raise Invalid(f"{path}: there are no .toml files in this folder.")
        return _from_toml(files)
    return _from_toml([path]) if path.suffix == ".toml" else _from_edges(path)


def _from_toml(files: list[Path]) -> SkillGraph:
    skills: dict[str, Skill] = {}
    lines: dict[str, Where] = {}
    for file in files:
        text = _text(file)
        form = _form(file, text)
        starts = [text.count("\n", 0, found.end()) + 1 for found in _KEYS.finditer(text)]
        area = form.area.slug if form.area else file.stem
        for place, one in enumerate(form.skill):
            where = (file, starts[place] if place < len(starts) else 1)
            if one.slug in skills:
                raise _invalid(where, f"the skill “{one.slug}” is declared twice")
            lines[one.slug] = where
            title = one.title or one.slug
            skills[one.slug] = Skill(
                one.slug,
                "",
                title,
                "",
                area,
                tuple(dict.fromkeys(one.requires)),
                one.minutes,
                one.difficulty,
            )
    for slug, skill in skills.items():
        for required in skill.requires:
            if required not in skills:
                raise _invalid(lines[slug], f"“{slug}” requires “{required}”, which is not there")
    _no_circle(
        [(required, slug, lines[slug]) for slug, one in skills.items() for required in one.requires]
    )
    return SkillGraph.of(skills.values())


def _form(file: Path, text: str) -> _Skills:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        raise _invalid((file, line), f"this is not TOML ({error})") from error
    try:
        return _Skills.model_validate(data)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        line = _line(text, first["loc"])
        raise _invalid((file, line), f"{where}: {first['msg']}") from error


def _line(text: str, where: tuple[int | str, ...]) -> int:
    """The line of a key that is wrong, or of the table that lacks it."""
    starts = [found.start() for found in _KEYS.finditer(text)]
    place = next((part for part in where if isinstance(part, int)), None)
    if place is None or place >= len(starts):
        return 1
    end = starts[place + 1] if place + 1 < len(starts) else len(text)
    for key in (part for part in reversed(where) if isinstance(part, str) and part != "skill"):
        found = re.search(rf"^\s*{re.escape(key)}\s*=", text[starts[place] : end], re.MULTILINE)
        if found:
            return text.count("\n", 0, starts[place] + found.end()) + 1
    return text.count("\n", 0, starts[place]) + 1


def _from_edges(file: Path) -> SkillGraph:
    edges: list[tuple[str, str, Where]] = []
    for number, line in enumerate(_text(file).splitlines(), start=1):
        words = tuple(re.split(r"\s*,\s*|\s+", line.partition("#")[0].strip()))
        if words == ("",) or (not edges and tuple(w.lower() for w in words) in _HEADERS):
            continue
        if len(words) != 2 or not all(words):
            raise _invalid(
                (file, number), f"write one “prerequisite skill” pair a line, not “{line[:60]}”"
            )
        if words[0] == words[1]:
            raise _invalid((file, number), f"“{words[0]}” cannot require itself")
        edges.append((words[0], words[1], (file, number)))
    if not edges:
        raise Invalid(f"{file}: there is no “prerequisite skill” pair in this file.")
    _no_circle(edges)
    requires: dict[str, dict[str, None]] = {}
    for before, after, _ in edges:
        requires.setdefault(before, {})
        requires.setdefault(after, {})[before] = None
    # Nothing is known of areas here, so every skill stands in the same one.
    return SkillGraph.of(
        Skill(slug, "", slug, "", file.stem, tuple(needed)) for slug, needed in requires.items()
    )


def _no_circle(edges: list[tuple[str, str, Where]]) -> None:
    """Refuse circles, naming the first edge that closes one when they are taken in order."""
    requires: dict[str, set[str]] = {}
    for before, after, _ in edges:
        requires.setdefault(after, set()).add(before)
    try:
        TopologicalSorter(requires).prepare()
    except CycleError:
        raise _closing(edges) from None


def _closing(edges: list[tuple[str, str, Where]]) -> Invalid:
    opens: dict[str, list[str]] = {}
    for before, after, where in edges:
        stack, seen = [after], set[str]()
        while stack:
            current = stack.pop()
            if current == before:
                return _invalid(where, f"“{after}” requires “{before}”, which rests on it in turn")
            if current not in seen:
                seen.add(current)
                stack.extend(opens.get(current, ()))
        opens.setdefault(before, []).append(after)
    raise AssertionError("there is no circle")  # pragma: no cover - the sorter has found one


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise Invalid(f"{file} cannot be read: {reason}.") from error


def _invalid(where: Where, what: str) -> Invalid:
    return Invalid(f"{where[0]}, line {where[1]}: {what}.")
