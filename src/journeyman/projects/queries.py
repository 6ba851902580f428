"""What the faces read of projects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from journeyman.projects.entry import Project
from journeyman.projects.runs import Run
from journeyman.store import building
from journeyman.store.building import Built
from journeyman.store.session import Session

Standing = Literal["new", "started", "moved", "submitted"]


@dataclass(frozen=True, slots=True)
class ProjectLine:
    """One project and where the learner stands with it.

    Attributes:
        entry: The guided project; None for one with the learner's own data.
        standing: new; started; moved (its folder is not where it was); submitted.
        looks: How often the hold-out was looked at.
        level: How far the last re-run got.
    """

    slug: str
    title: str
    summary: str
    entry: Project | None
    standing: Standing
    folder: str
    looks: int
    level: str
    faults: int | None

    @property
    def guided(self) -> bool:
        """Whether it has an entry in the bank."""
        return self.entry is not None


def looks_of(holdout: Mapping[str, Any] | None) -> int:
    """How many different predictions were judged on the hold-out."""
    return len({one["predictions"] for one in (holdout or {}).get("looks", ())})


def line(entry: Project | None, built: Built | None) -> ProjectLine:
    """One line."""
    slug = entry.slug if entry else built.slug if built else ""
    title = entry.title if entry else built.title if built else ""
    checked = (built.checked if built else None) or {}
    return ProjectLine(
        slug=slug,
        title=title,
        summary=entry.summary if entry else "",
        entry=entry,
        standing=_standing(built),
        folder=built.folder if built else "",
        looks=looks_of(built.holdout) if built else 0,
        level=str((built.reproduced or {}).get("level", "")) if built else "",
        faults=checked.get("faults"),
    )


def _standing(built: Built | None) -> Standing:
    if built is None:
        return "new"
    if not Path(built.folder).is_dir():
        return "moved"
    return "submitted" if built.submitted else "started"


def lines(session: Session, entries: Iterable[Project]) -> tuple[ProjectLine, ...]:
    """Every guided project, then the learner's own."""
    newest = {one.slug: one for one in building.every(session)}
    guided = [line(entry, newest.pop(entry.slug, None)) for entry in entries]
    return (*guided, *(line(None, one) for one in newest.values()))


def next_step(
    runs: tuple[Run, ...],
    checked: Mapping[str, Any] | None,
    reproduced: Mapping[str, Any] | None,
    submitted: Mapping[str, Any] | None,
    *,
    known: bool,
) -> str:
    """What to do next, one sentence."""
    if runs and runs[-1].state == "interrupted":  # an older one was left behind for a newer one
        return (
            f"The run {runs[-1].id} was broken off; `journeyman project run --resume "
            f"{runs[-1].id[-4:]}` takes it up again."
        )
    if not any(run.state == "done" for run in runs):
        return "`journeyman project audit` shows what is in the data; then `project run`."
    again = (reproduced or {}).get("level")
    steps = (
        (bool(checked), "`journeyman project check` reads it as a strict colleague would."),
        (
            bool((checked or {}).get("passed")),
            "Mend what `journeyman project check` found, commit, and run it again.",
        ),
        (
            again == "Reproduced",
            "`journeyman project reproduce` builds and runs it anew, as a stranger would.",
        ),
        (known, "It was not started on this record, so there is nothing to hand in."),
        (
            bool(submitted),
            "`journeyman project evaluate --final` opens the hold-out, once; then `submit`.",
        ),
    )
    told = (text for done, text in steps if not done)
    return next(told, "It is handed in; `journeyman publish` shows it.")
