"""The whole loop as a new user plays it, from the welcome to the published site."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.answers import right, wrong
from tests.browser.record import first_exercise, reference, starter


def answer(page: Page, asked, given: str) -> None:
    """Answer the question on the page by mouse and keyboard."""
    if asked.question.kind == "choice":
        page.locator("input[type=radio]").nth(int(given)).check()
    else:
        page.locator(".number-input").fill(given)
    page.get_by_role("button", name="Answer").click()


def place(page: Page, site) -> None:
    """Answer the placement to its end: the first steps right, the rest mostly not."""
    while site.app.placement().open and (asked := site.app.place().asked) is not None:
        turn = site.app.placement().asked
        known = len(site.app.bank.graph.ancestors(asked.item.home)) < 6
        if not known and turn % 2:
            page.get_by_role("button", name="I don't know yet").click()
            expect(page.get_by_role("heading", name="Noted")).to_be_visible()
        else:
            answer(page, asked, right(asked) if known else wrong(asked))
            said = "Right" if known else "Not right"
            expect(page.locator(".outcome h2")).to_have_text(said)
        page.locator("[data-enter]").click()
        expect(page.locator(".outcome")).to_have_count(0)


def write(page: Page, code: str) -> None:
    """Replace everything in the editor."""
    page.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(code)


def see_the_map_and_the_plan(page: Page, site) -> None:
    page.get_by_role("link", name="Map", exact=True).click()
    expect(page.locator("svg.map a[data-skill]")).to_have_count(len(site.app.bank.graph.skills))
    page.locator("svg.map a", has_text="ready to learn").first.hover()
    expect(page.locator("svg.map")).to_have_class(re.compile("lighting"))
    page.get_by_role("link", name="Today", exact=True).click()
    page.get_by_role("link", name="90").click()
    expect(page.locator(".step")).to_have_count(len(site.app.today(90).steps))


def learn_and_practise(page: Page, site) -> None:
    lessons, items_of = site.app.bank.lessons, site.app.bank.items_of
    skill = next(slug for slug, items in items_of.items() if items and slug in lessons)
    page.goto(f"{site.address}/skills/{skill}")
    expect(page.locator(".math .katex").first).to_be_visible()
    expect(page.locator("svg.figure")).to_be_visible()
    page.get_by_role("link", name="Practise").click()
    asked = site.app.practise(skill)
    answer(page, asked, right(asked))
    expect(page.locator(".outcome h2")).to_have_text("Right")


def fail_and_pass_an_exercise(page: Page, site) -> str:
    slug = first_exercise(site.app)
    title = site.app.bank.exercises[slug].title
    page.get_by_role("link", name="Exercises", exact=True).click()
    page.get_by_role("link", name=title).click()
    write(page, starter(site.app, slug))
    page.get_by_role("button", name="Check").click()
    expect(page.locator(".verdict h2")).to_contain_text("Not yet", timeout=30_000)
    write(page, reference(site.app, slug))
    page.keyboard.press("Control+Enter")
    expect(page.locator(".verdict h2")).to_have_text("Passed", timeout=30_000)
    expect(page.locator("#solution pre")).to_be_visible()
    expect(page.locator("#attempts li")).to_have_count(2)
    return title


def test_the_whole_loop(page: Page, site):
    site.enter(page)
    assert "token" not in page.url
    expect(page.get_by_role("heading", name="Where do you stand?")).to_be_visible()
    page.get_by_role("button", name="Begin the placement").click()
    expect(page.get_by_text(re.compile(r"Question 1 of at most \d+"))).to_be_visible()
    place(page, site)
    expect(page.get_by_role("heading", name="What the placement found")).to_be_visible()

    see_the_map_and_the_plan(page, site)
    learn_and_practise(page, site)
    title = fail_and_pass_an_exercise(page, site)

    page.get_by_role("link", name="Progress", exact=True).click()
    page.locator("#ledger .lines a").first.click()
    expect(page.get_by_text(site.app.progress().facts[0].sha256)).to_be_visible()

    page.get_by_role("link", name="Portfolio", exact=True).click()
    page.get_by_role("button", name="Publish into the data directory").click()
    expect(page.get_by_role("status")).to_contain_text("Published")
    page.goto((site.home / "portfolio" / "index.html").as_uri())
    expect(page.get_by_text(title).first).to_be_visible()


def test_a_draft_survives_closing_the_page(page: Page, site):
    slug = first_exercise(site.app)
    site.enter(page, f"/exercises/{slug}")
    write(page, "# half an idea")
    expect(page.locator("[data-draft-status]")).to_have_text("Draft kept.")
    page.reload()
    expect(page.locator(".cm-content")).to_contain_text("half an idea")
    page.get_by_role("button", name="Start over").click()
    expect(page.locator(".cm-content")).to_contain_text("def ")


def test_a_number_that_cannot_be_read_keeps_what_was_typed(page: Page, site):
    bank = site.app.bank
    skill = next(s for s, i in bank.items_of.items() if i and all(x.kind == "number" for x in i))
    site.enter(page, f"/practise/{skill}")
    page.locator(".number-input").fill("12,5")
    page.keyboard.press("Enter")
    expect(page.locator("#notice .notice")).to_contain_text("decimal point")
    expect(page.locator(".number-input")).to_have_value("12,5")
    # Chromium reports every refused request in its console; this one was meant.
    site.said[:] = [said for said in site.said if "422" not in said]


def test_a_server_that_is_gone_is_said_and_nothing_typed_is_lost(page: Page, site):
    slug = first_exercise(site.app)
    site.enter(page, f"/exercises/{slug}")
    write(page, "# precious")
    expect(page.locator("[data-draft-status]")).to_have_text("Draft kept.")
    page.route("**/check", lambda route: route.abort())
    page.get_by_role("button", name="Check").click()
    expect(page.locator("#notice .notice")).to_contain_text("does not answer")
    expect(page.locator(".cm-content")).to_contain_text("precious")
    site.said[:] = [
        said for said in site.said if "Failed to fetch" not in said and "ERR_FAILED" not in said
    ]


def test_without_the_token_nothing_is_shown(page: Page, site):
    page.goto(site.address)
    expect(page.get_by_text("the terminal printed")).to_be_visible()
    expect(page.get_by_role("navigation")).to_have_count(0)


def test_everything_works_without_scripts(browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    site.enter(page)
    page.get_by_role("button", name="Begin the placement").click()
    asked = site.app.place().asked
    answer(page, asked, right(asked))
    expect(page.locator(".outcome h2")).to_have_text("Right")
    page.get_by_role("link", name="Next question").click()
    expect(page.get_by_text("Question 2 of at most")).to_be_visible()
    slug = first_exercise(site.app)
    page.goto(f"{site.address}/exercises/{slug}")
    page.locator("textarea").fill(reference(site.app, slug))
    page.get_by_role("button", name="Check").click()
    expect(page.locator(".verdict h2")).to_have_text("Passed", timeout=30_000)
    page.get_by_role("button", name="Switch between light and dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    context.close()
