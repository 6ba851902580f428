"""Starts a project: keeps rows back, writes the repository, and says what was done."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from journeyman.core.identifiers import new_seed
from journeyman.curriculum.project_form import Costs, Split
from journeyman.errors import Invalid, NotFound, Unavailable
from journeyman.projects import holdout, media, starting, taking
from journeyman.projects.entry import Project
from journeyman.projects.holdout import Kept
from journeyman.projects.measured import DEFAULT
from journeyman.projects.scored import classes_of
from journeyman.projects.starting import Start
from journeyman.projects.taking import Taken
from journeyman.scoring import registry
from journeyman.scoring.evaluation import Holdout
from journeyman.store.building import Built

NUMERIC = frozenset({"regression", "forecast", "ranking"})


@dataclass(frozen=True)
class Room:
    """Where a project's hold-out goes, and what the record holds of an earlier start.

    Attributes:
        author: Of the first commit, where git knows no name.
    """

    holdout: Path
    author: str
    before: Built | None = None


@dataclass(frozen=True)
class Guided:
    """A guided project to be started."""

    entry: Project
    licence: str
    reference: bool = False


@dataclass(frozen=True)
class Own:
    """What a learner says of a project with data of their own.

    Attributes:
        source: A file, a folder or an address.
        metric: The usual one of the task where it is empty.
        split: ``temporal:COLUMN``, ``group:COLUMN``, ``stratified`` or ``random``; advised by the
            data where it is empty.
        costs: Of a false alarm and of a miss.
    """

    source: str
    target: str
    slug: str = ""
    title: str = ""
    metric: str = ""
    split: str = ""
    query: str = ""
    costs: tuple[float, float] | None = None


@dataclass(frozen=True)
class Fresh:
    """A project that was started.

    Attributes:
        held: Rows that are kept back; 0 where there were too few.
        open: Rows that the learner has.
        remarks: What a person should know about it.
    """

    slug: str
    title: str
    folder: Path
    version: int
    sha256: str
    commit: str
    task: str
    metric: str
    split: Split
    held: int
    open: int
    holdout: Holdout | None
    remarks: tuple[str, ...]
    own: bool = False


def guided(folder: Path, wanted: Guided, tables: Mapping[str, pd.DataFrame], room: Room) -> Fresh:
    """Start a guided project from its data set's tables.

    Raises:
        Conflict, Unavailable: see ``starting.make``.
    """
    entry = wanted.entry
    registry.get(entry.metric)  # a broken entry is told before anything is written
    main = taking.main_of(tables, entry.table, entry.target)
    taken = Taken(tables, main, entry.dataset)
    start = Start(
        slug=entry.slug, title=entry.title, summary=entry.summary, task=entry.task,
        target=entry.target, metric=entry.metric, id=entry.id, table=main, split=entry.split,
        costs=entry.costs, dataset=entry.dataset, licence=wanted.licence,
        texts={"BRIEF.md": entry.text("brief.md"), "EXCELLENT.md": entry.text("excellent.md")},
    )  # fmt: skip
    reference = entry.folder / "reference" if wanted.reference else None
    if reference is not None and not reference.is_dir():
        raise NotFound(f"The project {entry.slug} has no reference solution.")
    said = _of_entry(entry, tables, len(taken.rows))
    return _make(folder, start, taken, room, (entry.version, entry.sha256), reference, said)


@dataclass(frozen=True, eq=False)
class Said:
    """What an entry says itself of its hold-out, in ``holdout.py``.

    Attributes:
        held: From ``held(tables)``: a mask over the main table.
        target: From ``target(tables)``, where the target is made from other columns.
        asked: From ``asked(tables)``, where predictions are wanted of other rows than those of the
            main table: these, with the target and perhaps a column ``baseline``.
        group: From ``GROUP``: the column of ``asked`` whose rows are ranked together.
        afterwards: From ``AFTERWARDS``: columns that are not known when a prediction is needed; the
            rows that are kept back do not have them.
    """

    held: NDArray[np.bool_] | None = None
    target: pd.Series | None = None
    afterwards: tuple[str, ...] = ()
    asked: pd.DataFrame | None = None
    group: str = ""


def _of_entry(entry: Project, tables: Mapping[str, pd.DataFrame], rows: int) -> Said:
    """What the entry's own ``holdout.py`` says, where its split needs more than a column."""
    file = entry.folder / holdout.OWN
    if not file.is_file():
        return Said()
    names: dict[str, Any] = {"__name__": f"journeyman_holdout_{entry.slug}"}
    try:
        exec(compile(file.read_text("utf-8"), str(file), "exec"), names)  # noqa: S102 - the bank's
        held = np.asarray(names["held"](dict(tables)), dtype=bool)
        target = names["target"](dict(tables)) if "target" in names else None
        asked = names["asked"](dict(tables)) if "asked" in names else None
        gone = tuple(names.get("AFTERWARDS", ()))
        found = Said(held, target, gone, asked, str(names.get("GROUP", "")))
    except Exception as error:
        raise Unavailable(
            f"The project {entry.slug} is broken: its holdout.py fails "
            f"({type(error).__name__}: {error})."
        ) from error
    if len(held) != rows or (target is not None and len(target) != rows):
        raise Unavailable(
            f"The project {entry.slug} is broken: its holdout.py speaks of another number of rows "
            "than the table has."
        )
    return found


def own(folder: Path, slug: str, wanted: Own, room: Room) -> Fresh:
    """Start a project with the learner's own data.

    Raises:
        NotFound, Invalid, Unavailable: the data cannot be read or learnt from.
        Conflict: the folder holds something.
    """
    taken = taking.own(wanted.source, wanted.target, wanted.query)
    task = taking.task_of(taken.rows[wanted.target])
    metric = registry.get(wanted.metric or DEFAULT[task]).name
    taken, split = taking.divided(taken, wanted.target, wanted.split)
    costs = Costs()
    if wanted.costs is not None:
        if not all(0 < one < math.inf for one in wanted.costs):
            raise Invalid("The costs of a false alarm and of a miss are numbers above 0.")
        costs = Costs(false_positive=wanted.costs[0], false_negative=wanted.costs[1])
    title = wanted.title or slug.replace("-", " ").capitalize()
    start = Start(
        slug=slug, title=title, summary=f"Predicts `{wanted.target}`.", task=task,
        target=wanted.target, metric=metric, id="", table=taken.main, split=split, costs=costs,
        source=Path(taken.source).name if "://" not in taken.source else taken.source,
        media=taken.media,
    )  # fmt: skip
    digest = hashlib.sha256(
        pd.util.hash_pandas_object(media.hashed(taken.rows).astype("str"), index=False)
        .to_numpy()
        .tobytes()
    ).hexdigest()
    return _make(folder, start, taken, room, (1, digest), None, Said())


def _make(
    folder: Path,
    start: Start,
    taken: Taken,
    room: Room,
    content: tuple[int, str],
    reference: Path | None,
    said: Said,
) -> Fresh:
    rows = taken.rows
    remarks = list(taken.remarks)
    kept, held = _keep_back(start, rows, room, said, remarks)
    tables = {**taken.tables, taken.main: rows[~held].reset_index(drop=True)}
    commit = starting.make(folder, start, tables, room.author, reference)
    return Fresh(
        start.slug, start.title, folder, content[0], content[1], commit, start.task, start.metric,
        start.split, int(held.sum()), int((~held).sum()), kept, tuple(remarks), not start.dataset,
    )  # fmt: skip


def _keep_back(
    start: Start, rows: pd.DataFrame, room: Room, said: Said, remarks: list[str]
) -> tuple[Holdout | None, NDArray[np.bool_]]:
    """The record of the hold-out, and which rows of the main table are in it."""
    nothing = np.zeros(len(rows), dtype=bool)
    if said.asked is not None and said.held is not None:
        about = {"slug": start.slug, "seed": _seed_of(room), "classes": [], "group": said.group}
        secret = (holdout.BASELINE,)
        if holdout.keep(room.holdout, said.asked, start.target, about, secret):
            return _sealed(start, room), said.held
        return None, nothing
    if said.target is not None:
        rows = rows.assign(**{start.target: np.asarray(said.target)})
    if start.target not in rows:
        remarks.append(
            f"No column {start.target!r} is in the data yet: your code makes it. So Journeyman "
            "keeps no hold-out; set one apart yourself."
        )
        return None, nothing
    seed = _seed_of(room)
    held = _held(rows, start.target, start.split, seed, said)
    about = {
        "slug": start.slug,
        "seed": seed,
        "kind": start.split.kind,
        "column": start.split.column,
        "classes": [] if start.task in NUMERIC else list(classes_of(rows[start.target], [])),
    }
    gone = [name for name in said.afterwards if name in rows and name != start.target]
    ordered = _in_order(rows, held, start.split).drop(columns=gone)
    if not holdout.keep(room.holdout, ordered, start.target, about):
        remarks.append("There are too few rows for a hold-out; use nested cross-validation.")
        return None, nothing
    return _sealed(start, room), held


def _held(
    rows: pd.DataFrame, target: str, split: Split, seed: int, said: Said
) -> NDArray[np.bool_]:
    if said.held is None:
        return holdout.carve(rows, target, split, seed)
    return np.asarray(said.held & rows[target].notna().to_numpy())


def _in_order(rows: pd.DataFrame, held: NDArray[np.bool_], split: Split) -> pd.DataFrame:
    """The rows that are kept back; those of a temporal split in the order of time."""
    found = rows[held]
    if split.kind == "temporal" and split.column in found:
        column = found[split.column]
        if not pd.api.types.is_numeric_dtype(column):
            column = pd.to_datetime(column, errors="coerce", format="mixed", utc=True)
        found = found.loc[column.sort_values(kind="stable").index]
    return found


def _seed_of(room: Room) -> int:
    """The same rows are kept back again where the project is started anew."""
    try:
        return int(holdout.opened(room.holdout).about["seed"])
    except (NotFound, KeyError):
        return new_seed()


def _sealed(start: Start, room: Room) -> Holdout:
    kept: Kept = holdout.opened(room.holdout)
    fresh = Holdout.seal(f"{start.slug}: hold-out", kept.truth, registry.get(start.metric))
    if room.before is None or room.before.holdout is None:
        return fresh
    earlier = Holdout.from_json(dict(room.before.holdout))
    if earlier.fingerprint != fresh.fingerprint or earlier.metric != fresh.metric:
        return fresh
    return replace(fresh, looks=earlier.looks)  # what was looked at stays looked at


def bring_back(
    folder: Path, table: str, entry: Project, tables: Mapping[str, pd.DataFrame], room: Room
) -> int:
    """Write a guided project's tables anew, without the rows that are kept back.

    Returns:
        How many rows the main table has.

    Raises:
        NotFound: nothing was kept back, so which rows these were is not known.
    """
    main = taking.main_of(tables, table, entry.target)
    rows = tables[main]
    said = _of_entry(entry, tables, len(rows))
    whole = rows
    if said.target is not None:
        whole = rows.assign(**{entry.target: np.asarray(said.target)})
    held = np.zeros(len(rows), dtype=bool)
    if said.asked is not None and said.held is not None:
        held = said.held
    elif entry.target in whole:
        seed = int(holdout.opened(room.holdout).about["seed"])
        held = _held(whole, entry.target, entry.split, seed, said)
    place = folder / "data" / "raw"
    place.mkdir(parents=True, exist_ok=True)
    for name, one in {**tables, main: rows[~held].reset_index(drop=True)}.items():
        one.to_parquet(place / f"{name}.parquet", index=False)
    return int((~held).sum())
