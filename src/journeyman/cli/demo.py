"""The demo command: an exported model as a page that runs in the browser."""

from __future__ import annotations

from pathlib import Path

import click

from journeyman.cli.context import json_option
from journeyman.cli.output import show


@click.command()
@click.argument("export_dir", metavar="EXPORT_DIR", type=click.Path(path_type=Path))
@click.argument("out", metavar="OUT", type=click.Path(path_type=Path))
@click.option("--single-file", is_flag=True, help="Put everything into index.html.")
@json_option
def demo(export_dir: Path, out: Path, single_file: bool, as_json: bool) -> None:
    """Write a live demo of an exported model: static files that need no server.

    EXPORT_DIR is what `journeyman project export` wrote. The answers to its held-out rows are
    compared through the browser's runtime first, and nothing is written where they differ. The
    runtime is fetched from npm once. The example rows of the export become public with the demo;
    its held-out rows do not.
    """
    from journeyman.delivery import demo as make

    made = make(export_dir, out, single_file=single_file)
    show(made.to_json(), made.text(), as_json=as_json)
