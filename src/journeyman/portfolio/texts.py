"""Every text that the learner wrote for the site, and the numbers that texts may bind to."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from journeyman.portfolio import figures, prose
from journeyman.portfolio.figures import Figures, Looked, Named, Text
from journeyman.portfolio.measured import Measured
from journeyman.portfolio.projects import ShownProject
from journeyman.portfolio.resume import Own
from journeyman.portfolio.shown import Portfolio
from journeyman.portfolio.writing import Post
from journeyman.proof.claim import Claim

FIRST = 3
"""Projects and posts that the home page shows."""
_UNFIT = re.compile(r"[^a-z0-9]+")


def named(shown: Portfolio, claims: Mapping[str, Claim]) -> Figures:
    """The numbers of the site by the names that texts use.

    Args:
        shown: The portfolio.
        claims: Those that were made one by one, by id.
    """
    found = [pair for one in shown.projects for pair in _project(one)]
    single = [
        *(one.measured for one in shown.competitions),
        *(one.measured for one in shown.skills),
        *(one.measured for one in shown.exercises),
        *(one.viva.measured for one in shown.projects if one.viva is not None),
    ]
    found += [Named(measured) for measured in single]
    found += [Named(_claimed(one), part=name, kind="claim") for name, one in claims.items()]
    return Figures(tuple(found))


def _project(one: ShownProject) -> Iterator[Named]:
    """Its metrics; the first of each name is meant where no rows are said."""
    said: set[str] = set()
    for number in one.numbers:
        metric, part = number.measured.metric, part_of(number.part)
        usual = metric not in said
        yield Named(number.measured, part, usual=usual)
        if number.baseline is not None:
            name = "baseline" if usual else f"{part}-baseline"
            yield Named(number.baseline, name, usual=False)
        said.add(metric)


def part_of(words: str) -> str:
    """Rows as a reference writes them.

    >>> part_of("hidden hold-out")
    'hidden-hold-out'
    """
    return _UNFIT.sub("-", words.lower()).strip("-") or "rows"


def _claimed(claim: Claim) -> Measured:
    """A claim that exists already as a number of the site."""
    ends = claim.interval
    return Measured(
        statement=claim.statement,
        metric=claim.metric.name,
        value=claim.value,
        kind=claim.content.kind,
        slug=claim.content.slug,
        sha256=claim.content.sha256,
        version=claim.content.version,
        low=ends.low if ends else None,
        high=ends.high if ends else None,
        level=ends.level if ends else 0.95,
        method=ends.method if ends else "stated",
        seed=claim.seed,
        isolation=claim.isolation,
        evidence=claim.evidence,
        percent=claim.metric.name in {"score", "mastery"},
    )


def looked(shown: Portfolio, known: Figures) -> Looked:
    """Every text of the site compared with its claims."""
    return figures.look(known, texts(shown))


def texts(shown: Portfolio) -> Iterator[Text]:
    """Every text of the learner's own, with the page that it stands on."""
    choices = shown.choices
    about = prose.render(choices.about, "The text about you", level=3) if choices.about else ""
    if about:
        yield Text("The text about you", "index.html", about)
    for one in shown.projects:
        page, name = f"projects/{one.slug}.html", f"The project {one.title}"
        yield Text(name, "projects.html", one.lead)
        for body in one.bodies:
            yield Text(name, page, body)
    for post in shown.posts:
        yield Text(f"The text {post.title!r}", f"writing/{post.slug}.html", post.body)
        yield Text(f"The summary of {post.title!r}", "writing.html", post.lead)
    for lead in leads(shown.projects[:FIRST], shown.posts[:FIRST]):
        yield Text("The home page", "index.html", lead)
    if choices.has("cv"):
        own = " ".join(html.escape(line) for line in _lines(shown.own))
        yield Text("The CV", "cv.html", f"{about} {own}")


def _lines(own: Own) -> Iterator[str]:
    """What the learner wrote of their work and studies."""
    for one in (*own.work, *own.volunteer):
        yield one.summary
        yield from one.highlights
    yield from (one.score for one in own.education)


def leads(*found: Iterable[ShownProject | Post]) -> tuple[str, ...]:
    """The first lines of projects and posts, as lists of them show."""
    return tuple(one.lead for one in chain.from_iterable(found))
