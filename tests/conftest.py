"""Fixtures: an application on an empty record, with a clock that the test moves."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from journeyman.app import App
from journeyman.core.exercise import CaseResult, Verdict
from journeyman.curriculum import builtin
from journeyman.curriculum.loading import load
from journeyman.settings import Settings


class Clock:
    """A clock that moves on by a second at each reading, and further when told to."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now

    def pass_days(self, days: float) -> None:
        self.now += timedelta(days=days)


class FakeSandbox:
    """Passes code that contains the word ``right``; raises what it is told to raise."""

    def __init__(self) -> None:
        self.error: Exception | None = None
        self.graded: list[str] = []

    def grade(self, exercise, key, source, *, seed):
        self.graded.append(source)
        if self.error:
            raise self.error
        passed = "right" in source
        case = CaseResult("a case", visible=True, passed=passed, category="" if passed else "value")
        return Verdict(
            "passed" if passed else "failed",
            "" if passed else "value",
            cases=(case, case),
            isolation="full",
            cpu_ms=1.0,
        )

    def close(self) -> None:
        pass


@pytest.fixture(scope="session")
def bank():
    """The built-in bank, loaded once."""
    return load(builtin.path())


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def settings(tmp_path, monkeypatch):
    for name in ("JOURNEYMAN_HOME", "JOURNEYMAN_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    return Settings(home=tmp_path / "home")


@pytest.fixture
def make_app(bank, clock):
    """Makes applications that share the loaded bank and the test's clock."""
    made = []

    def make(settings: Settings) -> App:
        app = App(settings, clock)
        app.__dict__["bank"] = bank
        app.__dict__["sandbox"] = FakeSandbox()
        made.append(app)
        return app

    yield make
    for app in made:
        app.close()


@pytest.fixture
def app(make_app, settings):
    return make_app(settings)
