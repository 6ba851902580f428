"""Charts of a project as SVG, each with its axes labelled and its numbers as a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from journeyman.projects.runs import Run, Score
from journeyman.scoring.calibration import Reliability
from journeyman.scoring.curves import LearningCurve, Threshold
from journeyman.scoring.slices import Slices

INK, SOFT, MARK = "#1b5561", "#8a949b", "#b45309"
MOST_BARS = 16


@dataclass(frozen=True)
class Drawn:
    """A chart.

    Attributes:
        name: For its file. caption: What one sees, in a sentence.
        head, rows: The numbers that it draws.
    """

    name: str
    title: str
    caption: str
    svg: str
    head: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]

    def table(self) -> str:
        """The numbers as CSV."""
        sink = io.StringIO(newline="")
        writer = csv.writer(sink, lineterminator="\n")
        writer.writerow(self.head)
        writer.writerows(self.rows)
        return sink.getvalue()


def _drawn(figure: Figure) -> str:
    out = io.StringIO()
    # A fixed salt and no date: the same numbers give the same bytes.
    with rc_context({"svg.hashsalt": "journeyman", "svg.fonttype": "none"}):
        figure.savefig(out, format="svg", metadata={"Date": None})
    return out.getvalue()


def _axes(width: float = 7.0, height: float = 3.6) -> tuple[Figure, Axes]:
    figure = Figure(figsize=(width, height), layout="constrained")
    axes = figure.subplots()
    axes.spines[["top", "right"]].set_visible(False)
    return figure, axes


def of_runs(runs: Sequence[Run], name: str) -> Drawn | None:
    """The metric of each run with its interval, in the order of time, and the baseline's."""
    found = [(run, run.main) for run in runs if run.state == "done" and run.main is not None]
    shown = [(run, one) for run, one in found if one is not None and one.name == name][-40:]
    if not shown:
        return None
    figure, axes = _axes()
    at = np.arange(len(shown))
    values = np.array([one.value for _, one in shown])
    low = values - np.array([one.low for _, one in shown])
    high = np.array([one.high for _, one in shown]) - values
    axes.errorbar(at, values, yerr=[low, high], fmt="o", color=INK, ecolor=SOFT, capsize=3)
    base = shown[-1][1].baseline
    if base is not None:
        axes.axhline(base, color=MARK, linestyle="--", linewidth=1)
        axes.annotate("baseline", (0, base), textcoords="offset points", xytext=(2, 3), color=MARK)
    axes.set_xticks(at, [run.id[-4:] for run, _ in shown], rotation=45)
    last = shown[-1][1]
    axes.set(xlabel="run, by time", ylabel=f"{last.title} ({last.better} is better)")
    rows = tuple((run.id, one.value, one.low, one.high, one.baseline) for run, one in shown)
    return Drawn(
        "runs", "Runs", f"{last.title} of each run with its 95 % interval, on {last.part} rows.",
        _drawn(figure), ("run", name, "low", "high", "baseline"), rows,
    )  # fmt: skip


def of_scores(bars: Sequence[tuple[str, Score]]) -> Drawn:
    """The same metric of several models on the same rows."""
    figure, axes = _axes(7.0, 1.2 + 0.5 * len(bars))
    for place, (label, one) in enumerate(bars):
        axes.plot([one.low, one.high], [place, place], color=SOFT, linewidth=3)
        axes.plot(one.value, place, "o", color=INK)
        axes.annotate(
            f"{one.value:.4f}", (one.value, place), textcoords="offset points", xytext=(0, 7),
            ha="center", fontsize=8,
        )  # fmt: skip
        del label
    axes.set_yticks(range(len(bars)), [label for label, _ in bars])
    axes.set_ylim(len(bars) - 0.4, -0.6)
    one = bars[0][1]
    axes.set_xlabel(f"{one.title} ({one.better} is better), {one.rows:,} {one.part} rows")
    rows = tuple((label, s.value, s.low, s.high) for label, s in bars)
    return Drawn(
        "result", "Result", f"{one.title} with its 95 % interval beside what it is compared with.",
        _drawn(figure), ("model", one.name, "low", "high"), rows,
    )  # fmt: skip


def of_reliability(found: Reliability) -> Drawn:
    """What was said against what happened."""
    figure, axes = _axes(4.8, 4.2)
    said = [one.said for one in found.bins]
    happened = [one.happened for one in found.bins]
    below = [one.happened - one.low for one in found.bins]
    above = [one.high - one.happened for one in found.bins]
    axes.plot([0, 1], [0, 1], "--", color=SOFT, linewidth=1)
    axes.errorbar(said, happened, yerr=[below, above], fmt="o", color=INK, ecolor=SOFT, capsize=3)
    axes.set(
        xlabel="probability that was said", ylabel="share that came true", xlim=(0, 1), ylim=(0, 1)
    )
    rows = tuple((b.rows, b.said, b.happened, b.low, b.high) for b in found.bins)
    return Drawn(
        "calibration", "Calibration", found.verdict(), _drawn(figure),
        ("rows", "said", "happened", "low", "high"), rows,
    )  # fmt: skip


def of_threshold(found: Threshold, unit: str) -> Drawn:
    """Cost a row by threshold."""
    figure, axes = _axes()
    curve = np.array(found.curve)
    axes.plot(curve[:, 0], curve[:, 1], color=INK)
    axes.axvspan(found.low, found.high, color=SOFT, alpha=0.25, linewidth=0)
    axes.axvline(found.value, color=MARK, linestyle="--", linewidth=1)
    axes.set(
        xlabel="threshold: from which probability on one says yes",
        ylabel=f"mean cost a row ({unit or 'in units of the stated costs'})",
    )
    return Drawn(
        "threshold",
        "Threshold by cost",
        f"Cheapest at {found.value:.3f}; resampled rows would choose {found.low:.3f} to "
        f"{found.high:.3f}.",
        _drawn(figure),
        ("threshold", "cost"),
        found.curve,
    )


def of_slices(found: Slices, title: str) -> Drawn | None:
    """The slices that differ most from the rest."""
    shown = found.looked[:MOST_BARS]
    if not shown:
        return None
    figure, axes = _axes(7.0, 1.2 + 0.32 * len(shown))
    for place, one in enumerate(shown):
        axes.plot([one.score.low, one.score.high], [place, place], color=SOFT, linewidth=3)
        axes.plot(one.score.value, place, "o", color=MARK if one.q < found.rate else INK)
        axes.plot(one.rest, place, "|", color=SOFT, markersize=9)
    axes.set_yticks(range(len(shown)), [f"{one.name[:40]} ({one.rows:,})" for one in shown])
    axes.set_ylim(len(shown) - 0.4, -0.6)
    axes.set_xlabel(f"{title}; the stroke is the rest of the rows")
    worse = sum(one.q < found.rate for one in found.looked)
    rows = tuple((s.name, s.rows, s.score.value, s.score.low, s.score.high, s.rest, s.q)
                 for s in found.looked)  # fmt: skip
    return Drawn(
        "slices", "Slices",
        f"{len(found.looked)} slices were looked at; {worse} differ from the rest after the "
        "correction for so many looks.",
        _drawn(figure), ("slice", "rows", "value", "low", "high", "rest", "q"), rows,
    )  # fmt: skip


def of_curve(found: LearningCurve, title: str) -> Drawn:
    """The learning curve with what it says of more rows."""
    figure, axes = _axes()
    axes.errorbar(found.sizes, found.means, yerr=found.errors, fmt="o", color=INK, capsize=3)
    if found.fitted:
        fitted = np.array(found.fitted)
        axes.plot(fitted[:, 0], fitted[:, 1], color=SOFT)
    axes.set_xscale("log")
    axes.set(xlabel="training rows (log scale)", ylabel=title)
    rows = tuple(zip(found.sizes, found.means, found.errors, strict=True))
    return Drawn(
        "learning-curve", "Learning curve", found.sentence(), _drawn(figure),
        ("rows", "value", "error"), rows,
    )  # fmt: skip
