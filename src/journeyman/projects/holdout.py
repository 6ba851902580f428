"""The hold-out: rows that Journeyman keeps back when a project is started.

They lie in the data directory, out of the repository. On the learner's own disk they are unseen,
not secret; every look is counted and told.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from journeyman.curriculum.project_form import Split
from journeyman.errors import Invalid, NotFound, Unavailable
from journeyman.house.splits import equal_rows
from journeyman.projects import media
from journeyman.scoring.metric import Truth

FEWEST = 30
ROWS, LABELS, ABOUT = "rows.parquet", "labels.parquet", "about.json"
BASELINE = "baseline"
OWN = "holdout.py"
"""Code of an entry whose split needs more than a column; see ``fresh.Said``."""


@dataclass(frozen=True, eq=False)
class Kept:
    """What is kept back.

    Attributes:
        rows: Without the target, in the order in which predictions are wanted.
        labels: Of those rows.
        about: Target, classes, split, the seed that drew it; ``group``, the column whose rows are
            ranked together.
        baseline: What the entry's own simple rule says of each row, where it has one.
    """

    rows: pd.DataFrame
    labels: pd.Series
    about: Mapping[str, Any]
    baseline: pd.Series | None = None

    @property
    def truth(self) -> Truth:
        """The labels as ``journeyman.scoring`` wants them."""
        classes = tuple(self.about.get("classes", ()))
        if not classes:
            return Truth(self.labels.to_numpy(float))
        from journeyman.projects.scored import codes_of  # noqa: PLC0415 - it imports this room

        return Truth(codes_of(self.labels, classes), classes=classes)


def carve(table: pd.DataFrame, target: str, split: Split, seed: int) -> NDArray[np.bool_]:
    """Which rows of the main table are kept back: True for those that are.

    Rows of one moment, of one group, or equal in everything stand on one side. Rows without a
    target are never kept back.

    Args:
        table: The main table.
        target: Its target column.
        split: How it is divided, and how much is kept back.
        seed: Draws groups or rows.
    """
    known = table[target].notna().to_numpy()
    if split.kind == "temporal" and split.column in table:
        held = _latest(table[split.column], split.share, known)
    elif split.kind in {"group", "grouped"} and split.column in table:
        held = _drawn(pd.factorize(table[split.column])[0], split.share, seed)
    elif split.kind == "official" and split.column in table:
        test = table[split.column].astype(str).str.lower().isin(("test", "holdout")).to_numpy()
        half = np.random.default_rng(seed).random(len(table)) < 0.5
        held = test & half
    else:
        # A file's name is no content: the same picture twice stands on one side.
        compared = media.hashed(table.drop(columns=["file"], errors="ignore"))
        held = _drawn(equal_rows(compared), split.share, seed)
    return np.asarray(held & known)


def _latest(values: pd.Series, share: float, known: NDArray[np.bool_]) -> NDArray[np.bool_]:
    moments: pd.Series = values
    if not pd.api.types.is_numeric_dtype(values):
        moments = pd.to_datetime(values, errors="coerce", format="mixed", utc=True)
        if moments.notna().mean() < 0.9:
            raise Invalid(
                f"The column {values.name!r} does not read as dates in {moments.isna().mean():.0%} "
                "of the rows, so nothing can be split by it; name another with --split."
            )
    whole = moments[known & moments.notna().to_numpy()]
    cut = whole.quantile(1 - share, interpolation="lower")
    return np.asarray((moments > cut).to_numpy(bool))


def _drawn(groups: NDArray[Any], share: float, seed: int) -> NDArray[np.bool_]:
    """Whole groups, drawn until ``share`` of the rows is reached."""
    sizes = np.bincount(groups + 1)  # group -1 is that of missing names
    order = np.random.default_rng(seed).permutation(len(sizes))
    wanted, taken, total = set(), 0, share * len(groups)
    for group in order:
        if taken >= total:
            break
        if 0 < sizes[group] <= 1.5 * total - taken:
            wanted.add(int(group) - 1)
            taken += int(sizes[group])
    if not wanted and np.count_nonzero(sizes) > 2:  # a few large groups: one of them
        wanted = {int(np.where(sizes > 0, sizes, len(groups)).argmin()) - 1}
    return np.isin(groups, list(wanted))


def keep(
    place: Path,
    rows: pd.DataFrame,
    target: str,
    about: Mapping[str, Any],
    secret: tuple[str, ...] = (),
) -> bool:
    """Write the rows that are kept back; False, and nothing is kept, where they are too few.

    Args:
        place: Folder to write.
        rows: With the target.
        target: Column that is kept with the labels.
        about: What else is told of them.
        secret: Further columns that are kept with the labels.
    """
    rows = rows.reset_index(drop=True)
    if len(rows) < FEWEST or rows[target].nunique() < 2:
        return False
    made = place.with_name(f".{place.name}.making")
    shutil.rmtree(made, ignore_errors=True)
    try:
        made.mkdir(parents=True)
        beside = [name for name in (target, *secret) if name in rows]
        rows.drop(columns=beside).to_parquet(made / ROWS, index=False)
        rows[beside].to_parquet(made / LABELS, index=False)
        (made / ABOUT).write_text(json.dumps({**about, "target": target}, indent=1), "utf-8")
        for file in made.iterdir():
            file.chmod(0o400)
        shutil.rmtree(place, ignore_errors=True)
        os.rename(made, place)  # noqa: PTH104 - the atomic one
    except OSError as error:
        raise Unavailable(
            f"The hold-out cannot be kept in {place} ({error.strerror}); make room or name another "
            "data directory in JOURNEYMAN_HOME."
        ) from error
    return True


def opened(place: Path) -> Kept:
    """What was kept back.

    Raises:
        NotFound: nothing was, or it is gone.
    """
    try:
        about = json.loads((place / ABOUT).read_text("utf-8"))
        rows, labels = pd.read_parquet(place / ROWS), pd.read_parquet(place / LABELS)
    except (OSError, ValueError) as error:
        raise NotFound(
            "Journeyman keeps no hold-out of this project (its rows were too few, or it was not "
            "started here); report the validation rows of a run instead."
        ) from error
    return Kept(rows, labels[about["target"]], about, labels.get(BASELINE))
