"""The demo's files: refused above the tolerance, strict policy, nothing private in them."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
import shutil
import tarfile

import numpy as np
import pytest

from journeyman.cli.main import run
from journeyman.delivery import About, converting, demo, export, webruntime
from journeyman.delivery.runtime import load
from journeyman.errors import Conflict, Invalid, NotFound, Unavailable
from tests.delivery import making

LIBRARY = "const a=1,b=2;export{a as InferenceSession,b as Tensor,b as default};\n//# sourceMappingURL=x\n"


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    pipeline, rows = making.leaving()
    about = About(title="</script><b>Who</b>", limits=("Not for <minors>.",))
    out = tmp_path_factory.mktemp("exported") / "export"
    export(pipeline, rows, out, about)
    return out


@pytest.fixture
def folder(exported, tmp_path):
    """An export of the test's own."""
    return shutil.copytree(exported, tmp_path / "export")


@pytest.fixture
def without_npm(monkeypatch, tmp_path, folder):
    """The runtime's files and its answers as they would be, so that no network is needed."""
    room = tmp_path / "runtime"
    room.mkdir()
    for name in webruntime.FILES:
        (room / name).write_text(LIBRARY)
    kept = json.loads((folder / "held-out.json").read_text())
    answers = np.array(kept["expected"])
    monkeypatch.setattr(webruntime, "runtime", lambda cache=None: room)
    monkeypatch.setattr(webruntime, "answers", lambda *_: (answers, "onnxruntime-web"))
    return answers


def test_a_demo_is_refused_where_the_browsers_runtime_differs(folder, without_npm, tmp_path):
    without_npm[6] += [0.01, -0.01]
    with pytest.raises(Invalid, match=r"No demo was written: .*differs on 1 of 250.*is row 7"):
        demo(folder, tmp_path / "demo")
    assert not (tmp_path / "demo").exists()
    made = demo(folder, tmp_path / "demo", tolerance=0.02)
    assert made.parity.worst == pytest.approx(0.01)


def test_an_answer_that_is_no_number_is_a_difference(folder, without_npm, tmp_path):
    without_npm[0] = np.nan
    with pytest.raises(Invalid, match="is row 1"):
        demo(folder, tmp_path / "demo")


@pytest.mark.parametrize("single", [False, True])
def test_the_page_holds_no_foreign_markup_and_none_of_the_held_out_rows(
    folder, without_npm, tmp_path, single
):
    made = demo(folder, tmp_path / "demo", single_file=single)
    assert made.size == sum(f.stat().st_size for f in made.folder.rglob("*") if f.is_file())
    page = (made.folder / "index.html").read_text()
    assert "<b>Who</b>" not in page
    assert "Not for &lt;minors&gt;." in page
    schema = re.search(r'id="schema">(.*?)</script>', page, re.DOTALL)[1]
    assert json.loads(schema) == json.loads((folder / "schema.json").read_text())
    assert not list(made.folder.rglob("held-out*"))
    assert "http://" not in page
    assert "https://" not in page
    names = {f.relative_to(made.folder).as_posix() for f in made.folder.rglob("*") if f.is_file()}
    if single:
        assert names == {"index.html", "demo.json"}
    else:
        linked = re.findall(r'(?:src|href)="([^"]+)"', page)
        assert linked
        assert all(not one.startswith("/") and one in names for one in linked)


def policy(page):
    return html.unescape(re.search(r'Content-Security-Policy" content="([^"]+)"', page)[1])


def test_the_policy_is_strict_and_names_each_inline_script_by_its_hash(
    folder, without_npm, tmp_path
):
    several = policy((demo(folder, tmp_path / "a").folder / "index.html").read_text())
    assert "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'" in several
    page = (demo(folder, tmp_path / "b", single_file=True).folder / "index.html").read_text()
    for tag in ('script type="module"', "style"):
        for text in re.findall(rf"<{tag}>(.*?)</{tag.split()[0]}>", page, re.DOTALL):
            digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
            assert f"'sha256-{digest}'" in policy(page)
    for said in (several, policy(page)):
        assert "unsafe-inline" not in said
        assert "'unsafe-eval'" not in said
    assert "connect-src 'none'" in policy(page)


def test_other_files_are_left_alone_and_a_demo_is_replaced(folder, without_npm, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    (out / "thesis.txt").write_text("mine")
    with pytest.raises(Conflict, match="holds files that are no demo"):
        demo(folder, out)
    assert (out / "thesis.txt").read_text() == "mine"
    first = demo(folder, tmp_path / "demo")
    (first.folder / "stale.txt").write_text("old")
    demo(folder, tmp_path / "demo")
    assert not (first.folder / "stale.txt").exists()


def test_without_npm_one_sentence_says_what_to_install(folder, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Unavailable, match=r"npm fetches.*install Node\.js 20"):
        demo(folder, tmp_path / "demo", cache=tmp_path / "cache")
    assert not (tmp_path / "demo").exists()


def test_an_export_without_held_out_rows_has_no_demo(folder, tmp_path):
    (folder / "held-out.json").unlink()
    with pytest.raises(Invalid, match="parity cannot be shown"):
        demo(folder, tmp_path / "demo")
    with pytest.raises(NotFound, match="no export"):
        demo(tmp_path, tmp_path / "demo")


def test_the_command_writes_a_demo(folder, without_npm, tmp_path, capsys):
    with pytest.raises(SystemExit) as left:
        run(["demo", str(folder), str(tmp_path / "demo"), "--json"])
    assert left.value.code == 0
    assert json.loads(capsys.readouterr().out)["parity"]["holds"] is True
    with pytest.raises(SystemExit) as left:
        run(["demo", str(tmp_path / "none"), str(tmp_path / "demo")])
    assert left.value.code == 2


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    """onnxruntime-web as npm gives it."""
    if not shutil.which("node") or not shutil.which("npm"):
        pytest.skip("node and npm are not installed")
    room = tmp_path_factory.mktemp("cache")
    webruntime.runtime(room)
    return room


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["leaving", "towns", "sentiment", "digits", "spending", "tones"])
def test_the_browsers_runtime_agrees_under_node(cache, tmp_path, kind):
    about = {"digits": About(picture=(8, 8)), "tones": About(rate=8000)}.get(kind)
    export(*getattr(making, kind)(), tmp_path / "export", about)
    parity = demo(tmp_path / "export", tmp_path / "demo", cache=cache).parity
    assert parity.holds
    assert parity.rows >= 200


@pytest.mark.slow
def test_the_vectorisers_trap_is_caught_in_the_browsers_runtime_too(cache, tmp_path):
    """A model converted with skl2onnx's defaults, put in the place of the right one."""
    pipeline, texts = making.sentiment()
    folder = tmp_path / "export"
    export(pipeline, texts, folder)
    wrong = converting.convert(pipeline, [converting.Input("review", "string")], tokens=False)
    (folder / "model.onnx").write_bytes(wrong.data)
    schema = json.loads((folder / "schema.json").read_text())
    schema["model"] = hashlib.sha256(wrong.data).hexdigest()
    schema["output"]["name"] = wrong.output
    (folder / "schema.json").write_text(json.dumps(schema))
    assert load(folder)  # nothing else gives it away
    with pytest.raises(Invalid, match=r"No demo was written: onnxruntime-web .*worst is row \d+"):
        demo(folder, tmp_path / "demo", cache=cache)


def npm_that(monkeypatch, room, does):
    """An npm of the test's own on the PATH."""
    (room / "bin").mkdir()
    script = room / "bin/npm"
    script.write_text(f"#!/bin/sh\n{does}\n")
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{room / 'bin'}:/usr/bin:/bin")


def test_a_runtime_with_other_bytes_is_not_kept(tmp_path, monkeypatch):
    package = tmp_path / "package/dist"
    package.mkdir(parents=True)
    for name in webruntime.FILES:
        (package / name).write_text("something else")
    with tarfile.open(tmp_path / "x.tgz", "w:gz") as packed:
        packed.add(tmp_path / "package", "package")
    npm_that(monkeypatch, tmp_path, f"cp '{tmp_path / 'x.tgz'}' .")
    with pytest.raises(Unavailable, match="another ort.wasm.bundle.min.mjs than expected"):
        webruntime.runtime(tmp_path / "cache")
    assert not list((tmp_path / "cache").rglob("*.mjs"))


def test_an_npm_that_fails_is_one_sentence(tmp_path, monkeypatch):
    npm_that(monkeypatch, tmp_path, "echo 'npm error network is unreachable' >&2; exit 1")
    with pytest.raises(Unavailable, match=r"npm could not fetch .* network is unreachable\.$"):
        webruntime.runtime(tmp_path / "cache")
