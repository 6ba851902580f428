"""Opens and closes the application around a command."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from journeyman.app import App

json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")


@contextmanager
def application() -> Iterator[App]:
    """The application of this command, closed afterwards."""
    from journeyman.app import App
    from journeyman.settings import load

    app = App(load())
    try:
        yield app
    finally:
        app.close()
