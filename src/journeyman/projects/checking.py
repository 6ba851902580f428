"""Looks a project over as a strict senior engineer would: method first, then the repository."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from journeyman.audit import (
    Bundle,
    Finding,
    bundle_from,
    code_in,
    open_table,
    parts_in,
    review,
    text_of,
)
from journeyman.errors import JourneymanError
from journeyman.projects import scored
from journeyman.projects.declared import Declared, read
from journeyman.projects.repository import Check, repository_checks
from journeyman.projects.running import data_folder
from journeyman.projects.runs import Run, Runs
from journeyman.projects.taking import main_of

LARGEST_CODE = 2 << 20
LARGEST_TABLE = 512 << 20
SKIPPED = frozenset(
    {".git", ".venv", "venv", "node_modules", "__pycache__", ".journeyman", "data", "artifacts",
     "build", "dist", "mlruns", ".ipynb_checkpoints", "tests"}
)  # fmt: skip


@dataclass(frozen=True)
class Checked:
    """What a check found.

    Attributes:
        findings: Of method, worst first. repository: Every check of the repository, met or
            not; none where the folder is no project of ours.
        seen: What there was to look at, in words.
    """

    findings: tuple[Finding, ...]
    repository: tuple[Check, ...]
    seen: tuple[str, ...]

    @property
    def faults(self) -> int:
        """How many kinds of fault there are: a kind found at ten places is one."""
        return len({one.kind for one in self.findings if one.severity == "fault"})

    @property
    def met(self) -> int:
        """How many checks of the repository are met."""
        return sum(one.met for one in self.repository)

    @property
    def passed(self) -> bool:
        """Whether nothing is left that has to be mended."""
        return not self.faults and all(one.met for one in self.repository if one.needed)

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "passed": self.passed, "faults": self.faults, "met": self.met,
            "asked": len(self.repository), "read": list(self.seen),
            "findings": [one.to_json() for one in self.findings],
            "repository": [asdict(one) for one in self.repository],
        }  # fmt: skip

    def kept(self) -> dict[str, Any]:
        """What the record keeps of it: short sentences, no rows of data."""
        return {
            "passed": self.passed, "faults": self.faults, "met": self.met,
            "asked": len(self.repository),
            "findings": [
                {"kind": one.kind, "severity": one.severity, "title": one.title,
                 "what": one.what[:300], "place": str(one.place)[:200], "lesson": one.lesson}
                for one in self.findings[:40]
            ],
            "repository": [
                {"name": one.name, "title": one.title, "met": one.met, "told": one.told}
                for one in self.repository
            ],
        }  # fmt: skip

    def text(self) -> str:
        """For a person at a terminal."""
        method = text_of(list(self.findings)) or "No fault of method was found."
        lines = [
            f"[{'x' if one.met else ' '}] {one.title}: {one.told}"
            + (f"\n    mend: {one.mend}" if not one.met else "")
            for one in self.repository
        ]
        head = f"Read: {', '.join(self.seen)}."
        repository = "\n".join(lines) or (
            "Not looked at: there is no journeyman.toml, so it is not known what the project wants."
        )
        return f"{head}\n\nMETHOD\n\n{method}\n\nREPOSITORY\n\n{repository}"


def check(folder: Path) -> Checked:
    """Check the project in ``folder``; its code is read and never run.

    Raises:
        NotFound, Invalid: there is no project that can be read.
    """
    declared = read(folder)
    runs = Runs(folder)
    bundle = bundle_of(folder, declared, runs)
    findings = tuple(review(bundle))
    checks = repository_checks(folder, declared, runs, findings)
    return Checked(findings, checks, bundle.seen)


def check_any(folder: Path) -> Checked:
    """Check the method of whatever lies in ``folder``, which is no project of ours.

    Raises:
        NotFound, Invalid: there is nothing that can be reviewed.
    """
    bundle = bundle_from(folder)
    return Checked(tuple(review(bundle)), (), bundle.seen)


def bundle_of(folder: Path, declared: Declared, runs: Runs) -> Bundle:
    """Everything there is to review: code, data, the last run's predictions, all runs, claims."""
    code = code_in(folder, SKIPPED)
    every = [run for run in runs.all() if run.state == "done"]
    last = every[-1] if every else None
    parts = _parts(folder, declared.project.target)
    if not parts:
        train = table_of(folder, declared)
        name = declared.data.table or "data"
        parts = {"train": (name, train)} if train is not None else {}
    tables = {part: table for part, (_, table) in parts.items()}
    names = {part: name for part, (name, _) in parts.items()}
    names |= {"runs": ".journeyman/runs", "claims": "README.md"}
    names["predictions"] = f"predictions of {last.id}" if last else ""
    bundle = Bundle(
        train=tables.get("train"),
        test=tables.get("test"),
        valid=tables.get("valid"),
        predictions=_predictions(runs, last, declared) if last else None,
        metric=declared.project.metric,
        reported=last.main.value if last and last.main is not None else None,
        runs=log_of(every),
        claims=tuple(_claims(folder)),
        sources={**code.code, **code.configs},
        passed_over=code.passed_over,
        names=names,
    )
    return _with_columns(bundle, declared)


def _parts(folder: Path, target: str) -> dict[str, tuple[str, pd.DataFrame]]:
    """The parts of the split as the learner's own code has written them; they say more."""
    try:
        parts = parts_in(folder)
    except JourneymanError:
        return {}
    return parts if parts and target in parts["train"][1] else {}


def _with_columns(bundle: Bundle, declared: Declared) -> Bundle:
    """With what ``journeyman.toml`` says of those columns that the table has."""
    if bundle.train is None:
        return bundle
    here = {str(name) for name in bundle.train}
    column = (declared.split.column,) if declared.split.column in here else ()
    return replace(
        bundle,
        target=declared.project.target if declared.project.target in here else "",
        ids=(declared.project.id,) if declared.project.id in here else (),
        times=column if declared.split.kind == "temporal" else (),
        groups=column if declared.split.kind in {"group", "grouped"} else (),
    )


def table_of(folder: Path, declared: Declared) -> pd.DataFrame | None:
    """The table that holds the target; None where it is not there or too large to be read."""
    try:
        place = data_folder(folder, declared)
    except JourneymanError:
        return None
    files = {one.stem: one for one in sorted(place.glob("*.parquet"))}
    files |= {one.stem: one for one in sorted(place.glob("*.csv")) if one.stem not in files}
    small = {name: file for name, file in files.items() if file.stat().st_size <= LARGEST_TABLE}
    wanted = declared.data.table
    try:
        if wanted:
            return open_table(small[wanted]).frame if wanted in small else None
        tables = {name: open_table(file).frame for name, file in small.items()}
        return tables[main_of(tables, "", declared.project.target)] if tables else None
    except JourneymanError:
        return None


def _predictions(runs: Runs, run: Run, declared: Declared) -> pd.DataFrame | None:
    try:
        found = scored.read(runs.predictions(run), declared)
    except JourneymanError:
        return None
    table = pd.DataFrame({"truth": found.truth.target})
    if found.labels is not None:
        table["prediction"] = found.labels
    elif found.numbers is not None:
        table["prediction"] = found.numbers
    if found.chances is not None and found.chances.ndim == 1:
        table["probability"] = found.chances
    return table


def log_of(every: list[Run]) -> pd.DataFrame | None:
    """One row a run, as the review reads a log."""
    rows = [
        {
            "run": run.id,
            "seed": run.seed,
            "commit": f"{run.code.get('commit', '')}{run.code.get('difference', '')}",
            "data_sha256": run.data.get("sha256", ""),
            **{
                f"param_{name}": value
                for name, value in run.parameters.items()
                if isinstance(value, (str, int, float, bool)) and name != "seed"
            },
            f"{run.metrics[0].part}_{run.metrics[0].name}": run.metrics[0].value,
        }
        for run in every
        if run.metrics
    ]
    return pd.DataFrame(rows) if len(rows) > 1 else None


def _claims(folder: Path) -> Iterator[str]:
    for name in ("README.md", "MODEL_CARD.md"):
        file = folder / name
        if file.is_file() and file.stat().st_size <= LARGEST_CODE:
            text = file.read_text("utf-8", errors="replace")
            for part in re.split(r"\n\s*\n|\n[-*#|]|(?<=[.!?])\s", text):
                plain = " ".join(part.split())
                if plain and not plain.startswith("TODO"):
                    yield plain[:400]
