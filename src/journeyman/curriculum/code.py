"""Loads the Python of an entry: generators, cases and references. Content is trusted code."""

from __future__ import annotations

import linecache
from functools import lru_cache
from pathlib import Path
from types import ModuleType

from journeyman.core.exercise import AnswerKey, Exercise
from journeyman.errors import Unavailable


def load_module(file: Path, name: str) -> ModuleType:
    """Execute ``file`` as a fresh module that is not registered anywhere.

    The compiled code is not cached on disk: the bank is read-only at run time.
    """
    source = file.read_text("utf-8")
    return module_from(source, name, str(file))


def module_from(source: str, name: str, filename: str) -> ModuleType:
    """Execute ``source`` as a module."""
    module = ModuleType(name)
    module.__file__ = filename
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    exec(compile(source, filename, "exec"), module.__dict__)  # noqa: S102 - trusted content
    return module


def answer_key(exercise: Exercise, folder: Path) -> AnswerKey:
    """The trusted half of an exercise.

    Raises:
        Unavailable: if the entry's own code does not load.
    """
    try:
        return _answer_key(exercise.entry, folder, exercise.sha256)
    except Exception as error:
        raise Unavailable(
            f"The exercise {exercise.slug!r} is broken ({type(error).__name__}: {error}); "
            "nothing is counted."
        ) from error


@lru_cache(256)
def _answer_key(entry: str, folder: Path, sha256: str) -> AnswerKey:
    reference = load_module(folder / "reference.py", f"reference_{sha256[:12]}")
    cases = load_module(folder / "cases.py", f"cases_{sha256[:12]}")
    return AnswerKey(
        getattr(reference, entry),
        cases.example,
        cases.hidden,
        getattr(cases, "performance", None),
    )
