from __future__ import annotations

import re

import pytest

from journeyman.errors import Unavailable

HTMX = {"hx-request": "true"}


@pytest.fixture
def slug(app):
    return next(iter(app.bank.exercises))


def test_bench_warms_the_sandbox_and_offers_the_starter(client, app, slug):
    page = client.get(f"/exercises/{slug}").text
    assert app.sandbox.warmed == [app.bank.exercises[slug].tier]
    assert f"def {app.bank.exercises[slug].entry}" in page or "class " in page
    assert "data-editor" in page


def test_check_without_scripts_redirects_to_the_verdict(client, slug):
    answer = client.post(f"/exercises/{slug}/check", data={"source": "x = 'wrong'\r\ny = 2\r\n"})
    assert answer.status_code == 303
    assert re.fullmatch(rf"/exercises/{slug}\?attempt=\w+#outcome", answer.headers["location"])
    page = client.get(answer.headers["location"]).text
    assert "Not yet: some results are wrong" in page
    assert "0 of 2 cases passed" in page
    assert "Handed in" in page


def test_check_with_htmx_answers_at_once(client, app, slug):
    data = {"source": "right\r\n"}
    answer = client.post(f"/exercises/{slug}/check", data=data, headers=HTMX)
    assert answer.status_code == 200
    assert '<div id="outcome">' in answer.text
    assert "2 of 2 cases passed" in answer.text
    assert app.sandbox.graded == ["right\n"], "browsers' newlines become plain ones"


def test_empty_code_is_refused_with_a_sentence(client, slug):
    answer = client.post(f"/exercises/{slug}/check", data={"source": "  "}, headers=HTMX)
    assert answer.status_code == 422
    assert "There is no code to check yet" in answer.text


def test_our_failure_is_said_and_never_blamed_on_the_learner(client, app, slug):
    app.sandbox.error = Unavailable("The grader could not start; nothing was counted.")
    answer = client.post(f"/exercises/{slug}/check", data={"source": "right"}, headers=HTMX)
    assert answer.status_code == 503
    assert "The grader could not start" in answer.text
    page = client.get(f"/exercises/{slug}").text
    assert "not graded, through our fault" in page
    attempt = app.exercise(slug).handed[0].attempt
    shown = client.get(f"/exercises/{slug}?attempt={attempt}").text
    assert "Not graded, through our fault" in shown
    assert app.progress().total == 0


def test_interrupted_check_can_be_finished(client, app, slug):
    class Killed(BaseException):
        """Not an Exception: nothing catches it, as when the process dies."""

    app.sandbox.error = Killed()
    with pytest.raises(Killed):
        app.check(slug, "right")
    app.sandbox.error = None
    today = client.get("/?skip=1").text
    assert "its check was interrupted" in today
    attempt = app.exercise(slug).handed[0].attempt
    answer = client.post(f"/exercises/{slug}/finish", data={"attempt": attempt})
    assert "Passed" in client.get(answer.headers["location"]).text
    assert client.post(f"/exercises/{slug}/finish", data={"attempt": attempt}).status_code == 409


def test_draft_is_kept_and_shown(client, app, slug):
    answer = client.post(f"/exercises/{slug}/draft", data={"source": "half <done>\r\n"})
    assert answer.status_code == 204
    assert app.exercise(slug).draft == "half <done>\n"
    assert "half &lt;done&gt;" in client.get(f"/exercises/{slug}").text


def test_hints_come_one_at_a_time(client, app, slug):
    hints = app.bank.exercises[slug].hints
    assert "Show a hint" in client.get(f"/exercises/{slug}").text
    for taken in range(1, len(hints) + 1):
        assert client.post(f"/exercises/{slug}/hint").status_code == 303
        page = client.get(f"/exercises/{slug}").text
        shown = page.split('<ol class="hints">')[1].split("</ol>")[0]
        assert shown.count("<li>") == taken
    assert "That was the last hint" in page
    assert client.post(f"/exercises/{slug}/hint").status_code == 409


def test_giving_up_opens_the_solution(client, app, slug):
    assert "Give up and show the solution" in client.get(f"/exercises/{slug}").text
    assert client.post(f"/exercises/{slug}/give-up").status_code == 303
    page = client.get(f"/exercises/{slug}").text
    assert "One good way to write it" in page
    assert "gave up" in page
    assert app.progress().facts[0].how == "gave-up"


def test_a_submission_to_another_exercise_is_not_shown(client, app):
    first, second = list(app.bank.exercises)[:2]
    attempt = app.check(first, "wrong").attempt
    assert client.get(f"/exercises/{second}?attempt={attempt}").status_code == 404


def test_code_that_is_too_long_is_refused(client, slug):
    data = {"source": "x = 1\n" * 20_000}
    answer = client.post(f"/exercises/{slug}/check", data=data, headers=HTMX)
    assert answer.status_code == 413
    assert "an exercise takes at most" in answer.text
