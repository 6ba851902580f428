"""What the learner chose for the site: what is shown, in which order, and the words about them.

Pure values, kept among the preferences under :data:`KEY`. What comes in is checked here, and only
here; what is read back is read kindly, so that a value of another version counts as not set.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, TypeVar
from urllib.parse import urlsplit

from journeyman.errors import Invalid

KEY = "portfolio"
KINDS = ("project", "competition", "exercise", "skill", "post", "viva")
"""What there can be several of; a viva is named by its project, and shown on request alone."""
SECTIONS = (
    "projects",
    "competitions",
    "skills",
    "exercises",
    "writing",
    "timeline",
    "collaboration",
    "cv",
    "contact",
)
"""Pages that can be left out."""
THEMES: Mapping[str, str] = {
    "calm": "sans serif, light or dark as the reader's system is",
    "paper": "serif, like a printed page; dark where the reader's system is",
    "night": "dark for everybody; light on paper",
}
TEXTS: Mapping[str, int] = {
    "headline": 160,
    "about": 4000,
    "email": 200,
    "location": 120,
    "theme": 20,
    "address": 300,
}
"""The fields that are one text, with the most characters of each."""
MOST_LINKS = 12
_EMAIL = re.compile(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+\Z")
_NAME = re.compile(rf"({'|'.join(KINDS)})/[A-Za-z0-9][A-Za-z0-9._-]{{0,100}}\Z")

Named = TypeVar("Named")


@dataclass(frozen=True, slots=True)
class Link:
    """Another place where the learner is found."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Choices:
    """What was chosen; everything has a default that shows the work and nothing private.

    Attributes:
        hidden: ``kind/slug`` of things, and names of sections, that are left out.
        shown: ``kind/slug`` of things that would be left out by themselves.
        order: For each kind, the slugs that come first, in order.
        headline: What I do, in one line. ``about``: Markdown.
        address: Where the site will stand, for the feed, the site map and previews of links.
        published: Where it was last published, for badges that name their claims.
    """

    hidden: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    order: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    headline: str = ""
    about: str = ""
    email: str = ""
    location: str = ""
    links: tuple[Link, ...] = ()
    theme: str = "calm"
    address: str = ""
    published: str = ""

    @classmethod
    def of(cls, preferences: Mapping[str, Any]) -> Choices:
        """The choices among a learner's preferences.

        >>> Choices.of({"portfolio": {"headline": "ML engineer", "theme": "neon"}}).theme
        'calm'
        """
        row = preferences.get(KEY)
        if not isinstance(row, Mapping):
            return cls()
        found = cls()
        for name in TEXTS:
            found = _kindly(found, name, [str(row.get(name) or "")])
        stood = str(row.get("published") or "")
        found = replace(found, published=stood if _is_web(stood) else "")
        links = row.get("links") or ()
        lines = [f"{one.get('label')} {one.get('url')}" for one in links if isinstance(one, dict)]
        found = _kindly(found, "links", lines)
        order = row.get("order")
        return replace(
            found,
            hidden=_names(row.get("hidden")),
            shown=_names(row.get("shown")),
            order={k: _names(v) for k, v in order.items() if k in KINDS}
            if isinstance(order, Mapping)
            else {},
        )

    def row(self) -> dict[str, Any]:
        """Plain data for the preferences."""
        return asdict(self)

    def has(self, section: str) -> bool:
        """Whether a section is wanted."""
        return section not in self.hidden

    def shows(self, kind: str, slug: str, *, default: bool = True) -> bool:
        """Whether one thing is wanted."""
        name = f"{kind}/{slug}"
        return name not in self.hidden and (default or name in self.shown)

    def ordered(self, kind: str, found: Iterable[tuple[str, Named]]) -> list[Named]:
        """Things in the learner's order; the others follow in the order given.

        >>> Choices(order={"skill": ("b",)}).ordered("skill", [("a", 1), ("b", 2), ("c", 3)])
        [2, 1, 3]
        """
        first = {slug: place for place, slug in enumerate(self.order.get(kind, ()))}
        pairs = sorted(found, key=lambda pair: first.get(pair[0], len(first)))
        return [one for _, one in pairs]


def show(choices: Choices, names: Sequence[str]) -> Choices:
    """Show things and sections."""
    wanted = [_checked(name) for name in names]
    return replace(
        choices,
        hidden=tuple(one for one in choices.hidden if one not in wanted),
        shown=_with(choices.shown, [one for one in wanted if "/" in one]),
    )


def hide(choices: Choices, names: Sequence[str]) -> Choices:
    """Leave things and sections out.

    >>> hide(Choices(), ["timeline", "skill/pca"]).hidden
    ('timeline', 'skill/pca')
    """
    wanted = [_checked(name) for name in names]
    return replace(
        choices,
        hidden=_with(choices.hidden, wanted),
        shown=tuple(one for one in choices.shown if one not in wanted),
    )


def order(choices: Choices, kind: str, slugs: Sequence[str]) -> Choices:
    """Let these come first among their kind; without slugs, back to the order by strength."""
    if kind not in KINDS:
        raise Invalid(f"There is no kind {kind!r} to order: {', '.join(KINDS)}.")
    names = [_checked(f"{kind}/{slug}").partition("/")[2] for slug in slugs]
    kept = {one: found for one, found in choices.order.items() if one != kind}
    return replace(choices, order={**kept, kind: tuple(dict.fromkeys(names))} if names else kept)


def first(choices: Choices, name: str) -> Choices:
    """Let one thing come before all others of its kind."""
    kind, _, slug = _checked(name).partition("/")
    if not slug:
        raise Invalid("Sections have their own order; only things within them can be moved.")
    return order(choices, kind, [slug, *choices.order.get(kind, ())])


def put(choices: Choices, name: str, values: Sequence[str]) -> Choices:
    """Set one field; no value, or an empty one, takes it back.

    >>> put(Choices(), "links", ["Code https://code.example/ada"]).links[0].label
    'Code'
    >>> put(Choices(), "theme", ["neon"])
    Traceback (most recent call last):
    ...
    journeyman.errors.Invalid: There is no theme 'neon': calm, paper, night.
    """
    if name == "links":
        lines = [line for value in values for line in value.splitlines()]
        links = tuple(_link(line) for line in lines if line.strip())
        if len(links) > MOST_LINKS:
            raise Invalid(f"A portfolio has at most {MOST_LINKS} links.")
        return replace(choices, links=links)
    if name not in TEXTS:
        raise Invalid(f"There is no field {name!r} to set: {', '.join([*TEXTS, 'links'])}.")
    text = "\n".join(values).strip() if name == "about" else " ".join(" ".join(values).split())
    _check_text(name, text)
    if name == "address" and text:
        text = text.rstrip("/") + "/"
    changed: dict[str, Any] = {name: text or getattr(Choices(), name)}
    return replace(choices, **changed)


def _check_text(name: str, text: str) -> None:
    if len(text) > TEXTS[name]:
        raise Invalid(f"The {name} has {len(text)} characters; at most {TEXTS[name]} are kept.")
    if name == "theme" and text and text not in THEMES:
        raise Invalid(f"There is no theme {text!r}: {', '.join(THEMES)}.")
    if name == "email" and text and not _EMAIL.match(text):
        raise Invalid(f"{text!r} is no e-mail address.")
    if name == "address" and text and not _is_web(text):
        raise Invalid(f"{text!r} is no address like https://ada.example/portfolio/.")


def _link(line: str) -> Link:
    label, _, url = line.strip().rpartition(" ")
    if not label.strip() or len(label) > 60 or not _is_web(url):
        raise Invalid(
            f"{line.strip()[:80]!r} is no link: write a word for it, a space, and the address, as "
            'in "Code https://code.example/ada".'
        )
    return Link(label.strip(), url)


def _is_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    plain = len(url) <= 300 and not any(letter in url for letter in " <>\"'\\")
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and plain


def _checked(name: str) -> str:
    if name in SECTIONS or _NAME.match(name):
        return name
    raise Invalid(
        f"{name[:80]!r} is nothing that can be chosen: name a section ({', '.join(SECTIONS)}) or a "
        "thing such as exercise/two-sum; `journeyman portfolio list` lists them."
    )


def _with(names: Sequence[str], more: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*names, *more]))


def _names(value: Any) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, (list, tuple)) else ()


def _kindly(choices: Choices, name: str, values: Sequence[str]) -> Choices:
    try:
        return put(choices, name, values)
    except Invalid:
        return choices
