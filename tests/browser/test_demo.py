"""The live demo in Chromium: at a sub-path and from a disk, with its policy and without a fault."""

from __future__ import annotations

import functools
import http.server
import json
import shutil
import threading

import numpy as np
import pytest
from playwright.sync_api import expect

from journeyman.delivery import About, demo, export
from tests.browser.test_pages import AXE, RUN_AXE
from tests.delivery import making
from tests.delivery.test_sounds import vowels

KINDS = {
    "tabular": (
        making.leaving,
        About(title="Who <leaves> & why", threshold=0.3, limits=("None.",)),
    ),
    "text": (making.sentiment, About(title="Liked or not")),
    "image": (making.digits, About(title="Digits", picture=(8, 8))),
    "number": (making.spending, About(title="Spending", unit="francs")),
    "audio": (making.tones, About(title="High or low", rate=8000)),
    "voice": (vowels, About(title="Which vowel", rate=8000)),
}


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A demo of each kind below one folder, and one in a single file."""
    if not shutil.which("npm") or not shutil.which("node"):
        pytest.skip("node and npm are not installed")
    room = tmp_path_factory.mktemp("demos")
    cache = room / "cache"
    for kind, (make, about) in KINDS.items():
        export(*make(), room / "exports" / kind, about)
        demo(room / "exports" / kind, room / "site" / "deep" / kind, cache=cache)
    for kind in ("tabular", "image"):
        single = room / "single" / kind
        demo(room / "exports" / kind, single, cache=cache, single_file=True)
    return room


@pytest.fixture(scope="module")
def address(made):
    """A server one level above the demos, so that each lies at a sub-path."""
    handler = functools.partial(Quiet, directory=made / "site")
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/deep"
        server.shutdown()


@pytest.fixture
def said(page):
    """What the console and the network say; nothing may be wrong at the end."""
    told = []
    page.on("console", lambda one: one.type in {"error", "warning"} and told.append(one.text))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("requestfailed", lambda one: told.append(one.url))
    yield told
    assert told == []


def ready(page, where):
    page.goto(where)
    page.wait_for_selector("body[data-ready=yes]", timeout=60_000)


def answers(page):
    """The numbers of the answer that is shown."""
    result = page.locator("#result[data-values]")
    result.wait_for()
    return json.loads(result.get_attribute("data-values"))


def examples(made, kind):
    """Each example row with the fitted model's own answer, from the export's held-out rows."""
    schema = json.loads((made / "exports" / kind / "schema.json").read_text())
    kept = json.loads((made / "exports" / kind / "held-out.json").read_text())
    return [(row, kept["expected"][kept["rows"].index(row)]) for row in schema["examples"]]


@pytest.mark.parametrize("kind", KINDS)
def test_each_example_gets_the_fitted_models_answer(page, said, made, address, kind):
    ready(page, f"{address}/{kind}/")
    for at, (_, wanted) in enumerate(examples(made, kind), 1):
        page.evaluate("document.getElementById('result').removeAttribute('data-values')")
        page.get_by_role("button", name=f"Example {at}", exact=True).click()
        np.testing.assert_allclose(answers(page), wanted, rtol=1e-5, atol=1e-5)
    expect(page.locator("#status")).to_contain_text("nothing was sent anywhere")


def test_a_row_of_ones_own_is_answered_from_the_form(page, said, made, address):
    ready(page, f"{address}/tabular/")
    expect(page.locator("h1")).to_have_text("Who <leaves> & why")
    page.get_by_label("spent").fill("12.5")
    page.get_by_label("visits").fill("500")
    page.get_by_label("member").check()
    page.get_by_label("city").select_option("Łódź")
    page.get_by_role("button", name="Ask the model").click()
    pipeline, rows = making.leaving()
    import pandas as pd

    own = pd.DataFrame([[12.5, 500, True, "Łódź"]], columns=rows.columns)
    np.testing.assert_allclose(answers(page), pipeline.predict_proba(own)[0], atol=1e-5)
    expect(page.locator(".remark")).to_contain_text("“visits” is outside the 0 to 39")


def test_a_picture_is_drawn_and_uploaded(page, said, made, address, tmp_path):
    ready(page, f"{address}/image/")
    box = page.locator("#drawing").bounding_box()
    page.mouse.move(box["x"] + 140, box["y"] + 30)
    page.mouse.down()
    page.mouse.move(box["x"] + 140, box["y"] + 250, steps=8)
    page.mouse.up()
    assert sum(answers(page)) == pytest.approx(1, abs=1e-4)
    from PIL import Image

    row, wanted = examples(made, "image")[0]
    file = tmp_path / "digit.png"
    picture = Image.fromarray(np.array(row["rows"], dtype=np.uint8).reshape(8, 8))
    picture.resize((280, 280), Image.Resampling.NEAREST).save(file)
    page.evaluate("document.getElementById('result').removeAttribute('data-values')")
    page.get_by_label("or upload").set_input_files(file)
    np.testing.assert_allclose(answers(page), wanted, atol=1e-3)
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"no picture")
    page.get_by_label("or upload").set_input_files(broken)
    expect(page.locator("#status")).to_contain_text("no picture that the browser can read")


def test_a_sound_is_uploaded(page, said, made, address, tmp_path):
    import wave

    ready(page, f"{address}/audio/")
    row, wanted = examples(made, "audio")[0]
    file = tmp_path / "tone.wav"
    with wave.open(str(file), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        samples = np.round(np.array(row["rows"]) * 32767).astype("<i2")
        sound.writeframes(samples.tobytes())
    page.get_by_label("A sound file").set_input_files(file)
    np.testing.assert_allclose(answers(page), wanted, atol=0.02)  # 16 bits a sample


@pytest.mark.parametrize("kind", ["tabular", "image"])
def test_a_single_file_opens_from_a_disk(page, said, made, kind):
    ready(page, (made / "single" / kind / "index.html").as_uri())
    page.get_by_role("button", name="Example 1", exact=True).click()
    np.testing.assert_allclose(answers(page), examples(made, kind)[0][1], atol=1e-5)


def test_the_policy_lets_no_foreign_script_run(page, made, address):
    ready(page, f"{address}/tabular/")
    page.evaluate(
        """() => { const s = document.createElement('script'); s.textContent = 'window.ran = 1';
        document.body.append(s); }"""
    )
    assert page.evaluate("window.ran") is None
    assert page.evaluate("fetch('https://example.org/').then(() => 1, () => 0)") == 0


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(browser, made, address, theme):
    if not AXE.exists():
        pytest.fail("axe-core is missing: run npm ci --ignore-scripts")
    context = browser.new_context(
        color_scheme=theme, viewport={"width": 360, "height": 740}, bypass_csp=True
    )
    page = context.new_page()
    for kind in KINDS:
        ready(page, f"{address}/{kind}/")
        page.get_by_role("button", name="Example 1", exact=True).click()
        answers(page)
        page.evaluate(AXE.read_text("utf-8"))
        assert page.evaluate(RUN_AXE) == [], kind
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(wide) == 0, kind
    context.close()
