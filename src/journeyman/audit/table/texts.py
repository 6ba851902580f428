"""Columns of text: numbers, units and dates in disguise, spellings, identifiers, categories."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property

import numpy as np
import pandas as pd

from journeyman.audit.finding import Finding, Severity
from journeyman.audit.table.kinds import note

MOST = 20_000
"""So many different texts are looked at, the most frequent first; each counts as often as it is."""
_NUMBER = r"^\s*[-+]?(\d{1,3}(,\d{3})+|\d+)?(\.\d+)?([eE][-+]?\d+)?\s*$"
_MONEY = r"^\s*[-+]?[$€£]\s?\d|\d\s?[$€£%]\s*$"
_UNIT = re.compile(r"^\s*([-+]?\d+(?:[.,]\d+)?)\s*([a-zA-Zµ°²³/]{1,6})\s*$")
_FORMATS = {
    "2026-01-31": r"^\d{4}-\d{1,2}-\d{1,2}([ T]\d.*)?$",
    "31/01/2026": r"^\d{1,2}/\d{1,2}/\d{4}( .*)?$",
    "31.01.2026": r"^\d{1,2}\.\d{1,2}\.\d{2,4}( .*)?$",
    "31-01-2026": r"^\d{1,2}-\d{1,2}-\d{4}( .*)?$",
    "2026/01/31": r"^\d{4}/\d{1,2}/\d{1,2}( .*)?$",
    "31 Jan 2026": r"^\d{1,2}[ -][A-Za-z]{3,9}[ -]\d{2,4}$",
    "Jan 31, 2026": r"^[A-Za-z]{3,9} \d{1,2},? \d{4}$",
    "20260131": r"^(19|20)\d{2}(0[1-9]|1[0-2])([0-2]\d|3[01])$",
}


class Texts:
    """The values of a column, each different one once with its count.

    Looking at each different text once makes a million rows of few categories cheap.
    """

    def __init__(self, filled: pd.Series) -> None:
        self.filled = filled
        self.rows = len(filled)
        self.counts = filled.value_counts()
        head = self.counts.head(MOST)
        self.spelled = pd.Series(head.index.astype(object), dtype="str")
        self.weights = head.to_numpy(float)

    def share(self, mask: pd.Series) -> float:
        """The share of rows whose text is in ``mask``."""
        return float(self.weights[mask.to_numpy(bool)].sum() / self.weights.sum())

    def matching(self, pattern: str) -> pd.Series:
        """Which of the different texts match."""
        return self.spelled.str.match(pattern)

    @cached_property
    def numeric(self) -> pd.Series:
        """Which are plain numbers."""
        return self.matching(_NUMBER) & self.spelled.str.contains(r"\d")

    def mean(self, numbers: pd.Series) -> float:
        """A mean over rows."""
        return float(np.average(numbers.to_numpy(float), weights=self.weights))

    def where(self, texts: pd.Series) -> tuple[int, ...]:
        """The first ten rows that hold one of ``texts``."""
        hits = self.filled.index[self.filled.isin(list(texts[:100]))][:10]
        return tuple(int(one) for one in hits)

    def top(self) -> dict[str, object]:
        """The most frequent values, to be drawn."""
        head = self.counts.head(12)
        return {
            "values": [str(one)[:60] for one in head.index],
            "counts": [int(one) for one in head],
        }


def words(name: str, texts: Texts, distinct: int) -> tuple[str, list[Finding]]:
    """The kind of a text column, and what was found in it."""
    dates = _date_formats(name, texts)
    if dates is not None:
        return "date", dates
    found = list(_disguised(name, texts))
    found += _units(name, texts)
    if _identifies(texts, distinct):
        said = f"{distinct:,} different values in {texts.rows:,} rows."
        found.append(note("id-like", said, name, severity="note", count=distinct))
        return "identifier", found
    if distinct > 0.5 * texts.rows and texts.mean(texts.spelled.str.len()) > 20:
        return "text", found
    if distinct > 1_000:
        said = f"{distinct:,} categories in {texts.rows:,} rows."
        found.append(note("many-categories", said, name, count=distinct))
    found += _spellings(name, texts.counts)
    return "category", found


def _disguised(name: str, texts: Texts) -> Iterator[Finding]:
    """Numbers stored as text, alone or among words."""
    numeric = texts.numeric
    money = texts.spelled.str.contains(_MONEY)
    share, plain = texts.share(numeric | money), texts.share(numeric)
    if share > 0.98:
        signs = texts.share(money) > 0.5
        said = " with a sign of currency or per cent" if signs else " stored as text"
        yield note("numbers-as-text", f"The values are numbers{said}.", name, count=texts.rows)
        return
    other = texts.spelled[~numeric]
    coding = other.str.contains(r"\d").mean() > 0.5  # A12 beside 12 is one coding, not two types
    if 0.02 < plain < 0.98 and (plain > 0.5 or not coding):
        shown = ", ".join(repr(one) for one in other[:3])
        yield note(
            "mixed-types",
            f"{100 * plain:.0f} % of the values are numbers, the others are such as {shown}.",
            name,
            count=int(texts.weights[~numeric.to_numpy(bool)].sum()),
            rows=texts.where(other),
        )


def _identifies(texts: Texts, distinct: int) -> bool:
    alike = float(texts.spelled.str.len().std()) < 3
    spaced = texts.share(texts.spelled.str.contains(" ")) > 0.5
    return distinct > 0.98 * texts.rows and texts.rows >= 20 and alike and not spaced


def _date_formats(name: str, texts: Texts) -> list[Finding] | None:
    shares = {form: texts.share(texts.matching(pattern)) for form, pattern in _FORMATS.items()}
    present = {form: share for form, share in shares.items() if share > 0.002}
    if sum(present.values()) < 0.9:
        return None
    if len(present) > 1:
        said = ", ".join(f"{form} in {100 * share:.0f} %" for form, share in present.items())
        what = f"Formats like {said}."
        return [note("dates-mixed", what, name, severity="fault", count=len(present))]
    only = next(iter(present))
    unclear = only in {"31/01/2026", "31-01-2026", "31.01.2026"} and _ambiguous(texts.spelled)
    said = "; day and month cannot be told apart in any row" if unclear else ""
    severity: Severity = "warning" if unclear else "note"
    what = f"Dates like {only}{said}."
    return [note("dates-as-text", what, name, severity=severity, count=texts.rows)]


def _ambiguous(values: pd.Series) -> bool:
    parts = values.str.extract(r"^(\d{1,2})[/.-](\d{1,2})").astype(float)
    return bool((parts.max() <= 12).all())


def _units(name: str, texts: Texts) -> Iterator[Finding]:
    parts = texts.spelled.str.extract(_UNIT)
    fits = parts[1].notna()
    if texts.share(fits) < 0.5:
        return
    units = parts[1][fits].str.lower()
    counts = pd.Series(texts.weights[fits.to_numpy(bool)]).groupby(units.to_numpy()).sum()
    common = counts[counts >= max(2, 0.005 * counts.sum())].sort_values(ascending=False)
    if len(common) > 1:
        shown = ", ".join(f"{unit} ({count:.0f})" for unit, count in common.head(4).items())
        yield note("units-mixed", f"Units {shown}.", name, severity="fault", count=len(common))
    elif len(common):
        said = f"The values are numbers with the unit {common.index[0]}."
        yield note("numbers-as-text", said, name, count=int(counts.sum()))


def _spellings(name: str, counts: pd.Series) -> Iterator[Finding]:
    """Values that differ in case, blanks, signs, or (rare against frequent) by one letter."""
    counts = counts.head(MOST)
    groups: dict[str, list[str]] = defaultdict(list)
    for value in counts.index:
        groups[re.sub(r"[\W_]+", "", str(value).casefold()) or str(value)].append(str(value))
    same = [group for group in groups.values() if len(group) > 1]
    near = _near(counts, groups) if 2 < len(groups) <= 1_000 else []
    if same or near:
        shown = "; ".join(
            " = ".join(repr(one) for one in group[:3]) for group in [*same, *near][:3]
        )
        touched = sum(int(counts[one]) for group in [*same, *near] for one in group[1:])
        yield note(
            "categories-inconsistent",
            f"{shown}.",
            name,
            count=touched,
            groups=[group[:5] for group in [*same, *near][:20]],
        )


def _near(counts: pd.Series, groups: dict[str, list[str]]) -> list[list[str]]:
    names = [
        (key, group[0], int(sum(counts[one] for one in group)))
        for key, group in groups.items()
        if len(key) >= 5 and not any(sign.isdigit() for sign in key)
    ]
    frequent = [one for one in names if one[2] >= 20]
    rare = [one for one in names if one[2] <= 5]
    found = []
    for key, name, count in rare:
        for other, full, total in frequent:
            if abs(len(key) - len(other)) <= 1 and total >= 20 * count and _one_edit(key, other):
                found.append([full, name])
                break
    return found


def _one_edit(first: str, second: str) -> bool:
    if first == second:
        return False
    if len(first) > len(second):
        first, second = second, first
    at = next(
        (i for i, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), len(first)
    )
    if len(first) == len(second):
        swapped = first[:at] + first[at + 1 : at + 2] + first[at : at + 1] + first[at + 2 :]
        return first[at + 1 :] == second[at + 1 :] or swapped == second
    return first[at:] == second[at + 1 :]
