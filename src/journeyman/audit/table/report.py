"""Audits a table: every check, one report, drawn and in words."""

from __future__ import annotations

import io
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from journeyman.audit.finding import Finding, sorted_findings, text_of
from journeyman.audit.table.columns import Column, look
from journeyman.audit.table.drift import drift
from journeyman.audit.table.kinds import note
from journeyman.audit.table.labels import labels
from journeyman.audit.table.media import read_folder
from journeyman.audit.table.reading import read_table
from journeyman.audit.table.relations import relations
from journeyman.audit.table.table import Table
from journeyman.errors import Invalid


@dataclass(frozen=True)
class Report:
    """What an audit found.

    Attributes:
        name: The table.
        rows: Rows at the source; ``read`` of them were looked at.
        columns: One entry a column, in the table's order.
        findings: Worst first.
        how: How the file was read.
    """

    name: str
    rows: int
    read: int
    columns: tuple[Column, ...]
    findings: tuple[Finding, ...]
    target: str = ""
    how: str = ""

    def to_json(self) -> dict[str, Any]:
        """The report as plain JSON data."""
        return {
            "name": self.name,
            "rows": self.rows,
            "read": self.read,
            "target": self.target,
            "how": self.how,
            "columns": [asdict(one) for one in self.columns],
            "findings": [one.to_json() for one in self.findings],
        }

    def text(self) -> str:
        """The report for a person at a terminal."""
        lines = [
            f"{self.name}: {self.rows:,} rows, {len(self.columns)} columns"
            + (f" ({self.how})" if self.how else ""),
            "",
        ]
        lines += [
            f"  {one.name[:32]:<33}{one.kind:<11}{one.distinct:>9,} values"
            f"{f'{one.missing:,} missing':>18}"
            for one in self.columns[:40]
        ]
        if len(self.columns) > 40:
            lines.append(f"  and {len(self.columns) - 40} more columns")
        told = text_of(list(self.findings)) or "Nothing was found that needs attention."
        return "\n".join(lines) + "\n\n" + told

    def svg(self) -> str:
        """A drawing: share of missing values, and a small distribution for each column."""
        return draw(self)


def open_table(source: Path | str) -> Table:
    """A table from a file, a folder of media or an address; see ``read_table``."""
    if not (isinstance(source, str) and "://" in source) and Path(source).is_dir():
        folder = Path(source)
        tables = sorted(
            one for one in folder.iterdir() if one.suffix.lower() in {".csv", ".tsv", ".parquet"}
        )
        if len(tables) == 1:
            return read_table(tables[0])
        if tables:
            names = ", ".join(one.name for one in tables[:6])
            raise Invalid(f"{folder} holds several tables ({names}); name one of them.")
        return read_folder(folder)
    return read_table(source)


def audit(table: Table | pd.DataFrame, *, target: str = "", against: Table | None = None) -> Report:
    """Look a table over.

    Args:
        table: As ``open_table`` gives it, or a pandas table.
        target: The column to be predicted, if there is one.
        against: A second table to compare with.

    Raises:
        Invalid: ``target`` is no column.

    >>> report = audit(pd.DataFrame({"a": [1.5, 2.5, None] * 20, "b": ["x"] * 60}))
    >>> [(one.kind, one.place.columns) for one in report.findings]
    [('constant', ('b',)), ('missing', ('a',))]
    """
    if isinstance(table, pd.DataFrame):
        table = Table(table, "table", len(table))
    frame = table.frame.rename(columns=str)
    if frame.columns.duplicated().any():
        frame = frame.loc[:, ~frame.columns.duplicated()]
    if target and target not in frame:
        shown = ", ".join(str(one) for one in frame.columns[:12])
        raise Invalid(f"There is no column “{target}”; the table has {shown}.")
    frame = frame.reset_index(drop=True)
    found = list(table.found)
    if not len(frame):
        found.append(
            note(
                "empty",
                f"The heading has {frame.shape[1]} columns and there are no rows.",
                severity="fault",
                count=0,
            )
        )
        empty = tuple(Column(str(name), "empty", 0, 0, {}) for name in frame.columns)
        return Report(table.name, table.rows, 0, empty, tuple(found), target, table.how)
    columns = []
    for name in frame.columns:
        column, more = look(str(name), _hashable(frame[name]), target)
        columns.append(column)
        found += more
    plain = frame.assign(
        **{name: _hashable(frame[name]) for name in frame.columns if frame[name].dtype == object}
    )
    found += relations(plain, columns, target)
    if target:
        found += labels(plain, target)
    if against is not None:
        found += drift(plain, against.frame.rename(columns=str), target)
    placed = [
        one if one.place.file else replace(one, place=replace(one.place, file=table.name))
        for one in found
    ]
    return Report(
        table.name,
        table.rows,
        len(frame),
        tuple(columns),
        tuple(sorted_findings(placed)),
        target,
        table.how,
    )


def _hashable(values: pd.Series) -> pd.Series:
    """Lists, arrays and dictionaries inside cells are compared by what they look like."""
    if values.dtype != object:
        return values
    head = values.dropna().head(1_000)
    plain = head.map(lambda one: isinstance(one, (str, int, float, bool)))
    kinds = {type(one) for one in head}
    return values if plain.all() and len(kinds) == 1 else values.map(_spoken)


def _spoken(cell: object) -> object:
    gap = cell is None or (isinstance(cell, float) and np.isnan(cell))
    return cell if gap else str(cell)


def draw(report: Report) -> str:
    """The report as an SVG picture with labelled axes."""
    columns = [one for one in report.columns if one.kind not in {"constant", "empty"}][:24]
    if not columns:
        return ""
    high = 0.55 * len(columns) + 1.4
    figure = Figure(figsize=(9, high), layout="constrained")
    left, right = figure.subplots(1, 2, width_ratios=[1, 1.4])
    at = np.arange(len(columns))
    shares = [100 * one.missing / max(report.read, 1) for one in columns]
    left.barh(at, shares, color="#b45309")
    left.set_yticks(at, [one.name[:28] for one in columns])
    left.invert_yaxis()
    left.set_xlabel("missing, % of rows")
    left.set_xlim(0, max(5.0, *shares) * 1.1)
    for row, one in enumerate(columns):
        counts = one.summary.get("counts")
        if isinstance(counts, list) and counts:
            heights = np.array(counts, dtype=float) / max(counts)
            x = (np.arange(len(counts)) + 0.5) / len(counts)
            right.bar(x, -0.8 * heights, width=0.9 / len(counts), bottom=row + 0.4, color="#1d4ed8")
        right.text(1.02, row, _range(one), va="center", fontsize=7)
    right.set_ylim(len(columns) - 0.5, -0.6)
    right.set_yticks([])
    right.set_xticks([])
    right.set_xlabel("distribution: low to high, or most frequent first")
    right.set_xlim(0, 1.6)
    figure.suptitle(f"{report.name}: {report.rows:,} rows")
    out = io.StringIO()
    figure.savefig(out, format="svg", metadata={"Date": None})
    return out.getvalue()


def _range(column: Column) -> str:
    quantiles = column.summary.get("quantiles")
    if isinstance(quantiles, list):
        return f"{quantiles[0]:.4g} to {quantiles[-1]:.4g}"
    values = column.summary.get("values")
    if isinstance(values, list) and values:
        return f"{values[0]!s:.18} and {column.distinct - 1:,} more"
    return ""
