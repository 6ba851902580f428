"""``journeyman`` and ``journeyman run``: set up, start the page, open the browser."""

from __future__ import annotations

import click


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), help="Port of the page; 0 takes a free one.")
@click.option("--browser/--no-browser", default=None, help="Open the page in your browser.")
def run(port: int | None = None, browser: bool | None = None) -> None:
    """Open Journeyman in the browser (also what `journeyman` alone does)."""
    from rich.console import Console

    console = Console(stderr=True)
    with console.status("Reading the settings") as doing:
        from journeyman.settings import load

        settings = load()
        doing.update("Opening your record")
        from journeyman.app import App

        app = App(settings)
        doing.update("Loading the curriculum")
        faults = len(app.faults)
        doing.update("Preparing the page")
        from journeyman.web import launch
    if faults:
        console.print(f"{faults} curriculum entries are left out; the settings page says why.")
    try:
        launch.serve(
            app,
            host=settings.host,
            port=settings.port if port is None else port,
            open_browser=settings.open_browser if browser is None else browser,
        )
    finally:
        app.close()
