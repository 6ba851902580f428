"""What a strict reader writes down: a finding with its place, its reason, its cost and its cure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal

Severity = Literal["fault", "warning", "note"]
"""fault: the number or the table cannot be trusted as it stands; warning: it probably misleads;
note: worth knowing, nothing need change."""

ORDER: Mapping[str, int] = {"fault": 0, "warning": 1, "note": 2}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding is: a line of a file (of a cell, counted from 1), or columns and rows.

    ``rows`` is a sample of at most ten positions, counted from 0 in the table as it was read.
    """

    file: str = ""
    line: int = 0
    cell: int = 0
    columns: tuple[str, ...] = ()
    rows: tuple[int, ...] = ()

    def __str__(self) -> str:
        where = self.file
        if self.cell:
            where += f", cell {self.cell}, line {self.line}"
        elif self.line:
            where += f":{self.line}"
        parts = [where] if where else []
        if self.columns:
            shown = ", ".join(self.columns[:5])
            more = f" and {len(self.columns) - 5} more" if len(self.columns) > 5 else ""
            parts.append(("columns " if len(self.columns) > 1 else "column ") + shown + more)
        if self.rows:
            parts.append("rows " + ", ".join(str(row) for row in self.rows[:5]))
        return "; ".join(parts)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of finding: what all findings of the kind have in common.

    Attributes:
        family: The wider kind that it belongs to, or its own slug.
        lesson: Slug of the skill whose lesson explains it.
    """

    slug: str
    family: str
    title: str
    why: str
    mend: str
    lesson: str

    def of(
        self,
        what: str,
        place: Place,
        *,
        severity: Severity,
        count: int = 1,
        cost: str = "",
        numbers: Mapping[str, Any] | None = None,
    ) -> Finding:
        """A finding of this kind about one case."""
        common = (self.slug, self.family, self.title, what, place, self.why, self.mend, self.lesson)
        return Finding(*common, severity, count, cost, numbers or {})


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong or worth knowing.

    Attributes:
        kind: Slug of the kind, such as ``scaling-on-all-rows``.
        family: Slug of the wider kind, such as ``fit-before-split``.
        what: One sentence about this very case.
        count: How many rows, columns, lines or runs are touched.
        why: Why it matters.
        cost: What it costs here, measured; empty where it could not be measured.
        mend: What to do.
        lesson: Slug of the skill whose lesson explains it.
        numbers: The figures behind the sentences.
    """

    kind: str
    family: str
    title: str
    what: str
    place: Place
    why: str
    mend: str
    lesson: str
    severity: Severity = "fault"
    count: int = 1
    cost: str = ""
    numbers: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """The finding as plain JSON data."""
        data = asdict(self)
        data["place"] = {**data["place"], "text": str(self.place)}
        data["numbers"] = dict(self.numbers)
        return data

    def at(self, file: str) -> Finding:
        """The same finding, placed in ``file``."""
        return replace(self, place=replace(self.place, file=file))


def sorted_findings(found: list[Finding]) -> list[Finding]:
    """Worst first; within a severity by place, so that two runs print the same."""
    return sorted(
        found,
        key=lambda one: (
            ORDER[one.severity],
            one.place.file,
            one.place.cell,
            one.place.line,
            one.kind,
            one.place.columns,
        ),
    )


def text_of(found: list[Finding]) -> str:
    """Findings for a person at a terminal."""
    parts = []
    for number, one in enumerate(found, 1):
        where = f"\n   where: {one.place}" if str(one.place) else ""
        cost = f"\n   costs: {one.cost}" if one.cost else ""
        parts.append(
            f"{number}. [{one.severity}] {one.title}: {one.what}{where}\n   why:   {one.why}{cost}"
            f"\n   mend:  {one.mend}\n   learn: journeyman lesson {one.lesson}"
        )
    return "\n\n".join(parts)
