"""Renders the site: static pages that open from a disk, from any host, at any path.

Every page is made when it is asked for, so that a preview of one costs one.
"""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache, partial
from importlib import resources
from typing import Any, Literal

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from journeyman import __version__
from journeyman.core.evidence import Evidence
from journeyman.portfolio import cv, feeds, measured, prose, rules, texts
from journeyman.portfolio.measured import Measured, Signed
from journeyman.portfolio.shown import Portfolio
from journeyman.proof import browser, words
from journeyman.proof.claim import SignedClaim

State = Literal["signed", "unsigned", "preview"]
Files = dict[str, Callable[[], bytes]]
MOST_FACTS = 60
"""Facts that a skill's page lists; the data file has all of them."""
NAVIGATION: Mapping[str, str] = {
    "projects.html": "Projects",
    "competitions.html": "Competitions",
    "skills.html": "Skills",
    "exercises.html": "Exercises",
    "writing.html": "Writing",
    "cv.html": "CV",
    "contact.html": "Contact",
}
FURTHER: Mapping[str, str] = {
    "timeline.html": "Timeline",
    "collaboration.html": "Collaboration",
    "proof.html": "How to check this site",
}


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the site.

    Attributes:
        path: From the root of the site, with forward slashes.
        numbers: That it shows; their claims are put into the page.
        texts: HTML of the learner's own that may hold bound figures.
        about: What it is to a machine (schema.org), or None.
        picture: Place of a picture for previews of links, or empty.
        section: The page of the navigation that it belongs to.
    """

    path: str
    template: str
    title: str
    description: str
    values: Mapping[str, Any] = field(default_factory=dict)
    numbers: tuple[Measured, ...] = ()
    texts: tuple[str, ...] = ()
    about: Mapping[str, Any] | None = None
    section: str = ""
    picture: str = ""

    @property
    def root(self) -> str:
        """The way from the page to the root of the site."""
        return "../" * self.path.count("/")


@dataclass(frozen=True, slots=True)
class Site:
    """A portfolio with its claims, ready to be written.

    Attributes:
        state: Whether its numbers are signed, or will be.
        key: The signer's key and fingerprint, for the page on proof.
        demos: Files of live demos by their place on the site.
        beside: Further files, such as the status list of badges.
    """

    portfolio: Portfolio
    signed: Signed = field(default_factory=Signed)
    state: State = "unsigned"
    key: tuple[str, str] = ("", "")
    demos: Mapping[str, bytes] = field(default_factory=dict)
    beside: Mapping[str, bytes] = field(default_factory=dict)

    def files(self) -> Files:
        """Every file of the site but the proof, by its path; each is made when it is called."""
        found: Files = {}
        pages = {page.path: page for page in self.pages()}
        ready: dict[str, Markup] = {}  # claims as pages hold them: several pages show the same
        for page in pages.values():
            found[page.path] = partial(self._page, page, pages, ready)
        shown = self.portfolio
        for one in shown.projects:
            found |= _kept(one.files)
        for post in shown.posts:
            found |= _kept(post.images)
        found |= _kept(self.demos) | _kept(self.beside)
        if shown.evidence:
            found["evidence.jsonl"] = lambda: lines(shown.evidence)
        if "cv.html" in pages:
            found["resume.json"] = lambda: cv.resume(shown, self.signed)
        address = shown.choices.address
        if shown.posts:
            found["feed.xml"] = lambda: feeds.atom(shown, address)
        if address:
            paths = [path for path in pages if path != "404.html"]
            found["sitemap.xml"] = lambda: feeds.site_map(shown, address, paths)
        found["robots.txt"] = lambda: feeds.robots(address)
        found["portfolio.css"] = style
        found["icon.svg"] = lambda: icon(shown.learner.name)
        if self.signed.by_key:
            found["check.js"] = lambda: browser.script().encode()
        return found

    def pages(self) -> Iterator[Page]:
        """Every page, each once; a page that would be empty is left out."""
        shown, choices = self.portfolio, self.portfolio.choices
        yield self._home()
        yield from self._lists()
        for one in shown.projects:
            yield Page(
                f"projects/{one.slug}.html", "project.html", one.title,
                prose.plain(one.summary),
                {"one": one, "demo": f"projects/{one.slug}/demo/index.html" in self.demos},
                one.measured, one.bodies, feeds.work(shown, one), "projects.html",
                feeds.picture([f"projects/{drawing.place}" for drawing in one.drawings]),
            )  # fmt: skip
        for skill in shown.skills:
            yield Page(
                f"skills/{skill.skill.slug}.html", "skill.html", skill.skill.title,
                f"The evidence behind the skill {skill.skill.title}.",
                {"one": skill, "facts": skill.evidence[:MOST_FACTS]},
                (skill.measured,), section="skills.html",
            )  # fmt: skip
        for exercise in shown.exercises:
            yield Page(
                f"exercises/{exercise.exercise.slug}.html", "exercise.html",
                exercise.exercise.title, prose.plain(exercise.summary), {"one": exercise},
                (exercise.measured,), section="exercises.html",
            )  # fmt: skip
        for post in shown.posts:
            yield Page(
                f"writing/{post.slug}.html", "post.html", post.title, post.summary, {"one": post},
                texts=(post.body,), about=feeds.post(shown, post), section="writing.html",
                picture=feeds.picture(post.images),
            )  # fmt: skip
        if choices.has("cv") and not (shown.empty and shown.own.empty):
            yield self._cv()
        yield Page("404.html", "404.html", "No such page", "There is no page at this address.")

    def _home(self) -> Page:
        shown = self.portfolio
        strongest = cv.strongest(shown)
        return Page(
            "index.html", "index.html", shown.learner.name, self._description(),
            {"strongest": strongest}, strongest.measured,
            (self._about(), *texts.leads(strongest.projects, strongest.posts)), feeds.person(shown),
        )  # fmt: skip

    def _cv(self) -> Page:
        found = cv.strongest(self.portfolio, projects=6, competitions=6, skills=400, exercises=8)
        numbers = found.measured_in_full
        values = {"strongest": found, "areas": cv.by_area(found.skills)}
        own = (self._about(), *texts.leads(found.projects))
        return Page("cv.html", "cv.html", "CV", self._description(), values, numbers, own)

    def _about(self) -> str:
        about = self.portfolio.choices.about
        return prose.render(about, "The text about you", level=3) if about else ""

    def _lists(self) -> Iterator[Page]:
        shown, name = self.portfolio, self.portfolio.learner.name
        values: dict[str, Any]
        if shown.projects:
            mains = tuple(number for one in shown.projects for number in one.measured[:2])
            yield Page(
                "projects.html", "projects.html", "Projects", f"Projects by {name}.", {}, mains,
                texts.leads(shown.projects),
            )  # fmt: skip
        if shown.competitions:
            scores = tuple(one.measured for one in shown.competitions)
            told = f"Competitions of {name}, each score with its interval."
            yield Page("competitions.html", "competitions.html", "Competitions", told, {}, scores)
        if shown.skills:
            told = f"What {name} holds on evidence, and how sure that is."
            values = {"areas": cv.by_area(shown.skills)}
            held = tuple(one.measured for one in shown.skills)
            yield Page("skills.html", "skills.html", "Skills", told, values, held)
        if shown.exercises:
            told = f"Code that {name} wrote, checked on cases that it had not seen."
            yield Page("exercises.html", "exercises.html", "Exercises", told)
        if shown.posts:
            yield Page(
                "writing.html",
                "writing.html",
                "Writing",
                f"What {name} writes.",
                texts=texts.leads(shown.posts),
            )
        if shown.months:
            values = {"events": cv.events(shown), "most": max(one.facts for one in shown.months)}
            yield Page("timeline.html", "timeline.html", "Timeline", "What happened when.", values)
        if shown.reviews.given or shown.reviews.received or shown.own.volunteer:
            told = "Reviews given and received, and contributions."
            yield Page("collaboration.html", "collaboration.html", "Collaboration", told)
        choices = shown.choices
        if choices.has("contact") and (choices.email or choices.links):
            yield Page("contact.html", "contact.html", "Contact", f"How to reach {name}.")
        if not shown.empty:
            told = "What the signatures on this site prove, and how to check them yourself."
            levels = dict.fromkeys(one.claim.level for one in self.signed.by_key.values())
            claims = {one.claim.id: one for one in self.signed.by_key.values()}
            values = {
                "listed": sorted(claims.values(), key=lambda one: one.claim.statement),
                "levels": [words.LEVELS[level] for level in levels],
                "key": self.key[0],
                "fingerprint": self.key[1],
            }
            yield Page("proof.html", "proof.html", "How to check this site", told, values)

    def _description(self) -> str:
        choices, name = self.portfolio.choices, self.portfolio.learner.name
        if choices.headline:
            return f"{name}: {choices.headline}"
        return f"What {name} can do, each line with the evidence behind it."

    def _page(self, page: Page, pages: Mapping[str, Page], ready: dict[str, Markup]) -> bytes:
        known = self.portfolio.figures
        claims = self.signed.on((*page.numbers, *known.numbers(page.texts)))
        shared: dict[str, Any] = {
            "portfolio": self.portfolio,
            "choices": self.portfolio.choices,
            "name": self.portfolio.learner.name,
            "page": page,
            "root": page.root,
            "navigation": [item for item in NAVIGATION.items() if item[0] in pages],
            "further": [item for item in FURTHER.items() if item[0] in pages],
            "has": pages.keys(),
            "state": self.state,
            "claims": [_embedded(one, ready) for one in claims],
            "claim_levels": [words.LEVELS[level] for level in _levels(claims)],
            "show": self.signed.show,
            "ends": self.signed.interval,
            "claim_of": self.signed.of,
            "bound": lambda text: known.bound(text, self.signed, page.root),
            "words": self.portfolio.looked.words.get(page.path),
            "data": _data(page.about),
            "feed": bool(self.portfolio.posts),
        }
        text = _environment().get_template(page.template).render(**shared, **page.values)
        return text.encode()


def _embedded(one: SignedClaim, ready: dict[str, Markup]) -> Markup:
    name = one.claim.id
    if name not in ready:
        ready[name] = Markup(browser.embedded(one))  # noqa: S704 - it holds no angle brackets
    return ready[name]


def _levels(claims: Iterable[Any]) -> list[Any]:
    return list(dict.fromkeys(one.claim.level for one in claims))


def _kept(files: Mapping[str, bytes]) -> Files:
    return {path: partial(bytes, data) for path, data in files.items()}


def _data(about: Mapping[str, Any] | None) -> Markup:
    """Data for machines as it may stand in a page."""
    if about is None:
        return Markup("")
    text = json.dumps(about, ensure_ascii=False, sort_keys=True)
    for letter in "<>&":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return Markup(text)  # noqa: S704 - escaped just now


def lines(facts: Sequence[Evidence]) -> bytes:
    """Evidence as JSON Lines."""
    return "".join(json.dumps(public(one)) + "\n" for one in facts).encode()


def public(fact: Evidence) -> dict[str, Any]:
    """What a stranger may see of a fact: all but the answer that was given."""
    return {
        "id": fact.id,
        "at": fact.at.isoformat(),
        "source": fact.source,
        "how": fact.how,
        "content": f"{fact.kind}/{fact.slug}",
        "version": fact.version,
        "sha256": fact.sha256,
        "seed": fact.seed,
        "skills": dict(fact.skills),
        "score": fact.score,
        "hints": fact.hints,
        "isolation": fact.isolation,
    }


def style() -> bytes:
    """The style sheet of all themes."""
    file = resources.files("journeyman.portfolio") / "static" / "portfolio.css"
    return file.read_bytes()


def icon(name: str) -> bytes:
    """A small picture for the browser's tab: the first letter of a name."""
    letter = html.escape(next((one for one in name if one.isalnum()), "J").upper())
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
        '<rect width="32" height="32" rx="7" fill="#14508f"/>'
        '<text x="16" y="23" font-family="sans-serif" font-size="20" font-weight="700" '
        f'text-anchor="middle" fill="#ffffff">{letter}</text></svg>\n'
    ).encode()


def _day(at: Any) -> Markup:
    return Markup('<time datetime="{}">{}</time>').format(f"{at:%Y-%m-%d}", f"{at.day} {at:%B %Y}")


def _plural(count: int, one: str, many: str = "") -> str:
    return f"{count:,} {one}" if count == 1 else f"{count:,} {many or one + 's'}"


def _minutes(seconds: float) -> str:
    """A stretch of time for people."""
    return f"{round(seconds / 60, 1):g} minutes" if seconds >= 90 else f"{seconds:.0f} seconds"


@lru_cache(1)
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("journeyman.portfolio"),
        autoescape=select_autoescape(),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        day=_day,
        plural=_plural,
        inline=lambda text: Markup(prose.inline(text)),  # noqa: S704 - cleaned by nh3
        python=lambda text: Markup(prose.python(text)),  # noqa: S704 - escaped by the formatter
        clean=Markup,  # only what prose.render has cleaned already
    )
    environment.globals.update(
        bar=measured.bar,
        minutes=_minutes,
        outcome_of=rules.outcome_of,
        month_name=lambda month: f"{date.fromisoformat(month + '-01'):%B %Y}",
        reproduced_words=rules.REPRODUCED,
        level_words=rules.LEVELS,
        version=__version__,
    )
    return environment
