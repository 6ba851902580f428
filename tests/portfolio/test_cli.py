"""The portfolio from the command line: exit codes, and one sentence for a mishap."""

import subprocess

import pytest

from journeyman.app import base
from tests.cli.conftest import run  # noqa: F401 - a fixture
from tests.portfolio import making


@pytest.fixture(autouse=True)
def loaded(bank, monkeypatch):
    """Each command opens an application of its own; the bank is loaded once for all."""
    monkeypatch.setattr(base, "load", lambda *_: bank)


@pytest.fixture
def home(tmp_path):
    """The data directory of the commands, with a project in it."""
    making.put_project(tmp_path / "home")
    return tmp_path / "home"


def test_publish_then_verify_from_the_command_line(run, home, tmp_path):  # noqa: F811
    run("portfolio set headline Engineer")
    done = run("publish --out site --theme paper --base-url https://ada.example/x")
    assert done.code == 0, done.err
    assert "Signed: 4 claims" in done.out
    assert 'data-theme="paper"' in (tmp_path / "site" / "index.html").read_text("utf-8")
    assert (tmp_path / "site" / "sitemap.xml").is_file()
    assert run("verify site").code == 0
    page = tmp_path / "site" / "index.html"
    page.write_text(page.read_text("utf-8").replace(">0.831<", ">0.931<"), "utf-8")
    assert run("verify site").code == 1
    again = run("publish --out site --unsigned --json").json
    assert again["claims"] == 0
    assert run("verify site").code == 2


def test_choosing_from_the_command_line(run, home):  # noqa: F811
    making.put_project(home, "second", title="The second", submitted="2026-01-01T00:00:00Z")
    listed = run("portfolio list").out
    assert listed.index("late-parcels") < listed.index("project/second")
    assert run("portfolio order project second").code == 0
    assert run("portfolio hide timeline project/late-parcels").code == 0
    data = run("portfolio list --json").json
    assert list(data["shown"]) == ["project/second"]
    assert data["left_out"] == {"project/late-parcels": "Which parcels will be late"}
    assert data["choices"]["hidden"] == ["timeline", "project/late-parcels"]
    assert run("portfolio show project/late-parcels").code == 0
    assert next(iter(run("portfolio list --json").json["shown"])) == "project/second"
    assert run("portfolio", "set", "links", "Code https://a.example").code == 0
    assert "A reader would miss" in run("portfolio list").out


def test_mishaps_are_one_sentence(run, home, tmp_path):  # noqa: F811
    (tmp_path / "plain").mkdir()
    (tmp_path / "foreign").mkdir()
    (tmp_path / "foreign" / "a.txt").write_text("mine")
    for words in (
        "publish",
        "publish --out foreign",
        "publish --out site --base-url nowhere",
        "publish --out site --theme neon",
        "publish --to git plain",
        "publish --to git nowhere",
        "publish --to svn plain",
        "publish --out site --passphrase-file",
        "portfolio hide nothing",
        "portfolio hide project/nothing",
        "portfolio order colour a",
        "portfolio order project nothing",
        "portfolio set email nobody",
        "portfolio set colour red",
    ):
        done = run(words)
        assert done.code == 2, (words, done.out, done.err)
        assert done.err.count("\n") == 1, (words, done.err)
        assert "Traceback" not in done.err
    assert not (tmp_path / "site").exists()


def test_a_protected_key_takes_its_passphrase_from_a_file(run, home, tmp_path):  # noqa: F811
    (tmp_path / "secret").write_text("correct horse\n")
    run("key show")
    assert run("key protect --new-passphrase-file secret").code == 0
    refused = run("publish --out site")
    assert refused.code == 2
    assert "--passphrase-file" in refused.err
    assert run("publish --out site --passphrase-file secret").code == 0
    assert run("verify site").code == 0


def test_to_git_from_the_command_line(run, home, tmp_path, monkeypatch):  # noqa: F811
    for name in ("GIT_AUTHOR", "GIT_COMMITTER"):
        monkeypatch.setenv(f"{name}_NAME", "Ada")
        monkeypatch.setenv(f"{name}_EMAIL", "ada@example.org")
    subprocess.run(["git", "init", "--quiet", str(tmp_path / "repository")], check=True)
    done = run("publish --to git repository --pages-workflow")
    assert done.code == 0, done.err
    assert "push it when you like" in done.out
    assert run("verify repository").code == 0
    (tmp_path / "repository" / "notes.txt").write_text("mine")
    refused = run("publish --to git repository")
    assert refused.code == 2
    assert "not committed" in refused.err
