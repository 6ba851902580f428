"""From what happened to what is wrong: one function for each kind of fault."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from journeyman.audit.code import aims, dividing
from journeyman.audit.code.calls import looks_dated
from journeyman.audit.code.entities import ENTITY
from journeyman.audit.code.estimators import EVENED
from journeyman.audit.code.frames import MASKED
from journeyman.audit.code.trace import Choice, Fit, Score, Split, Trace
from journeyman.audit.code.values import Taint, covers, covers_strictly, role
from journeyman.audit.finding import Finding, Place, Severity
from journeyman.audit.kinds import finding

_STEP = {
    "scaling": "scaling-on-all-rows",
    "imputing": "imputing-on-all-rows",
    "encoding": "encoding-on-all-rows",
    "fitting": "fit-before-split",
    "selecting": "fit-before-split",
    "resampled": "oversampling-before-split",
    "augmented": "augmentation-before-split",
    "model": "fit-before-split",
}
_STRONG = frozenset({"encoding", "selecting", "resampled", "augmented"})
"""Kinds that spoil an inner split too; scaling inside the training part alone hardly does."""


_SORT = re.compile(r"(kind|type|class|category|status|level|size|colou?r|brand)s?$", re.IGNORECASE)
"""Ends of names that say what sort of entity it is, not which one."""


def leaks_at_splits(trace: Trace) -> Iterator[Finding]:
    """Rows are cut that a step has already learnt from."""
    for split in trace.splits.values():
        taints = split.x.taints | split.y.taints
        copied = any(one.kind == "augmented" for one in taints)
        for taint in taints:
            if taint.kind not in _STEP or not _seen(taint, split.x.regions | split.y.regions):
                continue
            if taint.kind == "resampled" and copied:
                continue  # the labels of the changed copies
            inner = any(role(one) == "train" and "/" in one for one in split.x.regions)
            if inner and (taint.kind not in _STRONG or not split.cross):
                continue
            yield _leak(taint, f"then {split.name} cuts the same rows (line {split.place.line})")


def _seen(taint: Taint, rows: Iterable[str]) -> bool:
    return any(covers(fitted, row) for fitted in taint.regions for row in rows)


def _leak(taint: Taint, then: str) -> Finding:
    verb = {"resampled": "draws new rows from", "augmented": "adds changed copies of"}.get(
        taint.kind, "is fitted on"
    )
    return finding(
        _STEP[taint.kind],
        f"{taint.what} {verb} rows that are scored later; {then}.",
        Place(taint.file, taint.line),
    )


def leaks_at_scores(trace: Trace) -> Iterator[Finding]:
    """A score on rows that a step or the model itself was fitted on."""
    for score in trace.scores.values():
        for taint in score.value.taints:
            if taint.kind not in _STEP:
                continue
            copied = any(one.kind == "augmented" for one in score.value.taints)
            if _spoils(taint, score.rows) and not (copied and taint.kind == "resampled"):
                yield _leak(taint, f"{score.metric} is computed on them (line {score.place.line})")


def _spoils(taint: Taint, rows: frozenset[str]) -> bool:
    for fitted in taint.regions:
        for row in rows:
            held_out = role(row) in {"test", "valid", "fold"}
            if covers_strictly(fitted, row) and role(row) not in {"train", "head"}:
                return taint.kind not in {"scaling", "imputing", "fitting"} or _first(fitted)
            same = fitted == row and role(row) == "test"
            if same and held_out and taint.kind not in {"resampled", "augmented", "group"}:
                return True
    return False


def _first(fitted: str) -> bool:
    """Scaling on the training part does not spoil an inner validation fold enough to tell."""
    return role(fitted) != "train" or "/" not in fitted


def scored_on_training(trace: Trace) -> Iterator[Finding]:
    """Every score is on the very rows the model was fitted on, and nothing was held out."""
    pairs = [
        (score, taint)
        for score in trace.scores.values()
        for taint in score.value.taints
        if taint.kind == "model"
    ]
    if (
        not pairs
        or trace.splits
        or len({score.place for score, _ in pairs})
        != len({score.place for score in trace.scores.values()})
    ):
        return
    if all(taint.regions and _same_rows(trace, taint, score) for score, taint in pairs):
        score, taint = pairs[0]
        yield finding(
            "fit-before-split",
            f"{taint.what} is scored on the rows it was fitted on, and no rows are held out.",
            score.place,
        )


def _same_rows(trace: Trace, taint: Taint, score: Score) -> bool:
    """Whether rows fitted and scored are the same, so far as regions and masks tell."""
    masks = {one for one in score.value.marks if one.startswith(MASKED)}
    fits = [
        {one for one in fit.x.marks | fit.y.marks if one.startswith(MASKED)}
        for fit in trace.fits.values()
        if fit.place.line == taint.line and fit.x.regions == taint.regions
    ]
    return taint.regions == score.rows and (not fits or masks in fits)


def tuned_on_test(trace: Trace) -> Iterator[Finding]:
    """Parameters, epochs, features or models chosen by looking at the test rows."""
    for fit in trace.fits.values():
        yield from _fit_on_test(fit)
    for choice in trace.choices.values():
        slug = _kind_of(choice, trace)
        if slug == "":
            continue
        what = {
            "seed-picking": "The best of several seeds is kept.",
            "threshold-on-test": "The cut-off that scores best on the test rows is taken.",
        }.get(slug, "What scores best on the test rows is kept.")
        yield finding(slug, what, choice.place)


def _kind_of(choice: Choice, trace: Trace) -> str:
    uses = trace.uses_of(choice.value.loops | frozenset(choice.active))
    test = "test" in choice.value.roles
    if "seed" in uses and not uses & {"param", "threshold"}:
        picked = choice.value.roles - {"train", ""} and not _averaged(choice, trace)
        return "seed-picking" if picked else ""
    if not test:
        return ""
    if choice.threshold or "threshold" in uses:
        return "threshold-on-test"
    varied = uses - {"fold", "seed"} or bool(choice.active) or choice.value.loops
    return "tuned-on-test" if varied else ""


def _averaged(choice: Choice, trace: Trace) -> bool:
    """Mean and spread over the seeds are told too, and the best is only shown beside them."""

    def seeds(loops: Iterable[str]) -> set[str]:
        return {one for one in loops if "seed" in trace.uses_of(frozenset({one}))}

    return (choice.told or not seeds(choice.active)) and any(
        one.regions >= choice.value.regions and seeds(one.loops) >= seeds(choice.value.loops)
        for one in trace.averaged
    )


def _fit_on_test(fit: Fit) -> Iterator[Finding]:
    if fit.watched is not None and "test" in fit.watched.roles:
        yield finding("tuned-on-test", "Early stopping watches the test rows.", fit.place)
    if "test" in fit.x.roles and "Calibrated" in fit.name:
        yield finding("tuned-on-test", "Probabilities are calibrated on the test rows.", fit.place)
    if fit.x.roles == {"test"} and fit.search:
        yield finding("tuned-on-test", f"{fit.name} searches on the test rows.", fit.place)
    if "test" in fit.x.roles and "TunedThreshold" in fit.name:
        yield finding("threshold-on-test", f"{fit.name} is fitted on the test rows.", fit.place)


def searched_all(trace: Trace) -> Iterator[Finding]:
    """A search over rows of which some are scored afterwards."""
    searches = [fit for fit in trace.fits.values() if fit.search]
    for fit in searches:
        for score in trace.scores.values():
            if any(
                role(row) == "test" and covers_strictly(region, row)
                for region in fit.x.regions
                for row in score.rows
            ):
                yield finding(
                    "tuned-on-test",
                    f"{fit.name} chooses parameters on rows that are scored later "
                    f"(line {score.place.line}).",
                    fit.place,
                )
                break


def wrong_metric(trace: Trace) -> Iterator[Finding]:
    """Accuracy alone, where the code itself shows that the classes are unequal."""
    metrics = {score.metric for score in trace.scores.values()} - {"curve", "cv", "loss"}
    if not metrics or not metrics <= {"accuracy"} or "imbalanced" not in trace.hints:
        return
    score = next(iter(trace.scores.values()))
    yield finding("wrong-metric", "Accuracy is the only score, and one class is rare.", score.place)


def uncalibrated(trace: Trace) -> Iterator[Finding]:
    """Probabilities learnt on classes that were evened out are taken at their word."""
    if "calibrated" in trace.hints:
        return
    for place, value in trace.weighed.items():
        by = [one.what for one in value.taints if one.kind in {"resampled", "evened"}]
        by += [one.removeprefix(EVENED) for one in value.marks if one.startswith(EVENED)]
        if by:
            yield finding(
                "uncalibrated",
                f"Probabilities of a model that learnt on rows changed by {by[0]} are "
                "multiplied with amounts; the rare class is not as likely as they say.",
                place,
            )


def _only_compared(trace: Trace, split: Split) -> bool:
    """Whether a cut by hand stands beside scores on rows that are held out in another way."""
    if split.by_hand and dividing.CUT_BY_TIME in trace.hints:
        return True
    return split.by_hand and any(
        (score.value.roles & {"test", "valid", "fold"} or "timecut" in score.value.marks)
        and dividing.CHANCE not in score.value.marks
        for score in trace.scores.values()
    )


def temporal(trace: Trace) -> Iterator[Finding]:
    """A random cut of rows that are in order of time."""
    ordered_too = any(split.how == "time" for split in trace.splits.values())
    for split in trace.splits.values():
        if split.how == "part" or _only_compared(trace, split):
            continue
        marks = split.x.marks | split.y.marks
        known = _entities(marks) or _of_files(split, trace.entities)
        windows = "windowed" in marks and not known
        strong = windows or any(
            one.startswith(("sorted:", "indexed:")) or one == "lagged" for one in marks
        )
        dated = [
            one.split(":", 1)[1]
            for one in marks
            if one.startswith(("dated:", "sorted:", "indexed:"))
        ]
        said = [one for one in dated if looks_dated(one)]
        if not said and known and not windows:
            continue  # a series for each entity, and no common time: cut by entity
        if not said and "lagged" not in marks and any(m.startswith("deduplicated:") for m in marks):
            continue  # put in order to keep the last row of each
        shuffled = split.how == "random" or (split.cross and split.how == "ordered" and strong)
        if "shuffled" in marks and not split.cross:
            shuffled = True
        if shuffled and (strong or said) and not (ordered_too and split.cross):
            reason = f"“{said[0]}” dates the rows" if said else "lags or windows follow the rows"
            yield finding(
                "temporal-leak",
                f"{split.name} mixes earlier and later rows although {reason}.",
                split.place,
                severity="fault" if strong else "warning",
            )


def _entities(marks: Iterable[str]) -> list[str]:
    """Columns by which the code groups the rows, if they name who or what the rows are of."""
    names = (one.split(":", 1)[1] for one in marks if one.startswith("grouped:"))
    return sorted(one for one in names if ENTITY.search(one) and not _SORT.search(one))


def grouped(trace: Trace) -> Iterator[Finding]:
    """A cut that ignores entities to which the code itself says that several rows belong."""
    if any(split.how == "grouped" for split in trace.splits.values()):
        return
    for split in trace.splits.values():
        if split.how not in {"random", "ordered"} or (split.how == "ordered" and not split.cross):
            continue
        if _only_compared(trace, split):
            continue
        marks = split.x.marks | split.y.marks
        names = [split.groups] if split.groups else _entities(marks)
        if split.how == "random" or split.cross:
            names += _of_files(split, trace.entities)
            alone = {one.split(":", 1)[1] for one in marks if one.startswith("deduplicated:")}
            alone |= {column for _, column in trace.alone}
            names += [one for one in _of_files(split, trace.counted) if one not in alone]
        dated = any(
            looks_dated(one.split(":", 1)[1])
            for one in marks
            if one.startswith(("dated:", "sorted:", "indexed:"))
        )
        if names and not ("lagged" in marks and dated):
            yield finding(
                "group-leak",
                f"{split.name} ignores “{names[0]}”, of which the code knows several rows.",
                split.place,
            )


def _of_files(split: Split, known: Mapping[str, str]) -> list[str]:
    """Entities of what was loaded, unless they are what is predicted."""
    roots = {one.split("/")[0] for value in (split.x, split.y) for one in value.regions}
    roots |= {one.split("/")[0] for item in split.x.flat() for one in item.regions}
    aim = {mark for item in split.y.flat() for mark in item.marks}
    names = {known[one] for one in roots if one in known}
    other = split.y.uses  # one column of a table whose rows carry the mark
    return sorted(
        one for one in names if f"entity:{one}" not in aim or (other and one not in other)
    )


def chance(trace: Trace) -> Iterator[Finding]:
    """Draws of chance without a seed."""
    seeded = bool(trace.seeded)
    for (place, what), kind in sorted(trace.draws.items(), key=str):
        if seeded and not what.startswith("default_rng"):
            continue
        others = any(split.seeded for split in trace.splits.values())
        milder: dict[str, Severity] = {"model": "note", "network": "warning"} if others else {}
        yield finding(
            "not-reproducible",
            f"{what} draws by chance and no seed is set.",
            place,
            severity=milder.get(kind, "fault"),
        )


RULES: tuple[Callable[[Trace], Iterator[Finding]], ...] = (
    leaks_at_splits,
    leaks_at_scores,
    scored_on_training,
    aims.columns_that_know,
    aims.source_of_target,
    aims.siblings_of_target,
    aims.known_afterwards,
    aims.later_inputs,
    tuned_on_test,
    searched_all,
    wrong_metric,
    uncalibrated,
    temporal,
    grouped,
    chance,
)


def findings(trace: Trace) -> list[Finding]:
    """All findings of a trace, each place and kind once."""
    found: dict[tuple[str, str, int, int], Finding] = {}
    for rule in RULES:
        for one in rule(trace):
            found.setdefault((one.kind, one.place.file, one.place.line, one.place.cell), one)
    return list(found.values())
