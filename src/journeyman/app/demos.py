"""Live demos of the projects of a portfolio, made and compared once for each export."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from journeyman import __version__
from journeyman.errors import JourneymanError, Unavailable
from journeyman.portfolio.shown import Portfolio
from journeyman.proof.canonical import sha256


def made(shown: Portfolio, kept: Path) -> tuple[dict[str, bytes], list[str]]:
    """A live demo of each project that has a model to show, and why others have none.

    Args:
        shown: The portfolio.
        kept: Where demos are kept between two publishings.

    Returns:
        Their files by place on the site, and a sentence for each project without one.
    """
    found: dict[str, bytes] = {}
    notes = []
    for one in shown.projects:
        if one.export is None:
            continue
        try:
            found |= _demo(one.export, one.slug, kept)
        except JourneymanError as error:
            notes.append(f"The project {one.title} has no live demo: {error.message}")
    return found, notes


def _demo(export: Path, slug: str, kept: Path) -> dict[str, bytes]:
    """The files of a live demo, made and compared once for each export."""
    from journeyman import delivery  # noqa: PLC0415 - brings the runtime of models
    from journeyman.delivery import webruntime  # noqa: PLC0415

    place, back = f"projects/{slug}/demo", f"../../{slug}.html"
    out, cache = kept / _digest(export, back), kept.parent
    if not (out / "index.html").is_file():
        runtime = cache / f"{webruntime.PACKAGE}-{webruntime.VERSION}"
        if not all((runtime / name).is_file() for name in webruntime.FILES):
            raise Unavailable(  # publishing fetches nothing by itself
                f"the runtime for browsers is not on this machine; `journeyman demo {export} DIR` "
                "fetches it once, then publish again."
            )
        kept.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=kept) as folder:
            delivery.demo(export, Path(folder) / "demo", cache=cache, back=back)
            shutil.rmtree(out, ignore_errors=True)
            (Path(folder) / "demo").rename(out)
    return {
        f"{place}/{file.relative_to(out).as_posix()}": file.read_bytes()
        for file in sorted(out.rglob("*"))
        if file.is_file()
    }


def _digest(folder: Path, back: str) -> str:
    """What tells one demo from another: its export, its way back, and the version that makes it."""
    files = [file for file in sorted(folder.rglob("*")) if file.is_file()]
    lines = [f"{file.relative_to(folder)} {sha256(file.read_bytes())}" for file in files]
    return sha256("\n".join([__version__, back, *lines]).encode())[:32]
