"""Everything with the keyboard alone."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.answers import right
from tests.browser.record import first_exercise, reference


def tab_to(page: Page, selector: str, most: int = 60) -> None:
    """Press Tab until an element that matches has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"Tab does not reach {selector}")


def test_placement_by_keys(page: Page, site):
    site.enter(page)
    page.keyboard.press("Enter")
    for number in range(1, 7):
        expect(page.get_by_text(f"Question {number} of at most")).to_be_visible()
        asked = site.app.place().asked
        if asked.question.kind == "choice":
            page.keyboard.press(str(int(right(asked)) + 1))
        else:
            expect(page.locator(".number-input")).to_be_focused()
            page.keyboard.type(right(asked))
        page.keyboard.press("Enter")
        expect(page.locator(".outcome h2")).to_be_focused()
        expect(page.locator(".outcome h2")).to_have_text("Right")
        page.keyboard.press("Enter")
    assert site.app.placement().right == 6


def test_exercise_by_keys(page: Page, site):
    slug = first_exercise(site.app)
    site.enter(page, f"/exercises/{slug}")
    expect(page.locator(".cm-content")).to_be_visible()
    tab_to(page, ".cm-content")
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    page.keyboard.press("Tab")
    expect(page.locator(".cm-content")).to_be_focused()
    expect(page.locator("#source")).to_have_value("    ")
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Check")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(reference(site.app, slug).replace("return", "retrun", 1))
    page.keyboard.press("Control+Enter")
    expect(page.locator(".verdict h2")).to_be_focused(timeout=30_000)
    tab_to(page, "a[data-line]")
    page.keyboard.press("Enter")
    expect(page.locator(".cm-content")).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(reference(site.app, slug))
    page.keyboard.press("Control+Enter")
    expect(page.locator(".verdict h2")).to_have_text("Passed", timeout=30_000)


def test_skip_link_and_map_nodes(page: Page, site):
    site.enter(page, "/map")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    tab_to(page, "svg.map a")
    expect(page.locator("svg.map")).to_have_class("map lighting")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site.address}/skills/{site.app.bank.graph.order[0]}")


def test_theme_by_keys_stays(page: Page, site):
    page.emulate_media(color_scheme="light")
    site.enter(page)
    tab_to(page, "[data-theme-switch] button")
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.goto(f"{site.address}/map")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
