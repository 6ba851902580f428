"""``journeyman.toml``: what a project's repository says of itself.

It is the only file in the repository that is Journeyman's; everything else works without it.
"""

from __future__ import annotations

import os
import re
import shlex
import tomllib
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from journeyman.errors import Invalid, NotFound

FILE = "journeyman.toml"
HIDDEN = ".journeyman"
"""Folder in the repository with the runs and reports; git leaves it out."""


class _Form(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


def _words(value: Any) -> Any:
    return shlex.split(value) if isinstance(value, str) else value


Command = Annotated[tuple[str, ...], BeforeValidator(_words)]


class About(_Form):
    """``[project]``: what is predicted, and how well it is done.

    Attributes:
        package: The Python package under ``src``.
        task: binary, multiclass, ordinal, regression, forecast or ranking; found from the
            predictions where it is empty.
        id: A column that names each row, where there is one.
        positive: The label that counts as yes; the last in order where it is empty.
    """

    slug: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,59}$")]
    title: str = ""
    version: int = 1
    package: Annotated[str, Field(pattern=r"^[a-z_][a-z0-9_]*$")] = "solution"
    task: str = ""
    target: str = ""
    metric: str = ""
    id: str = ""
    positive: str = ""
    seed: Annotated[int, Field(ge=0, lt=2**32)] = 0


class Data(_Form):
    """``[data]``.

    Attributes:
        folder: Where the tables lie, relative to the repository or absolute.
        table: Name, without its ending, of the table that holds the target.
        dataset: Id in the catalogue, where the data come from there.
        source: File, folder or address that the data were taken from.
    """

    folder: str = "data/raw"
    table: str = ""
    dataset: str = ""
    source: str = ""


class Split(_Form):
    """``[split]``: how the rows of the model's later life differ from those it learns from."""

    kind: str = ""
    column: str = ""
    why: str = ""


class Costs(_Form):
    """``[costs]``: of the two errors."""

    false_positive: float | None = None
    false_negative: float | None = None
    unit: str = ""


class Entry(_Form):
    """``[entry]``: commands; ``python`` becomes the project's own interpreter.

    In each, ``{out}`` (a folder to write into), ``{seed}``, ``{data}`` and, for predicting,
    ``{rows}`` (a Parquet file of rows without the target) are replaced.

    Attributes:
        prepare: Makes the table that others can learn from; see ``journeyman.projects.preparing``.
    """

    train: Command = ()
    predict: Command = ()
    prepare: Command = ()


class Output(_Form):
    """``[output]``: where code that is not told another place writes, and under which names."""

    folder: str = "artifacts"
    predictions: str = "predictions.parquet"
    metrics: str = "metrics.json"
    model: str = "model.joblib"


class Running(_Form):
    """``[run]``: limits.

    Attributes:
        minutes: After which a run is ended.
        memory_mib: Beyond which a run is ended.
        tolerance: Within which a re-run has to come out, in the metric's unit.
    """

    minutes: Annotated[float, Field(gt=0, le=7 * 24 * 60)] = 30.0
    memory_mib: Annotated[float, Field(ge=64)] = 4096.0
    tolerance: Annotated[float, Field(ge=0)] = 0.005


class Declared(_Form):
    """The whole file."""

    project: About
    data: Data = Data()
    split: Split = Split()
    costs: Costs = Costs()
    entry: Entry = Entry()
    output: Output = Output()
    run: Running = Running()

    @property
    def train(self) -> tuple[str, ...]:
        """The command that trains."""
        return self.entry.train or ("python", "-m", f"{self.project.package}.train")

    @property
    def predict(self) -> tuple[str, ...]:
        """The command that predicts rows without the target."""
        return self.entry.predict or ("python", "-m", f"{self.project.package}.predict")


def read(folder: Path) -> Declared:
    """What the repository in ``folder`` says of itself.

    Raises:
        NotFound: there is no project.
        Invalid: its ``journeyman.toml`` cannot be used, with the line or field that is wrong.
    """
    file = folder / FILE
    if not folder.is_dir():
        raise NotFound(
            f"There is no folder {folder}; if the project was moved, name where it is now."
        )
    try:
        return Declared.model_validate(tomllib.loads(file.read_text("utf-8")))
    except FileNotFoundError:
        raise NotFound(
            f"{folder} holds no {FILE}, so it is no project; name a project's folder, start one "
            "with `journeyman project new`, or bring the file back (`git checkout journeyman.toml`)"
            "."
        ) from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Invalid(f"{file} cannot be read: {error}.") from error
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "file"
        raise Invalid(f"{file}: {where}: {first['msg']}.") from error


def find(start: Path) -> Path:
    """The project's folder: ``start`` or the nearest one above it that holds the file.

    Raises:
        NotFound: there is none.
    """
    here = Path(os.path.abspath(start))  # noqa: PTH100 - links are kept as the learner wrote them
    if not here.is_dir():
        raise NotFound(
            f"There is no folder {start}; if the project was moved, name where it is now."
        )
    for folder in (here, *here.parents):
        if (folder / FILE).is_file() and not (folder / "journeyman.db").exists():
            return folder
    raise NotFound(
        f"{start} is not in a project (no {FILE} here or above); name a project's folder, or "
        "start one with `journeyman project new SLUG DIR`."
    )


def slug_of(text: str) -> str:
    """A short name from any words.

    >>> slug_of("My Churn_Data (2024).csv")
    'my-churn-data-2024-csv'
    """
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:60].strip("-") or "project"
