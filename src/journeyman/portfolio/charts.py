"""Small charts as SVG with their numbers in a table beside: no script, any theme, any width.

Colours come from the page's style sheet by class, so that one drawing serves light, dark and print.
"""

from __future__ import annotations

import csv
import html
import io
import math
from collections.abc import Sequence
from dataclasses import dataclass

from journeyman.errors import Invalid

WIDTH, HEIGHT = 640, 280
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 12, 12, 34
MOST_ROWS = 400
MOST_SERIES = 5
_TICKS = 5


@dataclass(frozen=True, slots=True)
class Table:
    """What a chart draws: named columns, the first of which names or places the rows."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def read_table(text: str, what: str) -> Table:
    r"""Read a table in CSV.

    Raises:
        Invalid: it has no header, no rows, too many, or rows of another length.

    >>> read_table("epoch,loss\n1,0.5\n", "a chart").columns
    ('epoch', 'loss')
    """
    lines = [line for line in text.strip().splitlines() if line.strip()]
    cells = [[one.strip() for one in row] for row in csv.reader(io.StringIO("\n".join(lines)))]
    if len(cells) < 2 or len(cells[0]) < 2:
        raise Invalid(f"{what} needs a line of column names and at least one row of numbers.")
    if len(cells) - 1 > MOST_ROWS:
        raise Invalid(f"{what} has {len(cells) - 1} rows; at most {MOST_ROWS} are shown.")
    if any(len(row) != len(cells[0]) for row in cells):
        raise Invalid(f"{what} has a row that is longer or shorter than its column names.")
    return Table(tuple(cells[0]), tuple(tuple(row) for row in cells[1:]))


def table_html(table: Table, caption: str) -> str:
    """The table as HTML, folded under the chart."""
    head = "".join(f'<th scope="col">{html.escape(one)}</th>' for one in table.columns)
    rows = "".join(
        f'<tr><th scope="row">{html.escape(row[0])}</th>'
        + "".join(f"<td>{html.escape(one)}</td>" for one in row[1:])
        + "</tr>"
        for row in table.rows
    )
    label = html.escape(caption, quote=True)
    return (
        f'<details class="data"><summary>The numbers</summary><div class="wide" tabindex="0" '
        f'role="group" aria-label="Numbers of: {label}"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div></details>"
    )


def figure(table: Table, title: str, what: str = "A chart") -> str:
    """A line chart, or dots with intervals where the first column holds names.

    Columns called ``low`` and ``high`` after one of values are the ends of its interval.

    Args:
        table: The first column names or places the rows, the others hold numbers.
        title: Stands under the chart.
        what: How to call it in a message.

    Raises:
        Invalid: a cell is no number, or there are too many series.
    """
    values = [[_number(cell, what) for cell in row[1:]] for row in table.rows]
    places = [_maybe(row[0]) for row in table.rows]
    if all(place is not None for place in places):
        drawn = _lines(table.columns[1:], [place or 0.0 for place in places], values, what)
    else:
        drawn = _dots(table, values)
    said = html.escape(title)
    return (
        f'<figure class="chart">{drawn}<figcaption>{said}'
        f"{table_html(table, title)}</figcaption></figure>\n"
    )


def span(value: float, low: float, high: float, other: float) -> str:
    """A number's interval as a small bar, with a mark where a baseline lies; for beside the text.

    >>> span(0.8, 0.7, 0.9, 0.5).count("<line")
    3
    """
    ends = [low, high, value, other]
    least, most = min(ends), max(ends)
    room = (most - least or 1.0) * 0.08

    def x(number: float) -> str:
        return _at(4 + 152 * (number - least + room) / (most - least + 2 * room))

    mark = f'<line class="base" x1="{x(other)}" y1="2" x2="{x(other)}" y2="14"/>'
    return (
        '<svg class="span" viewBox="0 0 160 16" aria-hidden="true" focusable="false">'
        f'<line class="rail" x1="4" y1="8" x2="156" y2="8"/>{mark}'
        f'<line class="bar" x1="{x(low)}" y1="8" x2="{x(high)}" y2="8"/>'
        f'<circle cx="{x(value)}" cy="8" r="4"/></svg>'
    )


def share(value: float, low: float, high: float) -> str:
    """The interval of a share of one, on a rail from none to all."""
    at = [_at(4 + 152 * min(1.0, max(0.0, one))) for one in (value, low, high)]
    return (
        '<svg class="span" viewBox="0 0 160 16" aria-hidden="true" focusable="false">'
        '<line class="rail" x1="4" y1="8" x2="156" y2="8"/>'
        f'<line class="bar" x1="{at[1]}" y1="8" x2="{at[2]}" y2="8"/>'
        f'<circle cx="{at[0]}" cy="8" r="4"/></svg>'
    )


def ticks(low: float, high: float, most: int = _TICKS) -> list[float]:
    """Round numbers between two ends.

    >>> ticks(0.0, 1.0)
    [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]
    """
    if not high > low:
        return [low]
    raw = (high - low) / most
    size = 10.0 ** math.floor(math.log10(raw))
    step = next(size * one for one in (1, 2, 2.5, 5, 10) if size * one >= raw * (1 - 1e-9))
    count = math.floor((high - math.ceil(low / step) * step) / step + 1e-9)
    return [round((math.ceil(low / step - 1e-9) + n) * step, 12) for n in range(count + 1)]


def _lines(names: Sequence[str], places: list[float], values: list[list[float]], what: str) -> str:
    if len(names) > MOST_SERIES:
        raise Invalid(f"{what} has {len(names)} lines; at most {MOST_SERIES} can be told apart.")
    order = sorted(range(len(places)), key=places.__getitem__)
    x = _Scale(min(places), max(places), _LEFT, WIDTH - _RIGHT)
    every = [one for row in values for one in row]
    y = _Scale(min(every), max(every), HEIGHT - _BOTTOM, _TOP)
    parts = [_grid(x, y, whole=all(one == int(one) for one in places))]
    for n, _ in enumerate(names):
        path = " ".join(f"{x(places[i])},{y(values[i][n])}" for i in order)
        parts.append(f'<polyline class="series-{n + 1}" points="{path}"/>')
    key = "".join(
        f'<li class="key-{n + 1}">{html.escape(name)}</li>' for n, name in enumerate(names)
    )
    return f'{_svg(HEIGHT, "".join(parts))}<ul class="keys">{key}</ul>'


def _dots(table: Table, values: list[list[float]]) -> str:
    columns = [one.casefold() for one in table.columns[1:]]
    ends = columns[1:3] == ["low", "high"]
    height = _TOP + 30 * len(values) + _BOTTOM
    every = [one for row in values for one in (row[:3] if ends else row[:1])]
    x = _Scale(min(every), max(every), 220, WIDTH - 24)
    bottom = height - _BOTTOM
    parts = [
        f'<line class="grid" x1="{x(tick)}" y1="{_TOP}" x2="{x(tick)}" y2="{bottom}"/>'
        f'<text class="tick" x="{x(tick)}" y="{bottom + 20}" text-anchor="middle">{tick:g}</text>'
        for tick in ticks(x.low, x.high)
    ]
    for n, (row, cells) in enumerate(zip(table.rows, values, strict=True)):
        y = _TOP + 15 + 30 * n
        name = row[0] if len(row[0]) <= 30 else row[0][:29] + "…"
        parts.append(f'<text class="name" x="8" y="{y + 5}">{html.escape(name)}</text>')
        if ends:
            parts.append(
                f'<line class="bar" x1="{x(cells[1])}" y1="{y}" x2="{x(cells[2])}" y2="{y}"/>'
            )
        parts.append(f'<circle cx="{x(cells[0])}" cy="{y}" r="5"/>')
    return _svg(height, "".join(parts))


@dataclass(frozen=True, slots=True)
class _Scale:
    """Numbers to places along an axis."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, number: float) -> str:
        width = self.high - self.low
        part = (number - self.low) / width if width else 0.5
        return _at(self.start + part * (self.end - self.start))


def _grid(x: _Scale, y: _Scale, *, whole: bool) -> str:
    rows = "".join(
        f'<line class="grid" x1="{_LEFT}" y1="{y(tick)}" x2="{WIDTH - _RIGHT}" y2="{y(tick)}"/>'
        f'<text class="tick" x="{_LEFT - 8}" y="{y(tick)}" dy="4" text-anchor="end">{tick:g}</text>'
        for tick in ticks(y.low, y.high)
    )
    columns = "".join(
        f'<text class="tick" x="{x(tick)}" y="{HEIGHT - _BOTTOM + 22}" '
        f'text-anchor="middle">{tick:g}</text>'
        for tick in ticks(x.low, x.high, 8)
        if not whole or tick == int(tick)
    )
    return rows + columns


def _svg(height: int, inner: str) -> str:
    return (
        f'<svg class="plot" viewBox="0 0 {WIDTH} {height}" aria-hidden="true" focusable="false">'
        f"{inner}</svg>"
    )


def _at(place: float) -> str:
    return f"{place:.1f}".removesuffix(".0")


def _maybe(cell: str) -> float | None:
    try:
        found = float(cell)
    except ValueError:
        return None
    return found if math.isfinite(found) else None


def _number(cell: str, what: str) -> float:
    found = _maybe(cell)
    if found is None:
        raise Invalid(f"{what} has {cell[:40]!r} where a number is needed.")
    return found
