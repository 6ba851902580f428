from __future__ import annotations

import gzip
import importlib.util
import json
import re
import shutil
import sys
from pathlib import Path

import pytest

from journeyman.errors import Unavailable
from journeyman.web import assets

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def build():
    spec = importlib.util.spec_from_file_location("frontend_build", ROOT / "frontend" / "build.py")
    # Dataclasses look their module up by name.
    module = importlib.util.module_from_spec(spec)
    sys.modules["frontend_build"] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules["frontend_build"]


@pytest.fixture
def copy(tmp_path):
    """The inputs of the bundle in another place."""
    shutil.copytree(ROOT / "frontend", tmp_path / "frontend")
    for name in ("package.json", "package-lock.json"):
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


def test_bundle_in_place_is_current(build):
    assert build.is_current(ROOT), "run: python frontend/build.py"


def test_fingerprint_follows_every_input(build, copy):
    first = build.fingerprint(copy)
    (copy / "frontend" / "css" / "new.css").write_text("a{}")
    second = build.fingerprint(copy)
    (copy / "package.json").write_text("{}")
    assert len({first, second, build.fingerprint(copy)}) == 3
    assert not build.is_current(copy)


def test_an_isolated_build_asks_for_node_only_where_there_is_none(build, copy, monkeypatch):
    hook = build.CustomBuildHook(str(copy), {}, None, None, str(copy), "wheel")
    monkeypatch.setattr(build, "node_on_path", lambda: None)
    assert hook.dependencies() == [build.NODE_PACKAGE]
    monkeypatch.setattr(build, "node_on_path", lambda: build.Node(("node",), ("npm",)))
    assert hook.dependencies() == []


def test_without_node_the_build_says_what_to_do(build, copy, monkeypatch):
    monkeypatch.setattr(build, "node_on_path", lambda: None)
    monkeypatch.setattr(build, "node_from_wheel", lambda: None)
    with pytest.raises(build.BuildFailedError, match="install Node"):
        build.build(copy)


def test_lock_holds_hashes_and_no_addresses():
    text = (ROOT / "package-lock.json").read_text("utf-8")
    assert '"resolved"' not in text
    lock = json.loads(text)
    packages = [one for path, one in lock["packages"].items() if path]
    assert packages
    assert all("integrity" in one for one in packages)


def test_versions_are_pinned_exactly():
    package = json.loads((ROOT / "package.json").read_text("utf-8"))
    versions = {**package["dependencies"], **package["devDependencies"]}
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", one) for one in versions.values())


def test_only_woff2_fonts_are_bundled_and_all_that_the_style_names():
    style = (assets.DIST / "maths.css").read_text("utf-8")
    named = set(re.findall(r"url\(([^)]+)\)", style))
    assert named
    for one in named:
        assert one.endswith(".woff2")
        assert (assets.DIST / one).is_file()


def test_bundled_packages_come_with_their_licences():
    text = (assets.DIST / "LICENCES.txt").read_text("utf-8")
    package = json.loads((ROOT / "package.json").read_text("utf-8"))
    for name in set(package["dependencies"]) - {"esbuild"}:
        assert f"{name} {package['dependencies'][name]}" in text


def test_a_missing_bundle_is_said_in_one_sentence(tmp_path):
    with pytest.raises(Unavailable, match=r"frontend/build\.py"):
        assets.address(tmp_path)


def test_a_text_page_is_under_40_kb_gzip_in_all(client, answer):
    answer(4)
    shared = sum(
        len(gzip.compress((assets.DIST / one).read_bytes())) for one in ("app.js", "site.css")
    )
    for address in ("/", "/?skip=1", "/placement", "/map", "/exercises", "/progress", "/settings"):
        html = len(gzip.compress(client.get(address).content))
        assert html + shared < 40 * 1024, address
