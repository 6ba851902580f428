"""A full portfolio as a visitor meets it: served at a sub-path, opened from a disk, on a telephone."""

from __future__ import annotations

import functools
import http.server
import re
import shutil
import threading
from pathlib import Path

import pytest
from playwright.sync_api import expect

from journeyman.app import App
from journeyman.delivery import About, export, webruntime
from journeyman.portfolio.choices import THEMES
from journeyman.proof.checking import check
from journeyman.settings import Settings
from tests.browser.test_pages import AXE, RUN_AXE
from tests.conftest import Clock, FakeSandbox
from tests.delivery import making as models
from tests.portfolio import making, reading

SUBPATH = "people/ada"


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def published(bank, tmp_path_factory):
    """A full site for each theme, by theme."""
    home = tmp_path_factory.mktemp("home")
    app = App(Settings(home=home), Clock())
    app.__dict__["bank"] = bank
    app.__dict__["sandbox"] = FakeSandbox()
    making.fill(app, home)
    root = tmp_path_factory.mktemp("web")
    for theme in THEMES:
        app.publishing.publish(root / theme / SUBPATH, theme=theme)
    app.close()
    return root


@pytest.fixture(scope="module")
def address(published):
    """Where the folder of all themes is served."""
    serve = functools.partial(Quiet, directory=str(published))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), serve)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join(10)
    server.server_close()


@pytest.fixture(scope="module")
def paths(published):
    """Every page, by its place in the site."""
    site = published / "calm" / SUBPATH
    return [page.relative_to(site).as_posix() for page in reading.pages(site)]


@pytest.fixture
def said(page):
    """What the browser's console says, and every answer that is no success."""
    found = []
    page.on("console", lambda told: told.type in {"error", "warning"} and found.append(told.text))
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("response", lambda answer: answer.status >= 400 and found.append(answer.url))
    return found


def test_every_link_of_every_page_works_at_a_sub_path(page, address, published, paths, said):
    assert reading.dead_links(published / "calm" / SUBPATH) == []
    root = f"{address}/calm/{SUBPATH}/"
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    seen = set()
    for path in paths:
        page.goto(root + path)
        links = page.eval_on_selector_all("a[href]", "all => all.map(one => one.href)")
        seen |= {one.split("#")[0] for one in links if one.startswith(address)}
    for link in sorted(seen):
        assert link.startswith(root), link
        assert page.request.get(link).ok, link
    assert all(one.startswith(root) for one in asked)
    assert len(seen) > 30
    assert said == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("theme", list(THEMES))
def test_axe_finds_nothing(browser, address, paths, theme, scheme):
    if not AXE.exists():
        pytest.fail("axe-core is missing: run npm ci --ignore-scripts")
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    kinds = {path.split("/")[0] if "/" in path else path: path for path in paths}
    if theme != "calm":  # the same pages in other colours
        kinds = {key: kinds[key] for key in ("index.html", "projects", "skills.html", "writing")}
    for path in kinds.values():
        page.goto(f"{address}/{theme}/{SUBPATH}/{path}")
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        page.evaluate(AXE.read_text("utf-8"))
        assert page.evaluate(RUN_AXE) == [], (theme, scheme, path)
    context.close()


@pytest.mark.parametrize("width", [360, 768])
def test_no_page_scrolls_sideways(browser, address, paths, width):
    context = browser.new_context(viewport={"width": width, "height": 740})
    page = context.new_page()
    for path in paths:
        page.goto(f"{address}/night/{SUBPATH}/{path}")
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, (path, wide)
    context.close()


@pytest.mark.parametrize("how", ["served", "from a disk"])
def test_the_browser_checks_the_signatures_of_each_page(page, address, published, said, how):
    root = f"{address}/calm/{SUBPATH}/"
    if how == "from a disk":
        root = (published / "calm" / SUBPATH).as_uri() + "/"
    for path in ("index.html", "skills.html", "projects/late-parcels.html", "cv.html"):
        page.goto(root + path)
        status = page.locator("#journeyman-proof")
        expect(status).to_have_attribute("data-state", "good")
        expect(status).to_contain_text("every signature fits")
    assert said == []


@pytest.mark.parametrize(
    ("old", "new"),
    [(">0.831<", ">0.931<"), ('"value":0.8312', '"value":0.9312'), (">0.742<", ">0.642<")],
)
def test_the_browser_tells_of_a_forged_number(page, published, tmp_path, old, new):
    site = shutil.copytree(published / "calm" / SUBPATH, tmp_path / "forged")
    file = site / "projects" / "late-parcels.html"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")
    page.goto(file.as_uri())
    expect(page.locator("#journeyman-proof")).to_have_attribute("data-state", "bad")
    expect(page.locator("#journeyman-proof")).to_contain_text("Do not believe this page")
    assert not check(str(site)).verified


def test_a_stranger_verifies_the_address(address, published):
    # Only https is fetched by `journeyman verify`; the folder is what a stranger downloads.
    assert check(str(published / "paper" / SUBPATH)).verified


def test_the_cv_prints_without_navigation(page, address):
    page.goto(f"{address}/night/{SUBPATH}/cv.html")
    page.emulate_media(media="print")
    expect(page.locator("nav")).to_be_hidden()
    expect(page.locator(".screen")).to_be_hidden()
    colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert colour == "rgb(255, 255, 255)"
    assert page.pdf(format="A4")[:4] == b"%PDF"


def test_a_live_demo_answers_below_its_project(page, bank, tmp_path):
    if not shutil.which("npm") or not shutil.which("node"):
        pytest.skip("node and npm are not installed")
    home, web = tmp_path / "home", tmp_path / "web"
    app = App(Settings(home=home), Clock())
    app.__dict__["bank"] = bank
    folder = making.put_project(home, export="export")
    export(*models.leaving(), folder / "export", About(title="Who leaves"))
    webruntime.runtime(home / "cache")
    done = app.publishing.publish(web / SUBPATH)
    app.close()
    assert not any("live demo" in one for one in done.notes)
    assert check(str(web / SUBPATH)).verified
    serve = functools.partial(Quiet, directory=str(web))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), serve) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page.goto(f"http://127.0.0.1:{server.server_port}/{SUBPATH}/projects/late-parcels.html")
        page.get_by_role("link", name="Try the model in your browser").click()
        page.wait_for_selector("body[data-ready=yes]", timeout=60_000)
        page.locator("#examples button").first.click()
        page.get_by_role("button", name="Ask the model").click()
        expect(page.locator("#result .answer")).to_have_text(re.compile("yes|no"))
        page.get_by_role("link", name="Back to the project").click()
        expect(page).to_have_url(re.compile(r"/projects/late-parcels\.html$"))
        server.shutdown()


def test_choosing_in_the_app_changes_what_is_published(page, site):
    making.put_project(site.home)
    making.put_project(site.home, "second", title="The second one")
    site.enter(page, "/portfolio")
    page.get_by_label("What you do, in one line").fill("Engineer of models")
    page.get_by_label("Theme").select_option("paper")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_contain_text("Saved")
    page.get_by_role("button", name=re.compile("Hide.*Which parcels")).click()
    expect(page.get_by_role("button", name=re.compile("Show.*Which parcels"))).to_be_visible()
    page.get_by_role("button", name="Publish into the data directory").click()
    expect(page.get_by_role("status")).to_contain_text("Published and signed")
    folder = Path(site.home) / "portfolio"
    text = (folder / "index.html").read_text("utf-8")
    assert "Engineer of models" in text
    assert "The second one" in text
    assert "Which parcels" not in text
    assert 'data-theme="paper"' in text
    assert check(str(folder)).verified
