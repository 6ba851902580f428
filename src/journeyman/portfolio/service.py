"""The verb of the portfolio: write the site into a folder."""

from __future__ import annotations

from pathlib import Path

from journeyman.errors import Conflict, Unavailable
from journeyman.portfolio import site
from journeyman.portfolio.queries import Portfolio


def publish(portfolio: Portfolio, out: Path) -> tuple[Path, ...]:
    """Write the site into ``out``; returns the files written.

    Raises:
        Conflict: the folder holds files that Journeyman did not write; none of them is touched.
        Unavailable: the folder cannot be written.
    """
    try:
        if out.exists() and not out.is_dir():
            raise Conflict(f"{out} is a file; name a folder to publish into.")
        foreign = out.is_dir() and any(out.iterdir()) and not (out / site.MARKER).is_file()
        if foreign:
            raise Conflict(
                f"{out} holds files that Journeyman did not write; name an empty or a new folder."
            )
        return tuple(_write(out / name, text) for name, text in site.pages(portfolio))
    except OSError as error:
        raise Unavailable(
            f"The site could not be written to {out} ({error.strerror}); name another folder."
        ) from error


def _write(file: Path, text: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    return file
