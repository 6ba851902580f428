"""The prepared table: what the project's own ``prepare`` step makes of its raw tables.

Where code makes the target, or joins several tables, no raw table can be learnt from by anybody
else. ``[entry] prepare`` writes ``prepared.parquet`` into ``{out}``: a row for each row of the main
table in its order (or with a column ``id``, the row's number there), with the target where it is
known. Journeyman runs it itself, and keeps what came of it for as long as data and code stay alike.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

from journeyman.audit import open_table
from journeyman.errors import Invalid, Unavailable
from journeyman.projects import git, running, surroundings
from journeyman.projects.checking import table_of
from journeyman.projects.declared import HIDDEN, Declared
from journeyman.projects.runs import LOG, Run
from journeyman.projects.watching import Limits, last_line, watch

PREPARED = ("prepared.parquet", "prepared.csv")
FOLDER = "prepared"


def main_table(folder: Path, declared: Declared, run: Run) -> pd.DataFrame | None:
    """The raw main table, with the target: its own, or the one that the prepare step makes.

    None where there is no table; without the target where nothing makes it.

    Raises:
        Invalid: the prepare step fails, or gives other rows.
    """
    raw = table_of(folder, declared)
    target = declared.project.target
    if raw is None or target in raw or not declared.entry.prepare:
        return raw
    raw = raw.reset_index(drop=True)
    return raw.assign(**{target: prepared(folder, declared, run, len(raw))[target].to_numpy()})


def learnable(folder: Path, declared: Declared, run: Run) -> pd.DataFrame | None:
    """The table that anybody could learn from: the prepared one where there is a step, else raw.

    Raises:
        Invalid: as for ``main_table``.
    """
    raw = table_of(folder, declared)
    if raw is None or not declared.entry.prepare:
        return raw
    return prepared(folder, declared, run, len(raw))


def prepared(folder: Path, declared: Declared, run: Run, rows: int) -> pd.DataFrame:
    """What the prepare step makes, a row for each of the main table's ``rows``, in their order.

    Raises:
        Invalid: it fails, or gives other rows or no target.
        Unavailable: it cannot be kept.
    """
    kept = folder / HIDDEN / FOLDER / f"{_key(folder, declared)}.parquet"
    if kept.is_file():
        return pd.read_parquet(kept)
    found = _aligned(_made(folder, declared, run), declared, rows)
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        for old in kept.parent.glob("*.parquet"):
            old.unlink()
        new = kept.with_suffix(".new")
        found.to_parquet(new, index=False)
        new.replace(kept)
    except OSError as error:
        raise Unavailable(
            f"The prepared table cannot be kept in {kept.parent} ({error.strerror}); make room."
        ) from error
    return found


def _key(folder: Path, declared: Declared) -> str:
    """Of everything that the prepared table depends on."""
    code = git.code_of(folder)
    data = surroundings.data_of(running.data_folder(folder, declared))
    said = [code.commit, code.difference, data["sha256"], list(declared.entry.prepare)]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:20]


def _made(folder: Path, declared: Declared, run: Run) -> pd.DataFrame:
    with tempfile.TemporaryDirectory(prefix="journeyman-prepare-") as name:
        out = Path(name)
        executable = str(run.environment["executable"])
        words = running.filled(declared.entry.prepare, executable, out, run)
        limits = Limits(60 * declared.run.minutes, declared.run.memory_mib)
        ended = watch(words, folder, running.surrounded(folder, out, run), out / LOG, limits)
        if ended.stopped or ended.exit_code:
            said = ended.stopped or last_line(out / LOG) or f"exit status {ended.exit_code}"
            raise Invalid(f"Your prepare step does not come to its end: {said}")
        for file in PREPARED:
            if (out / file).is_file():
                return open_table(out / file).frame.rename(columns=str)
    raise Invalid("Your prepare step wrote no prepared.parquet (or .csv) into the folder {out}.")


def _aligned(table: pd.DataFrame, declared: Declared, rows: int) -> pd.DataFrame:
    """The rows in the order of the main table; one that the step left out is empty."""
    target = declared.project.target
    if target not in table:
        raise Invalid(
            f"The table that your prepare step writes has no column {target!r}, the target."
        )
    if "id" not in table:
        if len(table) != rows:
            raise Invalid(
                f"Your prepare step writes {len(table):,} rows for the {rows:,} of the main table; "
                "write a row for each, or a column id with each row's number there (from 0)."
            )
        return table.reset_index(drop=True)
    places = pd.to_numeric(table["id"], errors="coerce")
    inside = places.between(0, rows - 1) & (places % 1 == 0)
    if not inside.all() or places.duplicated().any():
        raise Invalid(
            "The column id of your prepared table does not name rows of the main table, each once; "
            "write each row's number there (from 0)."
        )
    found = table.drop(columns="id").set_index(places.astype(int))
    return found.reindex(np.arange(rows)).reset_index(drop=True)
