"""Takes the machine's own paths out of what a learner reads: they help nobody."""

from __future__ import annotations

import re
import sys
from functools import cache
from pathlib import Path

from journeyman.sandbox.tiers import code_directories, package_root

# A frame of the engine in a printed traceback, with the line of code and the marks below it.
_FRAME = r'^ *File "{root}[^"\n]*", line \d+, in .*\n(?: {{4}}.*\n(?: *[~^]+\n)?)?'
_BOOT_FRAME = re.compile(r'^ *File "<string>", line 1, in <module>\n', re.MULTILINE)
_SCRATCH = re.compile(r"[^\s'\"]*[/\\]journeyman-\d+-\w{8}[/\\]run-\w{8}")


def without_paths(text: str) -> str:
    """``text`` without frames of the engine and with libraries named from their own folder.

    >>> import json
    >>> without_paths(f"cannot import name 'x' from 'json' ({json.__file__})")
    "cannot import name 'x' from 'json' (json/__init__.py)"
    """
    if "/" not in text and "\\" not in text:
        return text
    if 'File "' in text:
        text = _frames().sub("", text)
        text = _BOOT_FRAME.sub("", text)
    for folder in _folders():
        text = text.replace(folder, "")
    return _SCRATCH.sub("scratch", text) if "journeyman-" in text else text


@cache
def _frames() -> re.Pattern[str]:
    return re.compile(_FRAME.format(root=re.escape(str(package_root()))), re.MULTILINE)


@cache
def _folders() -> tuple[str, ...]:
    """Folders of code with a separator behind, the longest first."""
    names = {*code_directories(), sys.prefix, sys.base_prefix, str(package_root().parent)}
    names |= {str(Path(name).resolve()) for name in names}
    separator = "\\" if sys.platform == "win32" else "/"
    found = {name.rstrip(separator) + separator for name in names}
    short = (name for name in found if len(name) > 3 and name not in {"/usr/", "/usr/local/"})
    return tuple(sorted(short, key=len, reverse=True))
