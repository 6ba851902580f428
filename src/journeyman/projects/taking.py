"""Brings a project's tables in: from the catalogue, or from the learner's own file or address."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from journeyman.audit import open_table
from journeyman.audit.table.reading import read_table
from journeyman.curriculum.project_form import Split
from journeyman.errors import Invalid
from journeyman.house import advise_split
from journeyman.projects import dates, media

FEWEST = 40
_HIDDEN_WORD = re.compile(r"//[^@/]*@")


@dataclass(frozen=True, eq=False)
class Taken:
    """Tables for a project.

    Attributes:
        main: Name of the table that holds the target.
        source: Where they are from, for people; without a password.
        remarks: What a person should know about how they were read.
        media: image, sound or text, where the rows are files.
    """

    tables: Mapping[str, pd.DataFrame]
    main: str
    source: str
    remarks: tuple[str, ...] = ()
    media: str = ""

    @property
    def rows(self) -> pd.DataFrame:
        """The table that holds the target."""
        return self.tables[self.main]


def own(source: str, target: str, query: str = "") -> Taken:
    """The learner's own table: CSV, Parquet, a folder of media, or a SQL address.

    Raises:
        NotFound, Invalid, Unavailable: it cannot be read, or cannot be learnt from.
    """
    path = Path(source)
    if query:
        table = read_table(source, query=query)
    else:
        table = open_table(source if "://" in source else path)
    frame = table.frame.rename(columns=str).reset_index(drop=True)
    remarks = [one.what for one in table.found if one.severity != "note" or one.kind == "sampled"]
    kind = ""
    if "://" not in source and path.is_dir() and "file" in frame and "label" in frame:
        found = media.read(path, frame)
        kind, frame = found.kind, found.frame
        remarks += found.remarks
    if not target:
        shown = ", ".join(frame.columns[:12])
        raise Invalid(f"Name the column to be predicted with --target; there are {shown}.")
    if target not in frame:
        shown = ", ".join(frame.columns[:12])
        raise Invalid(f"There is no column {target!r}; there are {shown}.")
    _worth(frame, target)
    said = _HIDDEN_WORD.sub("//", source) if "://" in source else str(path.resolve())
    return Taken({"data": frame}, "data", said, tuple(remarks), kind)


def _worth(frame: pd.DataFrame, target: str) -> None:
    known = frame[target].dropna()
    if len(known) < FEWEST:
        raise Invalid(
            f"{len(known)} rows have a value of {target!r}; a project needs {FEWEST} at least."
        )
    if known.nunique() < 2:
        raise Invalid(
            f"Every row has the same {target!r} ({known.iloc[0]}), so there is nothing to learn; "
            "check which column is the target."
        )


def main_of(tables: Mapping[str, pd.DataFrame], wanted: str, target: str) -> str:
    """The table that holds the target; the largest where none does.

    Raises:
        Invalid: the named one is not there.
    """
    if wanted:
        if wanted not in tables:
            raise Invalid(f"There is no table {wanted!r}; there are {', '.join(tables)}.")
        return wanted
    holding = [name for name, table in tables.items() if target in table]
    return max(holding or tables, key=lambda name: len(tables[name]))


def task_of(values: pd.Series) -> str:
    """What kind of task a target makes.

    >>> task_of(pd.Series([0, 1] * 30)), task_of(pd.Series(range(60)) / 7)
    ('binary', 'regression')
    """
    known = values.dropna()
    different = known.nunique()
    if different == 2:
        return "binary"
    if pd.api.types.is_numeric_dtype(known) and different > 20:
        return "regression"
    if different > max(100, len(known) // 10):
        raise Invalid(
            f"The target has {different:,} different values in {len(known):,} rows that are no "
            "numbers; there is nothing that could be learnt from so few rows of each."
        )
    return "multiclass"


def divided(taken: Taken, target: str, wanted: str = "") -> tuple[Taken, Split]:
    """The table with its split; a column of text that it goes by holds instants then.

    Raises:
        Invalid: see ``split_of``, and ``dates.read``.
    """
    split = split_of(taken.rows, target, wanted)
    column = taken.rows.get(split.column)
    if split.kind != "temporal" or column is None or _is_ordered(column):
        return taken, split
    instants, remark = dates.read(column)
    frame = taken.rows.assign(**{split.column: instants})
    said = (f"{split.column!r} holds dates as text; they are stored as dates. {remark}".strip(),)
    made = replace(
        taken, tables={**taken.tables, taken.main: frame}, remarks=(*taken.remarks, *said)
    )
    return made, split_of(frame, target, wanted)


def _is_ordered(column: pd.Series) -> bool:
    return bool(
        pd.api.types.is_numeric_dtype(column) or pd.api.types.is_datetime64_any_dtype(column)
    )


def split_of(frame: pd.DataFrame, target: str, wanted: str = "") -> Split:
    """The split that the learner names (``temporal:COLUMN``), or the one that the data advise.

    Raises:
        Invalid: it is not understood, or the column is not there.
    """
    telling = [name for name in frame if name not in {target, "file", media.CONTENT, media.TEXT}]
    if not wanted and "file" in frame and not telling:
        why = "The rows are files, and nothing tells which belong together; name a split if you do."
        return Split(kind="stratified", why=why)
    if not wanted:
        advice = advise_split(frame.dropna(subset=[target]), target)
        named = "group" if advice.kind == "grouped" else str(advice.kind)
        found = {"kind": named, "column": advice.column or "", "why": " ".join(advice.reasons)}
        return Split.model_validate(found)
    kind, _, column = wanted.partition(":")
    if kind not in {"temporal", "group", "random", "stratified"}:
        raise Invalid(
            f"The split {wanted!r} is not understood; write temporal:COLUMN, group:COLUMN, "
            "stratified or random."
        )
    if kind in {"temporal", "group"} and column not in frame:
        raise Invalid(f"There is no column {column!r} to split by; name one after {kind}:.")
    said = {"kind": kind, "column": column, "why": "Chosen by the learner."}
    return Split.model_validate(said)
