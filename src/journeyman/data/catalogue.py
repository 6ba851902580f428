"""The catalogue: one TOML file a data set, read into frozen dataclasses.

An entry says where the data come from, under which licence, how the tables look once they are in
normal form, and in which order the sources are tried. It holds no data.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError, model_validator

from journeyman.curriculum import builtin
from journeyman.curriculum.formats import Form, Sentence, Slug
from journeyman.errors import Invalid, NotFound

FOLDER = "datasets"
ColumnType = Literal["integer", "number", "text", "boolean", "time", "bytes"]
SourceKind = Literal["pypi", "npm", "debian", "url", "openml", "archive"]
Format = Literal["csv", "parquet", "pickle", "idx", "cifar-png", "mail", "wav"]
Sha256 = Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")]
_NEEDS: Mapping[str, tuple[str, ...]] = {
    "pypi": ("package", "version", "sha256"),
    "npm": ("package", "version", "sha256"),
    "debian": ("package", "version", "pool", "sha256"),
    "url": ("address",),
    "openml": ("number",),
    "archive": ("sha256",),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table in normal form.

    Attributes:
        type: ``integer`` (64 bits), ``number`` (double), ``text``, ``boolean``, ``time`` (seconds,
            without a zone) or ``bytes``. Any column may hold missing values.
        unit: The unit of measurement, empty where there is none.
        says: What the column means.
    """

    name: str
    type: ColumnType
    unit: str
    says: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its rows, columns and the hash of its values (see ``values.content_sha256``)."""

    name: str
    says: str
    rows: int
    sha256: str
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Read:
    """How one table is read out of a source.

    Attributes:
        member: Path inside the archive; ``*`` stands for any text; empty means the file itself.
        labels: For ``idx`` and ``cifar-png``: the member with the labels.
        split: For image sets: what to write into the column ``split``.
        missing: Cells that mean "no value".
        fill: What a missing text becomes, where the normal form has a mark of its own.
        trim: Whether white space around texts is cut.
        rename: Names of this source, in snake case, and the names of the normal form.
    """

    format: Format
    member: str
    labels: str
    split: str
    missing: tuple[str, ...]
    fill: str
    trim: bool
    separator: str
    rename: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Source:
    """One place that the data can be had from.

    Attributes:
        kind: ``pypi``, ``npm``, ``debian`` (an archive of that registry, never installed), ``url``,
            ``openml``, or ``archive`` (only from a folder of archives that the user has).
        file: Name of the file; a folder of archives is searched for it.
        sha256: Of the file; empty where the place makes the archive anew for each request, so that
            only the values can be checked.
        checked: When and how the file was compared with the normal form; empty: not yet.
        reads: For each table the parts that make it up, in order.
    """

    kind: SourceKind
    package: str
    version: str
    file: str
    pool: str
    address: str
    number: int
    bytes: int
    sha256: str
    checked: str
    reads: Mapping[str, tuple[Read, ...]]

    @property
    def name(self) -> str:
        """The source as a person would name it."""
        registry = {"pypi": "PyPI", "npm": "npm", "debian": "Debian"}.get(self.kind)
        if registry:
            return f"{registry} {self.package} {self.version}"
        if self.kind == "openml":
            return f"OpenML {self.number}"
        return self.address or f"the archive {self.file}"


@dataclass(frozen=True, slots=True)
class Dataset:
    """One data set of the catalogue.

    Attributes:
        may_ship: Whether an installation may carry the rows, and on what terms.
        opt_in: Empty, or why it is fetched only on request.
        faults: What is known to be wrong or odd in the data, each with its count.
    """

    id: str
    title: str
    summary: str
    origin: str
    citation: str
    licence: str
    licence_checked: str
    may_ship: str
    opt_in: str
    faults: tuple[str, ...]
    tables: Mapping[str, Table]
    sources: tuple[Source, ...]

    @property
    def download_bytes(self) -> int:
        """Bytes that the first source sends."""
        return self.sources[0].bytes


class _ColumnForm(Form):
    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    type: ColumnType
    unit: str = ""
    says: Sentence


class _TableForm(Form):
    says: Sentence
    rows: Annotated[int, Field(ge=1)]
    sha256: Sha256
    columns: Annotated[tuple[_ColumnForm, ...], Field(min_length=1)]


class _ReadForm(Form):
    format: Format
    member: str = ""
    labels: str = ""
    split: str = ""
    missing: tuple[str, ...] = ()
    fill: str = ""
    trim: bool = False
    separator: Annotated[str, Field(min_length=1, max_length=1)] = ","
    rename: dict[str, str] = Field(default_factory=dict)


class _SourceForm(Form):
    kind: SourceKind
    package: str = ""
    version: str = ""
    file: Annotated[str, Field(pattern=r"^[^/\\]+$")]
    pool: str = ""
    address: Annotated[str, Field(pattern=r"^(https://\S+)?$")] = ""
    number: int = 0
    bytes: Annotated[int, Field(ge=1)]
    sha256: Sha256 = ""
    checked: str = ""
    reads: Annotated[dict[str, tuple[_ReadForm, ...]], Field(min_length=1)]

    @model_validator(mode="after")
    def _complete(self) -> _SourceForm:
        lacking = [name for name in _NEEDS[self.kind] if not getattr(self, name)]
        if lacking:
            raise ValueError(f"a source of kind {self.kind} needs {' and '.join(lacking)}")
        return self


class _DatasetForm(Form):
    id: Slug
    title: Sentence
    summary: Sentence
    origin: Sentence
    citation: Annotated[str, Field(min_length=3)]
    licence: Annotated[str, Field(min_length=2)]
    licence_checked: Annotated[str, Field(min_length=3)]
    may_ship: Annotated[str, Field(min_length=2)]
    opt_in: str = ""
    faults: tuple[str, ...] = ()
    tables: Annotated[dict[str, _TableForm], Field(min_length=1)]
    sources: Annotated[tuple[_SourceForm, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _reads_every_table(self) -> _DatasetForm:
        for source in self.sources:
            if set(source.reads) != set(self.tables):
                raise ValueError(f"{source.file} must read exactly the tables {list(self.tables)}")
        return self


def read_entry(file: Path) -> Dataset:
    """Read one entry.

    Raises:
        Invalid: naming the file and the first thing that is wrong in it.
    """
    try:
        form = _DatasetForm.model_validate(tomllib.loads(file.read_text("utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Invalid(f"{file.name} is not usable TOML: {error}.") from error
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "the file"
        said = first["msg"].removeprefix("Value error, ")
        raise Invalid(f"{file.name} is not a usable entry: {where}: {said}.") from error
    if form.id != file.stem:
        raise Invalid(f"{file.name} names itself {form.id!r}; file and id must agree.")
    return _dataset(form)


def catalogue(roots: Iterable[Path] = ()) -> dict[str, Dataset]:
    """Every data set, by id: the built-in ones, then those of the banks in ``roots``.

    Raises:
        Invalid: an entry is broken, or two have one id.

    >>> "adult" in catalogue()
    True
    """
    found: dict[str, Dataset] = {}
    for root in (builtin.path(), *roots):
        for file in sorted((root / FOLDER).glob("*.toml")):
            dataset = read_entry(file)
            if dataset.id in found:
                raise Invalid(f"The data set {dataset.id!r} stands in two folders; rename one.")
            found[dataset.id] = dataset
    return found


def find(name: str, roots: Iterable[Path] = ()) -> Dataset:
    """The data set of that id.

    Raises:
        NotFound: if there is none.
    """
    known = catalogue(roots)
    if name not in known:
        raise NotFound(f"There is no data set {name!r}; `journeyman data list` names them all.")
    return known[name]


def _dataset(form: _DatasetForm) -> Dataset:
    plain = form.model_dump(exclude={"tables", "sources"})
    tables = {
        name: Table(
            name,
            table.says,
            table.rows,
            table.sha256,
            tuple(Column(**column.model_dump()) for column in table.columns),
        )
        for name, table in form.tables.items()
    }
    sources = tuple(
        Source(
            **source.model_dump(exclude={"reads"}),
            reads={
                name: tuple(Read(**read.model_dump()) for read in reads)
                for name, reads in source.reads.items()
            },
        )
        for source in form.sources
    )
    return Dataset(**plain, tables=tables, sources=sources)
