"""The sentences that a learner reads, from what the judge found or the child claimed."""

from __future__ import annotations

import builtins
import difflib
from collections.abc import Sequence
from typing import Any

import numpy as np

from journeyman.sandbox import values as v
from journeyman.sandbox.compare import Difference, Tolerance, wrong_cells
from journeyman.sandbox.words import clean, show, type_words

Frames = tuple[tuple[int, str, str], ...]

# Categories as they are told for an unseen case: what kind of thing is wrong, never a value.
UNSEEN = {
    "type": "the result has the wrong type",
    "shape": "the result has the wrong shape or length",
    "dtype": "the result has the wrong dtype",
    "nan": "the result contains NaN where it should not",
    "value": "the result has wrong values",
    "mutation": "the function changes its argument",
    "raises": "the function should refuse this input with an exception and does not",
    "exception": "the function raises an exception",
}
LIMITS = frozenset({"time", "memory", "output", "disk"})
ERRORS = frozenset({"exception", "exit", "crash", "missing", "syntax"})

# What honest code meets at the walls of the sandbox, and what to do about it.
_WALLS = (
    (
        ("fork", "subprocess", "_posixsubprocess", "popen", "num_workers", "multiprocessing"),
        "New processes cannot be started in the sandbox: use num_workers=0, n_jobs=1 or threads.",
    ),
    (
        ("socket", "urlopen", "getaddrinfo", "urllib", "http", "name resolution"),
        "There is no network in the sandbox: work on the arguments of the function.",
    ),
    (
        ("Permission denied", "PermissionError", "Read-only"),
        (
            "Files outside the scratch directory cannot be opened in the sandbox; "
            "tempfile works, and so does the current directory."
        ),
    ),
    (("EOF when reading a line",), "There is nobody to answer input(): use the arguments."),
)


def outcome(category: str) -> str:
    """The verdict that a first failure of this category leads to.

    >>> outcome("shape"), outcome("time"), outcome("syntax")
    ('failed', 'limit', 'error')
    """
    if category == "forged":
        return "forged"
    if category in LIMITS:
        return "limit"
    return "error" if category in ERRORS else "failed"


def text_of(value: Any, limit: int = 2000) -> str:
    """A claimed text, made safe; "" for anything that is not text."""
    return clean(value, limit) if isinstance(value, str) else ""


def frames_of(claim: dict[str, Any]) -> Frames:
    """The learner's own lines in a claimed traceback: (line, function, text)."""
    found = []
    for frame in claim.get("frames") or []:
        if isinstance(frame, list) and len(frame) == 3 and isinstance(frame[0], int):
            line = frame[0] if 0 <= frame[0] < 1 << 20 else 0
            found.append((line, text_of(frame[1], 80), text_of(frame[2], 200)))
    return tuple(found[:8])


def line_of(frames: Frames) -> int | None:
    """The line where it happened, if it is known."""
    return frames[-1][0] if frames and frames[-1][0] else None


def error_category(claim: dict[str, Any]) -> str:
    """``memory``, ``exit``, ``syntax`` or ``exception``."""
    bases = claim.get("bases")
    names = bases if isinstance(bases, list) else []
    if "MemoryError" in names or text_of(claim.get("error")) == "_ArrayMemoryError":
        return "memory"
    if "SystemExit" in names:
        return "exit"
    return "syntax" if "SyntaxError" in names else "exception"


def error_words(claim: dict[str, Any], memory_mb: int) -> str:
    """One or two sentences about an exception in a visible place."""
    category = error_category(claim)
    if category == "memory":
        return f"your code needs more than the {memory_mb} MB of memory that it may use"
    if category == "exit":
        return "your code ends the program (sys.exit, exit or quit) instead of returning"
    name, message = text_of(claim.get("error"), 80), text_of(claim.get("message"), 600)
    words = f"it raises {name}: {message}" if message else f"it raises {name}"
    advice = _wall(f"{name} {message} " + " ".join(frame[2] for frame in frames_of(claim)))
    return f"{words}. {advice}" if advice else words


def _wall(text: str) -> str:
    walled = any(sign in text for sign in ("Errno 1]", "Errno 13]", "EOF when", "resolution"))
    found = (advice for signs, advice in _WALLS if any(sign in text for sign in signs))
    return next(found, "") if walled else ""


def unseen_error(claim: dict[str, Any]) -> str:
    """What may be told about an exception in an unseen case: a well-known type's name at most."""
    category = error_category(claim)
    if category == "memory":
        return "the code needs more memory than it may use"
    name = claim.get("error")
    known = isinstance(name, str) and isinstance(getattr(builtins, name, None), type)
    if known and issubclass(getattr(builtins, str(name)), BaseException):
        return f"the function raises {name}"
    return UNSEEN["exception"]


def missing_entry(entry: str, names: Any) -> str:
    """One sentence for a file without the function that was asked for."""
    known = [text_of(name, 80) for name in names] if isinstance(names, list) else []
    known = [name for name in known if name][:8]
    close = difflib.get_close_matches(entry, known, 1)
    if close:
        return f"Your file defines no {entry!r}; is {close[0]!r} meant to be it?"
    if known:
        return f"Your file defines no {entry!r}; it defines {', '.join(known)}."
    return f"Your file defines no {entry!r}: write a function or class of that name."


def forbidden_advice(found: Any) -> tuple[str, ...]:
    """Advice for each name that the exercise asks to do without."""
    advice = []
    for item in found if isinstance(found, list) else []:
        if not (isinstance(item, list) and len(item) == 2 and isinstance(item[1], int)):
            continue
        name, line = text_of(item[0], 80), item[1]
        where = f" (line {line})" if line else ""
        advice.append(
            f"This exercise asks you to do without {name}, which your code uses{where}. "
            "It counts, but you learn more by writing that part yourself."
        )
    return tuple(advice)


def show_arguments(sent: Any, names: Sequence[str]) -> str:
    """The arguments of a call, one a line: ``x = [1.0, 2.0]``."""
    args, kwargs = sent
    named = [*zip(names, args, strict=False), *kwargs.items]
    return "\n".join(_assignment(str(name), value) for name, value in named)


def _assignment(name: str, value: Any) -> str:
    text = value.source if isinstance(value, v.Source) else show(value)
    return f"{name} =\n{text}" if "\n" in text else f"{name} = {text}"


def show_got(difference: Difference, got: Any, tolerance: Tolerance) -> str:
    """The learner's value, with the wrong cells of an array marked by ``*``."""
    expected = difference.expected
    if got is difference.got and isinstance(got, v.Array) and isinstance(expected, v.Array):
        if "O" in (got.data.dtype.kind, expected.data.dtype.kind):
            return show(got)
        if got.data.shape == expected.data.shape and difference.category in {"value", "nan"}:
            return show(got, np.asarray(wrong_cells(expected.data, got.data, tolerance)))
    return show(got) if show(got) != f"<{type_words(got)}>" else type_words(got)
