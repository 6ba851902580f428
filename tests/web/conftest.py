"""Fixtures: the web face over a fresh record, spoken to without a network."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from journeyman.sandbox.isolation import Isolation
from journeyman.web.server import create
from tests.answers import right, wrong

SITE = "http://127.0.0.1:8765"


@pytest.fixture
def app(app):
    """The application with a sandbox that also warms up and tells its level."""
    sandbox = app.sandbox
    sandbox.warmed = []
    sandbox.warm = sandbox.warmed.append
    sandbox.isolation = lambda: Isolation("good", {}, ("The code cannot read your files.",))
    return app


@pytest.fixture
def visit(app):
    """Makes clients of one server; a test that needs no token gets a client that asks for none."""

    def make(token: str | None = None, **more) -> TestClient:
        return TestClient(create(app, token, **more), base_url=SITE, follow_redirects=False)

    return make


@pytest.fixture
def client(visit):
    return visit()


@pytest.fixture
def answer(app):
    """Answers the next placement questions directly, alternating right and wrong."""

    def give(count: int) -> list[str]:
        given = []
        for turn in range(count):
            asked = app.place().asked
            reply = wrong(asked) if turn % 2 else right(asked)
            given.append(app.answer_placement(asked.attempt, reply).attempt)
        return given

    return give
