"""Whether new rows still look like those that the model was tried on.

Rows come in windows. In each, every column is compared with the reference: Kolmogorov-Smirnov for
numbers, chi-squared for categories, and the share of gaps as a category of its own. A column is
alarming when the difference is both sure and large. Sure: over a stream without end, the chance of
any false alarm at all stays below ``level``, because window w may spend level / (w (w + 1)) of it
(these shares sum to the level), and Holm's correction divides that among the columns. Large: a
population stability index of at least 0.1, the usual mark of a moderate change.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import chi2_contingency, ks_2samp

from journeyman.delivery.runtime import Model, load
from journeyman.delivery.schema import MOST_ROWS
from journeyman.errors import Invalid, NotFound

WINDOW = 500
LEVEL = 0.01
LARGE = 0.1
FEWEST = 50
ANSWER = "the model's answer"
_GAP, _OTHER = "(missing)", "(other values)"
_BINS, _MOST_VALUES = 10, 50


@dataclass(frozen=True, slots=True)
class Change:
    """One column of one window beside the reference.

    Attributes:
        p: Chance of such a difference without any change.
        psi: Population stability index: 0.1 is moderate, 0.25 large.
        alert: Whether the change is sure and large.
        says: What moved, from where to where.
    """

    column: str
    p: float
    psi: float
    alert: bool
    says: str


@dataclass(frozen=True, slots=True)
class Window:
    """Some rows of the stream.

    Attributes:
        number: From 1.
        first, rows: Position of its first row in the stream, from 0, and how many it has.
        changes: One a column, the largest change first.
        unusable: Rows that the model refuses, and why, for the first of them.
    """

    number: int
    first: int
    rows: int
    changes: tuple[Change, ...]
    unusable: int = 0
    why: str = ""

    @property
    def alerts(self) -> tuple[Change, ...]:
        """The changes to act on."""
        return tuple(one for one in self.changes if one.alert)


@dataclass(frozen=True, slots=True)
class Watched:
    """A stream that has come to its end."""

    windows: tuple[Window, ...]
    left: int

    @property
    def alerts(self) -> tuple[tuple[int, Change], ...]:
        """Every alert with the number of its window."""
        return tuple((w.number, one) for w in self.windows for one in w.alerts)

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "rows": sum(one.rows for one in self.windows),
            "left": self.left,
            "alerts": [{"window": at, **asdict(one)} for at, one in self.alerts],
            "windows": [asdict(one) for one in self.windows],
        }

    def text(self) -> str:
        """The result for people."""
        rows = sum(one.rows for one in self.windows)
        lines = [
            f"Window {w.number} (rows {w.first + 1:,} to {w.first + w.rows:,}): “{one.column}” "
            f"changed, PSI {one.psi:.2f}: {one.says}."
            for w in self.windows
            for one in w.alerts
        ]
        refused = sum(one.unusable for one in self.windows)
        if refused:
            why = next(one.why for one in self.windows if one.unusable)
            lines.append(f"The model refuses {refused:,} rows, such as: {why}")
        if not lines:
            lines = [f"No column changed in {rows:,} rows ({len(self.windows)} windows)."]
        if self.left:
            lines.append(f"The last {self.left:,} rows fill no window and were not looked at.")
        return "\n".join(lines)


class Monitor:
    """Compares windows with a reference, one after the other.

    Args:
        reference: Folder of an export, whose held-out rows are the reference and whose model is
            watched too; or a table.
        level: Chance of any false alarm in the whole stream.
        large: Smallest population stability index that alarms.

    Raises:
        NotFound, Invalid: there is no reference, or it has under 50 rows.
    """

    def __init__(
        self, reference: Path | pd.DataFrame, *, level: float = LEVEL, large: float = LARGE
    ) -> None:
        if not 0 < level < 1:
            raise Invalid("The level is a chance between 0 and 1, such as 0.01.")
        self.level, self.large = level, large
        self._model: Model | None = None
        if isinstance(reference, pd.DataFrame):
            table, answer = reference, None
        else:
            self._model = load(reference)
            table, answer = _held_out(reference, self._model)
        if len(table) < FEWEST:
            raise Invalid(f"The reference has {len(table)} rows; give at least {FEWEST}.")
        self._table = table.rename(columns=str)
        self._answer = answer
        self._windows = self._rows = 0

    @property
    def columns(self) -> tuple[str, ...]:
        """What is watched, without the model's answer."""
        return tuple(self._table.columns)

    def see(self, rows: pd.DataFrame) -> Window:
        """Compare one window.

        Raises:
            Invalid: a column is missing, or there are too few rows.
        """
        rows = rows.rename(columns=str)
        lacking = [one for one in self.columns if one not in rows]
        if lacking:
            raise Invalid(f"The stream has no column “{lacking[0]}”; it needs {len(self.columns)}.")
        if len(rows) < FEWEST:
            raise Invalid(f"A window of {len(rows)} rows says nothing; give at least {FEWEST}.")
        self._windows += 1
        found = [(name, *_compared(self._table[name], rows[name])) for name in self.columns]
        unusable, why = 0, ""
        if self._model is not None and self._answer is not None:
            answers, unusable, why = _answers(self._model, rows)
            if len(answers) >= FEWEST:
                found.append((ANSWER, *_compared(self._answer, answers)))
        made = Window(self._windows, self._rows, len(rows), self._judged(found), unusable, why)
        self._rows += len(rows)
        return made

    def _judged(self, found: list[tuple[str, float, float, str]]) -> tuple[Change, ...]:
        """Holm's procedure at this window's share of the level."""
        share = self.level / (self._windows * (self._windows + 1))
        sure = True
        made = []
        for at, (name, p, psi, says) in enumerate(sorted(found, key=lambda one: one[1])):
            sure = sure and p <= share / (len(found) - at)
            made.append(Change(name, p, psi, sure and psi >= self.large, says))
        return tuple(sorted(made, key=lambda one: -one.psi))


def monitor(
    reference: Path | pd.DataFrame,
    stream: Path | pd.DataFrame | Iterable[pd.DataFrame],
    *,
    window: int = WINDOW,
    level: float = LEVEL,
    large: float = LARGE,
) -> Watched:
    """Watch a stream to its end; see ``Monitor`` for one without an end.

    Args:
        reference: Folder of an export, or a table.
        stream: A CSV, JSON Lines or Parquet file, a table, or tables that follow each other.
        window: Rows to a window.
        level: Chance of any false alarm.
        large: Smallest population stability index that alarms.

    Raises:
        NotFound, Invalid: naming what is missing or wrong.
    """
    if window < FEWEST:
        raise Invalid(f"A window of {window} rows says nothing; give at least {FEWEST}.")
    watcher = Monitor(reference, level=level, large=large)
    windows: list[Window] = []
    waiting: pd.DataFrame | None = None
    for part in _parts(stream, window):
        waiting = part if waiting is None else pd.concat([waiting, part], ignore_index=True)
        while len(waiting) >= window:
            windows.append(watcher.see(waiting.head(window)))
            waiting = waiting.iloc[window:]
    left = 0 if waiting is None else len(waiting)
    if not windows:
        raise Invalid(f"The stream has {left} rows, and a window takes {window}; give more rows.")
    return Watched(tuple(windows), left)


def _parts(
    stream: Path | pd.DataFrame | Iterable[pd.DataFrame], window: int
) -> Iterator[pd.DataFrame]:
    if isinstance(stream, pd.DataFrame):
        yield stream.reset_index(drop=True)
        return
    if not isinstance(stream, Path):
        yield from stream
        return
    if not stream.is_file():
        raise NotFound(f"There is no file {stream}; name the file of new rows.")
    ending = stream.suffix.lower()
    try:
        if ending in {".parquet", ".pq"}:
            yield pd.read_parquet(stream)
        elif ending in {".jsonl", ".ndjson"}:
            with pd.read_json(stream, lines=True, chunksize=window) as read:
                yield from read
        else:
            with pd.read_csv(stream, chunksize=window) as lines:
                yield from lines
    except (ValueError, OSError) as error:
        said = str(error).strip().splitlines() or [type(error).__name__]
        raise Invalid(f"{stream} cannot be read as rows: {said[0]:.200}.") from error


def _held_out(folder: Path, model: Model) -> tuple[pd.DataFrame, pd.Series]:
    file = folder / "held-out.json"
    if not file.is_file():
        raise NotFound(f"{file} is missing, so there is no reference; export again.")
    try:
        kept: Mapping[str, Any] = json.loads(file.read_bytes())
        rows, expected = kept["rows"], np.asarray(kept["expected"], dtype=float)
    except (ValueError, KeyError) as error:
        raise Invalid(f"{file} is damaged; export again.") from error
    grid = model.schema.grid
    if grid is not None:
        values = np.asarray([row[grid.name] for row in rows])
        return _summaries(values), pd.Series(expected[:, -1])
    return pd.DataFrame(rows, columns=list(model.schema.names)), pd.Series(expected[:, -1])


def _summaries(values: np.ndarray) -> pd.DataFrame:
    """A picture or sound in three numbers; single pixels would say nothing."""
    return pd.DataFrame(
        {"mean": values.mean(axis=1), "spread": values.std(axis=1), "largest": values.max(axis=1)}
    )


def _answers(model: Model, rows: pd.DataFrame) -> tuple[pd.Series, int, str]:
    """The last output for each row that the model takes; how many it refuses, and why."""
    if model.schema.grid is not None:
        return pd.Series(dtype=float), 0, ""
    plain = [
        {str(name): None if pd.isna(value) else value for name, value in row.items()}
        for row in rows[list(model.schema.names)].to_dict("records")
    ]
    found: list[float] = []
    refused, why = 0, ""
    for at in range(0, len(plain), MOST_ROWS):
        part = plain[at : at + MOST_ROWS]
        try:
            found += model.answer(part)[:, -1].tolist()
        except Invalid:
            for row in part:
                try:
                    found.append(float(model.answer([row])[0, -1]))
                except Invalid as error:
                    refused, why = refused + 1, why or error.message
    return pd.Series(found, dtype=float), refused, why


def _compared(first: pd.Series, second: pd.Series) -> tuple[float, float, str]:
    """p-value, population stability index and what moved."""
    kinds = pd.api.types
    numeric = all(
        kinds.is_numeric_dtype(one) and not kinds.is_bool_dtype(one) for one in (first, second)
    )
    filled = first.dropna(), second.dropna()
    many = numeric and filled[0].nunique() > _BINS and min(map(len, filled)) >= FEWEST
    if not many:
        return _categories(first, second)
    before, after = (one.to_numpy(float) for one in filled)
    edges = np.unique(np.quantile(before, np.linspace(0, 1, _BINS + 1))[1:-1])
    counts = [
        np.append(
            np.bincount(np.searchsorted(edges, values, side="right"), minlength=len(edges) + 1),
            len(whole) - len(values),
        )
        for values, whole in ((before, first), (after, second))
    ]
    p = float(ks_2samp(before, after, method="asymp").pvalue)
    gaps = np.array([[len(before), counts[0][-1]], [len(after), counts[1][-1]]])
    # Values and gaps are two questions about one column: the surer one, counted twice.
    p = min(1.0, 2 * min(p, _chance(gaps)))
    says = f"the median went from {np.median(before):.4g} to {np.median(after):.4g}"
    before_gaps, after_gaps = (100 * c[-1] / c.sum() for c in counts)
    if abs(after_gaps - before_gaps) >= 2:
        says += f", missing values from {before_gaps:.1f} % to {after_gaps:.1f} %"
    return p, _index(counts[0], counts[1]), says


def _categories(first: pd.Series, second: pd.Series) -> tuple[float, float, str]:
    named = [one.astype(object).where(one.notna(), _GAP).astype(str) for one in (first, second)]
    top = set(named[0].value_counts().head(_MOST_VALUES).index)
    shares = [one.where(one.isin(top), _OTHER).value_counts() for one in named]
    table = pd.concat(shares, axis=1).fillna(0).to_numpy(float).T
    names = list(pd.concat(shares, axis=1).index)
    moved = np.abs(table[1] / table[1].sum() - table[0] / table[0].sum())
    at = int(moved.argmax())
    before, after = (100 * row[at] / row.sum() for row in table)
    says = f"“{names[at]:.40}” went from {before:.1f} % to {after:.1f} %"
    return _chance(table), _index(table[0], table[1]), says


def _chance(table: np.ndarray) -> float:
    """p-value of a table of two rows; columns that expect under five rows are taken together."""
    table = table[:, table.sum(axis=0) > 0]
    expected = table.sum(axis=0) * table.sum(axis=1).min() / table.sum()
    few = expected < 5
    if few.any():
        table = np.column_stack([table[:, ~few], table[:, few].sum(axis=1)])
        table = table[:, table.sum(axis=0) > 0]
    if table.shape[1] < 2:
        return 1.0
    return float(chi2_contingency(table, correction=False).pvalue)


def _index(first: np.ndarray, second: np.ndarray) -> float:
    """Population stability index, with half a row added to each bin."""
    p = (first + 0.5) / (first + 0.5).sum()
    q = (second + 0.5) / (second + 0.5).sum()
    return float(((q - p) * np.log(q / p)).sum())
