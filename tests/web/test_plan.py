from __future__ import annotations

import html
import re

import pytest
from icalendar import Calendar

from tests.web.test_pages import check_page

HTMX = {"hx-request": "true"}
GOAL = {
    "role": "data-scientist",
    "minutes": ["60", "60", "0", "60", "60", "90", ""],
    "deadline": "2026-09-01",
    "starts": "17:30",
    "leave_out": ["learning-theory"],
}


def test_without_a_goal_the_page_says_what_it_assumes(client):
    page = client.get("/plan").text
    assert "You have set no goal yet" in page
    assert "Machine-learning engineer" in page
    assert "Nothing has been answered yet" in page
    assert page.count('class="day"') == 7


def test_a_goal_is_saved_and_the_plan_follows_it(client, app, answer):
    answer(4)
    saved = client.post("/plan/goal", data=GOAL)
    assert (saved.status_code, saved.headers["location"]) == (303, "/plan?saved=goal")
    shown = client.get("/plan?saved=goal")
    check_page(shown)
    page = html.unescape(shown.text)
    assert "You aim at" in page
    assert "Data scientist" in page
    assert "5.5 hours a week" in page
    assert "by 1 September 2026" in page
    assert "Learning theory: left out" in page
    assert page.count("Day off") == 2
    plan = app.plan()
    assert plan.outlook in page
    for day in plan.days:
        for step in day.steps:
            assert step.why in page
    assert '<option value="data-scientist" selected' in page
    assert "towards" in client.get("/").text
    client.post("/plan/goal/clear")
    assert not app.aim().own


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"deadline": "tomorrow"}, "is not a date"),
        ({"deadline": "2020-01-01"}, "must lie after today"),
        ({"minutes": ["60", "lots", "0", "60", "60", "90", ""]}, "minutes for Tuesday"),
        ({"minutes": ["60"]}, "seven days"),
        ({"minutes": [""] * 7}, "All seven days are off"),
        ({"role": "astronaut"}, "There is no role"),
        ({"leave_out": ["gardening"]}, "There is no area"),
        ({"starts": "late"}, "is not a time"),
    ],
)
def test_a_bad_goal_gets_one_sentence_and_changes_nothing(client, app, changed, words):
    answer = client.post("/plan/goal", data={**GOAL, **changed}, headers=HTMX)
    assert answer.status_code == 422
    assert answer.headers["hx-retarget"] == "#notice"
    assert words in html.unescape(answer.text)
    assert not app.aim().own


def test_a_goal_from_another_website_is_refused(client, app):
    answer = client.post("/plan/goal", data=GOAL, headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403
    assert not app.aim().own


def test_a_profile_is_saved_and_shown(client, app):
    areas = list(app.bank.graph.areas)
    levels = ["studied", *[""] * (len(areas) - 1)]
    answer = client.post("/plan/profile", data={"area": areas, "level": levels, "years": "1,5"})
    assert answer.headers["location"] == "/plan?saved=profile"
    assert app.profile().areas == {areas[0]: "studied"}
    page = client.get("/plan").text
    assert page.count('<option value="studied" selected') == 1
    assert 'value="1.5"' in page
    for bad in (
        {"area": areas, "level": ["studied"]},
        {"area": areas[:1], "level": ["expert"]},
        {"years": "long"},
    ):
        assert client.post("/plan/profile", data=bad, headers=HTMX).status_code == 422
    assert app.profile().years == 1.5


def test_the_week_can_be_downloaded(client, app, answer):
    answer(2)
    client.post("/plan/goal", data=GOAL)
    found = client.get("/plan.ics")
    assert found.headers["content-type"].startswith("text/calendar")
    assert "journeyman-week.ics" in found.headers["content-disposition"]
    events = Calendar.from_ical(found.text).walk("VEVENT")
    assert len(events) == sum(bool(day.steps) for day in app.plan().days)


def test_a_date_that_has_passed_is_said(client, clock):
    client.post("/plan/goal", data={**GOAL, "deadline": "2026-03-10"})
    clock.pass_days(30)
    page = client.get("/plan").text
    assert "has passed" in page
    check_page(client.get("/plan"))


def test_a_preference_of_another_make_breaks_no_page(client, app):
    with app.writing() as session:
        from journeyman.store import attempts

        odd = {"goal": {"role": 7}, "profile": "x", "minutes": None, "keys": 3}
        attempts.change_learner(session, preferences=odd)
    for address in ("/", "/?skip=1", "/plan", "/settings", "/map"):
        assert client.get(address).status_code == 200


def test_a_skill_page_answers_why_with_links(client, app, answer):
    answer(8)
    slug = next(iter(app.progress().facts[0].skills))
    assert f'href="/skills/{slug}/why"' in client.get(f"/skills/{slug}").text
    answered = client.get(f"/skills/{slug}/why")
    check_page(answered)
    page = html.unescape(answered.text)
    why = app.why(slug)
    assert why.words in page
    assert why.began in page
    assert why.facts
    for reason in why.facts:
        assert f'href="/evidence/{reason.evidence}">{reason.text}' in page
    for one in why.neighbours:
        assert f'href="/skills/{one.skill.slug}#why">{one.text}' in page


def test_number_keys_can_be_switched_off(client, app):
    slug = next(
        slug for slug, items in app.bank.items_of.items() if items and items[0].kind == "choice"
    )
    client.post("/placement/begin")
    for address in (f"/practise/{slug}", "/placement"):
        assert " data-keys" in client.get(address).text
    form = {"name": "Me", "minutes": "45"}
    client.post("/settings", data=form)
    assert not app.keys
    for address in (f"/practise/{slug}", "/placement"):
        page = client.get(address).text
        assert " data-keys" not in page
        assert "keys 1 to" not in page
    assert not re.search(r'name="keys" value="true" checked', client.get("/settings").text)
    client.post("/settings", data={**form, "keys": "true"})
    assert app.keys


def test_what_is_being_graded_now_is_not_called_interrupted(app, client):
    exercise = next(iter(app.bank.exercises))
    seen = []
    grade = app.sandbox.grade

    def watched(*given, **more):
        seen.append(app.today().interrupted)
        return grade(*given, **more)

    app.sandbox.grade = watched
    app.check(exercise, "right")
    assert seen == [()]
