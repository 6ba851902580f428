"""Reads a published site as a strict visitor: markup, links, anchors, bytes."""

from __future__ import annotations

import gzip
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urlsplit

import html5lib

OUTSIDE = ("https://", "http://", "mailto:")


def pages(site: Path) -> list[Path]:
    """Every page."""
    return sorted(site.rglob("*.html"))


def parsed(page: Path):
    """The page's tree; raises at the first error that HTML's own rules name."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return parser.parse(page.read_text("utf-8"))


def dead_links(site: Path) -> list[str]:
    """Every link, image, script and style of every page that leads nowhere, anchors included."""
    trees = {page.resolve(): parsed(page) for page in pages(site)}
    ids = {page: _ids(tree) for page, tree in trees.items()}
    root, found = site.resolve(), []
    for page, tree in trees.items():
        for element in tree.iter():
            for name in ("href", "src"):
                address = element.get(name)
                if address is None or address.startswith(OUTSIDE):
                    continue
                parts = urlsplit(address)
                target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
                good = target.is_file() and target.is_relative_to(root)
                if good and parts.fragment:
                    good = parts.fragment in ids.get(target, set())
                if not good or parts.scheme or address.startswith("/"):
                    found.append(f"{page.relative_to(root)}: {address}")
    return found


def twice(site: Path) -> list[str]:
    """Ids that stand twice on a page, and headings that skip a level."""
    found = []
    for page in pages(site):
        tree = parsed(page)
        every = [element.get("id") for element in tree.iter() if element.get("id")]
        found += [f"{page.name}: #{one}" for one in set(every) if every.count(one) > 1]
        found += [
            f"{page.name}: a caption in the middle of its figure"
            for figure in tree.iter("figure")
            if "figcaption" in [one.tag for one in figure][1:-1]
        ]
        levels = [int(e.tag[1]) for e in tree.iter() if str(e.tag) in {"h1", "h2", "h3", "h4"}]
        if levels[:1] != [1] or levels.count(1) != 1:
            found.append(f"{page.name}: headings {levels}")
        found += [
            f"{page.name}: h{one} after h{before}"
            for before, one in pairwise(levels)
            if one > before + 1
        ]
    return found


def weight(site: Path, page: Path) -> int:
    """Bytes of a page with everything that it loads, gzipped."""
    tree = parsed(page)
    names = {e.get("src") for e in tree.iter() if e.get("src")}
    names |= {e.get("href") for e in tree.iter() if e.get("rel") == "stylesheet"}
    files = [page, *((page.parent / unquote(name)).resolve() for name in names if name)]
    return sum(len(gzip.compress(file.read_bytes())) for file in files)


def _ids(tree) -> set[str]:
    return {element.get("id") for element in tree.iter() if element.get("id")}
