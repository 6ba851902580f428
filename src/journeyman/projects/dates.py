"""Dates that were written as text, in one way or in several, as instants."""

from __future__ import annotations

import re

import pandas as pd

from journeyman.errors import Invalid

LEAST_READ = 0.9
_YEAR_FIRST = re.compile(r"\s*\d{4}\D")
_DOTTED = re.compile(r"\s*\d{1,2}\.\d{1,2}\.\d{2,4}")
_PARTED = re.compile(r"\s*(\d{1,2})([/-])(\d{1,2})[/-]\d{2,4}")
_WAYS = {"year": "year first", "dots": "with dots, day first", "other": "in words or otherwise"}


def read(values: pd.Series) -> tuple[pd.Series, str]:
    """A column of text as instants, and a remark where that took a decision.

    Dots mean that the day comes first. Between strokes or dashes, a number above 12 somewhere in
    the column tells which one is the day; without one the month is taken to come first, and said.

    Raises:
        Invalid: more than a tenth of the cells do not read as dates, or some say day first and
            others month first.

    >>> found, said = read(pd.Series(["2024-03-05", "6.3.2024", "Mar 7, 2024"]))
    >>> found.dt.day.tolist(), said.split(":")[0]
    ([5, 6, 7], 'The dates are written in 3 ways')
    """
    text = values.astype("str").where(values.notna())
    ways = text.map(_way, na_action="ignore")
    made = pd.Series(pd.NaT, index=values.index, dtype="datetime64[ns, UTC]")
    day_first, unclear = _order(text[ways == "parts"], str(values.name))
    for way in ways.dropna().unique():
        here = ways == way
        first = way == "dots" or (way == "parts" and day_first)
        made[here] = pd.to_datetime(
            text[here], errors="coerce", format="mixed", utc=True, dayfirst=first
        )
    lost = values.notna() & made.isna()
    if lost.sum() > (1 - LEAST_READ) * values.notna().sum():
        raise Invalid(
            f"The column {values.name!r} does not read as dates in {lost.mean():.0%} of the rows "
            f"(such as {str(values[lost].iloc[0])[:40]!r}), so nothing can be split by it; name "
            "another with --split."
        )
    return made.dt.tz_localize(None), _remark(ways, day_first, unclear, int(lost.sum()))


def _way(cell: str) -> str:
    if _YEAR_FIRST.match(cell):
        return "year"
    if _DOTTED.match(cell):
        return "dots"
    return "parts" if _PARTED.match(cell) else "other"


def _order(cells: pd.Series, name: str) -> tuple[bool, bool]:
    """Whether the day comes first between strokes, and whether no cell tells."""
    parts = [found for cell in cells if (found := _PARTED.match(cell))]
    days = [one[0] for one in parts if int(one[1]) > 12]
    months = [one[0] for one in parts if int(one[3]) > 12]
    if days and months:
        raise Invalid(
            f"The column {name!r} holds {days[0].strip()} and {months[0].strip()}: in one the day "
            "comes first, in the other the month, so the rest cannot be told; write them alike."
        )
    return bool(days), bool(parts) and not days and not months


def _remark(ways: pd.Series, day_first: bool, unclear: bool, lost: int) -> str:
    counts = ways.value_counts()
    named = _WAYS | {"parts": f"between strokes, {'day' if day_first else 'month'} first"}
    said = []
    if len(counts) > 1:
        told = "; ".join(f"{named[str(way)]} ({count:,})" for way, count in counts.items())
        said.append(f"The dates are written in {len(counts)} ways: {told}.")
    if unclear:
        said.append("Nothing tells whether day or month comes first; the month was taken to.")
    if lost:
        said.append(f"{lost:,} cells do not read as dates and are empty now.")
    return " ".join(said)
