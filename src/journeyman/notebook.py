"""``%%journeyman SLUG`` grades a notebook cell: load it with ``%load_ext journeyman.notebook``."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from journeyman.app import App
from journeyman.errors import JourneymanError
from journeyman.exercises.wording import verdict_text
from journeyman.settings import load

if TYPE_CHECKING:
    from journeyman.core.exercise import Verdict


@lru_cache(1)
def _application() -> App:
    return App(load())


class Graded:
    """A verdict that shows itself as text in a notebook.

    The cell's code runs in the sandbox, not in the notebook's kernel.
    """

    def __init__(self, verdict: Verdict) -> None:
        self.verdict = verdict

    def __repr__(self) -> str:
        return verdict_text(self.verdict)


def journeyman(line: str, cell: str) -> Graded | None:
    """Grade ``cell`` for the exercise named on the magic's line."""
    slug = line.strip()
    if not slug:
        print("Name an exercise: %%journeyman SLUG")  # noqa: T201 - a notebook's way to speak
        return None
    try:
        handed = _application().check(slug, cell)
    except JourneymanError as error:
        print(error.message)  # noqa: T201
        return None
    return Graded(handed.verdict) if handed.verdict else None


def load_ipython_extension(shell: Any) -> None:
    """Register the magic; called by ``%load_ext journeyman.notebook``."""
    shell.register_magic_function(journeyman, "cell", "journeyman")


def unload_ipython_extension(shell: Any) -> None:
    """Take the magic away and stop the grading processes."""
    shell.magics_manager.magics["cell"].pop("journeyman", None)
    if _application.cache_info().currsize:
        _application().close()
        _application.cache_clear()
