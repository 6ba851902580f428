"""Pictures that are published: drawings without scripts, photographs without hidden notes."""

from __future__ import annotations

import io
from pathlib import Path
from xml.etree import ElementTree as ET

from journeyman.errors import Invalid

LARGEST = 8 << 20
SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
_GONE = {"script", "foreignObject", "iframe", "metadata", "set", "animate", "handler", "a"}
ET.register_namespace("", SVG)
ET.register_namespace("xlink", XLINK)


def cleaned(file: Path) -> bytes:
    """The bytes to publish of an SVG, PNG or JPEG file.

    An SVG loses scripts, links and everything that loads from elsewhere. A photograph loses its
    hidden notes (place, camera, owner), which nobody means to publish.

    Raises:
        Invalid: another kind of file, damaged, or larger than 8 MiB.
    """
    kind = file.suffix.lower()
    if kind not in {".svg", ".png", ".jpg", ".jpeg"}:
        raise Invalid(f"{file.name} is no SVG, PNG or JPEG file, which are what a page may show.")
    if file.stat().st_size > LARGEST:
        raise Invalid(f"{file.name} has more than {LARGEST >> 20} MiB; make it smaller.")
    data = file.read_bytes()
    return svg(data, file.name) if kind == ".svg" else _photograph(data, file.name)


def svg(data: bytes, name: str) -> bytes:
    """An SVG file without anything that acts or loads.

    Raises:
        Invalid: it is no SVG.

    >>> svg(b'<svg xmlns="http://www.w3.org/2000/svg" onload="x()"><script>x()</script></svg>', "a")
    b'<svg xmlns="http://www.w3.org/2000/svg" />'
    """
    try:
        if b"<!ENTITY" in data.upper():
            raise Invalid(f"{name} defines entities, which a drawing does not need.")
        root = ET.fromstring(data)  # noqa: S314 - entities are refused above, size is limited
    except (ET.ParseError, ValueError) as error:
        raise Invalid(f"{name} is no well-formed SVG file.") from error
    if root.tag != f"{{{SVG}}}svg":
        raise Invalid(f"{name} is no SVG file.")
    _strip(root)
    made: bytes = ET.tostring(root, encoding="utf-8")
    return made


def _strip(element: ET.Element) -> None:
    for child in list(element):
        tag = str(child.tag)
        space, _, local = tag.rpartition("}")
        if local in _GONE or (space and space != f"{{{SVG}"):
            element.remove(child)
        else:
            _strip(child)
    for name, value in list(element.attrib.items()):
        if _acts(name.rpartition("}")[2].lower(), value):
            del element.attrib[name]
    if element.text and element.tag == f"{{{SVG}}}style" and _loads(element.text):
        element.text = ""


def _acts(name: str, value: str) -> bool:
    if name.startswith(("on", "data-")):
        return True
    if name == "href":
        return not value.startswith(("#", "data:image/png;", "data:image/jpeg;"))
    return _loads(value)


def _loads(text: str) -> bool:
    plain = text.replace(" ", "").lower()
    return "@import" in plain or "javascript:" in plain or (
        "url(" in plain and plain.count("url(") != plain.count("url(#") + plain.count('url("#')
    )  # fmt: skip


def _photograph(data: bytes, name: str) -> bytes:
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 - only posts with photographs

    sink = io.BytesIO()
    try:
        with Image.open(io.BytesIO(data)) as image:
            if image.format == "JPEG":
                image.save(sink, "JPEG", quality="keep", exif=b"", icc_profile=None)
            elif image.format == "PNG":
                bare = image.copy()
                bare.info = {k: v for k, v in image.info.items() if k == "transparency"}
                bare.save(sink, "PNG", optimize=True)
            else:
                raise Invalid(f"{name} is no PNG or JPEG file, whatever its name says.")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as error:
        raise Invalid(f"{name} is damaged, or no picture.") from error
    return sink.getvalue()
