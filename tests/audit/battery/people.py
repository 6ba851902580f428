"""Projects that an adversary wrote as text, without reading the checks; each with a clean twin.

``written/*.txt`` holds them: ``##### faulty NAME KIND`` or ``##### clean NAME KIND`` begins a
project, ``##### file PATH`` a file of it. ``a`` was looked at while mending; ``b`` to ``m`` were
run once before their failures were read, and mended after. ``idioms`` are short pieces; those of
``f`` to ``m`` have 20 to 150 lines, most in several files.
"""

from dataclasses import dataclass, field
from pathlib import Path

WRITTEN = Path(__file__).with_name("written")


@dataclass(frozen=True)
class Project:
    """One project; ``kind`` is the fault that is in it, or in its twin."""

    name: str
    kind: str
    faulty: bool
    sources: dict[str, str] = field(default_factory=dict)


def projects(battery):
    """All projects of one battery, such as ``b``."""
    found = []
    lines = []
    for line in (WRITTEN / f"{battery}.txt").read_text("utf-8").splitlines():
        if not line.startswith("##### "):
            lines.append(line)
            continue
        side, name, *kind = line.removeprefix("##### ").split(" ")
        lines = []
        if side == "file":
            found[-1].sources[name] = lines
        else:
            found.append(Project(name, kind[0], side == "faulty"))
    for one in found:
        for name, text in one.sources.items():
            one.sources[name] = "\n".join(text)
    return found
