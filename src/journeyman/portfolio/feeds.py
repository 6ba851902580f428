"""What machines read of the site: feed, site map, and data by schema.org."""

from __future__ import annotations

import uuid
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from journeyman.portfolio import prose
from journeyman.portfolio.projects import ShownProject
from journeyman.portfolio.shown import Portfolio
from journeyman.portfolio.writing import Post

ATOM = "http://www.w3.org/2005/Atom"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
SCHEMA = "https://schema.org"
MOST_ENTRIES = 20
_XML = b'<?xml version="1.0" encoding="utf-8"?>\n'


def atom(shown: Portfolio, address: str) -> bytes:
    """The Atom feed of the writing; its addresses are relative where none was chosen."""
    feed = ET.Element("feed", {"xmlns": ATOM})
    newest = sorted(shown.posts, key=lambda one: (one.on, one.slug), reverse=True)[:MOST_ENTRIES]
    name = shown.learner.name
    _text(feed, "title", f"Writing by {name}")
    _text(feed, "id", address or _urn(f"{shown.learner.id}/writing"))
    _text(feed, "updated", _instant(newest[0].on))
    ET.SubElement(feed, "link", {"rel": "self", "href": f"{address}feed.xml"})
    ET.SubElement(feed, "link", {"rel": "alternate", "href": f"{address}writing.html"})
    _text(ET.SubElement(feed, "author"), "name", name)
    for one in newest:
        entry = ET.SubElement(feed, "entry")
        place = f"{address}writing/{one.slug}.html"
        _text(entry, "title", one.title)
        _text(entry, "id", place if address else _urn(f"{shown.learner.id}/writing/{one.slug}"))
        _text(entry, "updated", _instant(one.on))
        _text(entry, "published", _instant(one.on))
        ET.SubElement(entry, "link", {"rel": "alternate", "href": place})
        for tag in one.tags:
            ET.SubElement(entry, "category", {"term": tag})
        _text(entry, "summary", one.summary or one.title)
    return _XML + _bytes(feed)


def site_map(shown: Portfolio, address: str, paths: Iterable[str]) -> bytes:
    """``sitemap.xml``, which needs whole addresses."""
    root = ET.Element("urlset", {"xmlns": SITEMAP})
    days = {f"writing/{one.slug}.html": one.on.isoformat() for one in shown.posts}
    for path in sorted(paths):
        entry = ET.SubElement(root, "url")
        _text(entry, "loc", address + ("" if path == "index.html" else path))
        if path in days:
            _text(entry, "lastmod", days[path])
    return _XML + _bytes(root)


def robots(address: str) -> bytes:
    """``robots.txt``: everybody may read everything."""
    said = "User-agent: *\nAllow: /\n"
    return (said + (f"Sitemap: {address}sitemap.xml\n" if address else "")).encode()


def person(shown: Portfolio) -> dict[str, Any]:
    """Who this is, by schema.org."""
    choices = shown.choices
    found: dict[str, Any] = {"@context": SCHEMA, **_author(shown)}
    if choices.headline:
        found["jobTitle"] = choices.headline
    if choices.links and choices.has("contact"):
        found["sameAs"] = [one.url for one in choices.links]
    if shown.skills:
        found["knowsAbout"] = [one.skill.title for one in shown.skills]
    return found


def work(shown: Portfolio, one: ShownProject) -> dict[str, Any]:
    """A project, by schema.org."""
    found: dict[str, Any] = {
        "@context": SCHEMA,
        "@type": "CreativeWork",
        "name": one.title,
        "description": prose.plain(one.summary),
        "author": _author(shown),
        "datePublished": f"{one.submitted:%Y-%m-%d}",
    }
    if one.skills:
        found["about"] = list(one.skills)
    if one.code_url:
        found["workExample"] = {"@type": "SoftwareSourceCode", "codeRepository": one.code_url}
    return found | _url(shown, f"projects/{one.slug}.html")


def post(shown: Portfolio, one: Post) -> dict[str, Any]:
    """A post, by schema.org."""
    found: Mapping[str, Any] = {
        "@context": SCHEMA,
        "@type": "BlogPosting",
        "headline": one.title,
        "description": one.summary,
        "author": _author(shown),
        "datePublished": one.on.isoformat(),
        "keywords": list(one.tags),
    }
    return {**found, **_url(shown, f"writing/{one.slug}.html")}


def picture(places: Iterable[str]) -> str:
    """Of some pictures the one for previews of links: most readers of previews want no SVG.

    >>> picture(["a.svg", "b.png"]), picture([])
    ('b.png', '')
    """
    found = sorted(places, key=lambda one: one.lower().endswith(".svg"))
    return found[0] if found else ""


def _author(shown: Portfolio) -> dict[str, Any]:
    return {"@type": "Person", "name": shown.learner.name, **_url(shown, "")}


def _url(shown: Portfolio, path: str) -> dict[str, str]:
    return {"url": shown.choices.address + path} if shown.choices.address else {}


def _urn(name: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_OID, name).urn


def _instant(on: date) -> str:
    return datetime.combine(on, time(12), UTC).isoformat()


def _text(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = text


def _bytes(root: ET.Element) -> bytes:
    ET.indent(root, " ")
    made: bytes = ET.tostring(root, encoding="utf-8")
    return made + b"\n"
