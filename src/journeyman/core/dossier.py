"""The dossier of a project: what it hands in, and what a portfolio shows of it.

A submitted project leaves a folder ``projects/<slug>/dossier`` in the data directory. Its file
``dossier.json`` has the form of ``Dossier``; the other files are named in it, relative to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

File = Annotated[str, Field(pattern=r"\A(?!/)(?!.*\.\.)[\w./ -]{1,200}\Z")]
"""A path below the dossier, with forward slashes."""


class _Form(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", regex_engine="python-re")


class Number(_Form):
    """A metric with its interval, on rows that the model had not seen.

    Attributes:
        name: As in ``journeyman.scoring``.
        part: What the rows are, such as ``hidden hold-out`` or ``validation``.
        baseline: The same metric of the baseline on the same rows, if there is one.
    """

    name: str
    title: str
    value: float
    low: float
    high: float
    rows: int
    better: Literal["higher", "lower"]
    part: str
    baseline: float | None = None
    baseline_title: str = ""


class Chart(_Form):
    """An SVG file with a caption, and the numbers that it draws as a CSV file."""

    file: File
    title: str
    caption: str
    table: File | None = None


class Dossier(_Form):
    """Everything of a project that may be shown; empty texts are left out of the page.

    Attributes:
        problem: Markdown: what is asked, and what a mistake costs.
        audience: Who needs it.
        sections: Markdown by title in the order of the page: data card, method, decision log,
            errors and failure modes, cost, what did not work, model card.
        numbers: Metrics; the first is the project's own.
        reproduced: How far the re-run got: ``Reproduced`` means within the stated tolerance.
        looks: How often the hidden hold-out was looked at.
        export: Folder with ``model.onnx`` and ``schema.json``, from which a demo is made.
        bundle: Folder with a sealed claim of ``journeyman.proof``, to be checked by a stranger.
        submitted: Instant in UTC, ISO 8601.
    """

    form: Literal[1] = 1
    slug: str
    title: str
    summary: str
    problem: str = ""
    audience: str = ""
    code_url: str = ""
    commit: str = ""
    submitted: str
    skills: Mapping[str, float] = Field(default_factory=dict)
    numbers: tuple[Number, ...] = ()
    charts: tuple[Chart, ...] = ()
    sections: Mapping[str, str] = Field(default_factory=dict)
    reproduced: Literal["", "Available", "Functional", "Reproduced"] = ""
    looks: int = 0
    export: File | None = None
    bundle: File | None = None
