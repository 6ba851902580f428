"""Every page, light and dark: axe-core, narrow screens, the console, and bytes."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.record import first_exercise

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RUN_AXE = """async () => (await axe.run(document, {resultTypes: ['violations']})).violations.map(
  v => `${v.id}: ${v.help} (${v.nodes.slice(0, 3).map(n => n.target + ' ' + n.failureSummary)})`)"""


def pages(app) -> list[str]:
    """One address of each kind."""
    skill = next(s for s, items in app.bank.items_of.items() if items and s in app.bank.lessons)
    exercise = first_exercise(app)
    handed = app.exercise(exercise).handed
    facts = app.progress().facts
    answered = next(fact for fact in facts if fact.kind == "item" and fact.score == 0)
    return [
        "/",
        "/plan",
        "/placement",
        f"/placement/answers/{answered.attempt}",
        f"/skills/{skill}/test-out",
        "/map",
        f"/skills/{skill}",
        f"/skills/{skill}/why",
        f"/practise/{skill}",
        "/exercises",
        f"/exercises/{exercise}",
        f"/exercises/{exercise}?attempt={handed[-1].attempt}",
        "/progress",
        f"/evidence/{facts[0].id}",
        f"/evidence/{answered.id}",
        "/portfolio",
        "/settings",
    ]


def settled(page: Page) -> None:
    """Wait until the islands of the page have done their work."""
    waiting = page.locator(".math:not([data-done]), textarea[data-editor='']")
    waiting.first.wait_for(state="detached")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(browser, used, theme):
    if not AXE.exists():
        pytest.fail("axe-core is missing: run npm ci --ignore-scripts")
    context = browser.new_context(color_scheme=theme, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    used.enter(page)
    for path in pages(used.app):
        page.goto(used.address + path)
        settled(page)
        page.evaluate(AXE.read_text("utf-8"))
        assert page.evaluate(RUN_AXE) == [], path
    context.close()
    assert used.said == []


def test_axe_finds_nothing_on_the_first_pages(browser, site):
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    site.enter(page)
    for path in ("/", "/placement", "/?skip=1", "/progress", "/portfolio", "/map"):
        page.goto(site.address + path)
        settled(page)
        page.evaluate(AXE.read_text("utf-8"))
        assert page.evaluate(RUN_AXE) == [], path
    context.close()


@pytest.mark.parametrize("width", [360, 768])
def test_no_page_scrolls_sideways(browser, used, width):
    context = browser.new_context(viewport={"width": width, "height": 740})
    page = context.new_page()
    used.enter(page)
    for path in pages(used.app):
        page.goto(used.address + path)
        settled(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    context.close()
    assert used.said == []


def test_text_pages_load_under_40_kb_and_no_island(browser, used):
    context = browser.new_context()
    used.enter(context.new_page())
    for path in (
        "/?minutes=30",
        "/plan",
        "/map",
        "/exercises",
        "/progress",
        "/portfolio",
        "/settings",
    ):
        sizes: dict[str, int] = {}

        def note(answer, sizes=sizes):
            if answer.request.method == "GET" and answer.status == 200:
                sizes[answer.url] = answer.request.sizes()["responseBodySize"]

        cold = browser.new_context(storage_state=context.storage_state())  # an empty cache
        visit = cold.new_page()
        visit.on("response", note)
        visit.goto(used.address + path)
        visit.wait_for_load_state("networkidle")
        assert not any("part-" in url or "maths" in url for url in sizes), path
        assert sum(sizes.values()) < 40 * 1024, (path, sizes)
        assert len(sizes) == 3, sizes
        cold.close()
    context.close()


def test_csp_stops_what_is_not_ours(browser, used):
    context = browser.new_context()
    page = context.new_page()
    used.enter(page)
    used.said.clear()
    ran = page.evaluate("""() => {
      const script = document.createElement('script');
      script.textContent = 'window.injected = true';
      document.body.append(script);
      document.body.insertAdjacentHTML('beforeend', '<p style="color: red">x</p>');
      return [window.injected === true, document.body.lastElementChild.style.color];
    }""")
    assert ran in ([False, "red"], [False, ""])
    assert any("Content Security Policy" in said for said in used.said)
    used.said.clear()
    context.close()
