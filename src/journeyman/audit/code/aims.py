"""Rules about features that know the target: made from it, beside it, or after it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from journeyman.audit.code.afterwards import comes_after
from journeyman.audit.code.trace import Split, Trace
from journeyman.audit.code.values import CENTRED, Taint, Value, covers, covers_strictly, role
from journeyman.audit.finding import Finding, Place
from journeyman.audit.kinds import finding

_PLANNED = re.compile(
    r"holiday|festiv|feiertag|f[ée]ri[ée]|weekday|weekend|week_?day|wochentag|(^|_)dow(_|$)|day_?of|"
    r"(^|_)(giorno|jour|dia|día|tag|month|monat|mese|mes|mois|season|hour)(_|$)|calendar|schedul|"
    r"planned|promo|forecast|previs|prognos|school_?break|ferien",
    re.IGNORECASE,
)
"""What is known of tomorrow today: the calendar, plans, and what others forecast."""


def _pairs(trace: Trace) -> Iterator[tuple[Place, Value, Value, bool]]:
    for fit in trace.fits.values():
        yield fit.place, fit.x, fit.y, fit.columns_chosen or fit.step
    for split in trace.splits.values():
        if split.y.sort == "data" and not _narrowed_later(trace, split):
            yield split.place, split.x, split.y, split.cross


def _narrowed_later(trace: Trace, split: Split) -> bool:
    """Whether columns are chosen once the rows are cut: what is fitted tells the features."""
    return not split.cross and any(
        covers_strictly(region, row)
        for fit in trace.fits.values()
        if fit.x.kept is not None or fit.x.dropped - split.x.dropped
        for region in split.x.regions
        for row in fit.x.regions
    )


def columns_that_know(trace: Trace) -> Iterator[Finding]:
    """Features that are made from the target, from the future, or are the target itself."""
    for place, x, y, picked in _pairs(trace):
        target = y.column
        if not target or x is y:
            continue
        if x.kept is not None and len(x.kept) == 1 and target in x.kept:
            continue
        coded = any(one.startswith(f"{target}_") for one in x.dropped)  # by get_dummies
        typed = "typed" in x.marks
        here = _roots(x) & _roots(y)
        inside = bool(here) and x.whole and target not in x.dropped and not coded and not typed
        if (inside or (x.kept is not None and target in x.kept)) and not picked:
            yield finding(
                "target-leak",
                f"The target “{target}” is itself among the features.",
                Place(place.file, place.line, place.cell, (target,)),
            )
        ahead = "future" in y.marks  # a window up to now says nothing of tomorrow
        for taint in x.taints:
            found = None if ahead and taint.kind == "window" else _column_fault(taint, target, x)
            if found is not None:
                yield found


def _roots(value: Value) -> set[str]:
    """What was loaded, before any cut."""
    return {one.split("/")[0] for one in value.regions}


def _column_fault(taint: Taint, target: str, x: Value) -> Finding | None:
    column = taint.column
    gone = column == target or column in x.dropped or (x.kept is not None and column not in x.kept)
    place = Place(taint.file, taint.line, 0, (column,) if column else ())
    if not column or gone:
        return None
    if taint.kind == "future" and (_PLANNED.search(column) or _PLANNED.search(taint.of)):
        return None
    if taint.kind == "future":
        return finding("temporal-leak", f"“{column}” uses later rows ({taint.what}).", place)
    said = _of_target(taint, target, x) if taint.of == target else None
    return finding(said[0], f"“{column}” {said[1]}", place) if said else None


def _of_target(taint: Taint, target: str, x: Value) -> tuple[str, str] | None:
    if taint.kind == "derived":
        return "target-leak", f"is computed from the target “{target}”."
    inside = all(role(one) == "train" and not _beyond(one, x) for one in taint.regions)
    if taint.kind == "group" and not inside:
        said = f"is the {taint.what} over all rows, those to be scored included."
        return "encoding-on-all-rows", said
    if taint.kind == "window":
        return (
            "target-leak",
            f"({taint.what} of “{target}”) holds the row's own target; shift first.",
        )
    return None


def _beyond(rows: str, x: Value) -> bool:
    """Whether folds were made of more rows than those that the model is then fitted on."""
    return any(
        one.partition("/")[0] == rows.partition("/")[0]
        and not covers(one, rows)
        and not covers(rows, one)
        for one in x.regions
    )


def source_of_target(trace: Trace) -> Iterator[Finding]:
    """The column that the target was computed from is still a feature."""
    for place, x, y, picked in _pairs(trace):
        if picked or not y.column:
            continue
        made = {one for one in y.taints if one.kind == "derived" and one.column == y.column}
        if len(made) != 1 or any(one.kind == "future" for one in y.taints):
            continue
        source = next(iter(made)).of
        kept = x.kept is not None and source in x.kept and y.column not in x.kept
        whole = x.kept is None and x.whole and y.column in x.dropped
        if source and source not in x.dropped and (kept or whole):
            yield finding(
                "target-leak",
                f"The target “{y.column}” is computed from “{source}”, which stays a feature.",
                Place(place.file, place.line, place.cell, (source,)),
            )


def siblings_of_target(trace: Trace) -> Iterator[Finding]:
    """Another column is made from the very column that the target is made from."""
    for place, x, y, picked in _pairs(trace):
        target = y.column
        made = {one for one in y.taints if one.kind == "derived" and one.column == target}
        if picked or not target or len(made) != 1 or y.marks & {"lagged", "shifted"}:
            continue
        source = next(iter(made)).of
        for taint in x.taints:
            gone = taint.column in x.dropped or (x.kept is not None and taint.column not in x.kept)
            same = taint.kind == "derived" and taint.of == source and taint.column != target
            if same and not gone and taint.column != source:
                yield finding(
                    "target-leak",
                    f"“{taint.column}” is computed from “{source}”, as the target “{target}” is.",
                    Place(taint.file, taint.line, place.cell, (taint.column,)),
                )


def later_inputs(trace: Trace) -> Iterator[Finding]:
    """A model is fed with values that were smoothed over later rows.

    Not with those of ``shift(-1)``: what is forecast travels with the inputs.
    """
    given = [*trace.fed.items(), *((fit.place, fit.x) for fit in trace.fits.values())]
    for place, fed in given:
        for taint in fed.taints:
            if taint.kind == "future" and taint.what.startswith(CENTRED) and not taint.column:
                yield finding(
                    "temporal-leak",
                    f"What the model is given in line {place.line} uses later rows ({taint.what}).",
                    Place(taint.file, taint.line),
                )


def _follows(column: str, aims: Iterable[str]) -> bool:
    return any(comes_after(column, aim) for aim in aims)


def known_afterwards(trace: Trace) -> Iterator[Finding]:
    """A feature is called like something that happens because of the outcome."""
    told: set[str] = set()
    for place, x, y, _ in _pairs(trace):
        names = (x.kept or frozenset()) - x.dropped - told
        made = {one.column: one.of for one in x.taints if one.kind == "derived"}
        aims = {y.column, *(o.of for o in y.taints if o.kind == "derived" and o.column == y.column)}
        for column in sorted(names) if y.column else ():
            source = column if _follows(column, aims) else made.get(column, "")
            if _follows(source, aims):
                told.add(column)
                by = "" if source == column else f", made from “{source}”,"
                yield finding(
                    "target-leak",
                    f"“{column}”{by} is, by its name, known only after “{y.column}” is.",
                    Place(place.file, place.line, place.cell, (column,)),
                    severity="warning",
                )
