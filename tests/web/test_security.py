from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from journeyman.web.guard import LARGEST_BODY, Keys

TOKEN = "a-token-that-the-terminal-prints"


@pytest.fixture
def locked(visit):
    return visit(TOKEN)


def enter(client: TestClient) -> None:
    assert client.get("/", params={"token": TOKEN}).status_code == 303


def test_without_the_token_a_page_says_how_to_get_in(locked):
    answer = locked.get("/progress")
    assert answer.status_code == 403
    assert "open the whole address that the terminal printed" in answer.text
    assert 'href="/map"' not in answer.text, "no navigation that leads nowhere"


def test_token_becomes_a_cookie_and_leaves_the_address(locked):
    answer = locked.get("/?minutes=30&token=" + TOKEN)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/?minutes=30"
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert TOKEN not in cookie
    assert locked.get("/").status_code == 200


def test_cookie_of_one_port_does_not_open_another(locked):
    enter(locked)
    assert locked.get("/", headers={"host": "127.0.0.1:9999"}).status_code == 403


@pytest.mark.parametrize("token", ["", "wrong", TOKEN[:-1], TOKEN + "x", "é" * 30])
def test_wrong_tokens_open_nothing(locked, token):
    assert locked.get("/", params={"token": token}).status_code == 403
    cookie = "journeyman-8765=" + quote(token)
    assert locked.get("/", headers={"cookie": cookie}).status_code == 403


def test_a_ticket_opens_once_and_the_token_again_and_again(visit):
    keys = Keys(TOKEN)
    client = visit(TOKEN, keys=keys)
    ticket = keys.ticket
    assert client.get("/", params={"token": ticket}).status_code == 303
    client.cookies.clear()
    assert client.get("/", params={"token": ticket}).status_code == 403
    for _ in range(2):
        client.cookies.clear()
        enter(client)


def test_token_cannot_send_the_browser_elsewhere(locked):
    answer = locked.get("//evil.example/%5C%5Cx", params={"token": TOKEN})
    assert re.match(r"/[^/\\]", answer.headers["location"])


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8765", "127.0.0.1.evil.example", "", "[::1", "0.0.0.0"]
)
def test_foreign_host_names_are_refused(client, host):
    answer = client.get("/", headers={"host": host})
    assert answer.status_code == 403
    assert "127.0.0.1 or localhost" in answer.text


@pytest.mark.parametrize("host", ["localhost:8765", "127.0.0.1", "[::1]:8765", "LOCALHOST"])
def test_own_host_names_are_answered(client, host):
    assert client.get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        {"sec-fetch-site": "cross-site", "origin": "http://127.0.0.1:8765"},
    ],
)
def test_forms_of_other_websites_change_nothing(client, app, headers):
    answer = client.post("/settings", data={"name": "Mallory", "minutes": 60}, headers=headers)
    assert answer.status_code == 403
    assert "another website" in answer.text
    assert app.learner.name == "Me"


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "same-origin"},
        {"sec-fetch-site": "none"},
        {"origin": "http://127.0.0.1:8765"},
        {},
    ],
)
def test_own_forms_go_through(client, app, headers):
    answer = client.post("/settings", data={"name": "Ada", "minutes": 60}, headers=headers)
    assert answer.status_code == 303
    assert app.learner.name == "Ada"


@pytest.mark.parametrize("path", ["/", "/nope", "/map", "/settings"])
def test_every_answer_carries_the_policy(client, path):
    answer = client.get(path)
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self' 'nonce-")
    assert "unsafe" not in policy
    for rule in ("base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"):
        assert rule in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert answer.headers["cache-control"] == "private, no-cache"


def test_refusals_carry_the_policy_too(locked):
    assert "default-src 'none'" in locked.get("/").headers["content-security-policy"]


def test_nonce_is_new_for_each_page_and_stands_in_it(client):
    seen = set()
    for _ in range(3):
        answer = client.get("/")
        nonce = re.search(r"'nonce-([^']+)'", answer.headers["content-security-policy"])[1]
        assert f'name="style-nonce" content="{nonce}"' in answer.text
        seen.add(nonce)
    assert len(seen) == 3


@pytest.mark.parametrize("size", [LARGEST_BODY + 1, 10_000_000])
def test_a_huge_body_is_answered_with_one_sentence(client, app, size):
    asked = app.place().asked
    data = {"attempt": asked.attempt, "given": "9" * size}
    answer = client.post("/placement/answers", data=data)
    assert answer.status_code == 413
    assert "more than 256 KB" in answer.text
    assert app.placement().asked == 0


def test_a_huge_body_without_a_length_is_stopped_too(client):
    def pieces():
        for _ in range(40):
            yield b"x" * 16_384

    headers = {"content-type": "application/x-www-form-urlencoded"}
    answer = client.post("/settings", content=pieces(), headers=headers)
    assert answer.status_code == 413


def test_a_form_of_many_fields_is_refused(client, app):
    data = {f"field{i}": "x" for i in range(500)} | {"name": "Mallory", "minutes": "60"}
    assert client.post("/settings", data=data).status_code == 400
    assert app.learner.name == "Me"


def test_uploads_are_refused(client, app):
    data = {"name": "Mallory", "minutes": "60"}
    answer = client.post("/settings", data=data, files={"file": b"x"})
    assert answer.status_code == 400
    assert app.learner.name == "Me"


def test_assets_need_no_token_and_may_be_kept_for_good(locked):
    base = locked.app.state.assets
    for name in ("app.js", "site.css", "maths.css"):
        answer = locked.get(f"{base}/{name}")
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
    assert locked.get(f"{base}/../../server.py").status_code in {403, 404}
    assert locked.get("/static/other/app.js").status_code == 404
