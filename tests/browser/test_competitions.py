"""Competitions in a browser: the loop by keys, axe light and dark, and 360 px."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from journeyman.app.competitions import Competitions
from tests.browser.test_keyboard import tab_to
from tests.browser.test_pages import AXE, RUN_AXE
from tests.competitions.conftest import SAMPLE, SLUG, Maker

PAGE = f"/competitions/{SLUG}"


@pytest.fixture
def contests(site):
    """The competitions of the served application, with the made-up one alone."""
    made = Competitions(site.app, roots=[SAMPLE])
    site.app.__dict__["competitions"] = made
    return made


def handed_in(page: Page, site, file, expected: str = "") -> None:
    """Choose a file, type an estimate, and wait until the score stands on the board."""
    page.goto(site.address + PAGE)
    page.set_input_files("#file", str(file))
    page.fill("#expect", expected)
    page.get_by_role("button", name="Hand in").click()
    expect(page.locator("#yours")).to_contain_text(file.name)
    expect(page.locator("#work[hx-get]")).to_have_count(0)


def test_from_the_data_to_closing_by_keys(page: Page, site, contests, tmp_path):
    site.enter(page, "/competitions")
    tab_to(page, f"a[href='{PAGE}']", most=100)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="How it is scored")).to_be_visible()
    tab_to(page, f"form[action='{PAGE}/get'] button", most=100)
    page.keyboard.press("Enter")
    expect(page.get_by_text("They are on this machine")).to_be_visible()
    make = Maker(contests, tmp_path)
    page.set_input_files("#file", str(make.file(1.5, returned="often")))
    tab_to(page, "#expect", most=100)
    page.keyboard.type("0.85 +- 0.02")
    page.keyboard.press("Tab")  # the note
    page.keyboard.type("first")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    answer = page.locator("#answer")
    expect(answer).to_contain_text("cannot be scored yet")
    expect(answer).to_be_in_viewport()
    expect(page.locator("#expect")).to_have_value("0.85 +- 0.02")
    expect(page.locator("#note")).to_have_value("first")
    site.said.clear()  # the browser notes every answer of 422
    handed_in(page, site, make.file(1.5), "0.85 +- 0.02")
    row = page.locator("tr.mine")
    expect(row).to_contain_text("mine.csv")
    expect(row.locator(".dot-mine")).to_be_visible()
    tab_to(page, "#close summary", most=100)
    page.keyboard.press("Enter")
    tab_to(page, f"form[action='{PAGE}/close'] button")
    page.keyboard.press("Enter")
    expect(page.locator("#outcome")).to_contain_text("You predicted 0.8500 ± 0.0200")
    expect(page.locator("#shake-up")).to_contain_text("mine.csv")


def test_dots_stand_where_the_numbers_say(page: Page, site, contests, tmp_path):
    contests.get(SLUG)
    make = Maker(contests, tmp_path)
    site.enter(page)
    handed_in(page, site, make.file(1.0, "a.csv"))
    handed_in(page, site, make.file(2.5, "b.csv", seed=1))
    lines = [one for one in contests.glance(SLUG).lines if one.kind == "you"]
    assert len(lines) == 2
    places = []
    for line in lines:
        row = page.locator("tr.mine", has_text=line.name)
        dot = row.locator(".dot-mine").bounding_box()
        whisker = row.locator(".whisker").bounding_box()
        assert whisker["x"] < dot["x"] + dot["width"] / 2 < whisker["x"] + whisker["width"]
        ends = [float(row.locator(".whisker").get_attribute(n).strip("%")) for n in ("x1", "x2")]
        places.append((line.score, dot["x"], line.high - line.low, ends[1] - ends[0]))
    (best, right, wide, drawn), (other, left, wide_too, drawn_too) = places
    assert best > other
    assert right > left
    assert drawn / drawn_too == pytest.approx(wide / wide_too, rel=0.01)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_and_narrow_screens(browser, site, contests, tmp_path, theme):
    contests.get(SLUG)
    make = Maker(contests, tmp_path)
    contests.submit(SLUG, make.file(1.2), expect="0.8 +- 0.02", note="a note")
    contests.submit(SLUG, make.file(12.0, "too-good.csv"))
    contests.hint(SLUG)
    context = browser.new_context(color_scheme=theme, viewport={"width": 1280, "height": 800})
    page = context.new_page()
    site.enter(page)
    for closed in (False, True):
        if closed:
            contests.close(SLUG)
        for path in ("/competitions", PAGE, f"{PAGE}/board"):
            for width in (1280, 360):
                page.set_viewport_size({"width": width, "height": 800})
                page.goto(site.address + path)
                for summary in page.locator("main summary").all():
                    summary.click()
                page.evaluate(AXE.read_text("utf-8"))
                assert page.evaluate(RUN_AXE) == [], (path, width)
                assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    context.close()
