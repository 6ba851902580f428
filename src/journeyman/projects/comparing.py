"""Two runs on the same rows: is one better, or is it noise?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from journeyman.errors import Invalid
from journeyman.projects import measured, scored
from journeyman.projects.declared import Declared
from journeyman.projects.runs import Run, Runs
from journeyman.projects.scored import Predictions
from journeyman.scoring.evaluation import Comparison, compare


@dataclass(frozen=True)
class Compared:
    """A run against another.

    Attributes:
        rows: That both predicted.
        changed: What differs between them, besides the score: code, data, seed, parameters.
    """

    first: Run
    second: Run
    comparison: Comparison
    rows: int
    changed: dict[str, tuple[Any, Any]]

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "first": self.first.id, "second": self.second.id, "rows": self.rows,
            "comparison": self.comparison.to_json(),
            "changed": {name: list(pair) for name, pair in self.changed.items()},
        }  # fmt: skip

    def text(self) -> str:
        """For a person at a terminal."""
        one = self.comparison
        numbers = (
            f"{one.metric} on {self.rows:,} rows: {self.first.id} {one.first:.4f}, "
            f"{self.second.id} {one.second:.4f}; gain {one.gain:+.4f} "
            f"({one.low:+.4f} to {one.high:+.4f}), p {one.p:.3f}."
        )
        lines = [one.verdict, numbers]
        if self.changed:
            lines.append("What else differs:")
            lines += [f"  {name}: {a} | {b}" for name, (a, b) in self.changed.items()]
        else:
            lines.append("Nothing else differs: code, data, seed and parameters are the same.")
        return "\n".join(lines)


def compare_runs(runs: Runs, declared: Declared, first: Run, second: Run) -> Compared:
    """Whether ``first`` is better than ``second``, by paired resamples of the rows both predicted.

    Raises:
        Invalid: they did not predict the same rows, or not with the same truth.
    """
    found = [scored.read(runs.predictions(run), declared) for run in (first, second)]
    one, two = aligned(*found)
    metric = measured.metric_of(one, declared)
    comparison = compare(
        metric, one.truth, one.given(metric), two.given(metric), names=(first.id, second.id)
    )
    return Compared(first, second, comparison, len(one), changes(first, second))


def aligned(first: Predictions, second: Predictions) -> tuple[Predictions, Predictions]:
    """Both predictions on the rows that they share, in one order.

    Raises:
        Invalid: there are too few such rows, or their truth differs.
    """
    if first.task != second.task:
        raise Invalid(f"One run is a {first.task} and the other a {second.task} task.")
    if first.ids is None or second.ids is None:
        if len(first) != len(second):
            raise Invalid(
                f"The runs predicted {len(first):,} and {len(second):,} rows without an id; write "
                "a column id, so that they can be brought together."
            )
        pair = first, second
    else:
        places = {name: place for place, name in enumerate(second.ids)}
        if len(places) < len(second.ids) or len(set(first.ids)) < len(first.ids):
            raise Invalid("The column id names a row twice; it should name each once.")
        mine = [place for place, name in enumerate(first.ids) if name in places]
        if len(mine) < max(20, 0.5 * min(len(first), len(second))):
            raise Invalid(
                f"The two runs share {len(mine):,} predicted rows of {len(first):,} and "
                f"{len(second):,}, so they cannot be compared; give them the same split."
            )
        theirs = [places[first.ids[place]] for place in mine]
        pair = only(first, np.array(mine)), only(second, np.array(theirs))
    if not np.array_equal(pair[0].truth.target, pair[1].truth.target):
        raise Invalid("The two runs give the same rows another truth; did the data change?")
    return pair


def only(found: Predictions, rows: Any) -> Predictions:
    """Some rows of predictions."""

    def part(values: Any) -> Any:
        return None if values is None else values[rows]

    return replace(
        found,
        truth=found.truth.only(rows),
        labels=part(found.labels),
        chances=part(found.chances),
        numbers=part(found.numbers),
        baseline=part(found.baseline),
        ids=None if found.ids is None else tuple(found.ids[int(place)] for place in rows),
        extra=found.extra.iloc[rows].reset_index(drop=True),
    )


def changes(first: Run, second: Run) -> dict[str, tuple[Any, Any]]:
    """What differs between two runs, besides their scores."""
    sides = [
        {
            "commit": str(run.code.get("commit", ""))[:10],
            "uncommitted changes": str(run.code.get("difference", ""))[:10],
            "data": str(run.data.get("sha256", ""))[:10],
            "seed": run.seed,
            "environment": str(run.environment.get("sha256", ""))[:10],
            **{f"parameter {name}": value for name, value in run.parameters.items()},
        }
        for run in (first, second)
    ]
    names = dict.fromkeys((*sides[0], *sides[1]))
    return {
        name: (sides[0].get(name), sides[1].get(name))
        for name in names
        if sides[0].get(name) != sides[1].get(name)
    }
