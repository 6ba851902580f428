"""The plan page in a browser: axe, 360 px, and both forms by the keyboard alone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_keyboard import tab_to
from tests.browser.test_pages import AXE, RUN_AXE


def typed(page: Page, selector: str, text: str) -> None:
    """Tab to a field and replace what it holds."""
    tab_to(page, selector, most=150)
    page.keyboard.press("Control+a")
    page.keyboard.type(text)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_and_narrow_screens(browser, used, theme, width):
    context = browser.new_context(color_scheme=theme, viewport={"width": width, "height": 800})
    page = context.new_page()
    used.enter(page)
    for path in ("/plan", "/plan?saved=goal"):
        page.goto(used.address + path)
        page.locator("summary").first.click()
        page.evaluate(AXE.read_text("utf-8"))
        assert page.evaluate(RUN_AXE) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    context.close()
    assert used.said == []


def test_both_forms_by_keys(page: Page, site):
    site.enter(page, "/plan")
    expect(page.get_by_text("You have set no goal yet")).to_be_visible()
    tab_to(page, "#role", most=150)
    page.keyboard.type("Data sci")
    typed(page, "#minutes-1", "90")
    typed(page, "#minutes-7", "0")
    tab_to(page, "input[value=learning-theory]")
    page.keyboard.press("Space")
    tab_to(page, "form[action='/plan/goal'] button")
    page.keyboard.press("Enter")
    said = page.get_by_text("Your goal is saved")
    expect(said).to_be_focused()
    goal = site.app.aim().goal
    assert (goal.role, goal.minutes[0], goal.minutes[6]) == ("data-scientist", 90, 0)
    assert goal.leave_out == ("learning-theory",)
    tab_to(page, "#level-algorithms", most=150)
    page.keyboard.type("studied")
    typed(page, "#years", "2")
    tab_to(page, "form[action='/plan/profile'] button")
    page.keyboard.press("Enter")
    expect(page.get_by_text("What you say of yourself is saved")).to_be_focused()
    profile = site.app.profile()
    assert (dict(profile.areas), profile.years) == ({"algorithms": "studied"}, 2.0)


def test_a_bad_number_is_said_where_one_sees_it_and_nothing_typed_is_lost(page: Page, site):
    site.enter(page, "/plan")
    typed(page, "#minutes-2", "lots")
    tab_to(page, "form[action='/plan/goal'] button")
    page.keyboard.press("Enter")
    notice = page.locator("#notice .notice")
    expect(notice).to_contain_text("is not a number of minutes for Tuesday")
    expect(notice).to_be_in_viewport()
    expect(page.locator("#minutes-2")).to_have_value("lots")
    assert not site.app.aim().own
    site.said.clear()  # the browser notes every answer of 422


def test_number_keys_rest_when_switched_off(page: Page, site):
    slug = next(
        slug
        for slug, items in site.app.bank.items_of.items()
        if items and all(item.kind == "choice" for item in items)
    )
    site.app.change(keys=False)
    site.enter(page, f"/practise/{slug}")
    page.keyboard.press("1")
    expect(page.locator("input[type=radio]:checked")).to_have_count(0)
    site.app.change(keys=True)
    page.reload()
    page.keyboard.press("1")
    expect(page.locator("input[type=radio]:checked")).to_have_count(1)


def test_why_is_fetched_when_it_comes_into_view(page: Page, used):
    slug = next(iter(used.app.progress().facts[0].skills))
    used.enter(page, f"/skills/{slug}")
    page.locator("#why").scroll_into_view_if_needed()
    first = page.locator("#why-more a[href^='/evidence/']").first
    expect(first).to_be_visible()
    first.click()
    expect(page).to_have_url(re.compile("/evidence/"))
