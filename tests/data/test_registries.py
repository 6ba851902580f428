import httpx
import pytest

from journeyman.data import registries
from journeyman.data.catalogue import Source
from journeyman.errors import Unavailable

PAGE = """<html><body><a href="../../files/a-1.0.tar.gz#sha256=0">a-1.0.tar.gz</a><br/>
<a href="../../files/Tiny-1.0.whl#sha256=1" data-requires-python="&gt;=3">Tiny-1.0.whl</a></body></html>"""


def source(kind, **given):
    plain = {
        "package": "tiny", "version": "1.0", "file": "Tiny-1.0.whl", "pool": "", "address": "",
        "number": 0, "bytes": 1, "sha256": "", "checked": "", "reads": {},
    }  # fmt: skip
    return Source(kind=kind, **{**plain, **given})


def test_an_index_page_in_html(web):
    net = web({"https://index.example/simple/tiny/": lambda _: httpx.Response(200, html=PAGE)})
    found = registries.locate(source("pypi"), net.client)
    assert found == "https://index.example/files/Tiny-1.0.whl"


def test_an_index_page_in_json(web):
    files = {"files": [{"filename": "Tiny-1.0.whl", "url": "https://f.example/T.whl"}]}
    kind = {"content-type": "application/vnd.pypi.simple.v1+json"}
    answer = lambda _: httpx.Response(200, json=files, headers=kind)  # noqa: E731
    net = web({"https://index.example/simple/tiny/": answer})
    assert registries.locate(source("pypi"), net.client) == "https://f.example/T.whl"


def test_a_file_that_the_index_does_not_have(web):
    net = web({"https://index.example/simple/tiny/": lambda _: httpx.Response(200, html=PAGE)})
    with pytest.raises(Unavailable, match=r"no Tiny-2\.0\.whl"):
        registries.locate(source("pypi", file="Tiny-2.0.whl"), net.client)


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "cannot be reached"),
        ({"https://index.example/simple/tiny/": lambda _: httpx.Response(403)}, "answered 403"),
    ],
)
def test_an_index_that_fails(web, files, said):
    with pytest.raises(Unavailable, match=said):
        registries.locate(source("pypi"), web(files).client)


def test_npm_asks_the_users_registry_and_quotes_scopes(web, monkeypatch):
    monkeypatch.setenv("npm_config_registry", "https://npm.example/")
    tarball = {"dist": {"tarball": "https://npm.example/@a/b/-/b-1.0.tgz"}}
    net = web({"https://npm.example/@a%2Fb/1.0": lambda _: httpx.Response(200, json=tarball)})
    found = registries.locate(source("npm", package="@a/b"), net.client)
    assert found == tarball["dist"]["tarball"]


def test_an_answer_that_is_no_description(web, monkeypatch):
    monkeypatch.setenv("npm_config_registry", "https://npm.example")
    net = web({"https://npm.example/tiny/1.0": lambda _: httpx.Response(200, text="hello")})
    with pytest.raises(Unavailable, match="cannot be read"):
        registries.locate(source("npm"), net.client)


def test_debian_goes_to_the_pool_where_apt_does_not_know_the_package(web, monkeypatch):
    monkeypatch.setattr(registries, "_output", lambda *_: "")
    found = registries.locate(
        source("debian", pool="main/t/tiny", file="tiny_0.0~git1-1_all.deb"), web({}).client
    )
    assert found == f"{registries.DEBIAN}/pool/main/t/tiny/tiny_0.0~git1-1_all.deb"


def test_debian_follows_apt_where_it_knows_the_package(web, monkeypatch):
    said = "'https://mirror.example/pool/tiny.deb' tiny_1.0_all.deb 12 SHA256:00"
    monkeypatch.setattr(registries, "_output", lambda *_: said)
    found = registries.locate(source("debian"), web({}).client)
    assert found == "https://mirror.example/pool/tiny.deb"


def test_an_archive_is_only_looked_for_in_folders(web):
    with pytest.raises(Unavailable, match="not in a folder of archives"):
        registries.locate(source("archive"), web({}).client)


def test_without_settings_the_public_addresses_hold(monkeypatch):
    for name in ("PIP_INDEX_URL", "npm_config_registry", "NPM_CONFIG_REGISTRY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(registries, "_pip", dict)
    monkeypatch.setattr(registries, "_output", lambda *_: "")
    assert registries.pip_index() == registries.PYPI
    assert registries.npm_registry() == registries.NPM
