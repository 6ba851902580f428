"""``journeyman data``: list, get, find and drop real data sets."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Self

import click

from journeyman.cli.context import json_option
from journeyman.cli.output import counted, show
from journeyman.errors import Invalid, NotFound

if TYPE_CHECKING:
    from collections.abc import Sequence

    from journeyman.data import Dataset, Progress
    from journeyman.settings import Settings

NAMES = {"looking": "Looking at", "downloading": "Downloading from", "checking": "Checking"}


@click.group()
def data() -> None:
    """List, get, find and drop real data sets with their provenance."""


@data.command("list")
@json_option
def list_(as_json: bool) -> None:
    """List the data sets: size, licence, and which are on this machine."""
    from journeyman.data import standings

    settings = _settings()
    found = standings(home(settings), settings.curriculum)
    lines = [
        f"{one.dataset.id:<18} {_megabytes(one.dataset.download_bytes):>9}  "
        f"{'here' if one.folder else '-':<5} {_short(one.dataset.licence):<16} "
        f"{one.dataset.title}"
        for one in found
    ]
    documents = [
        {**_document(one.dataset), "folder": one.folder, "bytes": one.bytes} for one in found
    ]
    show(documents, "\n".join(lines), as_json=as_json)


@data.command()
@click.argument("names", nargs=-1, metavar="NAME...")
@click.option("--all", "every", is_flag=True, help="All data sets but those that need --large.")
@click.option("--large", is_flag=True, help="Fetch what is fetched only on request, for its size.")
@click.option(
    "--archives",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A folder with archives that you have already; looked at before the network.",
)
@json_option
def get(
    names: Sequence[str], every: bool, large: bool, archives: Sequence[Path], as_json: bool
) -> None:
    """Fetch data sets: downloaded, checked by their values, and usable offline from then on.

    Nothing is installed or run. A download that broke off is continued.
    """
    from journeyman.data import catalogue, fetch, find

    settings = _settings()
    roots = settings.curriculum
    if every:
        names = [one.id for one in catalogue(roots).values() if large or not one.opt_in]
    if not names:
        raise Invalid("Name a data set, or use --all; `journeyman data list` names them all.")
    for folder in archives:
        if not folder.is_dir():
            raise Invalid(f"There is no folder {folder}; name one with --archives.")
    wanted = [find(name, roots) for name in names]
    for dataset in wanted:
        if dataset.opt_in and not large and not _here(settings, dataset.id):
            raise Invalid(f"{dataset.id} is fetched with --large only: {dataset.opt_in}.")
    done, known = {}, (*archives, *settings.data_archives)
    for dataset in wanted:
        with _Bar(dataset.id, quiet=as_json) as bar:
            done[dataset.id] = fetch(
                dataset.id, home(settings), bar.report, archives=known, roots=roots
            )
        if not as_json:
            click.echo(f"{done[dataset.id]}  ({dataset.licence}; {dataset.citation})")
    if as_json:
        show({name: str(folder) for name, folder in done.items()}, "", as_json=True)


@data.command()
@click.argument("name")
@json_option
def where(name: str, as_json: bool) -> None:
    """Print the folder of a data set that is on this machine, verified."""
    from journeyman.data import find, is_whole

    settings = _settings()
    dataset = find(name, settings.curriculum)
    folder = home(settings) / name
    if not is_whole(folder, dataset):
        raise NotFound(
            f"{name} is not on this machine, or was changed since: `journeyman data get {name}` "
            "fetches it."
        )
    show({**_document(dataset), "folder": folder}, str(folder), as_json=as_json)


@data.command()
@click.argument("name")
@json_option
def drop(name: str, as_json: bool) -> None:
    """Remove a data set and its unfinished downloads from this machine."""
    from journeyman.data import drop as remove

    settings = _settings()
    freed = remove(name, home(settings), settings.curriculum)
    show({"name": name, "freed": freed}, f"{_megabytes(freed)} are free again.", as_json=as_json)


def home(settings: Settings) -> Path:
    """Where data sets lie: ``data`` in the data directory."""
    return settings.home.expanduser() / "data"


def _settings() -> Settings:
    from journeyman.settings import load

    return load()


def _here(settings: Settings, name: str) -> bool:
    return (home(settings) / name).is_dir()


def _document(dataset: Dataset) -> dict[str, object]:
    return {
        "id": dataset.id,
        "title": dataset.title,
        "origin": dataset.origin,
        "citation": dataset.citation,
        "licence": dataset.licence,
        "may_ship": dataset.may_ship,
        "download_bytes": dataset.download_bytes,
        "rows": {name: table.rows for name, table in dataset.tables.items()},
        "faults": dataset.faults,
    }


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.1f} MB"


def _short(text: str, width: int = 16) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"


class _Bar:
    """What is going on: a bar that moves at a terminal, a line for each step elsewhere."""

    def __init__(self, name: str, *, quiet: bool) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, DownloadColumn, TextColumn, TransferSpeedColumn
        from rich.progress import Progress as Bars

        self.name = name
        self.told = ""
        self.moving = sys.stderr.isatty() and not quiet and not os.environ.get("CI")
        self.quiet = quiet
        self.bars = Bars(
            TextColumn("{task.description}"),
            BarColumn(),
            DownloadColumn(),
            TransferSpeedColumn(),
            console=Console(stderr=True),
            disable=not self.moving,
        )
        self.task = self.bars.add_task(name)

    def __enter__(self) -> Self:
        self.bars.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.bars.stop()

    def report(self, step: Progress) -> None:
        """Show one step."""
        doing = NAMES.get(step.stage, "Converting")
        text = f"{self.name}: {doing} {step.source}"
        if step.stage == "converting":
            text = f"{self.name}: {doing} {counted(step.total, 'table')}"
            self.bars.update(self.task, description=text, total=None)
        else:
            self.bars.update(
                self.task, description=text, completed=step.done, total=step.total or None
            )
        if text != self.told and not self.moving and not self.quiet:
            click.echo(text, err=True)
        self.told = text
