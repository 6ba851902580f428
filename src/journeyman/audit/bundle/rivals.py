"""Predictions of several models on the same rows, each in a file of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePath

import pandas as pd

_KEYS = re.compile(r"^(id|index|row|row_id|rowid|key)$|_id$", re.IGNORECASE)
_COMMON = re.compile(r"(^|[_-])(predictions?|preds?|probas?|scored|output|test)(?=[_-]|$)")


def beside(
    main: pd.DataFrame | None,
    others: Mapping[str, pd.DataFrame],
    raw: Mapping[str, pd.DataFrame],
) -> pd.DataFrame | None:
    """The main predictions with those of other files, as columns named after the files.

    Args:
        main: ``truth`` with ``prediction`` or ``probability``; row order is kept.
        others: The same of further files, by file name.
        raw: The tables as they were read, by file name; ``""`` is the main one.

    Returns:
        ``main`` with ``<file>_prediction`` and ``<file>_probability``; files on other rows are
        passed over: their truth differs, or their identifiers.
    """
    if main is None:
        return None
    found = main.copy()
    for name, table in others.items():
        same = _aligned(main, table, raw[""], raw[name])
        if same is None:
            continue
        label = _COMMON.sub("", PurePath(name).stem.lower()).strip("_-") or PurePath(name).stem
        for sort in ("prediction", "probability"):
            if sort in same:
                found[f"{label}_{sort}"] = same[sort].to_numpy()
    return found


def _aligned(
    main: pd.DataFrame, table: pd.DataFrame, first: pd.DataFrame, second: pd.DataFrame
) -> pd.DataFrame | None:
    if len(main) != len(table):
        return None
    keys = [one for one in first.columns if _KEYS.search(str(one)) and one in second]
    for key in keys:
        if first[key].is_unique and set(first[key]) == set(second[key]):
            places = pd.Index(second[key]).get_indexer(first[key])
            table = table.iloc[places]
            break
    same = main["truth"].astype(str).to_numpy() == table["truth"].astype(str).to_numpy()
    return table if same.all() else None
