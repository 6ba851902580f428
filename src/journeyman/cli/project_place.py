"""What the commands of projects share: where the project is, and lines that move."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import click

from journeyman.errors import Invalid

if TYPE_CHECKING:
    from journeyman.data import Progress
    from journeyman.projects.watching import Seen

here = click.option(
    "--project",
    "place",
    type=click.Path(path_type=Path),
    default=Path(),
    help="The project's folder; the one you are in by default.",
)


def at(command: Callable[..., None]) -> Callable[..., None]:
    """For commands that take no run: the folder may be named without ``--project``, too."""

    @click.argument("folder", required=False, type=click.Path(path_type=Path))
    @here
    @wraps(command)
    def asked(folder: Path | None, place: Path, **rest: Any) -> None:
        command(place=folder or place, **rest)

    return asked


def tell_step(text: str) -> None:
    """What a long command is doing, beside its result."""
    click.echo(text, err=True)


def whole(value: Any) -> Any:
    """Plain data; JSON has no NaN: what is no number becomes null."""
    from journeyman.cli.output import plain
    from journeyman.projects.evaluating import finite

    return finite(plain(value))


def write(file: Path, text: str) -> None:
    """Write a text where the learner wants it."""
    try:
        file.write_text(text, "utf-8")
    except OSError as error:
        raise Invalid(f"{file} cannot be written: {error.strerror}.") from None


class Steps:
    """A line for each step of getting the data."""

    def __init__(self, *, quiet: bool) -> None:
        self.quiet = quiet
        self.told = ""

    def __call__(self, step: Progress) -> None:
        """Tell a step that is new."""
        text = f"{step.stage.capitalize()}: {step.source}"
        if not self.quiet and text != self.told:
            click.echo(text, err=True)
        self.told = text


class Line:
    """One line on a terminal that tells what a running program does; nothing elsewhere."""

    def __init__(self, *, quiet: bool) -> None:
        self.quiet = quiet or not sys.stderr.isatty()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if not self.quiet:
            click.echo("\r\033[K", err=True, nl=False)

    def __call__(self, seen: Seen) -> None:
        """Show what is measured now."""
        if self.quiet:
            return
        step = f"{seen.step} of {seen.of} {seen.what}  " if seen.of else ""
        text = f"{seen.seconds:6.0f} s  {seen.mib:6,.0f} MiB  {step}{seen.line}"
        click.echo(f"\r\033[K{text[:110]}", err=True, nl=False)
