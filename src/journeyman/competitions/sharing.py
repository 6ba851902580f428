"""Competitions that travel as a folder: taken into the data directory, their labels opened."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from journeyman.competitions import templates
from journeyman.competitions.entry import FILE, Competition, load_entry
from journeyman.competitions.home import (
    PREPARED,
    SOLUTION,
    Home,
    Solution,
    sha256_of_file,
    solution_from,
)
from journeyman.competitions.sealing import open_sealed
from journeyman.errors import Conflict, Invalid, Unavailable

SEALED = Path("sealed") / "solution.sealed"
TEXTS = ("description.md", "data-card.md", "audit.md")
DATA = ("train.parquet", "test.parquet", "sample_submission.csv")


def binding(competition: Competition, home: Home) -> str:
    """What sealed labels are bound to: the competition and the bytes of its test rows."""
    test = sha256_of_file(home / "test.parquet")
    return f"{competition.slug} {competition.version} {competition.sha256} {test}"


def take(source: Path, into: Path) -> Competition:
    """Copy a shared folder into the data directory, every checksum verified.

    Nothing of the folder is executed; of code nothing is copied: the baselines that a guest runs
    are written anew.

    Args:
        source: The folder that ``journeyman compete new`` made.
        into: The data directory's folder of competitions.

    Raises:
        Invalid: the folder is broken or was changed.
        Conflict: another competition of that name is here.
    """
    competition = load_entry(source)
    files = _verified(source, competition)
    target = into / competition.slug
    if (target / PREPARED).is_file():
        if not (target / FILE).is_file() or load_entry(target).sha256 != competition.sha256:
            raise Conflict(
                f"Another competition {competition.slug} is in {target}; remove that folder first, "
                "or give the new one another slug."
            )
        return load_entry(target)
    partial = into / f".{competition.slug}.partial"
    shutil.rmtree(partial, ignore_errors=True)
    try:
        for name in [FILE, *(one for one in TEXTS if (source / one).is_file()), *files, PREPARED]:
            place = partial / name
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source / name, place)
        for name, text in _baselines(competition).items():
            place = partial / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, "utf-8")
        shutil.rmtree(target, ignore_errors=True)
        partial.replace(target)
    except OSError as error:
        raise Unavailable(f"{target} could not be written ({error.strerror}).") from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return load_entry(target)


def _baselines(competition: Competition) -> dict[str, str]:
    if competition.task not in {"binary", "multiclass", "regression"}:
        return {}
    return templates.baselines(
        {
            "task": competition.task,
            "metric": competition.metric.name,
            "prediction": competition.prediction,
            "id": competition.id,
            "target": competition.target,
        }
    )


def _verified(source: Path, competition: Competition) -> list[str]:
    """The data files of a shared folder, each as its receipt says."""
    try:
        receipt = json.loads((source / PREPARED).read_text("utf-8"))
        files = dict(receipt["files"])
        entry = receipt["entry"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Invalid(f"{source} is no whole competition: its {PREPARED} is missing.") from error
    if entry != competition.sha256:
        raise Invalid(f"{source / FILE} was changed after the folder was made; ask for it again.")
    allowed = {*DATA, SEALED.as_posix(), SOLUTION.as_posix()}
    for name in [*DATA, *files]:
        if name not in files or name not in allowed:
            raise Invalid(f"{source} is no whole competition: {name} does not belong together.")
        file = source / name
        if not file.is_file() or sha256_of_file(file) != files[name]:
            raise Invalid(f"{file} is missing or was changed; ask for the folder again.")
    return sorted(files)


def unseal(competition: Competition, home: Home, password: str) -> Solution:
    """The labels of a shared competition, opened in memory.

    Raises:
        Invalid: the password is wrong, or the host has kept the labels.
    """
    file = home / SEALED
    if not file.is_file():
        raise Invalid(
            f"The labels of {competition.slug} are not in the folder: its host has kept them and "
            "scores your file."
        )
    data = open_sealed(file.read_bytes(), password, binding(competition, home))
    try:
        table = pq.read_table(io.BytesIO(data))
    except pa.ArrowException as error:
        raise Invalid(
            "The sealed labels are damaged; ask the host for the folder again."
        ) from error
    return solution_from(competition, table)
