"""What several pages read from the composition root."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from starlette.requests import Request
from starlette.responses import RedirectResponse

from journeyman.app import App
from journeyman.core.mastery import Mastery
from journeyman.web.render import LEVELS


def composed(request: Request) -> App:
    """The composition root that this server was made over."""
    found: App = request.app.state.app
    return found


def see(address: str) -> RedirectResponse:
    """Send the browser on to ``address`` after a form, so that reloading repeats nothing."""
    return RedirectResponse(address, status_code=303)


def counts(mastery: Iterable[Mastery]) -> dict[str, int]:
    """How many skills stand at each level, in the order of the levels."""
    found = Counter(one.level for one in mastery)
    return {level: found[level] for level in LEVELS}  # type: ignore[index]


def titles(app: App) -> dict[tuple[str, str], str]:
    """The title of every question family and exercise, by kind and slug."""
    items = {("item", one.slug): one.title for one in app.bank.items.values()}
    exercises = {("exercise", one.slug): one.title for one in app.bank.exercises.values()}
    return {**items, **exercises}
