"""Checks a submission and names ALL that is wrong with it at once; nothing is ever charged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from journeyman.competitions.columns import Given, Wanted
from journeyman.competitions.entry import Competition
from journeyman.competitions.finding import Finding, finding
from journeyman.competitions.reading import read
from journeyman.errors import Invalid, TooLarge
from journeyman.scoring.metric import Numbers

SUM_TOLERANCE = 1e-3
_COMPARED = 1_000_000  # rows up to which a submission is compared with earlier ones


@dataclass(frozen=True, slots=True, eq=False)
class Report:
    """The outcome of a validation.

    Attributes:
        rows: Rows in the file.
        errors: Each keeps the submission from being scored.
        warnings: Worth a look; it is scored all the same.
        given: The predictions in the order of the test rows, shape (rows,) or (rows, classes);
            None if there are errors.
    """

    rows: int
    errors: tuple[Finding, ...]
    warnings: tuple[Finding, ...]
    given: Numbers | None

    @property
    def valid(self) -> bool:
        """Whether it can be scored."""
        return not self.errors


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """Earlier predictions that a new submission is compared with: what they are, and the values."""

    name: str
    given: Numbers


def validate(
    file: Path,
    competition: Competition,
    ids: pa.Array,
    classes: Sequence[str] = (),
    *,
    earlier: Sequence[Known] = (),
    baseline: Known | None = None,
) -> Report:
    """Check a file of predictions.

    Args:
        file: CSV or Parquet.
        competition: What is asked for.
        ids: The test rows' ids; predictions come back in this order.
        classes: The labels, where labels are asked for.
        earlier: Earlier submissions, newest first, to notice a shuffled one.
        baseline: A simple model's predictions, to notice the same.
    """
    try:
        given = read(file, wanted_of(competition, ids))
    except (Invalid, TooLarge) as error:
        return Report(0, (Finding("file", error.message),), (), None)
    return check_given(given, competition, ids, classes, earlier=earlier, baseline=baseline)


def wanted_of(competition: Competition, ids: pa.Array) -> Wanted:
    """What a submission to ``competition`` holds."""
    labels = competition.metric.needs == "labels"
    return Wanted(competition.id, competition.prediction, pa.types.is_integer(ids.type), labels)


def check_given(
    given: Given,
    competition: Competition,
    ids: pa.Array,
    classes: Sequence[str] = (),
    *,
    earlier: Sequence[Known] = (),
    baseline: Known | None = None,
) -> Report:
    """Check predictions that have been read; see :func:`validate`."""
    labels = competition.metric.needs == "labels"
    errors = list(given.errors)
    order = _order(given, ids, errors)
    columns = [
        _codes(given, column, classes, errors) if labels else _finite(given, name, column, errors)
        for name, column in given.columns.items()
    ]
    _ranges(competition, given, columns, errors)
    if errors:
        return Report(len(given.ids), tuple(errors), tuple(given.warnings), None)
    values = columns[0] if len(columns) == 1 else np.column_stack(columns)
    if order is not None:
        aligned = np.empty_like(values)
        aligned[order] = values
        values = aligned
    warnings = [*given.warnings, *oddities(competition, values, earlier, baseline)]
    return Report(len(given.ids), (), tuple(warnings), values)


def plain_ids(ids: pa.Array) -> pa.Array:
    """Ids in the form in which they are compared: 64-bit whole numbers, or text."""
    if pa.types.is_integer(ids.type):
        return pc.cast(ids, pa.int64())
    if pa.types.is_dictionary(ids.type):
        ids = ids.dictionary_decode()
    return pc.cast(ids, pa.string())


def _order(given: Given, ids: pa.Array, errors: list[Finding]) -> Numbers | None:
    """The test row of each row of the file; None where they are in order already."""
    ids = plain_ids(ids)
    if given.ids.equals(ids):
        return None
    order = positions(given.ids, ids)
    unknown = order < 0
    empty = pc.is_null(given.ids).to_numpy(zero_copy_only=False)
    rows = np.flatnonzero(unknown & ~empty)
    if len(rows):
        examples = [str(one)[:40] for one in given.ids.take(pa.array(rows[:3])).to_pylist()]
        errors.append(finding("unknown", "Unknown ids", rows, given.lines, examples))
    if empty.any() and not any(one.kind == "id" for one in errors):
        errors.append(finding("id", "Empty ids", np.flatnonzero(empty), given.lines))
    known = np.flatnonzero(~unknown)
    counts = np.bincount(order[known], minlength=len(ids))
    if (counts > 1).any():
        _, first = np.unique(order[known], return_index=True)
        again = np.delete(known, first)
        examples = [str(one)[:40] for one in given.ids.take(pa.array(again[:3])).to_pylist()]
        text = "Ids that stand there already"
        errors.append(finding("duplicate", text, again, given.lines, examples))
    missing = np.flatnonzero(counts == 0)
    if len(missing):
        shown = ", ".join(str(one)[:40] for one in ids.take(pa.array(missing[:3])).to_pylist())
        more = ", ..." if len(missing) > 3 else ""
        text = f"{len(missing):,} of {len(ids):,} ids are missing: {shown}{more}."
        errors.append(Finding("missing", text, len(missing)))
    return order


def positions(given: pa.Array, ids: pa.Array) -> Numbers:
    """Where each given id stands among the test rows, -1 where it does not.

    Whole numbers that lie close together, as most ids do, are looked up in a table, which costs
    less than hashing each of them.
    """
    if pa.types.is_integer(ids.type) and not given.null_count and len(ids) and len(given):
        wanted, found = ids.to_numpy(), given.to_numpy()
        low, high = int(wanted.min()), int(wanted.max())
        if high - low < 8 * len(wanted) + 1024:
            table = np.full(high - low + 2, -1, np.int64)  # the last one stands for all others
            table[wanted - low] = np.arange(len(wanted))
            inside = (found >= low) & (found <= high)
            return table[np.where(inside, found - low, -1)]
    at = pc.fill_null(pc.index_in(given, ids), -1)
    places: Numbers = at.to_numpy(zero_copy_only=False).astype(np.int64)
    return places


def _codes(
    given: Given, column: pa.Array | Numbers, classes: Sequence[str], errors: list[Finding]
) -> Numbers:
    """Labels as their numbers."""
    codes = pc.index_in(column, pa.array(list(classes), pa.string()))
    bad = np.flatnonzero(pc.is_null(codes).to_numpy(zero_copy_only=False))
    if len(bad):
        examples = [str(one)[:40] for one in column.take(pa.array(bad[:3])).to_pylist()]
        shown = ", ".join(classes[:8]) + (", ..." if len(classes) > 8 else "")
        text = f"Values that are none of the labels {shown}"
        errors.append(finding("label", text, bad, given.lines, examples))
    found: Numbers = pc.fill_null(codes, 0).to_numpy(zero_copy_only=False).astype(np.int64)
    return found


def _finite(given: Given, name: str, column: pa.Array | Numbers, errors: list[Finding]) -> Numbers:
    values = np.asarray(column, dtype=np.float64)
    if np.isfinite(values.sum()):
        return values
    missing = np.flatnonzero(np.isnan(values))
    if len(missing):
        text = f"Empty or NaN values in {name!r}"
        errors.append(finding("nan", text, missing, given.lines))
    infinite = np.flatnonzero(np.isinf(values))
    if len(infinite):
        errors.append(finding("infinite", f"Infinite values in {name!r}", infinite, given.lines))
    return values


def _ranges(
    competition: Competition, given: Given, columns: Sequence[Numbers], errors: list[Finding]
) -> None:
    """Probabilities lie in [0, 1], and over several classes they sum to 1."""
    if competition.metric.needs not in {"probability", "probabilities"}:
        return
    outside = np.zeros(len(given.ids), bool)
    for column in columns:
        outside |= (column < 0) | (column > 1)  # NaN is neither, and was named already
    rows = np.flatnonzero(outside)
    if len(rows):
        examples = [f"{max((c[row] for c in columns), key=lambda v: abs(v - 0.5)):g}"
                    for row in rows[:3]]  # fmt: skip
        text = "Probabilities outside 0 to 1"
        errors.append(finding("range", text, rows, given.lines, examples))
    if len(columns) > 1:
        sums = np.sum(columns, axis=0)
        rows = np.flatnonzero((np.abs(sums - 1) > SUM_TOLERANCE) & ~outside & np.isfinite(sums))
        if len(rows):
            examples = [f"{sums[row]:g}" for row in rows[:3]]
            text = "Rows whose probabilities do not sum to 1"
            errors.append(finding("sum", text, rows, given.lines, examples))


def oddities(
    competition: Competition, given: Numbers, earlier: Sequence[Known], baseline: Known | None
) -> list[Finding]:
    """What is allowed but probably not meant."""
    found = []
    first = given[:1]
    if len(given) > 1 and (given == first).all():
        found.append(Finding("constant", "All predictions are the same.", len(given)))
    elif len(given) <= _COMPARED and given.ndim == 1:
        found += _shuffled(given, earlier, baseline)
    if competition.metric.name == "rmsle" and (given < 0).any():
        below = int((given < 0).sum())
        found.append(Finding("negative", f"{below:,} predictions below 0 count as 0.", below))
    return found


def _shuffled(given: Numbers, earlier: Sequence[Known], baseline: Known | None) -> list[Finding]:
    ordered = np.sort(given)
    for one in earlier:
        same = one.given.shape == given.shape and np.allclose(np.sort(one.given), ordered)
        if same and np.array_equal(one.given, given):
            return [Finding("repeated", f"These are the predictions of {one.name} again.")]
        if same and _correlation(given, one.given) < 0.5:
            text = (
                f"The same values as in {one.name}, but given to other rows: are the ids and the "
                "predictions in the same order?"
            )
            return [Finding("shuffled", text)]
    if baseline is not None and len(given) >= 100 and baseline.given.shape == given.shape:
        r = _correlation(given, baseline.given)
        if abs(r) < 3 / np.sqrt(len(given)):
            text = (
                f"The predictions have nothing to do with those of {baseline.name} (correlation "
                f"{r:.3f}): are the ids and the predictions in the same order?"
            )
            return [Finding("shuffled", text)]
    return []


def _correlation(one: Numbers, other: Numbers) -> float:
    if np.ptp(one) == 0 or np.ptp(other) == 0:
        return 1.0
    return float(np.corrcoef(one, other)[0, 1])
