from __future__ import annotations

from tests.answers import right, wrong


def begin(client) -> None:
    answer = client.post("/placement/begin")
    assert (answer.status_code, answer.headers["location"]) == (303, "/placement")


def reply(client, app, given=None, **more):
    asked = app.place().asked
    data = {"attempt": asked.attempt, "given": given or right(asked), **more}
    answer = client.post("/placement/answers", data=data)
    assert answer.status_code == 303
    return client.get(answer.headers["location"]).text


def test_nothing_is_asked_before_it_is_begun(client, app):
    assert "Begin" in client.get("/placement").text
    assert app.placement() is None


def test_question_shows_where_one_is(client, app):
    begin(client)
    page = client.get("/placement").text
    view, asked = app.placement(), app.place().asked
    assert f"Question 1 of at most {view.most}" in page
    assert asked.attempt in page
    assert "I don't know yet" in page
    if asked.question.kind == "choice":
        assert page.count('type="radio"') == len(asked.question.options)
    assert page.count(asked.attempt) == client.get("/placement").text.count(asked.attempt)


def test_right_wrong_and_unknown_are_said_in_words(client, app):
    begin(client)
    assert "Right</h2>" in reply(client, app)
    wrong_page = reply(client, app, wrong(app.place().asked))
    assert "Not right</h2>" in wrong_page
    assert "Right answer" in wrong_page
    unknown = reply(client, app, "", unknown="yes")
    assert "Noted: you don't know this yet" in unknown
    assert "Your answer" not in unknown
    assert (app.placement().asked, app.placement().right, app.placement().dont_know) == (3, 1, 1)


def test_misconception_is_named(client, app):
    known = app.bank.misconceptions
    for slug, items in app.bank.items_of.items():
        if not items or items[0].kind != "choice":
            continue
        asked = app.practise(slug)
        for place, option in enumerate(asked.question.options):
            if option.misconception in known:
                data = {"attempt": asked.attempt, "given": str(place)}
                answer = client.post(f"/practise/{slug}/answers", data=data)
                page = client.get(answer.headers["location"]).text
                assert "The idea behind this answer" in page
                return
    raise AssertionError("the bank has no question with a known misconception")


def test_stops_and_resumes(client, app):
    begin(client)
    reply(client, app)
    waiting = app.place().asked.attempt
    begin(client)
    assert waiting in client.get("/placement").text
    answer = client.post("/placement/stop")
    assert answer.headers["location"] == "/placement"
    result = client.get("/placement").text
    assert "What the placement found" in result
    assert "1 question answered" in result
    for skill in app.bank.graph.skills:
        assert f'href="/skills/{skill}"' in result
    assert client.post("/placement/stop").status_code == 409


def test_runs_to_its_end(client, app):
    begin(client)
    for _ in range(app.settings.placement_questions):
        if app.place().asked is None:
            break
        reply(client, app)
    assert not app.placement().open
    assert "What the placement found" in client.get("/placement").text


def test_test_out_is_a_placement_of_its_own(client, app):
    slug = next(slug for slug, items in app.bank.items_of.items() if len(items) > 1)
    base = f"/skills/{slug}/test-out"
    assert "At most" in client.get(base).text
    assert client.post(base + "/begin").headers["location"] == base
    for _ in range(10):
        asked = app.place(slug).asked
        if asked is None:
            break
        assert asked.attempt in client.get(base).text
        data = {"attempt": asked.attempt, "given": right(asked)}
        where = client.post(base + "/answers", data=data).headers["location"]
        assert where.startswith(base)
        assert "Right</h2>" in client.get(where).text
    assert "Go to the skill" in client.get(base).text
    assert app.placement() is None
