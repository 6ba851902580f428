"""Brings a run's model to ``journeyman.delivery``: the fitted pipeline and rows it did not see."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd

from journeyman import delivery
from journeyman.errors import Invalid, NotFound
from journeyman.projects import preparing, scored
from journeyman.projects.declared import Declared
from journeyman.projects.evaluating import required_rows
from journeyman.projects.runs import Run, Runs

EXPORT = "export"
STEPS = (("data", "clean"), ("features", "features"))
"""Functions of the project that raw rows may go through before the pipeline, in this order."""


def export(
    folder: Path, declared: Declared, run: Run, out: Path, title: str = ""
) -> delivery.Exported:
    """Export a run's pipeline to ONNX with a parity check on rows that it did not learn from.

    The model is unpickled here: it is the learner's own, made by code that ran on this machine.

    Raises:
        NotFound: the run kept no model.
        Invalid: it is no scikit-learn pipeline that can be exported, or says something else there.
    """
    file = Runs(folder).place(run.id) / declared.output.model
    if not file.is_file():
        raise NotFound(
            f"The run {run.id} kept no {declared.output.model}; write the fitted pipeline there "
            "with joblib.dump, or name its file under [output] in journeyman.toml."
        )
    found = scored.read(Runs(folder).predictions(run), declared)
    table = preparing.learnable(folder, declared, run)
    rows = required_rows(table, declared, found, "The export")
    steps = STEPS if not declared.entry.prepare else STEPS[1:]
    with imported(folder):
        pipeline, threshold = load(file)
        sample = inputs(pipeline, declared, rows.drop(columns=declared.project.target), steps)
        about = delivery.About(
            title=title or declared.project.title or declared.project.slug,
            positive=declared.project.positive,
            threshold=threshold,
        )
        exported = delivery.export(pipeline, sample, out, about)
    mark(out, run.id)
    return exported


def mark(out: Path, run: str) -> None:
    """Note beside an export which run it is of."""
    out.with_name(f"{out.name}.run").write_text(run, "utf-8")


def run_of(out: Path) -> str:
    """Which run an export is of; empty where that was not noted."""
    try:
        return out.with_name(f"{out.name}.run").read_text("utf-8").strip()
    except OSError:
        return ""


@contextmanager
def imported(folder: Path) -> Iterator[None]:
    """While this lasts, the project's own modules can be imported, and none of another project."""
    source = str(folder / "src")
    before = set(sys.modules)
    sys.path.insert(0, source)
    try:
        yield
    finally:
        sys.path.remove(source)
        for name in set(sys.modules) - before:
            file = getattr(sys.modules[name], "__file__", None) or ""
            if file.startswith(source):
                del sys.modules[name]


def load(file: Path) -> tuple[Any, float | None]:
    """The fitted pipeline in a file of joblib, alone or under ``model``, and its threshold.

    Raises:
        Invalid: it cannot be loaded.
    """
    import joblib  # type: ignore[import-untyped]  # noqa: PLC0415 - comes with scikit-learn

    try:
        saved = joblib.load(file)
    except Exception as error:
        raise Invalid(
            f"{file.name} cannot be loaded here ({type(error).__name__}: {str(error)[:200]}); it "
            "needs the library versions that it was written with."
        ) from error
    if isinstance(saved, dict):
        pipeline = next((saved[one] for one in ("model", "pipeline") if one in saved), None)
        threshold = saved.get("threshold")
        if pipeline is None:
            raise Invalid(f'{file.name} holds a dictionary without "model".')
        return pipeline, float(threshold) if isinstance(threshold, (int, float)) else None
    return saved, None


def inputs(
    pipeline: Any,
    declared: Declared,
    rows: pd.DataFrame,
    steps: tuple[tuple[str, str], ...] = STEPS,
) -> pd.DataFrame:
    """Rows with the columns that a pipeline was fitted on, through the project's own steps.

    Raises:
        Invalid: none of them gives those columns.
    """
    wanted = [str(name) for name in getattr(pipeline, "feature_names_in_", ())]
    if not wanted:
        raise Invalid(
            "The pipeline does not know its columns; fit it on a pandas table with named columns."
        )
    table = rows.reset_index(drop=True)
    if "id" not in table:
        table.insert(0, "id", range(len(table)))
    for step in (None, *steps):
        if step is not None:
            table = _through(declared, *step, table)
        if set(wanted) <= set(map(str, table.columns)):
            return table[wanted]
    missing = [name for name in wanted if name not in table.columns]
    raise Invalid(
        f"The pipeline was fitted on columns that neither the raw rows nor your data.clean and "
        f"features.features give, such as {', '.join(missing[:5])}; fit it on what they give."
    )


def _through(declared: Declared, module: str, name: str, table: pd.DataFrame) -> pd.DataFrame:
    try:
        found = importlib.import_module(f"{declared.project.package}.{module}")
        step: Callable[[pd.DataFrame], Any] | None = getattr(found, name, None)
        made = step(table.copy()) if callable(step) else table
    except Exception:  # noqa: BLE001 - a step of another shape is not one of ours to call
        return table
    return made if isinstance(made, pd.DataFrame) and len(made) == len(table) else table
