"""Gets a competition's data: fetched, prepared by the entry's own code, and written to disk."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from journeyman.competitions.entry import Competition
from journeyman.competitions.home import SOLUTION, Home, solution_from, write_tables
from journeyman.errors import Invalid, JourneymanError, Unavailable

PARTS = ("train", "test", "solution")


def prepare(
    competition: Competition,
    home: Home,
    tables: Callable[[], dict[str, pd.DataFrame]],
) -> Home:
    """Make the competition's tables unless they are there, checked against each other.

    Args:
        competition: Which one.
        home: Where its data go.
        tables: Gives the data set's tables; called only if they are needed.

    Raises:
        Unavailable: the entry's code fails or gives tables that do not fit together.
    """
    if home.ready(competition):
        return home
    made = _run(competition, tables())
    check(competition, made)
    made["solution"] = in_order(competition, made["test"], made["solution"])
    write_tables(home.folder, competition, made)
    return home


def _run(competition: Competition, tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    file = competition.folder / "prepare.py"
    if not file.is_file():
        raise Unavailable(f"The competition {competition.slug} is broken: it has no prepare.py.")
    try:
        made = load_module(file).prepare(tables)
    except JourneymanError:
        raise
    except Exception as error:
        raise Unavailable(
            f"The competition {competition.slug} is broken: its prepare.py fails "
            f"({type(error).__name__}: {error})."
        ) from error
    if not isinstance(made, dict) or set(made) != set(PARTS):
        raise Unavailable(
            f"The competition {competition.slug} is broken: prepare.py gives no train, test and "
            "solution."
        )
    return made


def load_module(file: Path) -> Any:
    """Import one trusted file of an entry, leaving no bytecode beside it."""
    name = f"journeyman_entry_{file.parent.name.replace('-', '_')}_{file.stem}"
    spec = importlib.util.spec_from_file_location(name, file)
    if spec is None or spec.loader is None:
        raise Unavailable(f"{file} cannot be imported.")
    module = importlib.util.module_from_spec(spec)
    before, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        spec.loader.exec_module(module)
    finally:
        sys.dont_write_bytecode = before
    return module


def check(competition: Competition, tables: dict[str, pd.DataFrame]) -> None:
    """Hold the three tables to the rules that everything later relies on.

    Raises:
        Unavailable: naming the first rule that is broken.
    """
    train, test, solution = (tables[name] for name in PARTS)
    key, target = competition.id, competition.target
    rules = (
        (key in test, f"test has no column {key}"),
        (key in solution and target in solution, f"solution has no columns {key} and {target}"),
        (target in train, f"train has no column {target}"),
        (target not in test, f"test shows the target {target}"),
        (len(train) > 0 and len(test) > 1, "train or test is empty"),
    )
    for holds, fault in rules:
        if not holds:
            raise _broken(competition, fault)
    ids = test[key]
    if ids.isna().any() or ids.duplicated().any():
        raise _broken(competition, "ids of test are missing or double")
    if set(ids) != set(solution[key]) or len(solution) != len(test):
        raise _broken(competition, "the ids of test and solution differ")
    if solution[target].isna().any() or train[target].isna().any():
        raise _broken(competition, "targets are missing")
    import pyarrow as pa  # noqa: PLC0415 - beside its only use

    try:
        made = solution_from(competition, pa.Table.from_pandas(solution, preserve_index=False))
    except Invalid as error:
        raise _broken(competition, error.message) from error
    if competition.public_share and not made.public.any():
        raise _broken(competition, "no row is public")
    if made.public.all():
        raise _broken(competition, "no row is private")


def in_order(competition: Competition, test: pd.DataFrame, solution: pd.DataFrame) -> pd.DataFrame:
    """The solution in the order of the test rows: the order that all predictions are kept in."""
    key = competition.id
    return solution.set_index(key).loc[test[key]].reset_index()


def _broken(competition: Competition, fault: str) -> Unavailable:
    return Unavailable(f"The competition {competition.slug} is broken: {fault.rstrip('.')}.")


def is_open(home: Home) -> bool:
    """Whether the labels lie in the clear on this machine."""
    return (home / SOLUTION).is_file()
