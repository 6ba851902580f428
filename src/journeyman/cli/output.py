"""What commands print: plain text for people, one JSON document for scripts."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, time
from pathlib import Path
from typing import Any, NoReturn

import click

DONE, FELL_SHORT = 0, 1


def plain(value: Any) -> Any:  # noqa: PLR0911 - one line for each kind of value
    """``value`` as JSON data: dataclasses become objects, instants ISO text, bytes their length."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(one) for one in value]
    if isinstance(value, (date, time)):  # a datetime is a date too
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, bytes):
        return len(value)
    return value


def show(data: Any, text: str, *, as_json: bool) -> None:
    """Print ``data`` as JSON or ``text`` for people."""
    click.echo(json.dumps(plain(data), ensure_ascii=False, indent=1) if as_json else text.rstrip())


def leave(code: int) -> NoReturn:
    """End the command with this exit status."""
    sys.exit(code)


def interactive() -> bool:
    """Whether a person sits at a terminal on both ends."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def counted(count: int, noun: str) -> str:
    """A count with its noun: “1 error”, “2 errors”.

    >>> counted(1, "error"), counted(0, "error"), counted(2, "exercise")
    ('1 error', '0 errors', '2 exercises')
    """
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def percent(share: float) -> str:
    """A share as whole per cent."""
    return f"{100 * share:.0f} %"
