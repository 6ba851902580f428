from __future__ import annotations

import pytest

from journeyman.errors import Conflict, Invalid, Unavailable
from journeyman.web import faults

HTMX = {"hx-request": "true"}


def test_unknown_address_has_a_page_with_a_way_on(client):
    answer = client.get("/nowhere")
    assert answer.status_code == 404
    assert "There is no such page" in answer.text
    assert 'href="/"' in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/skills/no-such-skill",
        "/practise/no-such-skill",
        "/exercises/no-such-exercise",
        "/evidence/no-such-fact",
        "/placement/answers/no-such-attempt",
        "/skills/no-such-skill/test-out",
        "/portfolio/site/no-such-file",
    ],
)
def test_missing_things_are_404_with_one_sentence(client, path):
    answer = client.get(path)
    assert answer.status_code == 404
    assert "<h1>Not found</h1>" in answer.text


@pytest.mark.parametrize("error", [Invalid("Bad."), Conflict("No."), Unavailable("Down.")])
def test_foreseen_errors_keep_status_and_sentence(client, app, monkeypatch, error):
    def fail():
        raise error

    monkeypatch.setattr(app, "map", fail)
    answer = client.get("/map")
    assert answer.status_code == error.status
    assert f"<p>{error.message}</p>" in answer.text


def test_htmx_gets_a_notice_and_keeps_its_form(client, app):
    asked = app.place().asked
    data = {"attempt": asked.attempt, "given": "99"}
    if asked.question.kind == "number":
        data["given"] = "12,5"
    answer = client.post("/placement/answers", data=data, headers=HTMX)
    assert answer.status_code == 422
    assert answer.headers["hx-retarget"] == "#notice"
    assert answer.headers["hx-reselect"] == ".notice"
    assert answer.text.strip().startswith('<p class="notice notice-bad">')
    assert app.placement().asked == 0, "an answer that cannot be read costs nothing"


def test_unforeseen_errors_are_calm_and_logged(client, app, monkeypatch, settings):
    def fail():
        raise RuntimeError("secret inner workings")

    monkeypatch.setattr(app, "map", fail)
    answer = client.get("/map")
    assert answer.status_code == 500
    assert "Something broke on our side" in answer.text
    assert "Traceback" not in answer.text
    assert "secret inner workings" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    log = (settings.home / faults.LOG_FILE).read_text("utf-8")
    assert "GET /map" in log
    assert "RuntimeError: secret inner workings" in log


def test_missing_fields_are_named(client):
    answer = client.post("/settings", data={"name": "Ada"})
    assert answer.status_code == 422
    assert "minutes" in answer.text


@pytest.mark.parametrize("path", ["/?minutes=4", "/?minutes=lots", "/progress?offset=-1"])
def test_unusable_parameters_are_422(client, path):
    assert client.get(path).status_code == 422


def test_wrong_method_is_405(client):
    assert client.post("/map").status_code == 405
    assert client.get("/settings/export").status_code == 405
