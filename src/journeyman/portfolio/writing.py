"""Writing: a blog from a folder of Markdown files, each a post with a short head.

A post begins with lines of ``name: value`` between two lines of three dashes::

    ---
    title: What a leak looks like
    date: 2026-03-01
    summary: One column knew the answer.
    tags: evaluation, leakage
    ---
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from journeyman.errors import Invalid
from journeyman.portfolio import pictures, prose
from journeyman.portfolio.choices import Choices

FOLDER = "writing"
HEAD = ("title", "date", "summary", "tags", "draft")
MOST_POSTS = 1000
_DATED = re.compile(r"\A(\d{4}-\d\d-\d\d)-(.+)\Z")
_SLUG = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,80}\Z")
WORDS_A_MINUTE = 220


@dataclass(frozen=True, slots=True)
class Post:
    """One post, rendered for a page in the folder ``writing``.

    Attributes:
        lead: HTML of the summary, for one line; ``summary`` are its words.
        images: Files by their place on the site, already cleaned.
    """

    slug: str
    title: str
    on: date
    summary: str
    lead: str
    tags: tuple[str, ...]
    body: str
    minutes: int
    images: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class _Source:
    slug: str
    file: Path
    head: Mapping[str, str]
    text: str
    on: date


@dataclass(frozen=True, slots=True)
class Blog:
    """The posts to publish, and a sentence for each that cannot be."""

    posts: tuple[Post, ...] = ()
    troubles: tuple[str, ...] = ()


def blog(folder: Path, choices: Choices) -> Blog:
    """Every post that is no draft and not hidden, newest first.

    A post without a title or a day, or that shows or links to what is not there, is left out with
    a sentence that says what to do.
    """
    if not folder.is_dir():
        return Blog()
    files = sorted(file for file in folder.glob("*.md") if file.is_file())[:MOST_POSTS]
    sources: dict[str, _Source] = {}
    troubles: list[str] = []
    for file in files:
        try:
            one = _source(file)
        except Invalid as error:
            troubles.append(error.message)
            continue
        if one is None or not choices.shows("post", one.slug):
            continue
        if one.slug in sources:
            troubles.append(f"{FOLDER}/{file.name} has the address of another post; rename it.")
        else:
            sources[one.slug] = one
    made = _rendered(sources, troubles)
    made.sort(key=lambda post: (post.on, post.slug), reverse=True)
    return Blog(tuple(choices.ordered("post", [(one.slug, one) for one in made])), tuple(troubles))


def _rendered(sources: dict[str, _Source], troubles: list[str]) -> list[Post]:
    """All posts that can be rendered: leaving one out may leave a link of another nowhere."""
    while True:
        by_file = {one.file.name: one.slug for one in sources.values()}
        made, failed = [], []
        for one in sources.values():
            try:
                made.append(_post(one, by_file))
            except Invalid as error:
                troubles.append(error.message)
                failed.append(one.slug)
        if not failed:
            return made
        for slug in failed:
            del sources[slug]


def head_of(text: str, what: str) -> tuple[dict[str, str], str]:
    r"""The head of a post and the Markdown after it.

    Raises:
        Invalid: there is no head, or it has a name that is not known.

    >>> head_of("---\ntitle: A leak\n---\nSo it was.", "a post")
    ({'title': 'A leak'}, 'So it was.')
    """
    lines = text.lstrip("\ufeff").split("\n")
    ends = [n for n, line in enumerate(lines) if line.strip() == "---"]
    if lines[0].strip() != "---" or len(ends) < 2:
        raise Invalid(
            f"{what} has no head: begin it with a line ---, then title: and date:, then ---."
        )
    head: dict[str, str] = {}
    for line in lines[1 : ends[1]]:
        name, colon, value = line.partition(":")
        name = name.strip().lower()
        if not line.strip():
            continue
        if not colon or name not in HEAD:
            raise Invalid(f"{what} has {line.strip()[:60]!r} in its head: {', '.join(HEAD)}.")
        head[name] = value.strip().strip("\"'")
    return head, "\n".join(lines[ends[1] + 1 :])


def _source(file: Path) -> _Source | None:
    what = f"{FOLDER}/{file.name}"
    try:
        text = file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Invalid(f"{what} cannot be read as UTF-8 text.") from error
    head, body = head_of(text.replace("\r\n", "\n"), what)
    if head.get("draft", "").lower() in {"true", "yes", "1"}:
        return None
    dated = _DATED.match(file.stem)
    slug = dated[2] if dated else file.stem
    if not _SLUG.match(slug):
        raise Invalid(f"{what} becomes an address: name it with letters, digits and dashes only.")
    said = head.get("date") or (dated[1] if dated else "")
    try:
        on = date.fromisoformat(said)
    except ValueError as error:
        raise Invalid(f"{what} has no day like date: 2026-03-01 in its head.") from error
    if not head.get("title"):
        raise Invalid(f"{what} has no title in its head.")
    return _Source(slug, file, head, body, on)


def _post(one: _Source, by_file: Mapping[str, str]) -> Post:
    images: dict[str, bytes] = {}
    folder = one.file.parent

    def image(address: str) -> str | None:
        name = address.removeprefix("./")
        file = folder / name
        if "/" in name or "\\" in name or file.is_symlink() or not file.is_file():
            return None
        images[f"{FOLDER}/{one.slug}/{name}"] = pictures.cleaned(file)
        return f"{one.slug}/{name}"

    def link(address: str) -> str | None:
        if address.startswith(("https://", "http://", "mailto:")):
            return address
        place = by_file.get(address.removeprefix("./"))
        return f"{place}.html" if place else None

    what = f"{FOLDER}/{one.file.name}"
    body = prose.render(one.text, what, link=link, image=image)
    said = one.head.get("summary") or _opening(one.text)
    lead = prose.inline(said)
    summary = prose.plain(said)
    if not one.head.get("summary") and summary.endswith("…"):
        lead = html.escape(summary)  # half of a long opening: its figures are plain words
    tags = tuple(tag.strip() for tag in one.head.get("tags", "").split(",") if tag.strip())
    minutes = max(1, round(len(one.text.split()) / WORDS_A_MINUTE))
    return Post(one.slug, one.head["title"], one.on, summary, lead, tags, body, minutes, images)


def _opening(text: str) -> str:
    """The first paragraph that is no heading, table, code or image."""
    for part in text.strip().split("\n\n"):
        if part.strip() and part.lstrip()[0] not in "#|`!$-*>":
            return " ".join(part.split())
    return ""
