"""Long work on competitions in the background: data, the house field, scoring, closing.

One at a time for each competition, each on a thread of its own, because a page must not wait for
it. What has begun is noted in a file, so that the next start knows what was broken off. The work
itself is safe at any instant: downloads are continued, submissions are in the record before they
are scored, and each baseline is kept as soon as it is run.
"""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from journeyman.app.competing.ground import Watch
from journeyman.errors import Conflict, JourneymanError

if TYPE_CHECKING:
    from journeyman.app.competitions import Competitions
    from journeyman.competitions.arena import Arena

Kind = Literal["get", "house", "score", "close"]
State = Literal["running", "done", "failed", "stopped", "interrupted"]
NOTES = ".works"
_PATIENCE = 10.0  # seconds that the end of the program waits for work to stop
_OURS = "Something broke on our side; nothing is counted. The details are in web.log."

log = logging.getLogger("journeyman.web")


@dataclass(frozen=True, slots=True)
class Work:
    """One piece of long work as it stands.

    Attributes:
        doing: What is done at this moment, in words.
        done, total: How far that is, in ``unit``; a total of 0 says that nobody knows.
        message: Why it failed.
        stopping: Whether the person asked to stop it and it has not ended yet.
    """

    slug: str
    kind: Kind
    state: State
    since: datetime
    doing: str = ""
    done: int = 0
    total: int = 0
    unit: str = ""
    message: str = ""
    stopping: bool = False


@dataclass(slots=True, eq=False)
class _Running:
    """A work with what is needed to stop it."""

    work: Work
    stop: threading.Event = field(default_factory=threading.Event)
    details: Mapping[str, str | None] = field(default_factory=dict)
    arena: Arena | None = None
    thread: threading.Thread | None = None


class Works:
    """The long works of one application.

    Args:
        contests: The competitions that they are about.
    """

    def __init__(self, contests: Competitions) -> None:
        self._contests = contests
        self._lock = threading.Lock()
        self._all: dict[str, _Running] = {}
        self._closing = threading.Event()
        self._does: Mapping[Kind, Callable[[_Running], None]] = MappingProxyType(
            {"get": self._get, "house": self._house, "score": self._finish, "close": self._close}
        )

    def of(self, slug: str) -> Work | None:
        """The work on a competition: the one that runs, or how the last one ended."""
        with self._lock:
            running = self._all.get(slug)
            if running is not None:
                return running.work
        return self._noted(slug)

    def begin(self, slug: str, kind: Kind, **details: str | None) -> Work:
        """Begin a work; the one that runs already is returned where it is of the same kind.

        Args:
            slug: The competition.
            kind: What is to be done.
            details: For closing: the ``submission`` and the ``password``; never written down.

        Raises:
            Conflict: another kind of work on this competition is under way.
        """
        with self._lock:
            known = self._all.get(slug)
            if known is not None and known.work.state == "running":
                if known.work.kind == kind:
                    return known.work
                raise Conflict(
                    "Something else is being done for this competition right now; wait for it to "
                    "end, or stop it."
                )
            made = _Running(
                Work(slug, kind, "running", self._contests.app.clock()), details=details
            )
            self._note(made.work)
            self._all[slug] = made
            made.thread = threading.Thread(
                target=self._run, args=(made,), name=f"journeyman-{kind}", daemon=True
            )
            made.thread.start()
            return made.work

    def cancel(self, slug: str) -> None:
        """Ask the work on a competition to stop; nothing happens where none runs."""
        with self._lock:
            running = self._all.get(slug)
            if running is None or running.work.state != "running":
                return
            running.work = replace(running.work, stopping=True)
            running.stop.set()
            arena = running.arena
        if arena is not None:
            arena.close()

    def forget(self, slug: str) -> None:
        """Say no more of a work that has ended or was broken off."""
        with self._lock:
            running = self._all.get(slug)
            if running is not None and running.work.state == "running":
                return
            self._all.pop(slug, None)
            self._place(slug).unlink(missing_ok=True)

    def close(self) -> None:
        """Stop everything because the program ends; what was broken off stays noted."""
        self._closing.set()
        with self._lock:
            running = [one for one in self._all.values() if one.work.state == "running"]
        for one in running:
            self.cancel(one.work.slug)
        for one in running:
            if one.thread is not None:
                one.thread.join(_PATIENCE)

    def wait(self, slug: str, seconds: float = 60.0) -> Work | None:
        """The work once it has ended, or as it stands after so many seconds."""
        with self._lock:
            running = self._all.get(slug)
        if running is not None and running.thread is not None:
            running.thread.join(seconds)
        return self.of(slug)

    # ------------------------------------------------------------- on the thread

    def _run(self, running: _Running) -> None:
        kind = running.work.kind
        try:
            self._does[kind](running)
        except JourneymanError as error:
            state: State = "stopped" if running.stop.is_set() else "failed"
            self._end(running, state, error.message)
        except Exception:
            log.exception("%s %s", kind, running.work.slug)
            self._end(running, "stopped" if running.stop.is_set() else "failed", _OURS)
        else:
            self._end(running, "done")

    def _end(self, running: _Running, state: State, message: str = "") -> None:
        with self._lock:
            running.work = replace(running.work, state=state, message=message, stopping=False)
            if not self._closing.is_set():
                self._place(running.work.slug).unlink(missing_ok=True)

    def _get(self, running: _Running) -> None:
        words = {
            "looking": "looking at",
            "downloading": "downloading from",
            "checking": "checking",
            "converting": "converting",
        }

        def progress(step: Any) -> None:
            unit = "tables" if step.stage == "converting" else "bytes"
            doing = f"{words[step.stage]} {step.source}"
            self._say(running, doing=doing, done=step.done, total=step.total, unit=unit)

        self._say(running, doing="looking for the data")
        self._contests.get(running.work.slug, progress, cancel=running.stop.is_set)

    def _house(self, running: _Running) -> None:
        missing = self._contests.stale(running.work.slug)
        count = 0

        def tell(name: str) -> None:
            nonlocal count
            self._say(
                running, doing=f"running {name}", done=count, total=len(missing), unit="baselines"
            )
            count += 1

        self._contests.baseline(running.work.slug, tell=tell, watch=self._watch(running))

    def _finish(self, running: _Running) -> None:
        self._contests.finish(running.work.slug, self._watch(running))

    def _close(self, running: _Running) -> None:
        self._contests.close(
            running.work.slug,
            running.details.get("submission") or "",
            running.details.get("password") or None,
            watch=self._watch(running),
        )

    def _watch(self, running: _Running) -> Watch:
        def opened(arena: Arena) -> None:
            with self._lock:
                running.arena = arena
            if running.stop.is_set():
                arena.close()

        return Watch(
            lambda words: self._say(running, doing=words),
            running.stop.is_set,
            self._closing.is_set,
            opened,
        )

    def _say(
        self, running: _Running, *, doing: str, done: int = 0, total: int = 0, unit: str = ""
    ) -> None:
        with self._lock:
            running.work = replace(running.work, doing=doing, done=done, total=total, unit=unit)

    # ------------------------------------------------------------- the notes

    def _place(self, slug: str) -> Path:
        return self._contests.folder / NOTES / f"{slug}.json"

    def _note(self, work: Work) -> None:
        place = self._place(work.slug)
        place.parent.mkdir(parents=True, exist_ok=True)
        data = {"kind": work.kind, "since": work.since.isoformat()}
        place.write_text(json.dumps(data), "utf-8")

    def _noted(self, slug: str) -> Work | None:
        """What an earlier start of the program began and did not end."""
        try:
            found = json.loads(self._place(slug).read_text("utf-8"))
            since = datetime.fromisoformat(found["since"])
            kind: Kind = found["kind"]
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return Work(slug, kind, "interrupted", since) if kind in self._does else None
