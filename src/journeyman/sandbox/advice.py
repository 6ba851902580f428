"""What to do about an error, for those that learners meet often."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from journeyman.core.exercise import Tier

# Calls that the sandbox refuses, by signs of them in the error; the first match counts.
_REFUSED_CALLS = (
    (
        ("fork", "subprocess", "posixsubprocess", "popen", "num_workers", "multiprocessing"),
        "New processes cannot be started in the sandbox: use num_workers=0, n_jobs=1 or threads.",
    ),
    (
        ("socket", "urlopen", "getaddrinfo", "urllib", "http", "requests"),
        "There is no network in the sandbox: work on the arguments of the function.",
    ),
    (
        ("kill", "signal", "alarm"),
        "Signals to processes are not delivered in the sandbox: leave this call out.",
    ),
    (("",), "The sandbox does not allow this call: leave it out."),
)
_FILES = (
    "Files outside the scratch directory cannot be opened in the sandbox; tempfile works, and so "
    "does the current directory."
)
_NETWORK = _REFUSED_CALLS[1][1]
# (class or "" for any, sign in the text, what to do)
_ERRORS = (
    ("", "EOF when reading", "There is nobody to answer input(): use the arguments."),
    ("PermissionError", "", _FILES),
    ("", "Read-only file system", _FILES),
    ("", "name resolution", _NETWORK),
    ("", "Errno -3]", _NETWORK),
    (
        "FileNotFoundError",
        "",
        "No files lie in the sandbox: what is needed comes in the arguments.",
    ),
    (
        "NotImplementedError",
        "",
        "This may still be the line of the template: put your own code in its place.",
    ),
)
_MODULES = """
collections functools itertools json math numpy pandas random re scipy sklearn statistics torch
""".split()  # noqa: SIM905
_IMPORTS = {
    **{name: f"import {name}" for name in _MODULES},
    "np": "import numpy as np",
    "pd": "import pandas as pd",
    "plt": "import matplotlib.pyplot as plt",
    "nn": "from torch import nn",
    "F": "import torch.nn.functional as F",
    "stats": "from scipy import stats",
}
_LIBRARIES: dict[Tier, frozenset[str]] = {
    "numpy": frozenset(),
    "sklearn": frozenset({"scipy", "pandas", "sklearn", "matplotlib"}),
    "torch": frozenset({"torch"}),
}
_KNOWN = frozenset().union(*_LIBRARIES.values()) | {"tensorflow", "keras", "jax", "torchvision"}
_IMPORTED = re.compile(r"^\s*(?:import|from)\s+(\w+)")
_SIGNATURE = re.compile(r"\(\) (?:takes|missing|got an unexpected|got multiple|got some)")


def on_error(name: str, message: str, lines: Sequence[str]) -> str:
    """What to do about an exception, or "".

    Args:
        name: Of the exception's class.
        message: Its text.
        lines: The learner's own lines in its traceback, the last one where it happened.

    >>> on_error("NameError", "name 'np' is not defined", [])
    'Write "import numpy as np" at the top of the file.'
    """
    if name == "PermissionError" and "Errno 1]" in message:
        text = f"{message} {' '.join(lines)}"
        return next(told for signs, told in _REFUSED_CALLS if any(one in text for one in signs))
    if name == "NameError":
        return _on_name(message)
    found = (told for kind, sign, told in _ERRORS if kind in {"", name} and sign in message)
    return next(found, "")


def _on_name(message: str) -> str:
    found = re.match(r"name '(\w+)' is not defined", message)
    line = _IMPORTS.get(found[1]) if found else None
    return f'Write "{line}" at the top of the file.' if line else ""


def on_import(tier: Tier, line: str) -> str:
    """What to say when an import ends a submission: the library is not part of this sandbox.

    >>> on_import("numpy", "import torch.nn as nn")[:34]
    'torch is not at hand in this sandb'
    """
    found = _IMPORTED.match(line)
    if not found or found[1] not in _KNOWN - _LIBRARIES[tier]:
        return ""
    at_hand = ", ".join(["numpy", *sorted(_LIBRARIES[tier])])
    return f"{found[1]} is not at hand in this sandbox: the exercise is meant for {at_hand}."


def imported_beyond(tier: Tier, source: str) -> str:
    """As ``on_import``, for the first such line of a source."""
    return next(filter(None, (on_import(tier, line) for line in source.splitlines())), "")


def on_call(name: str, message: str, entry: str, arguments: Sequence[str]) -> str:
    """How the function is called, where its parameters are other ones.

    >>> on_call("TypeError", "f() missing 1 required positional argument: 'y'", "f", ["x"])
    'It is called as f(x).'
    """
    if name != "TypeError" or not _SIGNATURE.search(message):
        return ""
    return f"It is called as {entry}({', '.join(arguments)})."


def on_syntax(message: str, line: str) -> str:
    """What to do about a syntax error, or "".

    >>> on_syntax("invalid syntax", "!pip install numpy")[:37]
    'A line that begins with ! or % belong'
    """
    line = line.lstrip()
    if line.startswith(("!", "%")):
        return "A line that begins with ! or % belongs in a notebook: leave it out."
    if line.startswith(("<<<<<<<", "=======", ">>>>>>>")):
        return "These are the marks of a merge conflict: keep one of the versions."
    if "non-printable character" in message:
        return "Type the space anew: it looks like one but was copied from elsewhere."
    if "invalid character" in message:
        return (
            "Type it anew: it was copied from elsewhere and only looks like one that Python knows."
        )
    return ""


def on_nothing(source: str) -> str:
    """Why a file defines nothing at all, or "".

    >>> on_nothing("# later")
    'Your file has comments only.'
    """
    if not source.strip():
        return "Your file is empty."
    lines = (line.strip() for line in source.splitlines())
    if all(not line or line.startswith("#") for line in lines):
        return "Your file has comments only."
    return (
        "Your file is a notebook, not Python: export it as a .py file." if _notebook(source) else ""
    )


def _notebook(source: str) -> bool:
    if not source.lstrip().startswith("{") or '"cells"' not in source:
        return False
    try:
        return isinstance(json.loads(source), dict)
    except (ValueError, RecursionError):
        return False
