"""Templates to pages: one Jinja environment, its filters, and the page that an error becomes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from http import HTTPStatus
from typing import Any

from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request

from journeyman import __version__
from journeyman.core.mastery import Mastery
from journeyman.curriculum import markdown
from journeyman.errors import JourneymanError

THEMES = frozenset({"light", "dark"})

LEVELS: Mapping[str, str] = {
    "held": "held",
    "shaky": "shaky",
    "not-yet": "not yet",
    "unknown": "unknown",
}
"""The levels in the order in which they are counted, and their words."""

KINDS: Mapping[str, str] = {
    "lesson": "Lesson",
    "practice": "Practice",
    "exercise": "Exercise",
    "review": "Review",
    "placement": "Placement",
    "competition": "Competition",
    "project": "Project",
}

STANDINGS: Mapping[str, str] = {
    "new": "not started",
    "started": "started",
    "passed": "passed",
    "gave-up": "gave up",
}

OUTCOMES: Mapping[str, str] = {
    "passed": "Passed",
    "failed": "Not yet: some results are wrong",
    "error": "Your code stopped with an error",
    "limit": "Your code was stopped at a limit",
    "forged": "Not accepted: the code answered in the judge's place",
    "rejected": "Not graded",
}


@lru_cache(1024)
def _block(text: str) -> Markup:
    return Markup(markdown.render(text))  # noqa: S704 - the renderer escapes raw HTML


@lru_cache(1024)
def _inline(text: str) -> Markup:
    return Markup(markdown.render_inline(text))  # noqa: S704 - the renderer escapes raw HTML


def _code(text: str) -> Markup:
    return _block(f"~~~~~~python\n{text.rstrip()}\n~~~~~~")


def percent(share: float) -> str:
    """A share as whole percent, with the narrow space that belongs before the sign.

    >>> percent(0.734)
    '73\u202f%'
    """
    return f"{100 * share:.0f}\u202f%"


def minutes(amount: float) -> str:
    """A span of work in minutes.

    >>> minutes(1), minutes(12.4), minutes(0.5)
    ('1 minute', '12 minutes', '1 minute')
    """
    whole = max(1, round(amount))
    return f"{whole} minute" if whole == 1 else f"{whole} minutes"


def plural(count: int, one: str, many: str = "") -> str:
    """A count with its noun.

    >>> plural(1, "skill"), plural(3, "skill"), plural(2, "try", "tries")
    ('1 skill', '3 skills', '2 tries')
    """
    return f"{count:,} {one}" if count == 1 else f"{count:,} {many or one + 's'}"


def local_time(at: datetime) -> Markup:
    """An instant as this machine's clock shows it, and exactly for machines."""
    here = at.astimezone()
    shown = f"{here.day} {here:%b %Y, %H:%M}"
    return Markup('<time datetime="{}" class="nowrap">{}</time>').format(at.isoformat(), shown)


def in_words(mastery: Mastery) -> str:
    """A skill's number for a screen reader: level, mean and interval."""
    return (
        f"{LEVELS[mastery.level]}: {mastery.mean * 100:.0f} percent likely, "
        f"between {mastery.low * 100:.0f} and {mastery.high * 100:.0f}"
    )


@lru_cache(1)
def environment() -> Environment:
    """The Jinja environment, made once."""
    made = Environment(
        loader=PackageLoader("journeyman.web"),
        autoescape=True,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    made.filters.update(
        markdown=_block,
        inline=_inline,
        code=_code,
        percent=percent,
        minutes=minutes,
        plural=plural,
        local_time=local_time,
        in_words=in_words,
    )
    made.globals.update(
        levels=LEVELS, kinds=KINDS, standings=STANDINGS, outcomes=OUTCOMES, version=__version__
    )
    # Macros as globals: imported once, and visible in every block of every page.
    made.globals["parts"] = made.get_template("parts.html").module
    made.globals["questions"] = made.get_template("question.html").module
    return made


def page(request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """Render ``template`` for ``request``."""
    theme = request.cookies.get("theme", "")
    html = (
        environment()
        .get_template(template)
        .render(
            assets=request.app.state.assets,
            nonce=request.state.nonce,
            path=request.url.path,
            theme=theme if theme in THEMES else "",
            **values,
        )
    )
    return HTMLResponse(html, status_code=status)


def wants_fragment(request: Request) -> bool:
    """Whether htmx asks, and not the browser itself."""
    return request.headers.get("hx-request") == "true"


def error_page(request: Request, error: JourneymanError) -> HTMLResponse:
    """The sentence of an error, as a page or as a notice in the page that htmx is on."""
    return sentence_page(request, error.status, error.message)


def sentence_page(request: Request, status: int, sentence: str) -> HTMLResponse:
    """One sentence with a status.

    htmx puts it into the page's notice, so that what stands in a form stays there.
    """
    if wants_fragment(request):
        answer = page(request, "notice.html", status=status, sentence=sentence)
        answer.headers.update(
            {"HX-Retarget": "#notice", "HX-Reswap": "innerHTML", "HX-Reselect": ".notice"}
        )
        return answer
    title = _TITLES.get(status, HTTPStatus(status).phrase)
    return page(request, "error.html", status=status, code=status, title=title, sentence=sentence)


_TITLES = {
    403: "Not from here",
    404: "Not found",
    405: "Not this way",
    409: "That does not fit",
    413: "Too large",
    422: "Not understood",
    500: "Something broke on our side",
    503: "Not available right now",
}
