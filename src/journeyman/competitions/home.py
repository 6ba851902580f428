"""A competition on disk: the tables, the solution and the checksums that hold them together."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from journeyman.competitions.entry import Competition
from journeyman.errors import Invalid, NotFound, Unavailable
from journeyman.scoring.metric import Numbers, Truth

PREPARED = "prepared.json"
SOLUTION = Path("sealed") / "solution.parquet"
LABELLED = {"labels"}
"""What a metric needs where its target is a label, given as a name or a number."""


@dataclass(frozen=True, eq=False)
class Solution:
    """The test rows' ids and answers, and which of them the public board scores.

    Attributes:
        ids: Shape (rows,), the order that predictions are brought into.
        public: Shape (rows,), True for rows of the public part.
    """

    ids: pa.Array
    truth: Truth
    public: Numbers

    def part(self, *, public: bool) -> Numbers:
        """Positions of the rows of one part."""
        return np.flatnonzero(self.public == public)


@dataclass(frozen=True)
class Home:
    """Where one competition's data lie."""

    folder: Path

    def __truediv__(self, name: str | Path) -> Path:
        return self.folder / name

    @property
    def prepared(self) -> Mapping[str, Any]:
        """The receipt of preparing; empty before."""
        try:
            found = json.loads((self / PREPARED).read_text("utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            raise Unavailable(
                f"{self / PREPARED} is damaged: remove that folder and get the competition again."
            ) from error
        return found if isinstance(found, dict) else {}

    def ready(self, competition: Competition) -> bool:
        """Whether this version of the competition is here."""
        found = self.prepared
        return bool(found) and found.get("entry") == competition.sha256

    def require(self, competition: Competition) -> None:
        """Make sure that the data are here.

        Raises:
            NotFound: they are not, with the command that gets them.
        """
        if not self.prepared:
            raise NotFound(
                f"The data of {competition.slug} are not here yet: "
                f"`journeyman compete get {competition.slug}` gets them."
            )
        if not self.ready(competition):
            raise NotFound(
                f"{competition.slug} has a newer version than the data here: "
                f"`journeyman compete get {competition.slug}` prepares it again."
            )

    def table(self, name: str) -> pd.DataFrame:
        """``train`` or ``test``."""
        found: pd.DataFrame = self._read(Path(f"{name}.parquet")).to_pandas()
        return found

    def ids(self, competition: Competition) -> pa.Array:
        """The ids of the test rows."""
        return self._read(Path("test.parquet"), [competition.id]).column(0).combine_chunks()

    def answers(self) -> pd.DataFrame:
        """The solution's table as it was prepared."""
        found: pd.DataFrame = self._read(SOLUTION).to_pandas()
        return found

    def solution(self, competition: Competition) -> Solution:
        """The labels, their checksum verified.

        Raises:
            Unavailable: they are damaged or gone.
        """
        return solution_from(competition, self._read(SOLUTION))

    def _read(self, name: Path, columns: list[str] | None = None) -> pa.Table:
        file = self.folder / name
        wanted = self.prepared.get("files", {}).get(name.as_posix())
        try:
            if columns is None and sha256_of_file(file) != wanted:
                raise Unavailable(
                    f"{file} is not as it was prepared: remove {self.folder} and get the "
                    "competition again."
                )
            return pq.read_table(file, columns=columns)
        except (OSError, pa.ArrowException) as error:
            raise Unavailable(
                f"{file} cannot be read: remove {self.folder} and get the competition again."
            ) from error


def solution_from(competition: Competition, table: pa.Table) -> Solution:
    """The solution as numbers.

    Raises:
        Invalid: the table has no ids or targets, or no groups where the metric needs them.
    """
    names = set(table.column_names)
    lacking = [name for name in (competition.id, competition.target) if name not in names]
    if lacking:
        raise Invalid(f"The solution of {competition.slug} lacks the column {lacking[0]!r}.")
    ids = table[competition.id].combine_chunks()
    target, classes = _target(competition, table[competition.target].combine_chunks())
    groups = None
    if "group" in names:
        groups = table["group"].combine_chunks().dictionary_encode().indices.to_numpy()
        groups = groups.astype(np.int64)
    if competition.metric.by_group and groups is None:
        raise Invalid(f"The solution of {competition.slug} lacks the column 'group'.")
    weights = table["weight"].to_numpy().astype(float) if "weight" in names else None
    truth = Truth(target, groups, weights, classes)
    return Solution(ids, truth, _public(competition, table, truth))


def _target(competition: Competition, column: pa.Array) -> tuple[Numbers, tuple[str, ...]]:
    if competition.metric.needs not in LABELLED | {"probabilities"}:
        return pc.cast(column, pa.float64()).to_numpy(zero_copy_only=False), ()
    classes = class_names(competition, column)
    if competition.metric.name == "qwk" or competition.task == "ordinal":
        # Distances between labels count, so every whole number between the ends is a class.
        low, high = int(float(classes[0])), int(float(classes[-1]))
        classes = tuple(str(n) for n in range(low, high + 1))
    codes = pc.index_in(pc.cast(column, pa.string()), pa.array(classes))
    if codes.null_count:
        raise Invalid(f"The solution of {competition.slug} has labels that are no class of it.")
    return codes.to_numpy().astype(np.int64), classes


def class_names(competition: Competition, column: pa.Array) -> tuple[str, ...]:
    """The classes as text: declared, named by the prediction columns, or those that occur."""
    if competition.classes:
        return competition.classes
    if competition.metric.needs == "probabilities":
        return tuple(name.removeprefix("p_") for name in competition.prediction)
    occurring = pc.unique(column).to_pylist()
    return tuple(_text(one) for one in sorted(occurring))


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"  # as Arrow writes it
    if isinstance(value, float) and value.is_integer():
        return f"{value:.0f}"
    return str(value)


def _public(competition: Competition, table: pa.Table, truth: Truth) -> Numbers:
    if "usage" in table.column_names:
        usage = pc.utf8_lower(pc.cast(table["usage"], pa.string()))
        named: Numbers = pc.equal(usage, "public").to_numpy().astype(bool)
        return named
    # Drawn by the entry's own name and version: everybody has the same parts.
    seed = int(hashlib.sha256(f"{competition.slug} {competition.version}".encode()).hexdigest(), 16)
    rng = np.random.default_rng(seed % 2**64)
    if truth.groups is None:
        return rng.random(len(truth)) < competition.public_share
    chosen = rng.random(int(truth.groups.max()) + 1) < competition.public_share
    return chosen[truth.groups]


def write_tables(
    folder: Path, competition: Competition, tables: Mapping[str, pd.DataFrame], **receipt: Any
) -> Path:
    """Write a competition's data beside, then move them into place all at once.

    Args:
        folder: The competition's home.
        competition: Whose data they are.
        tables: ``train``, ``test`` and, unless it is sealed, ``solution``.
        receipt: Further fields of ``prepared.json``.
    """
    partial = own(folder.parent, f".{folder.name}.partial")
    try:
        (partial / "sealed").mkdir(parents=True)
        for name, table in tables.items():
            place = SOLUTION if name == "solution" else Path(f"{name}.parquet")
            table.to_parquet(partial / place, index=False, compression="zstd")
        sample_submission(competition, tables["train"], tables["test"]).to_csv(
            partial / "sample_submission.csv", index=False
        )
        write_receipt(partial, entry=competition.sha256, **receipt)
        _take_over(partial, folder)
    except OSError as error:
        raise Unavailable(
            f"{folder} could not be written ({error.strerror}); free some space or name another "
            "data directory in JOURNEYMAN_HOME."
        ) from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return folder


def own(parent: Path, name: str) -> Path:
    """A folder's path that belongs to this process; what killed processes left is removed."""
    for left in parent.glob(f"{name}-*"):
        if not _lives(left.name.rpartition("-")[2]):
            shutil.rmtree(left, ignore_errors=True)
    found = parent / f"{name}-{os.getpid()}"
    shutil.rmtree(found, ignore_errors=True)
    return found


def _lives(process: str) -> bool:
    if os.name == "nt" or not process.isdigit():  # there, signal 0 is no question but an order
        return True
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _take_over(partial: Path, folder: Path) -> None:
    """Move the new files over the old ones; the receipt last, so that half a move is not ready."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / PREPARED).unlink(missing_ok=True)
    files = sorted(file for file in partial.rglob("*") if file.is_file())
    for file in sorted(files, key=lambda one: one.name == PREPARED):
        target = folder / file.relative_to(partial)
        target.parent.mkdir(parents=True, exist_ok=True)
        file.replace(target)


def write_receipt(folder: Path, **fields: Any) -> None:
    """Write ``prepared.json`` with the checksum of every data file of the folder."""
    names = sorted(
        file.relative_to(folder).as_posix()
        for file in folder.rglob("*")
        if file.suffix in {".parquet", ".csv", ".sealed"} and "house" not in file.parts
    )
    files = {name: sha256_of_file(folder / name) for name in names}
    text = json.dumps({**fields, "files": files}, indent=1, sort_keys=True)
    (folder / PREPARED).write_text(text, "utf-8")


def sample_submission(
    competition: Competition, train: pd.DataFrame, test: pd.DataFrame
) -> pd.DataFrame:
    """What a submission looks like: every id, and the most plain prediction for each."""
    sample = pd.DataFrame({competition.id: test[competition.id]})
    target = train[competition.target] if competition.target in train else pd.Series(dtype=float)
    needs = competition.metric.needs
    for name in competition.prediction:
        if needs == "probabilities":
            sample[name] = 1.0 / len(competition.prediction)
        elif needs == "labels":
            sample[name] = target.mode().iloc[0] if len(target) else 0
        elif needs in {"scores", "probability"}:
            sample[name] = 0.5
        else:
            sample[name] = float(target.mean()) if len(target) else 0.0
    return sample


def sha256_of_file(file: Path) -> str:
    """The hash of a file's bytes."""
    with file.open("rb") as raw:
        return hashlib.file_digest(raw, "sha256").hexdigest()
