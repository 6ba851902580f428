"""The file that keeps what was fitted: a cache, which may be deleted at any time."""

from __future__ import annotations

import contextlib
import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from journeyman.study.fitting import Fitted, Lookback, fitted_of, fitted_row


@dataclass(frozen=True, slots=True)
class Kept:
    """What was fitted, and from how many facts."""

    count: int = 0
    fitted: Fitted = field(default_factory=Fitted)


DECLARED = Kept()


class FittedFile:
    """One learner's fits on this machine.

    Two files, because every page needs the few fitted numbers and only a new fit needs what was
    looked at. A file that cannot be read counts as missing, and one that cannot be written as not
    kept: the declared values serve until the next fit.

    Args:
        folder: Where the files lie.
        learner: Whose they are.
    """

    def __init__(self, folder: Path, learner: str) -> None:
        self.numbers = folder / f"fitted-{learner}.json"
        self.looked = folder / f"looked-{learner}.json"
        self._read: tuple[tuple[int, int, str], Kept] | None = None

    def read(self, fold: str) -> Kept:
        """What was fitted for the model ``fold``, or what is declared."""
        try:
            stat = self.numbers.stat()
        except OSError:
            return DECLARED
        seen = stat.st_mtime_ns, stat.st_size, fold
        last = self._read  # one read: another thread may put a new pair there
        if last is None or last[0] != seen:
            last = self._read = seen, self._parsed(fold)
        return last[1]

    def _parsed(self, fold: str) -> Kept:
        data = _json(self.numbers)
        try:
            if data["fold"] != fold:
                return DECLARED
            return Kept(int(data["count"]), fitted_of(data["fitted"]))
        except (KeyError, TypeError, ValueError, AttributeError):
            return DECLARED

    def lookback(self, fold: str) -> Lookback:
        """As far as the model ``fold`` has looked at the ledger."""
        try:
            found = Lookback.of(_json(self.looked))
        except (KeyError, TypeError, ValueError, AttributeError):
            return Lookback(fold)
        return found if found.fold == fold else Lookback(fold)

    def write(self, looked: Lookback, fitted: Fitted) -> None:
        """Keep both; each file is whole at every instant."""
        with contextlib.suppress(OSError):
            self.numbers.parent.mkdir(parents=True, exist_ok=True)
            _put(self.looked, looked.row())
            _put(
                self.numbers,
                {"fold": looked.fold, "count": looked.count, "fitted": fitted_row(fitted)},
            )


def _json(file: Path) -> Any:
    try:
        return json.loads(file.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}


def _put(file: Path, data: dict[str, Any]) -> None:
    partial = file.with_suffix(f".{os.getpid()}.partial")
    try:
        partial.write_text(json.dumps(data), "utf-8")
        partial.replace(file)
    finally:
        partial.unlink(missing_ok=True)
