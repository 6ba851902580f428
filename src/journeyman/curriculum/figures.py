"""Draws the figures of lessons: matplotlib to a small SVG that follows the page's colours.

An author's ``figure.py`` has ``draw(figure, ink)``; ``SIZE`` (inches) is optional. The drawing is
committed as ``figure.svg``, so nothing is drawn when a page is read. The result carries no style
attributes (a strict content security policy forbids them) and its colours are CSS variables, so
one file serves light, dark and print.
"""

from __future__ import annotations

import hashlib
import io
import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from journeyman.curriculum.code import load_module

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
DEFAULT_SIZE = (5.2, 3.2)
STAMP = "data-source"


@dataclass(frozen=True, slots=True)
class Ink:
    """The palette: stand-in colours that become CSS variables. Use these and no others."""

    text: str = "#010101"
    faint: str = "#020202"
    one: str = "#030303"
    two: str = "#040404"
    three: str = "#050505"
    four: str = "#060606"
    good: str = "#070707"
    bad: str = "#080808"
    paper: str = "#090909"
    shade: str = "#0a0a0a"


INK = Ink()
VARIABLES = {getattr(INK, name): f"var(--fig-{name})" for name in Ink.__slots__}


def source_stamp(folder: Path) -> str:
    """Hash of ``figure.py``: what a drawing must carry to be current."""
    return hashlib.sha256((folder / "figure.py").read_bytes()).hexdigest()[:16]


PREVIEW = Ink(
    "#1f2328", "#8b8f96", "#1f5fa8", "#b4531a", "#2b7a54", "#7a4a94", "#2b7a54", "#b3372f",
    "#fdfcfa", "#e4e1da",
)  # fmt: skip


def draw(folder: Path) -> str:
    """Draw ``folder/figure.py`` and return the SVG text."""
    svg = _drawn(folder, INK, format="svg", transparent=True, metadata={"Date": None})
    return themed(svg.decode(), folder.name, source_stamp(folder))


def preview(folder: Path) -> bytes:
    """Draw ``folder/figure.py`` as a PNG in the light palette, for the author's eyes."""
    return _drawn(folder, PREVIEW, format="png", dpi=120, facecolor=PREVIEW.paper)


def _drawn(folder: Path, ink: Ink, **output: Any) -> bytes:
    import matplotlib as mpl  # noqa: PLC0415 - takes half a second and only authors draw
    from matplotlib.figure import Figure  # noqa: PLC0415

    module = load_module(folder / "figure.py", f"figure_{folder.name}")
    buffer = io.BytesIO()
    with mpl.rc_context(_style(folder.name, ink)):
        figure = Figure(figsize=getattr(module, "SIZE", DEFAULT_SIZE), layout="constrained")
        module.draw(figure, ink)
        figure.savefig(buffer, **output)
    return buffer.getvalue()


def themed(svg: str, name: str, stamp: str) -> str:
    """Replace styles by attributes, stand-in colours by variables, and make ids unique."""
    ET.register_namespace("", SVG)
    ET.register_namespace("xlink", XLINK)
    tree = ET.fromstring(svg)  # noqa: S314 - our own drawing
    for parent in list(tree.iter()):
        for child in list(parent):
            if child.tag in {f"{{{SVG}}}metadata", f"{{{SVG}}}style"}:
                parent.remove(child)
    for element in tree.iter():
        _plain_attributes(element, name)
    for size in ("width", "height"):
        tree.attrib.pop(size, None)
    tree.set("class", "figure")
    tree.set(STAMP, stamp)
    text = ET.tostring(tree, encoding="unicode")
    text = re.sub(r"(\d+\.\d{2})\d+", r"\1", text)
    return re.sub(r">\s+<", "><", text) + "\n"


def _plain_attributes(element: ET.Element, name: str) -> None:
    for declaration in element.attrib.pop("style", "").split(";"):
        key, _, value = declaration.partition(":")
        if value:
            _declare(element, key.strip(), value.strip())
    element.attrib.pop("font-family", None)  # the page's own font is used
    for key, value in list(element.attrib.items()):
        if key == "id":
            element.set(key, f"{name}-{value}")
        elif key == f"{{{XLINK}}}href" and value.startswith("#"):
            element.set(key, f"#{name}-{value[1:]}")
        else:
            local = re.sub(r"url\(#", f"url(#{name}-", value)
            element.set(key, VARIABLES.get(local.lower(), local))


def _declare(element: ET.Element, key: str, value: str) -> None:
    if key == "font":  # the shorthand is no presentation attribute
        size = re.search(r"([\d.]+)px", value)
        element.set("font-size", size[1] if size else "11")
        if "bold" in value or re.search(r"\b[67]00\b", value):
            element.set("font-weight", "600")
        if "italic" in value:
            element.set("font-style", "italic")
    else:
        element.set(key, value)


def _style(name: str, ink: Ink) -> Any:
    return {
        "svg.fonttype": "none",
        "svg.hashsalt": name,
        "font.size": 10.5,
        "font.family": "sans-serif",
        "mathtext.fontset": "dejavusans",
        "text.color": ink.text,
        "axes.edgecolor": ink.faint,
        "axes.labelcolor": ink.text,
        "axes.titlesize": 10.5,
        "axes.titlecolor": ink.text,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.facecolor": "none",
        "axes.prop_cycle": _cycle(ink),
        "xtick.color": ink.faint,
        "ytick.color": ink.faint,
        "xtick.labelcolor": ink.text,
        "ytick.labelcolor": ink.text,
        "grid.color": ink.shade,
        "legend.frameon": False,
        "lines.linewidth": 1.8,
        "path.simplify": True,
    }


def _cycle(ink: Ink) -> object:
    from cycler import cycler  # noqa: PLC0415

    return cycler(color=[ink.one, ink.two, ink.three, ink.four])
